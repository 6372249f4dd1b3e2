"""The next release's migrations are applied to a database that is read and written: nobody's request fails, and the web
processes of this release go on beside the new tables, with the same answers.

There is no earlier release yet. So the present code is the old one, and a next release is made up: its migrations are
those of tests/upgrades/next_release, and its tables know columns, an index, a constraint and a table that the code does
not.
"""

import hashlib
import subprocess
import sys
import threading
import time
import urllib.request
from types import SimpleNamespace

import psycopg
import pytest

from tests.admin_form import event_post, rows
from tests.chaos.editor import SIGN_IN, Editor, Lost, add, deed, import_file, save
from tests.chaos.whole_site import whole_site
from tests.databases import ROOT, database, production_environment
from tests.imports import csv_file, new_row
from tests.serving import status
from tests.timeline.faces import PAGED, WHOLE
from tests.upgrades.packaged import packaged

pytestmark = [pytest.mark.database, pytest.mark.long]
NAME = "upgrade_under_traffic"
SITE = "http://127.0.0.1:8000"  # The same for all that answer, wherever they listen.
EVENTS = 12
MAKE = """
from tests.factory import ago, published
print(*(published(f"event-{{n}}", title=f"Event {{n}}", since=ago(days=90)).pk for n in range({events})))
"""
NEWEST = """
select to_char(max(lower(recorded)) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') from tracker_revision
"""
PAGES = (
    "",
    "changes/",
    "clock/",
    "corrections/",
    "slips/",
    "events/event-1/",
    "embed/",
    "about/",
    "es/",
    "fr/events/event-2/",
)
READERS, WRITERS = 3, 2
# What an editor might have left open: it reads the table, and does nothing more for so long.
IN_THE_WAY = 3.0  # seconds


class Traffic:
    """Readers and writers at work until the block ends; `failed` tells in words what did not come out well."""

    def __init__(self, site, editors: list[Editor], events: list[int], faces: list[str]):
        self.site, self.faces, self.stop = site, faces, threading.Event()
        self.asked = self.written = 0
        self.failed: list[str] = []
        self.longest = 0.0
        self._lock = threading.Lock()
        shares = [events[place :: len(editors)] for place in range(len(editors))]
        self._threads = [threading.Thread(target=self._read, args=(place,)) for place in range(READERS)]
        self._threads += [threading.Thread(target=self._write, args=pair) for pair in zip(editors, shares, strict=True)]

    def __enter__(self) -> "Traffic":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error) -> None:
        self.stop.set()
        for thread in self._threads:
            thread.join()

    def _read(self, place: int) -> None:
        number = place
        while not self.stop.wait(0.05):
            # Each is new, so that none is a copy.
            face, number = self.faces[number % len(self.faces)], number + READERS
            begun = time.monotonic()
            found = status(f"{self.site.origin}/{face}?q=event+{number}")
            self._count(found == 200, f"{found} {face}", begun)

    def _write(self, editor: Editor, events: list[int]) -> None:
        number = 0
        while not self.stop.wait(0.1):
            event, number = events[number % len(events)], number + 1
            begun = time.monotonic()
            try:
                save(editor, event, **{"texts-0-title": f"Title {number}"})
                deed(editor, event, "publish", reason=f"Reason {number}.")
            except (Lost, AssertionError) as error:
                self._count(False, str(error), begun)
            else:
                self._count(True, "", begun)
                self.written += 2

    def _count(self, well: bool, words: str, begun: float) -> None:
        with self._lock:
            self.asked += 1
            self.longest = max(self.longest, time.monotonic() - begun)
            self.failed += [] if well else [words]


@pytest.fixture(scope="module")
def upgrade(tmp_path_factory):
    """A site of this release; what it answered before the migrations of the next, what it answers after, and what came
    of those who read and wrote meanwhile."""
    next_release = packaged(tmp_path_factory.mktemp("next"))
    folder = tmp_path_factory.mktemp("var")
    with database(NAME) as url, whole_site(folder, DATABASE_URL=url, SITE_URL=SITE) as site:
        events = [int(one) for one in site.shell(MAKE.format(events=EVENTS)).split()]
        names = [f"editor-{place}" for place in range(WRITERS)]
        editors = [Editor(site.origin, site.shell(SIGN_IN.format(role="editor", name=name))) for name in names]
        pin = value(url, NEWEST)
        before = answers(site, pin)
        with Traffic(site, editors, events, ["", "events.json", "events.ics", "es/changes/"]) as traffic:
            said = applied(url, next_release)
        yield SimpleNamespace(
            site=site, url=url, editor=editors[0], events=events, pin=pin, before=before, traffic=traffic, said=said,
            next_release=next_release,
        )  # fmt: skip


def applied(url: str, next_release: dict[str, str]) -> str:
    """Runs the next release's `prepare` while a transaction is in its way for a while; gives what it said."""
    with psycopg.connect(url) as holder:
        holder.execute("select count(*) from tracker_event")
        process = prepare(url, next_release)
        end = time.monotonic() + 60
        # Until it has met the transaction: from then on it is in the way for so long.
        with psycopg.connect(url, autocommit=True) as other:
            waiting = "select count(*) from pg_locks where not granted and relation = 'tracker_event'::regclass"
            while not other.execute(waiting).fetchone()[0]:
                assert process.poll() is None and time.monotonic() < end
                time.sleep(0.01)
        time.sleep(IN_THE_WAY)
    said, wrong = process.communicate(timeout=120)
    assert process.returncode == 0, said + wrong
    return said


def prepare(url: str, next_release: dict[str, str]) -> subprocess.Popen:
    pipe = subprocess.PIPE
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    environment = production_environment(url) | next_release
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True)


def value(url: str, statement: str):
    with psycopg.connect(url) as connection:
        return connection.execute(statement).fetchone()[0]


def answers(site, pin: str) -> dict[str, tuple[int, str]]:
    """The status and a digest of every face, as of that instant of the record."""
    return {path: digest(f"{site.origin}/{path}?recorded={pin}") for path in (*PAGES, *WHOLE, *PAGED)}


def digest(address: str) -> tuple[int, str]:
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.status, hashlib.sha256(answer.read()).hexdigest()


def test_nobody_s_request_fails_while_the_tables_change(upgrade):
    traffic = upgrade.traffic
    print(f"\n{traffic.asked} requests and acts, {traffic.written} writes, {len(traffic.failed)} failed; the longest "
          f"{traffic.longest:.1f} s")  # fmt: skip
    assert traffic.failed == []
    assert traffic.asked > 20 and traffic.written > 2


def test_what_was_in_the_way_is_told_and_the_change_is_tried_again(upgrade):
    assert "Tables:       in the way: process " in upgrade.said
    assert "trying again in 1 s" in upgrade.said


def test_all_of_it_is_applied(upgrade):
    names = "select array_agg(name order by name) from django_migrations where app = 'tracker' and name like '09%'"
    assert value(upgrade.url, names) == [
        "0901_columns", "0902_index", "0903_fill", "0904_constraint", "0905_validated", "0906_table", "0907_record",
    ]  # fmt: skip
    assert value(upgrade.url, f"select count(*) from tracker_event where id <= {EVENTS} and reference is null") == 0
    assert value(upgrade.url, "select count(*) from pg_index where not indisvalid") == 0
    assert value(upgrade.url, "select count(*) from pg_constraint where not convalidated") == 0


def test_the_processes_of_this_release_are_ready_beside_tables_that_they_do_not_know(upgrade):
    assert status(f"{upgrade.site.origin}/health/ready") == 200


def test_they_answer_as_before_and_so_does_one_that_is_started_after(upgrade, tmp_path):
    after = answers(upgrade.site, upgrade.pin)
    with whole_site(tmp_path, DATABASE_URL=upgrade.url, SITE_URL=SITE) as started_after:
        anew = answers(started_after, upgrade.pin)
    assert (after, anew) == (upgrade.before, upgrade.before)


def test_they_do_every_deed_as_before(upgrade):
    editor, event = upgrade.editor, upgrade.events[0]
    text = {"language": "en", "title": "A new one", "label": "New", "summary": "Words."}
    add(editor, event_post(slug="new-one") | rows("texts", text))
    save(editor, event, **{"texts-0-title": "The last title"})
    deed(editor, event, "publish", reason="Published.")
    deed(editor, event, "correct", reason="Corrected.", day="2026-09-10", end_day="2026-09-20")
    deed(editor, event, "schedule", reason="To come.", day="2041-01-01", time="09:00")
    deed(editor, event, "unschedule")
    deed(editor, event, "retract", reason="Gone.")
    import_file(editor, "events.csv", csv_file(new_row(slug="imported")))
    reasons = f"select array_agg(reason order by id) from tracker_revision where event = {event} and reason in "
    assert value(upgrade.url, reasons + "('Published.', 'Corrected.', 'Gone.') and lower(recorded) <= stated") == [
        "Published.", "Corrected.", "Gone.",
    ]  # fmt: skip
    slugs = "select array_agg(slug order by slug) from tracker_event where slug in ('new-one', 'imported')"
    assert value(upgrade.url, slugs) == ["imported", "new-one"]
