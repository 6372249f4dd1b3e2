"""`manage.py dbshell` finds the embedded server and has a psql, also where PATH has none."""

import subprocess

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from tracker.database.embedded import Embedded, binaries

pytestmark = pytest.mark.skipif(
    "EMBEDDED_DATA" not in settings.DATABASES["default"], reason="DATABASE_URL names a server: Django's own client"
)


@pytest.mark.django_db
def test_the_shell_asks_the_database_of_the_settings(capfd):
    call_command("dbshell", "--", "-XAtc", "select current_database()")
    assert capfd.readouterr().out == f"{connection.settings_dict['NAME']}\n"


@pytest.mark.django_db
def test_without_a_psql_of_the_machine_the_wheels_own_is_taken(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    args, env = connection.client.settings_to_cmd_args_env(connection.settings_dict, ["-XAt"])
    address = Embedded(connection.settings_dict["EMBEDDED_DATA"]).address()
    place = ["-U", "postgres", "-h", address["host"], "-p", "5432"]
    assert (args, env) == ([f"{binaries()}/psql", *place, "-XAt", connection.settings_dict["NAME"]], None)
    assert subprocess.run(args, input="select 1", capture_output=True, text=True).stdout == "1\n"


@pytest.mark.django_db
def test_a_server_that_cannot_be_had_is_told_in_words(monkeypatch, tmp_path):
    data = tmp_path / "pg"
    data.mkdir()
    (data / "letters.txt").write_text("mine")
    other = connection.copy("other")
    monkeypatch.setitem(other.settings_dict, "EMBEDDED_DATA", data)
    with pytest.raises(CommandError, match="holds files but no database"):
        other.client.runshell([])
