"""A finished PDF -> what in it breaks PDF/A-2b or the project's own stricter rules (lint), and the one colour profile (intent)."""
