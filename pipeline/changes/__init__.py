"""Two versions of a year's data -> which figures, levels and documents differ, and which keys of which files are why."""
