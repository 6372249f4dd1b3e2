"""Only what `make run` started here is ended."""

import subprocess
import sys

from tracker.management.stop import SERVER, stop_web


def sleeping(*words):
    """A process with these words on its command line."""
    return subprocess.Popen([sys.executable, "-c", "import time; print(flush=True); time.sleep(60)", *words], stdout=-1)


def test_a_number_that_now_belongs_to_another_program_is_left_alone(tmp_path):
    with sleeping() as other:
        (tmp_path / "web.pid").write_text(str(other.pid))
        assert stop_web(tmp_path / "web.pid") is False
        assert other.poll() is None
        other.terminate()


def test_a_web_server_that_is_younger_than_the_file_is_another_one(tmp_path):
    (tmp_path / "web.pid").write_text("1")
    before = (tmp_path / "web.pid").stat()
    with sleeping(SERVER) as other:
        (tmp_path / "web.pid").write_text(str(other.pid))
        subprocess.run(["touch", "-d", f"@{before.st_mtime - 60}", tmp_path / "web.pid"], check=True)
        assert stop_web(tmp_path / "web.pid") is False
        other.terminate()


def test_the_web_server_of_the_file_is_ended(tmp_path):
    with sleeping(SERVER) as server:
        server.stdout.readline()
        (tmp_path / "web.pid").write_text(str(server.pid))
        assert stop_web(tmp_path / "web.pid") is True
        assert server.poll() is not None


def test_a_missing_or_broken_file_means_that_nothing_runs(tmp_path):
    assert stop_web(tmp_path / "web.pid") is False
    (tmp_path / "web.pid").write_text("")
    assert stop_web(tmp_path / "web.pid") is False
