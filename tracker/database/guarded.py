"""What every back-end of the tracker's adds to Django's for PostgreSQL: a frozen server holds nobody, a statement takes
no longer than it may, and a request knows whether it may have changed anything."""

from functools import partial
from typing import Any

import psycopg
from django.db import OperationalError
from django.db.backends.postgresql import base
from psycopg.conninfo import make_conninfo

from tracker.database import heartbeat, limits, sockets, written
from tracker.database.opening import opened

# libpq's least. In a process that serves, a connection that takes longer is given up.
PATIENCE = 2
# Of what Django hands to psycopg, these are not libpq's.
_OF_PSYCOPG = ("context", "cursor_factory", "prepare_threshold", "autocommit", "row_factory")


class Guarded(base.DatabaseWrapper):
    """Django's wrapper of a connection, guarded."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(written.note_alone)
        self._limits = limits.NOBODY

    def conninfo(self) -> str | None:
        """libpq's connection string for the heartbeat; None while there is no server. Touches no connection, for
        another thread asks."""
        return self._conninfo_of(self.get_connection_params())

    def get_new_connection(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        if heartbeat.is_closed(self.alias):
            raise psycopg.OperationalError(self._left_alone())
        if heartbeat.is_on():
            conn_params = conn_params | {"connect_timeout": min(PATIENCE, int(conn_params.get("connect_timeout", 9)))}
        try:
            connection = self._connected(conn_params)
        except psycopg.errors.ConnectionTimeout:
            heartbeat.doubt(self.alias)
            raise
        sockets.note(self.alias, connection)
        self._limits = limits.NOBODY
        heartbeat.watch(self.alias, self.conninfo)
        return connection

    def _connected(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        make = partial(super().get_new_connection, conn_params)
        if not heartbeat.is_on():
            return make()
        return opened(make, hopeless=partial(heartbeat.is_closed, self.alias), why=self._left_alone())

    def _left_alone(self) -> str:
        return f"The database {self.alias} lets nobody in and is left alone."

    def _conninfo_of(self, conn_params: dict[str, Any]) -> str:
        own = {name: value for name, value in conn_params.items() if name not in _OF_PSYCOPG}
        return make_conninfo(**own | {"application_name": "heartbeat"})

    def _cursor(self, name: str | None = None) -> Any:
        if heartbeat.is_frozen(self.alias):
            raise OperationalError(f"The database {self.alias} is frozen and is left alone.")
        cursor = super()._cursor(name)  # type: ignore[misc]  # django-stubs do not know it
        if self._limits != limits.whom() and not self.in_atomic_block:
            # By psycopg itself: no query of anybody's.
            with self.wrap_database_errors:
                self.connection.execute(limits.setting(limits.whom()))
            self._limits = limits.whom()
        return cursor

    def _commit(self) -> Any:
        if self.connection is not None:
            written.note()
        return super()._commit()  # type: ignore[misc]  # django-stubs do not know it
