"""Assessment + forms -> .docx files: fields (fields_*.py), strict rendering of the composed template (strict.py), gate."""
