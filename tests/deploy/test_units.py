"""The shipped units of systemd: sound and hardened by systemd's own word, and every command in them runs."""

import os
import platform
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from ctypes.util import find_library

import pytest

from tests.databases import ROOT, database
from tests.deploy.units import RELEASE, SETTINGS, STATE, UNITS, Unit, lines, settings
from tests.serving import free_port, wait_for
from timeline.formats.registry import FORMATS

SERVICES = sorted(UNITS.glob("*.service"))
TIMERS = sorted(UNITS.glob("*.timer"))
OURS = [file for file in SERVICES if "backup" not in file.name]
KEY = "only-for-a-run-of-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz"
ANALYZE = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(ANALYZE is None, reason="no systemd-analyze here (apt-get install systemd)")
MOST = 20  # Tenths: 2.0 of 10 by `systemd-analyze security`, where 10 is bare.
# What every service of ours says of itself, so that no one is forgotten when another is added.
HARDENED = """
    ProtectSystem ProtectHome PrivateTmp PrivateDevices PrivateUsers
    ProtectProc ProtectClock ProtectHostname ProtectControlGroups ProtectKernelLogs
    ProtectKernelModules ProtectKernelTunables NoNewPrivileges CapabilityBoundingSet LockPersonality
    MemoryDenyWriteExecute RestrictNamespaces RestrictRealtime RestrictSUIDSGID SystemCallArchitectures
    SystemCallFilter RestrictAddressFamilies UMask User LoadCredential
    EnvironmentFile
"""


def analyze(*arguments, folder=UNITS) -> subprocess.CompletedProcess:
    return subprocess.run(
        [ANALYZE, *arguments],
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{folder}:", "SYSTEMD_LOG_LEVEL": "warning"},
        capture_output=True,
        text=True,
        timeout=60,
    )


def name(file) -> str:
    return file.name


@needs_systemd
@pytest.mark.parametrize("file", [*SERVICES, *TIMERS, UNITS / "tracker.target"], ids=name)
def test_systemd_finds_no_fault_in_it(file):
    done = analyze("verify", file.name.replace("@.", "@8000."))
    assert (done.returncode, [line for line in done.stderr.splitlines() if "tracker" in line]) == (0, [])


@needs_systemd
def test_a_unit_with_a_fault_would_be_found(tmp_path):
    (tmp_path / "tracker-broken.service").write_text("[Service]\nExecStart=/bin/true\nProtectSystm=strict\n")
    assert "ProtectSystm" in analyze("verify", "tracker-broken.service", folder=tmp_path).stderr


@needs_systemd
@pytest.mark.parametrize("file", SERVICES, ids=name)
def test_it_is_exposed_to_next_to_nothing_by_systemds_own_measure(file):
    done = analyze("security", "--offline=true", f"--threshold={MOST}", "--no-pager", str(file))
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("file", SERVICES, ids=name)
def test_it_says_every_line_of_the_hardening(file):
    assert {line for line in HARDENED.split() if f"Service.{line}" not in lines(file)} == set()


@pytest.mark.parametrize("file", TIMERS, ids=name)
def test_each_timer_has_its_service_and_starts_with_the_machine(file):
    assert file.with_suffix(".service").exists()
    assert lines(file)["Install.WantedBy"][0].split()[-1] in {"tracker.target", "timers.target"}


def test_the_web_server_has_longer_to_end_than_its_requests_and_is_never_given_up():
    found = lines(UNITS / "tracker-web@.service")
    said = {key: found[key] for key in ("Service.TimeoutStopSec", "Service.Restart", "Unit.StartLimitIntervalSec")}
    assert said == {
        "Service.TimeoutStopSec": ["45"],  # tracker.management.serve.GRACE is 30.
        "Service.Restart": ["always"],
        "Unit.StartLimitIntervalSec": ["0"],
    }


def test_the_example_of_settings_has_only_names_that_the_tracker_reads():
    text = (ROOT / "deploy" / "environment.example").read_text()
    table = (ROOT / "docs" / "environment.md").read_text()
    commented = [line.removeprefix("#") for line in text.splitlines() if line.startswith("#") and "=" in line]
    names = settings(text).keys() | {line.split("=")[0] for line in commented if line.split("=")[0].isupper()}
    assert {"SITE_URL", "DATABASE_URL", "TRUSTED_PROXIES", "EMAIL_URL"} <= names
    assert [one for one in names if f"`{one}`" not in table] == []


@pytest.fixture(scope="module")
def url(loaded):
    with database("test_tracker_units", loaded) as made:
        yield made


@pytest.fixture(scope="module")
def machine(tmp_path_factory, url):
    """Makes a unit runnable in a folder that stands for this machine's own; the database is prepared."""
    folder = tmp_path_factory.mktemp("units")
    example = (ROOT / "deploy" / "environment.example").read_text()
    words = "\n".join(
        f"DATABASE_URL={url}" if line.startswith("DATABASE_URL") else line for line in example.split("\n")
    )

    def made(file, instance="") -> Unit:
        unit = Unit(file, folder, instance)
        unit.prepare(words, KEY)
        return unit

    prepare = made(UNITS / "tracker-prepare.service")
    static = dict(prepare.environment(), STATIC_FOLDER=str(folder / "static"))
    files = [sys.executable, "manage.py", "prepare", "--only", "files"]
    for command in (files, prepare.command(sys.executable)):
        done = subprocess.run(command, cwd=ROOT, env=static, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "Record:       kept" in done.stdout
    return made


@contextmanager
def heard(folder):
    """What a service tells systemd: the address of a socket, and the lines that came."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        path = str(folder / "notify")
        ear.bind(path)
        ear.settimeout(60)
        yield path, lambda: ear.recv(4096).decode()
    os.unlink(path)


def _refused() -> str:
    """Why a unit cannot be confined here as systemd would; empty if it can."""
    if platform.system() != "Linux" or os.geteuid():
        return "only root, on Linux, can confine a program so"
    if find_library("seccomp") is None and not os.path.exists("/lib/x86_64-linux-gnu/libseccomp.so.2"):
        return "no libseccomp here (apt-get install libseccomp2)"
    return "" if ANALYZE else "no systemd-analyze here, which knows the groups of system calls"


@pytest.mark.long
@pytest.mark.database
@pytest.mark.parametrize("file", [one for one in OURS if "@" not in one.name], ids=name)
def test_the_command_of_each_unit_runs_with_the_units_own_environment(machine, file):
    unit = machine(file)
    # Nothing outside of this machine is asked: no source is looked at, and there is no webhook.
    nothing = ["--limit=0"] if "check_sources" in unit.command(sys.executable) else []
    done = subprocess.run(
        [*unit.command(sys.executable), *nothing],
        cwd=unit.all("WorkingDirectory")[0], env=unit.environment(), capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.long
@pytest.mark.database
@pytest.mark.parametrize("confined", [False, True], ids=["plain", "confined"])
def test_the_web_server_says_that_it_is_ready_answers_every_kind_of_file_and_ends_in_peace(machine, tmp_path, confined):
    if confined and (why := _refused()):
        pytest.skip(why)
    port = free_port()
    unit = machine(UNITS / "tracker-web@.service", str(port))
    command = unit.command(sys.executable)
    if confined:
        command = [sys.executable, "tests/deploy/confined.py", str(unit.file), str(unit.folder / "state"), *command]
    with heard(tmp_path) as (path, told), (tmp_path / "log").open("w") as log:
        environment = unit.environment() | {"NOTIFY_SOCKET": path, "STATIC_FOLDER": str(unit.folder / "static")}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            assert told() == "READY=1"
            wait_for(f"http://127.0.0.1:{port}/health/ready", process, (tmp_path / "log").read_text)
            sizes = {file: _size(port, file) for file in FILES}
            assert {file: size for file, size in sizes.items() if size < 100} == {}
        finally:
            process.terminate()
        begun = time.monotonic()
        assert told() == "STOPPING=1"
        assert process.wait(45) == 0, (tmp_path / "log").read_text()
        print(f"ended after {time.monotonic() - begun:.1f} s")


# Every kind of file: one of them might want what the unit forbids (PDF is set in a child process).
FILES = ("", *(f"events.{extension}" for extension in FORMATS))


def _size(port: int, file: str) -> int:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/{file}", headers={"Host": "example.org", "X-Forwarded-Proto": "https"}
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return len(answer.read())


def test_units_name_no_place_but_those_that_the_guide_makes():
    guide = (ROOT / "docs" / "deployment.md").read_text()
    assert [place for place in (RELEASE, STATE, SETTINGS) if place not in guide] == []


def test_a_management_command_is_run_with_the_settings_of_the_units(tmp_path):
    """deploy/manage reads the file as systemd does: nothing of it is run, what stands in quotes is one value."""
    if not (shutil.which("setpriv") and ROOT.stat().st_uid == os.geteuid()):
        pytest.skip("no setpriv here (apt-get install util-linux)")
    (tmp_path / "deploy").mkdir()
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "deploy" / "manage", tmp_path / "deploy")
    (tmp_path / "bin" / "production").write_text('printf "%s|" "$SECRET_KEY" "$A" "$B" "$C" "$TRACKER_VAR" "$@"\n')
    (tmp_path / "settings").write_text('# A remark.\n\nA=$(touch run) `x` & ;\nB="two words"\nC=a=b#c')
    (tmp_path / "key").write_text(KEY)
    account = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
    done = subprocess.run(
        ["sh", str(tmp_path / "deploy" / "manage"), "create_admin", "a name"],
        env={"PATH": os.environ["PATH"], "SETTINGS": str(tmp_path / "settings"), "KEY": str(tmp_path / "key")}
        | {"ACCOUNT": account},
        capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    said = [KEY, "$(touch run) `x` & ;", "two words", "a=b#c", STATE]
    assert (done.stderr, done.stdout) == (
        "",
        "|".join([*said, ".venv/bin/python", "manage.py", "create_admin", "a name", ""]),
    )
    (tmp_path / "settings").write_text("no equals sign\n")
    refused = subprocess.run(
        ["sh", str(tmp_path / "deploy" / "manage")],
        env={"PATH": os.environ["PATH"], "SETTINGS": str(tmp_path / "settings"), "KEY": str(tmp_path / "key")},
        capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    assert (refused.returncode, "this line is not NAME=VALUE: no equals sign" in refused.stderr) == (2, True)
