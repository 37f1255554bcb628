"""Assessment + forms -> .docx files: fields (fields_*.py), composed template (compose.py), strict rendering (strict.py)."""
