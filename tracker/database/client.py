"""psql over the embedded server, for `manage.py dbshell`: the server says where it listens, the settings do not."""

import shutil
from collections.abc import Iterable
from typing import Any

from django.core.management import CommandError
from django.db import OperationalError
from django.db.backends.postgresql import client

from tracker.database.embedded import Embedded, binaries


class DatabaseClient(client.DatabaseClient):
    """Django's name for what a client is."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        address = Embedded(settings_dict["EMBEDDED_DATA"]).ensure()
        place = {name.upper(): value for name, value in address.items()}
        args, env = super().settings_to_cmd_args_env(settings_dict | place, parameters)
        if shutil.which(args[0]) is None:
            args[0] = str(binaries() / args[0])
        return args, env

    def runshell(self, parameters: Iterable[str]) -> None:
        try:
            # Starts the server and makes the database, if it has to.
            with self.connection.temporary_connection():
                pass
        except OperationalError as error:
            raise CommandError(str(error)) from error
        super().runshell(parameters)
