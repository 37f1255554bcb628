"""The data that flows between the stages: frozen objects, no behaviour beyond looking things up."""
