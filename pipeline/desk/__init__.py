"""Regulation, register and last year -> what clerks fill in (YAML, spreadsheet), and what they filled in -> the unit's file."""
