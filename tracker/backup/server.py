"""A database as PostgreSQL's programs, other processes of ours and plain connections reach it."""

import os
import subprocess
from pathlib import Path
from typing import IO
from urllib.parse import quote, urlencode

import psycopg
from django.db import connection
from psycopg.conninfo import make_conninfo

# What else an address of a database may have to say, for it to be reached in the same way.
_SAID = ("sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "channel_binding", "gssencmode", "options")


class Server:
    """`parameters`: libpq's, the password among them if there is one. `major`: the version of the server."""

    def __init__(self, parameters: dict[str, str], *, major: int) -> None:
        self._parameters = {name: str(text) for name, text in parameters.items()}
        self.major = major

    def start(self, program: Path, *options: str, said: IO[bytes], feeds: int, gives: int) -> subprocess.Popen[bytes]:
        """Starts one of the programs on this database; what it complains of goes into `said`. `feeds` and `gives`: its
        standard input and output, as subprocess names them."""
        # The command line is seen by all users of the machine: it never holds the password.
        shown = {name: text for name, text in self._parameters.items() if name != "password"}
        password = self._parameters.get("password")
        environment = os.environ | {"LC_ALL": "C"} | ({"PGPASSWORD": password} if password else {})
        command = [str(program), f"--dbname={make_conninfo(**shown)}", "--no-password", *options]
        return subprocess.Popen(command, env=environment, stdin=feeds, stdout=gives, stderr=said)

    def connected(self) -> psycopg.Connection:
        """A connection of its own, each statement a transaction."""
        return psycopg.connect(make_conninfo(**self._parameters), autocommit=True)

    def beside(self, name: str) -> "Server":
        """Another database of the same server."""
        return Server(self._parameters | {"dbname": name}, major=self.major)

    @property
    def url(self) -> str:
        """Its address as DATABASE_URL holds it, the password too."""
        known = {name: quote(text, safe="") for name, text in self._parameters.items()}
        secret = f":{known['password']}" if "password" in known else ""
        more = urlencode({name: self._parameters[name] for name in _SAID if name in self._parameters})
        place = f"{known.get('host', '')}:{known.get('port', '5432')}/{known['dbname']}"
        return f"postgres://{known['user']}{secret}@{place}{'?' + more if more else ''}"


def here() -> Server:
    """The database of this instance. Raises Django's OperationalError while it is away."""
    connection.ensure_connection()
    info = connection.connection.info
    parameters = info.get_parameters() | ({"password": info.password} if info.password else {})
    # libpq's own defaults are not among them.
    parameters = {"host": info.host, "port": str(info.port), "user": info.user, "dbname": info.dbname} | parameters
    return Server(parameters, major=info.server_version // 10000)
