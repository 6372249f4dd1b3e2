"""The tracker's own PostgreSQL: `ENGINE = "tracker.database"` starts, or revives, the server at the first connection."""
