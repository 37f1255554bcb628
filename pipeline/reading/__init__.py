"""A YAML file's bytes -> text (text.py) -> tree with places (tree.py) -> model object and problems (shape.py)."""
