"""The calendar as its subscribers have it: vdirsyncer fetches it over HTTP from a running site into a folder, khal
reads the folder. Both are programs of others; the desk's deeds happen between two rounds."""

import os
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.databases import database, manage
from tests.serving import serve

pytestmark = pytest.mark.long

RECORD = """
from tests.factory import *
for slug, fields in {
    "one-day": {"date": "2026-07-01", "status": "scheduled"},
    "some-days": {"date": "2025-12-03/2025-12-05"},
    "a-month": {"date": "2026-09", "status": "expected"},
    "deadline": {"date": "2026-01-15", "clock_time": "23:59", "zone": "America/New_York", "status": "scheduled"},
    "in-summer": {"date": "2026-07-15", "clock_time": "23:59", "zone": "America/New_York", "status": "scheduled"},
    "called-off": {"date": "2026-08-20", "status": "scheduled"},
    "only-a-year": {"date": "2027", "status": "expected"},
    "retracted": {"date": "2026-10-10", "status": "scheduled"},
}.items():
    publish(event(slug, title=slug, **fields))
"""
DEEDS = """
from tests.factory import *
from tracker.models.desk import AnnouncedDate
from tracker.publishing import retract
at = {one.slug: one for one in Event.objects.all()}
AnnouncedDate.objects.create(event=at["one-day"], date="2026-07-01", announced_on="2025-05-01")
publish(change(at["one-day"], date="2026-07-09"))
publish(change(at["called-off"], status="cancelled"))
retract(at["retracted"], reason="It never was.")
"""
# What khal prints of an event: its days or its moments as seen from a place, what it is called and how sure it is.
FORMAT = "{start} | {end} | {title} | {status}"


@dataclass(frozen=True)
class Subscriber:
    """A reader's machine, in a folder of its own."""

    folder: Path
    address: str

    @property
    def vdir(self) -> Path:
        return self.folder / "vdir"

    def _run(self, *command: str, zone: str = "UTC") -> str:
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "TZ": zone, "LANG": "C.UTF-8"}
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def sync(self) -> None:
        """Fetches the calendar into the folder of events."""
        self.vdir.mkdir(parents=True, exist_ok=True)
        config = self.folder / "vdirsyncer.conf"
        config.write_text(
            f'[general]\nstatus_path = "{self.folder}/status"\n'
            '[pair record]\na = "site"\nb = "local"\ncollections = null\nconflict_resolution = "a wins"\n'
            f'[storage site]\ntype = "http"\nurl = "{self.address}"\n'
            f'[storage local]\ntype = "filesystem"\npath = "{self.vdir}"\nfileext = ".ics"\n'
        )
        if not (self.folder / "status").exists():
            self._run("vdirsyncer", "-c", str(config), "discover")
        self._run("vdirsyncer", "-c", str(config), "sync")

    def listed(self, zone: str = "UTC") -> list[str]:
        """The events that khal shows to somebody in a zone, each once, whatever days it lasts."""
        text = self._khal(zone, "list", "--once", "--format", FORMAT, "--day-format", "", "2025-12-01", "2026-12-31")
        return [line.strip() for line in text.splitlines() if line]

    def take(self) -> None:
        """Imports the file, as somebody does who opens it once."""
        self.vdir.mkdir(parents=True, exist_ok=True)
        with urllib.request.urlopen(self.address, timeout=20) as answer:
            (self.folder / "events.ics").write_bytes(answer.read())
        self._khal("UTC", "import", "--batch", "-a", "record", "events.ics")

    def _khal(self, zone: str, *command: str) -> str:
        self.vdir.mkdir(parents=True, exist_ok=True)
        config = self.folder / "khal.conf"
        config.write_text(
            f"[calendars]\n[[record]]\npath = {self.vdir}\n[sqlite]\npath = {self.folder}/khal.db\n"
            f"[locale]\nlocal_timezone = {zone}\ndefault_timezone = {zone}\ntimeformat = %H:%M\n"
            "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
        )
        return self._run("khal", "-c", str(config), *command, zone=zone)


@pytest.fixture(scope="module")
def running():
    """A site with eight events on its record."""
    with database("test_calendar_clients") as url:
        manage(url, "migrate", "--verbosity", "0")
        manage(url, "createcachetable")
        manage(url, "shell", "-c", RECORD)
        with serve(url) as site:
            yield site


def test_a_subscriber_has_each_event_once_on_its_own_day_wherever_they_live(running, tmp_path):
    subscriber = Subscriber(tmp_path / "subscriber", f"{running.url}/events.ics")
    importer = Subscriber(tmp_path / "importer", subscriber.address)
    importer.take()
    subscriber.sync()
    subscriber.sync()
    whole_days = [
        "2025-12-03 | 2025-12-05 | some-days | CONFIRMED",
        "2026-07-01 | 2026-07-01 | one-day | TENTATIVE",
        "2026-08-20 | 2026-08-20 | called-off | TENTATIVE",
        "2026-09-01 | 2026-09-30 | a-month (September 2026) | TENTATIVE",
        "2026-10-10 | 2026-10-10 | retracted | TENTATIVE",
    ]
    moments = {
        "America/Los_Angeles": ("2026-01-15 20:59", "2026-07-15 20:59"),
        "Pacific/Auckland": ("2026-01-16 17:59", "2026-07-16 15:59"),
        "Pacific/Tongatapu": ("2026-01-16 17:59", "2026-07-16 16:59"),
        "UTC": ("2026-01-16 04:59", "2026-07-16 03:59"),
    }
    for zone, (winter, summer) in moments.items():
        listed = subscriber.listed(zone)
        # khal gives an hour to what has a beginning alone.
        begun = {line.split(" | ")[2]: line.split(" | ")[0] for line in listed if ":" in line[:16]}
        assert begun == {"deadline": winter, "in-summer": summer}, zone
        assert [line for line in listed if ":" not in line[:16]] == whole_days, zone

    running.manage("shell", "-c", DEEDS)
    for _again in range(3):
        subscriber.sync()
    assert [line for line in subscriber.listed() if ":" not in line[:16]] == [
        "2025-12-03 | 2025-12-05 | some-days | CONFIRMED",
        "2026-07-09 | 2026-07-09 | one-day | TENTATIVE",
        "2026-08-20 | 2026-08-20 | Cancelled: called-off | CANCELLED",
        "2026-09-01 | 2026-09-30 | a-month (September 2026) | TENTATIVE",
    ]
    assert len(list(subscriber.vdir.iterdir())) == 6

    # Somebody who imports the file again has each UID once, in its newer version; what was retracted they keep.
    importer.take()
    assert sorted(importer.listed()) == sorted(
        [*subscriber.listed(), "2026-10-10 | 2026-10-10 | retracted | TENTATIVE"]
    )
