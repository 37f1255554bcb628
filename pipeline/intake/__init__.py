"""The year's files -> YearFiles: every file read, its shape and its facts checked, all problems with file, line and column."""
