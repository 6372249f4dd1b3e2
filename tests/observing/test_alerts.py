"""Every alert asks what the site really tells, and has a section of the runbook."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

ROOT = Path(__file__).resolve().parents[2]
ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yml"
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text()
RULES = [rule for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]]
ASKED = re.compile(r"\b(tracker_\w+)(?:\{([^}]*)\})?")
SUFFIXES = ("", "_total", "_bucket", "_sum", "_count")


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker) -> dict[str, set[str]]:
    """The names of the samples of /metrics and the labels that any of them bears, asked of the site itself."""
    found: dict[str, set[str]] = {}
    with django_db_blocker.unblock():
        client = Client()
        client.get("/about/")
        body = client.get("/metrics").content.decode()
    for family in text_string_to_metric_families(body):
        for suffix in SUFFIXES:
            found.setdefault(f"{family.name}{suffix}", set())
        for sample in family.samples:
            found.setdefault(sample.name, set()).update(sample.labels)
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alert_has_a_summary_a_severity_and_a_section_of_the_runbook(rule):
    assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
    assert rule["labels"]["severity"] in ("page", "ticket")
    assert rule["annotations"]["summary"]
    assert rule["annotations"]["runbook"] == f"docs/runbook.md#{rule['alert'].lower()}"
    section = RUNBOOK.split(f"\n## {rule['alert']}\n")[1].split("\n## ")[0]
    for part in ("**Readers**", "**Look**", "**Do**", "**Afterwards**"):
        assert part in section, part


def test_the_runbook_has_no_section_for_an_alert_that_is_none():
    assert re.findall(r"^## (\w+)$", RUNBOOK, flags=re.M) == [rule["alert"] for rule in RULES]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_what_an_alert_asks_is_told(rule, told):
    """The labels of counters that have counted nothing yet show only later."""
    asked = ASKED.findall(rule["expr"])
    assert asked or rule["alert"] == "TrackerDown"
    for name, matchers in asked:
        assert name in told, name
        labels = set(re.findall(r"(\w+)\s*(?:=~|!~|!=|=)", matchers))
        assert labels <= (told.get(name) or labels), (name, labels)
    assert rule["expr"].count("(") == rule["expr"].count(")")


def test_the_page_on_monitoring_names_every_metric(told):
    page = (ROOT / "docs" / "monitoring.md").read_text()
    families = {re.sub("_(bucket|sum|count)$", "", name) for name, labels in told.items() if labels or name in page}
    missing = {name for name in families if name not in page and not name.startswith("tracker_process_")}
    assert missing == set()


def test_prometheus_itself_takes_the_alerts():
    program = shutil.which("promtool")
    if program is None:
        pytest.skip("promtool is not on this machine: the expressions were only looked at by their names")
    done = subprocess.run([program, "check", "rules", str(ALERTS)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
