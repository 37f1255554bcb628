"""YearResult, plans and what the last build recorded -> the year at a glance: a table for the terminal, one page for a browser."""
