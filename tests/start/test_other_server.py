"""With DATABASE_URL the tracker stands on any PostgreSQL from 15 on; shown with one if its programs are here."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import psycopg
import pytest

from tests.databases import manage
from tests.serving import free_port, serve, status
from tracker.database.account import as_account, server_account

pytestmark = pytest.mark.long


def _programs() -> Path | None:
    """The newest installed PostgreSQL of 15 or later that is not the wheel's."""
    found = {}
    on_path = shutil.which("initdb")
    for folder in [*Path("/usr/lib/postgresql").glob("*/bin"), *([Path(on_path).parent] if on_path else [])]:
        if (folder / "initdb").exists():
            said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True).stdout
            if version := re.search(r" (\d+)[.\w]*", said):
                found[int(version[1])] = folder
    return found[max(found)] if found and max(found) >= 15 else None


@pytest.fixture(scope="module")
def database_url(tmp_path_factory):
    """An empty database on a server of its own, reached over TCP as a hosted one is."""
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL of 15 or later is installed (Debian: apt-get install postgresql)")
    folder = tmp_path_factory.mktemp("other")
    data = folder / "data"
    data.mkdir(mode=0o700)
    account = server_account(data)
    if account:
        os.chown(data, *account)

    def run(program, *arguments):
        command = as_account([str(programs / program), *arguments], account, [data, programs / program])
        with (folder / "log").open("a") as log:
            done = subprocess.run(command, cwd="/", stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        assert done.returncode == 0, (folder / "log").read_text()

    port = free_port()
    run("initdb", "-D", str(data), "-U", "owner", "--auth=trust", "--encoding=UTF8", "--locale=C")
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories="
    run("pg_ctl", "-w", "-D", str(data), "-l", str(data / "log"), "-o", options, "start")
    try:
        with psycopg.connect(
            host="127.0.0.1", port=port, user="owner", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute("create database record")
        yield f"postgres://owner@127.0.0.1:{port}/record"
    finally:
        run("pg_ctl", "-w", "-D", str(data), "-m", "fast", "stop")


def test_it_is_prepared_and_served_like_the_embedded_one(database_url):
    assert "Record:       loaded, " in manage(database_url, "prepare")
    assert "Record:       kept" in manage(database_url, "prepare")
    with serve(database_url) as site:
        assert status(f"{site.url}/health/ready") == 200


def test_while_it_is_away_the_process_lives_but_is_not_ready():
    with serve(f"postgres://owner@127.0.0.1:{free_port()}/record") as site:
        assert status(f"{site.url}/health/live") == 200
        assert status(f"{site.url}/health/ready") == 503
