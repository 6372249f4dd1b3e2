"""Django's PostgreSQL back-end over a server that DATABASE_URL or DATABASE_REPLICA_URLS names, guarded."""

from tracker.database.guarded import Guarded


class DatabaseWrapper(Guarded):
    """Django's name for what a back-end is."""
