"""A regulation's folder -> Regulation."""
