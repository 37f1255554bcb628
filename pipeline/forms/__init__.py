"""templates_docx/ -> Forms, Profiles, Standards (data) and composed templates: the form's words in the standard's looks."""
