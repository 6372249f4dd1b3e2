"""The tracker's own PostgreSQL: `ENGINE = "tracker.database"` starts or revives it at the first connection."""
