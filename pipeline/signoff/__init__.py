""".docx files -> checked .pdf files (office, finished), front pages (front), bundles (bundle), manifest."""
