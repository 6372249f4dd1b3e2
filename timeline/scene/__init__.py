"""The scene: the only place where the record and the treaty clock meet, and what templates are given."""
