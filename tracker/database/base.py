"""Django's PostgreSQL back-end over the embedded server, which it starts, or revives, when a connection is wanted.

Not at import and not in settings: `check`, `collectstatic` and type checkers then need no server, while manage.py,
the web server, pytest and shells all pass here.
"""

import psycopg
from django.db.backends.postgresql import base
from psycopg import sql

from tracker.database.account import ServerError
from tracker.database.embedded import Embedded

TEST_PREFIX = "test_"  # Django makes its test databases itself.


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params):
        server = Embedded(self.settings_dict["EMBEDDED_DATA"])
        if address := server.address():
            try:
                return super().get_new_connection(conn_params | address)
            except psycopg.OperationalError:
                pass  # Dead, or without this database: both are mended below; anything else is raised again there.
        try:
            address = server.ensure()
            self._create_missing(server, address, conn_params["dbname"])
        except ServerError as error:
            raise psycopg.OperationalError(str(error)) from error
        return super().get_new_connection(conn_params | address)

    def _create_missing(self, server, address, name):
        if name != self.settings_dict["NAME"] or name.startswith(TEST_PREFIX):
            return
        with server.locked(), psycopg.connect(**address, dbname="postgres", autocommit=True) as connection:
            if not connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
                connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
