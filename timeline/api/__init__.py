"""The read API: the same questions as every other face, answered for programs (JSON, cursors, OpenAPI 3.1)."""
