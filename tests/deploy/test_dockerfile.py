"""The Dockerfile: what it says, and its steps carried out here as a script, since there may be no daemon."""

import http.client
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.databases import ROOT, database
from tests.deploy.image import Build, Stage, read
from tests.serving import free_port, status, wait_for

STEPS = read((ROOT / "Dockerfile").read_text())
KEY = "only-for-a-run-of-the-tests-0123456789-abcdefghijklmnopqrstuvwxyz"
# How pip finds the packages on this machine; the image has its own ways.
FOUND = ("PIP_", "UV_", "SSL_", "REQUESTS_", "HOME", "XDG_CACHE_HOME")
REGISTRY = {name: value for name, value in os.environ.items() if name.startswith(FOUND)}


def last(name: str) -> str:
    return [step.rest for step in STEPS if step.name == name][-1]


def test_its_head_says_that_it_was_not_built_here():
    head = " ".join(line.removeprefix("# ") for line in (ROOT / "Dockerfile").read_text().splitlines()[:6])
    assert "It was not built where it was written" in head


def test_a_line_that_is_no_step_is_refused():
    with pytest.raises(ValueError, match="no step of a Dockerfile: run this"):
        read("FROM one\nrun this\n")


def test_a_step_over_several_lines_with_a_flag_and_remarks_is_read_as_one():
    (step,) = read("# A remark.\nCOPY --from=build \\\n# Another one.\n  a b \\\n  c\n")
    assert (step.name, step.flags, step.words()) == ("COPY", {"from": "build"}, ["a", "b", "c"])


def test_it_is_served_by_a_user_that_is_no_root_and_named_by_number():
    assert last("USER") == "10001:10001"


def test_packages_are_installed_by_their_digests_alone_and_their_installer_is_not_left_behind():
    installs = [step.rest for step in STEPS if step.name == "RUN" and "requirements.txt" in step.rest]
    assert installs == [
        "sh bin/environment .venv requirements.txt && .venv/bin/python -m pip uninstall --quiet --yes uv"
    ]
    script = (ROOT / "bin" / "environment").read_text().splitlines()
    asked = [line for line in script if "pip install" in line and not line.lstrip().startswith(("#", "echo"))]
    assert len(asked) == 3
    assert [line for line in asked if "--require-hashes -r" not in line] == []


def test_no_key_and_no_name_of_a_site_is_in_the_environment_of_the_image():
    names = {word.split("=")[0] for step in STEPS if step.name in {"ENV", "ARG"} for word in step.words()}
    assert names == {
        "UV_COMPILE_BYTECODE",
        "UV_LINK_MODE",
        "PATH",
        "PYTHONUNBUFFERED",
        "PYTHONDONTWRITEBYTECODE",
        "TRACKER_MODE",
        "TRACKER_VAR",
        "STATIC_FOLDER",
        "HOST",
        "PORT",
    }


def test_every_stage_begins_with_the_same_python():
    found = {step.words()[0] for step in STEPS if step.name == "FROM"}
    assert len(found) == 1
    (image,) = found
    assert image.startswith("python:3.") and image.endswith("-slim-bookworm")


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("manage.py", True),
        ("tracker/settings.py", True),
        ("locale/es/LC_MESSAGES/django.po", True),
        ("locale/es/LC_MESSAGES/django.mo", False),
        ("tracker/__pycache__/settings.cpython-311.pyc", False),
        (".git/config", False),
        ("var/secret-key", False),
        (".venv/bin/python", False),
        ("deploy/secrets/secret-key", False),
        ("tests/conftest.py", False),
    ],
)
def test_what_is_sent_to_the_build_is_the_code_and_nothing_else(tmp_path, path, sent):
    assert Build(ROOT, tmp_path / "root").included(path) is sent


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Stage, list[str]]:
    """The last stage after all steps, and the names of the files that it had then."""
    root = tmp_path_factory.mktemp("image")
    stage = Build(ROOT, root / "root", **REGISTRY).run(STEPS)
    stage.inside("/var/lib/tracker").mkdir(parents=True)
    return stage, _files(stage)


@pytest.fixture
def url(loaded):
    with database("test_tracker_image", loaded) as made:
        yield made


def _files(stage: Stage) -> list[tuple[str, int]]:
    """All files of the image but its state, with the time of their last change."""
    state = stage.inside("/var/lib/tracker")
    return sorted(
        (str(path), path.lstat().st_mtime_ns)
        for path in stage.root.rglob("*")
        if not path.is_dir() and not path.is_relative_to(state)
    )


def _command(stage: Stage, *arguments: str) -> list[str]:
    return [*json.loads(stage.settings["ENTRYPOINT"]), *arguments]


def _environment(stage: Stage, url: str, port: int) -> dict[str, str]:
    return stage.process_environment(
        DATABASE_URL=url, SECRET_KEY=KEY, SITE_URL="https://example.org", ALLOWED_HOSTS="example.org",
        BEHIND_HTTPS_PROXY="1", TRUSTED_PROXIES="1", WEB_CONCURRENCY="1", PORT=str(port), HOST="127.0.0.1",
    )  # fmt: skip


@pytest.mark.long
@pytest.mark.database
def test_its_steps_make_a_site_that_is_prepared_served_found_well_and_ended(built, url):
    stage, files = built
    port = free_port()
    environment, folder = _environment(stage, url, port), stage.inside(".")
    begun = time.monotonic()
    prepared = subprocess.run(
        _command(stage, "python", "manage.py", "prepare", "--only", "database"),
        cwd=folder, env=environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert prepared.returncode == 0, prepared.stdout + prepared.stderr
    assert "Record:       kept" in prepared.stdout
    log = stage.root.parent / "log"
    with log.open("w") as output:
        command = _command(stage, *json.loads(stage.settings["CMD"]))
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_for(f"http://127.0.0.1:{port}/health/ready", process, log.read_text)
        check = json.loads(stage.settings["HEALTHCHECK"].split("CMD", 1)[1])
        check = [word.replace(":8000/", f":{port}/") for word in check]
        assert subprocess.run(check, cwd=folder, env=environment, timeout=30).returncode == 0
        _asked_as_by_nginx(port)
    finally:
        process.send_signal(getattr(signal, stage.settings["STOPSIGNAL"]))
        ended = process.wait(45)
    assert ended == 0
    assert subprocess.run(check, cwd=folder, env=environment, capture_output=True, timeout=30).returncode == 1
    assert _files(stage) == files, "something outside of its state was written"
    print(f"The image's steps and a site of them: {time.monotonic() - begun:.0f} s after the build")


def _asked_as_by_nginx(port: int) -> None:
    """The page, and a static file of it: collected, and found though nothing was collected at the start."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Host": "example.org", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
    connection.request("GET", "/", headers=headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    assert answer.status == 200
    name = page.split('src="/static/', 1)[1].split('"', 1)[0]
    connection.request("GET", f"/static/{name}", headers=headers)
    answer = connection.getresponse()
    answer.read()
    assert (answer.status, "immutable" in answer.headers["Cache-Control"]) == (200, True)
    connection.close()
    assert status(f"http://127.0.0.1:{port}/health/live") == 200


@pytest.mark.long
def test_nothing_secret_and_nothing_of_this_machine_is_in_what_was_built(built):
    stage, _files_of_it = built
    below = Path(stage.inside("."))
    assert sorted(path.name for path in below.iterdir()) == [
        ".venv", "VERSION", "bin", "locale", "manage.py", "requirements.txt", "static", "templates", "timeline",
        "tracker", "var",
    ]  # fmt: skip
    assert [path.name for path in (below / "var").iterdir() if path.is_dir()] == ["static"]
    assert not list(below.rglob("secret-key*"))
    assert [step.split()[0] for step in stage.skipped] == ["groupadd"]
