"""Django's PostgreSQL back-end over the embedded server, which it starts, or revives, when a connection is wanted.

Not at import and not in settings: `check`, `collectstatic` and type checkers then need no server, while manage.py,
the web server, pytest and shells all pass here.
"""

from typing import Any

import psycopg
from psycopg import sql

from tracker.database.account import ServerError
from tracker.database.client import DatabaseClient
from tracker.database.embedded import Embedded
from tracker.database.guarded import Guarded

TEST_PREFIX = "test_"  # Django makes its test databases itself.


class DatabaseWrapper(Guarded):
    """Django's name for what a back-end is."""

    client_class = DatabaseClient

    def conninfo(self) -> str | None:
        address = self._server().address()
        return None if address is None else self._conninfo_of(self.get_connection_params() | address)

    def _connected(self, conn_params: dict[str, Any]) -> psycopg.Connection:
        server = self._server()
        if address := server.address():
            try:
                return super()._connected(conn_params | address)
            except psycopg.errors.ConnectionTimeout:
                raise  # Not dead: frozen, and killing it would be worse.
            except psycopg.OperationalError:
                pass  # Dead, or without this database: both are mended below; anything else is raised again there.
        try:
            address = server.ensure()
            self._create_missing(server, address, conn_params["dbname"])
        except ServerError as error:
            raise psycopg.OperationalError(str(error)) from error
        return super()._connected(conn_params | address)

    def _server(self) -> Embedded:
        return Embedded(self.settings_dict["EMBEDDED_DATA"])

    def _create_missing(self, server: Embedded, address: dict[str, Any], name: str) -> None:
        if name != self.settings_dict["NAME"] or name.startswith(TEST_PREFIX):
            return
        with server.locked(), psycopg.connect(**address, dbname="postgres", autocommit=True) as connection:
            if not connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
