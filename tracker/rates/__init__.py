"""How often one client may ask for what costs: searches, files, documents, the API. Each process counts for itself."""
