"""docs/deployment.md, played: every block of the guide is run as it stands, in its order, in a folder that stands for
the machine. What belongs to the machine itself (packages, users, systemd, certbot, database) is only noted."""

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.databases import ROOT
from tests.deploy.proxies import NGINX, certify, needs_nginx
from tests.deploy.units import lines, settings

GUIDE = (ROOT / "docs" / "deployment.md").read_text()
BLOCKS = re.findall(r"^```sh\n(.*?)^```$", GUIDE, re.M | re.S)
NOTED = ("apt-get", "adduser", "runuser", "systemctl", "certbot", "setpriv", "nginx")
PLACES = ("/srv/tracker", "/etc/tracker", "/etc/systemd/system", "/etc/nginx", "/var/www/html")
SITE = "record.example.net"
LEFT_OUT = shutil.ignore_patterns(
    ".venv", "var", ".git", "__pycache__", ".*_cache", ".hypothesis", "tests", "benchmarks"
)


@pytest.fixture(scope="module")
def machine(tmp_path_factory):
    """Where the guide is played: its places, programs that only note how they were called, and the project to clone."""
    folder = tmp_path_factory.mktemp("machine")
    for place in ("/srv", "/etc/systemd/system", "/etc/nginx", "/var/www/html", "/bin"):
        (folder / place[1:]).mkdir(parents=True)
    (folder / "etc/nginx/nginx.conf").write_text("# As Debian ships it.\n")
    for name in NOTED:
        _program(folder, name, f'echo "{name} $*" >>"{folder}/called"\n')
    # The tree as it lies here, and the packages that are here already: they are no part of the guide.
    _program(folder, "git", f'cp -r "{folder}/source" "$4"\nln -s "{sys.prefix}" "$4/.venv"\n')
    shutil.copytree(ROOT, folder / "source", ignore=LEFT_OUT)
    # The packages are installed for real by the steps of the Dockerfile (test_dockerfile.py).
    (folder / "source/bin/environment").write_text(f'echo "environment $*" >>"{folder}/called"\n')
    played = [_play(folder, block) for block in BLOCKS]
    return folder, played


def _program(folder: Path, name: str, body: str) -> None:
    file = folder / "bin" / name
    file.write_text(f"#!/bin/sh\n{body}")
    file.chmod(0o755)


def _play(folder: Path, block: str) -> subprocess.CompletedProcess:
    """One block, in the shell that the block before has left: its variables are kept in a file."""
    block = block.replace("SITE=example.org", f"SITE={SITE}")
    block = re.sub(rf"(?<![\w.])({'|'.join(PLACES)})\b", lambda found: f"{folder}{found[0]}", block)
    # Nothing serves here; that a server is asked for, and what answers it, is shown by test_units.
    block = re.sub(r"\.venv/bin/python -m tracker\.management\.healthy", f'echo healthy >>"{folder}/called" ; :', block)
    before = f'set -eu\n[ ! -e "{folder}/kept" ] || . "{folder}/kept"\n'
    after = f'\nset | grep -E "^(SITE|REPOSITORY|release)=" >"{folder}/kept"\n'
    environment = {"PATH": f"{folder}/bin:{os.environ['PATH']}", "HOME": str(folder), "LANG": "C.UTF-8"}
    # deploy/manage looks where the units look; here that lies below the folder.
    environment |= {"SETTINGS": f"{folder}/etc/tracker/environment", "KEY": f"{folder}/etc/tracker/secret-key"}
    return subprocess.run(
        ["sh", "-c", before + block + after], cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )


@pytest.mark.long
def test_every_block_of_the_guide_runs_without_a_word_of_complaint(machine):
    _folder, played = machine
    assert len(played) == 10
    assert [(done.returncode, done.stderr) for done in played] == [(0, "")] * len(played)


@pytest.mark.long
def test_after_it_the_release_is_whole_and_the_next_one_lies_beside_it(machine):
    folder, _played = machine
    releases = sorted((folder / "srv/tracker/releases").iterdir())
    assert (len(releases), (folder / "srv/tracker/current").resolve()) == (2, releases[1].resolve())
    for release in releases:
        assert (release / "var/static/staticfiles.json").exists()
        assert (release / "locale/es/LC_MESSAGES/django.mo").exists()
        assert not (release / "var/secret-key").exists()


@pytest.mark.long
def test_after_it_settings_and_key_are_the_sites_own_and_for_root_alone(machine):
    folder, _played = machine
    key, said = folder / "etc/tracker/secret-key", folder / "etc/tracker/environment"
    assert [stat.S_IMODE(file.stat().st_mode) for file in (key, said)] == [0o600, 0o600]
    assert re.fullmatch("[0-9a-f]{96}", key.read_text())
    found = settings(said.read_text())
    assert (found["SITE_URL"], found["ALLOWED_HOSTS"]) == (f"https://{SITE}", SITE)


@pytest.mark.long
def test_after_it_every_unit_that_is_shipped_is_in_place_and_every_timer_and_server_is_started(machine):
    folder, _played = machine
    shipped = sorted(file.name for file in (ROOT / "deploy/systemd").iterdir())
    assert sorted(file.name for file in (folder / "etc/systemd/system").iterdir()) == shipped
    called = (folder / "called").read_text().splitlines()
    (enabled,) = [line.split()[3:] for line in called if line.startswith("systemctl enable")]
    timers = [name for name in shipped if name.endswith(".timer")]
    assert sorted(enabled) == sorted(["tracker-web@8000", "tracker-web@8001", *timers, "tracker.target"])


@pytest.mark.long
def test_a_new_release_restarts_one_server_after_the_other_and_asks_each_before_the_next(machine):
    folder, _played = machine
    called = (folder / "called").read_text().splitlines()
    assert called[-6:] == [
        "systemctl daemon-reload",
        "systemctl start tracker-prepare.service",
        "systemctl restart tracker-web@8000",
        "healthy",
        "systemctl restart tracker-web@8001",
        "healthy",
    ]


@pytest.mark.long
@needs_nginx
def test_after_it_nginx_finds_its_configuration_sound(machine):
    folder, _played = machine
    file = folder / "etc/nginx/nginx.conf"
    text = file.read_text()
    assert (f"server_name {SITE};" in text, "example.org" in text) == (True, False)
    certify(folder)
    (folder / "var/lib/nginx").mkdir(parents=True)
    for before, after in {
        f"/etc/letsencrypt/live/{SITE}/fullchain.pem": f"{folder}/certificate.pem",
        f"/etc/letsencrypt/live/{SITE}/privkey.pem": f"{folder}/key.pem",
        "/var/lib/nginx/": f"{folder}/var/lib/nginx/",
        "/var/log/nginx/": f"{folder}/",
        "/run/": f"{folder}/",
        "user www-data;\n": "",
    }.items():
        assert before in text
        text = text.replace(before, after)
    file.write_text(text)
    done = subprocess.run([str(NGINX), "-t", "-c", str(file)], capture_output=True, text=True, timeout=30)
    assert (done.returncode, "warn" in done.stderr) == (0, False), done.stderr


def test_the_guide_enables_what_a_target_or_the_machine_starts():
    files = [*(ROOT / "deploy/systemd").glob("*.timer"), ROOT / "deploy/systemd/tracker-web@.service"]
    wanted = {file.name: lines(file)["Install.WantedBy"] for file in files}
    assert [
        name for name, by in wanted.items() if not set(" ".join(by).split()) & {"tracker.target", "timers.target"}
    ] == []
