"""deploy/compose.yaml agrees with the Dockerfile, with nginx.conf and with itself: what is seen without a daemon."""

import re
import shutil
import subprocess

import pytest
import yaml

from tests.databases import ROOT
from tests.deploy.image import read

TEXT = (ROOT / "deploy" / "compose.yaml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
OURS = [name for name, service in SERVICES.items() if service["image"] == "usmca-review-tracker"]


def test_its_head_says_how_far_it_was_tried():
    assert "Tried where it was written only as far as that goes without" in TEXT[:400]


def test_every_volume_secret_network_and_service_that_is_used_is_declared():
    for kind in ("secrets", "networks"):
        used = {one for service in SERVICES.values() for one in service.get(kind, [])}
        assert used == COMPOSE[kind].keys()
    mounted = {one.split(":")[0] for service in SERVICES.values() for one in service.get("volumes", [])}
    assert {one for one in mounted if not one.startswith(".")} == COMPOSE["volumes"].keys()
    needed = {one for service in SERVICES.values() for one in service.get("depends_on", [])}
    assert needed - SERVICES.keys() == set()


@pytest.mark.parametrize("name", OURS)
def test_our_containers_may_write_little_gain_nothing_and_say_what_they_run(name):
    service = SERVICES[name]
    found = {key: service[key] for key in ("read_only", "cap_drop", "security_opt", "tmpfs")}
    assert found == {
        "read_only": True,
        "cap_drop": ["ALL"],
        "security_opt": ["no-new-privileges:true"],
        "tmpfs": ["/tmp"],
    }
    # An entry point of its own makes the engine forget what the image would run.
    assert bool(service.get("command")) is True


def test_the_web_container_runs_what_the_image_would():
    steps = read((ROOT / "Dockerfile").read_text())
    (command,) = [step.words() for step in steps if step.name == "CMD"]
    assert SERVICES["web"]["command"] == command


def test_only_nginx_is_reached_from_outside_and_the_database_reaches_nobody():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert SERVICES["database"]["networks"] == SERVICES["store"]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


def test_names_that_the_site_is_told_are_names_that_it_reads():
    table = (ROOT / "docs" / "environment.md").read_text()
    assert [name for name in SERVICES["web"]["environment"] if f"`{name}`" not in table] == []


def test_the_entry_point_hands_the_address_of_the_database_and_the_command_on(tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "production").write_text('printf "%s|" "$DATABASE_URL" "$@"\n')
    (tmp_path / "url").write_text("postgres://tracker:a$b@database:5432/tracker")
    # As the engine reads it: two dollars are one.
    entry = [word.replace("$$", "$") for word in SERVICES["web"]["entrypoint"]]
    entry = [word.replace("/run/secrets/database-url", str(tmp_path / "url")) for word in entry]
    done = subprocess.run([*entry, "python", "a b"], cwd=tmp_path, capture_output=True, text=True, timeout=30)
    assert (done.stdout, done.stderr) == ("postgres://tracker:a$b@database:5432/tracker|python|a b|", "")


def test_nginx_gets_the_shipped_configuration_with_the_places_of_the_containers(tmp_path):
    (tmp_path / "nginx").mkdir()
    (tmp_path / "nginx" / "tracker").mkdir()
    script = SERVICES["nginx"]["command"][2].replace("$$", "$")
    # Beside, since the folder of the project may have a blank in its name, which those of a container have not.
    shutil.copytree(ROOT / "deploy" / "nginx", tmp_path / "shipped")
    script = script.replace("/etc/nginx", f"{tmp_path}/nginx").replace("/deploy/", f"{tmp_path}/shipped/")
    script = script.replace('exec nginx -g "daemon off;"', "")
    environment = {"SITE_NAME": "record.example.net", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(["sh", "-euc", script], env=environment, capture_output=True, text=True, timeout=30)
    assert done.stderr == ""
    text = (tmp_path / "nginx" / "nginx.conf").read_text()
    lines = [line.strip() for line in text.splitlines()]
    assert [line for line in lines if re.match(r"(user|ssl_certificate|ssl_certificate_key|server) .*;", line)] == [
        "user nginx;",
        "server web:8000 max_fails=3 fail_timeout=2s;",
        "server 127.0.0.1:8081 max_fails=0;",
        "ssl_certificate /certificate/fullchain.pem;",
        "ssl_certificate_key /certificate/privkey.pem;",
    ]
    assert [line for line in lines if "example.org" in line and not line.startswith("#")] == []
    assert lines.count("server_name record.example.net;") == 2
    assert (tmp_path / "nginx" / "tracker" / "site.conf").exists()
