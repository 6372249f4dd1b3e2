"""Backups of a whole instance, put back into empty ones: the same files and the same permanent views, or nothing."""

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

from tests.backup.made import rewritten
from tests.databases import ROOT, address, database, manage, production_environment
from tests.serving import serve
from tracker.backup import container
from tracker.backup.container import glance, read
from tracker.backup.contents import ALIKE, SUM_OF_ROWS, quoted
from tracker.backup.folder import PART
from tracker.backup.manifest import Sum

pytestmark = [pytest.mark.long, pytest.mark.database]
SITE = "https://review.example"
FILES = ("ics", "csv", "xlsx", "json", "jsonld", "ndjson", "docx", "pptx", "pdf", "svg", "png", "zip")
PAGES = (
    "/",
    "/changes/",
    "/clock/",
    "/corrections/",
    "/slips/",
    "/es/",
    "/fr/events/with-a-history/",
    "/api/v1/events",
)
ADD = """
from django.core.management import call_command
from tests.backup.hand import add_by_hand
call_command("migrate", verbosity=0)
call_command("load_record", verbosity=0)
add_by_hand()
"""


def command(url: str, *words: str, expect: int = 0, environment: dict | None = None, **more) -> str:
    """What a management command says, over that database. `environment`: more of it."""
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=production_environment(url) | {"SITE_URL": SITE, "BEHIND_HTTPS_PROXY": "1"} | (environment or {}),
        capture_output=True,
        text=True,
        **more,
    )
    assert done.returncode == expect, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout if expect == 0 else done.stderr


def sums(url: str) -> dict:
    """What an instance holds and gives; not the code by which it does."""
    return {name: value for name, value in json.loads(command(url, "sum_up")).items() if name != "release"}


def rows(url: str) -> dict[str, tuple]:
    """The number and the sum of the rows of every table."""
    with psycopg.connect(url) as connection:
        connection.execute(ALIKE)
        names = connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
        return {name: connection.execute(SUM_OF_ROWS.format(table=quoted(name))).fetchone() for (name,) in names}


@pytest.fixture(scope="module")
def source():
    with database("backup_source") as url:
        command(url, "shell", "--verbosity=0", "-c", ADD)
        yield url


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("backups")


@pytest.fixture(scope="module")
def file(source, folder) -> Path:
    """A backup of all that."""
    said = command(source, "backup", "--to", str(folder))
    return Path(re.search(r"Backup:  (.+) \(", said)[1])


@pytest.fixture(scope="module")
def target():
    with database("backup_target") as url:
        yield url


@pytest.fixture(scope="module")
def restored(file, target, tmp_path_factory) -> str:
    """The address of a database into which it was put, and that was empty before."""
    var = tmp_path_factory.mktemp("var")
    kept = var / "answers" / "of-another-record.answer"
    kept.parent.mkdir()
    kept.touch()
    said = command(target, "restore", str(file), environment={"TRACKER_VAR": str(var)})
    assert "Every row of every table is as it was taken." in said
    assert "16 exports and the names of the events are byte for byte as they were taken." in said
    # Pinned answers stand for ever, and there may be some of what this record does not know.
    assert not kept.exists()
    return target


def test_every_row_comes_back_but_who_was_signed_in(source, restored):
    assert sums(restored) == sums(source)
    with psycopg.connect(restored) as connection:
        assert connection.execute("select count(*) from django_session").fetchone() == (0,)
        assert connection.execute("select count(*) from mfa_authenticator").fetchone() == (1,)
    with psycopg.connect(source) as connection:
        assert connection.execute("select count(*) from django_session").fetchone() == (1,)


def body(origin: str, path: str) -> bytes:
    request = urllib.request.Request(origin + path, headers={"X-Forwarded-Proto": "https"})
    with urllib.request.urlopen(request, timeout=120) as response:
        return response.read()


def test_the_restored_site_gives_the_same_files_and_permanent_views_byte_for_byte(source, restored, tmp_path):
    with psycopg.connect(source) as connection:
        stamp = connection.execute("select max(lower(recorded)) from tracker_revision").fetchone()[0]
    stamp = stamp.astimezone(UTC).isoformat()
    first = datetime.fromisoformat(stamp).replace(microsecond=0, tzinfo=UTC)
    pins = [stamp.replace("+00:00", "Z"), first.isoformat().replace("+00:00", "Z")]
    paths = [f"/{language}events.{form}" for form in FILES for language in ("", "es/")]
    paths += [*PAGES, "/events/with-a-history/timemap/", "/sitemap.xml", "/feed.atom", "/changes.atom"]
    paths += [f"{path}?recorded={pin}" for pin in pins for path in (*PAGES[:6], "/events.json", "/events.ndjson")]
    paths += [f"/events/with-a-history/?recorded={pin}" for pin in pins[:1]]
    manage(source, "prepare")  # Static files, for both.
    with ExitStack() as stack:
        more = {"SITE_URL": SITE, "BEHIND_HTTPS_PROXY": "1"}
        one, other = (
            stack.enter_context(serve(url, **more, TRACKER_VAR=str(_served(tmp_path / name)))).url
            for name, url in (("one", source), ("other", restored))
        )
        unlike = [path for path in paths if body(one, path) != body(other, path)]
    assert unlike == []
    print(f"\n{len(paths)} addresses are byte for byte the same.")


def _served(folder: Path) -> Path:
    """A folder of its own for a site's kept answers, with the static files that are collected already."""
    folder.mkdir()
    (folder / "static").symlink_to(Path(os.environ["TRACKER_VAR"]) / "static")
    return folder


def test_the_restored_desk_goes_on_with_new_numbers(restored, source):
    with psycopg.connect(source) as connection:
        last = connection.execute("select max(id) from tracker_event").fetchone()[0]
    with psycopg.connect(restored) as connection:
        number = connection.execute("select nextval(pg_get_serial_sequence('tracker_event', 'id'))").fetchone()[0]
        with pytest.raises(psycopg.errors.RaiseException, match="the record is never deleted from"):
            connection.execute("delete from tracker_revision")
    assert number > last


def test_what_holds_something_is_not_restored_into(restored, file):
    before = rows(restored)
    said = command(restored, "restore", str(file), expect=1)
    assert "It is not restored: The database is not empty; rows in its tables: tracker_citation " in said
    assert rows(restored) == before


def test_a_dump_that_is_not_what_its_manifest_says_leaves_the_database_as_it_was(file, tmp_path):
    def one_more(manifest):
        rows = manifest.contents.tables["tracker_event"]
        tables = dict(manifest.contents.tables) | {"tracker_event": Sum(rows.count + 1, rows.sha256)}
        return replace(manifest, contents=replace(manifest.contents, tables=tables))

    forged = rewritten(file, tmp_path / "forged.backup", one_more)
    half = halved(file, tmp_path / "half.backup")
    with database("backup_forged") as url:
        manage(url, "migrate", "--verbosity=0")
        before = rows(url)
        said = command(url, "restore", str(forged), expect=1)
        assert "The table tracker_event came back with " in said
        assert "It is not restored: pg_restore: error: " in command(url, "restore", str(half), expect=1)
        assert rows(url) == before


def halved(file: Path, into: Path) -> Path:
    """A backup whose sums are right and whose dump ends in the middle, as if pg_dump had been cut off unseen."""
    one = read(file)
    with one.file, into.open("w+b") as other:
        dump = b"".join(one.dump())
        manifest = one.manifest
        container.write(
            other, [dump[: len(dump) // 2]], lambda found: replace(manifest, dump=found), taken=manifest.taken
        )
    return into


def test_a_plain_role_restores_and_tries_its_backup_on_a_server_of_its_own(file):
    """Neither takes rights beyond those of the owner of a database."""
    if "EMBEDDED_DATA" not in settings.DATABASES["default"]:
        pytest.skip("on this server a role would need a password")
    role = "backup_plain"
    with psycopg.connect(**address() | {"dbname": "postgres"}, autocommit=True) as connection:
        connection.execute(sql.SQL("create role {} login").format(sql.Identifier(role)))
        try:
            with database("backup_of_plain") as url:
                connection.execute("alter database backup_of_plain owner to backup_plain")
                plain = url.replace("//postgres", f"//{role}")
                command(plain, "restore", str(file))
                said = command(plain, "verify_backup", str(file))
                assert "This role may not make a database (CREATEDB): the trial has a server of its own." in said
                assert "comes back as it was taken: " in said
        finally:
            connection.execute(sql.SQL("drop role {}").format(sql.Identifier(role)))
    assert not list(Path("/tmp").glob("tracker-trial-*"))


def test_a_backup_taken_while_the_desk_publishes_is_of_one_moment(tmp_path):
    """What pg_dump wrote and what was summed up are of one snapshot: the trial compares them."""
    code = (
        "from tests.factory import *\nfor n in range(60):\n    made = published(f'one-{n}')\n"
        "    publish(retitle(made, f'Another {n}'))"
    )
    with database("backup_busy") as url:
        manage(url, "migrate", "--verbosity=0")
        command(url, "shell", "--verbosity=0", "-c", "from tests.factory import published; published('first')")
        desk = subprocess.Popen(
            [sys.executable, "manage.py", "shell", "--verbosity=0", "-c", code],
            cwd=ROOT,
            env=production_environment(url),
        )
        for _turn in range(2):
            command(url, "backup", "--to", str(tmp_path), "--keep", "5")
        assert desk.wait(120) == 0
        files = sorted(tmp_path.iterdir())
        # The newest of them: the desk was at work from the first to the last.
        assert "comes back as it was taken: " in command(url, "verify_backup", str(tmp_path))
        rows = [glance(one).contents.tables["tracker_revision"].count for one in files]
        assert rows == sorted(rows) and len(rows) == 2
        print(f"\nStatements in the backups: {rows}, at the end: 121 events and changes.")


def test_a_full_disk_is_told_and_leaves_nothing_half(source, tmp_path):
    limit = 1 << 18
    said = command(
        source,
        *("backup", "--to", str(tmp_path)),
        expect=1,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert said == f"CommandError: No backup was made: {tmp_path}: File too large.\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("mount") is None, reason="only root mounts a small disk")
def test_a_small_disk_is_refused_before_and_told_when_it_runs_full(source, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        said = command(source, "backup", "--to", str(disk), expect=1)
        assert f"No backup was made: The disk of {disk} is too full: a backup takes about " in said
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_backup_that_is_ended_leaves_nothing_half(source, tmp_path):
    with psycopg.connect(source) as connection:
        connection.execute("lock table tracker_event in access exclusive mode")
        process = subprocess.Popen(
            [sys.executable, "manage.py", "backup", "--to", str(tmp_path)],
            cwd=ROOT,
            env=production_environment(source),
            stderr=subprocess.DEVNULL,
        )
        end = time.monotonic() + 60
        while not list(tmp_path.glob(f"*{PART}")):
            assert process.poll() is None and time.monotonic() < end
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 128 + signal.SIGTERM
    assert list(tmp_path.iterdir()) == []


def test_a_trial_leaves_nothing_on_the_server(source, folder, file):
    said = command(source, "verify_backup", str(folder))
    counts = glance(file).contents
    assert said == (
        f"{file} comes back as it was taken: {sum(one.count for one in counts.tables.values())} rows of "
        f"{len(counts.tables)} tables, {counts.names.count} UIDs, {len(counts.files)} exports.\n"
    )
    with psycopg.connect(source) as connection:
        left = connection.execute("select datname from pg_database where datname like 'tracker_trial%'").fetchall()
    assert left == []


def test_nothing_of_ours_is_needed_to_get_at_the_rows(file, tmp_path):
    """tar, sha256sum and pg_restore are enough (docs/backup.md)."""
    subprocess.run(["tar", "-xf", str(file)], cwd=tmp_path, check=True)
    told = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True)
    assert told.stdout == "record.dump: OK\nmanifest.json: OK\n"
    assert file.stat().st_mode & 0o777 == 0o600
