"""A dossier whose files are all finished -> what in them contradicts the data, belongs to somebody else or is not where it must be."""
