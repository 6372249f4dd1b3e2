"""A PostgreSQL server that somebody else runs: `ENGINE = "tracker.database.server"`."""
