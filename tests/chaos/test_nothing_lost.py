"""Web processes and the database server are killed at random moments while editors write: every write that the site
acknowledged is there, once; what it did not is there whole, or not at all; and every rule of the record holds."""

import hashlib
import shutil
import threading
import time
import urllib.request
from collections import Counter
from contextlib import suppress
from random import Random
from statistics import median
from types import SimpleNamespace

import psycopg
import pytest

from tests.chaos.editor import Editor
from tests.chaos.soundness import faults_of
from tests.chaos.whole_site import WholeSite, until, whole_site
from tests.chaos.writers import DEEDS, ROWS, Ledger, Write, Writer
from tests.serving import status

pytestmark = [pytest.mark.database, pytest.mark.long]
SEED = 34_7
WRITES = 1_000
WRITERS, EVENTS = 4, 5
SECONDS = 420  # At most, on a machine that has much else to do; a tenth of a second a write is usual.
APART = (25, 75)  # writes from one to the next
KILLS = ("worker", "database", "backend", "worker", "database", "web")
BEGIN = """
from datetime import datetime, UTC
from tests.factory import event
from tests.signing import member, signed_in
from tracker.models import Webhook
from tracker.publishing import publish
print(Webhook.objects.create(address="https://receiver.invalid/").pk, end="")
for name in {names!r}:
    print(";", name, signed_in(member("editor", name)).cookies["sessionid"].value, end="")
    for n in range({events}):
        made = event(f"{{name}}-event-{{n}}", title="At first.")
        publish(made, since=datetime(2026, 1, 5, tzinfo=UTC))
        print("", made.pk, end="")
"""
QUEUE = """
from django.utils import timezone
from timeline.webhooks.queueing import queue
print(queue(timezone.now())[0])
"""
# The newest stamp, as an address writes it.
NEWEST = """
select to_char(max(lower(recorded)) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') from tracker_revision
"""
AT_WORK = """
select count(*) from pg_stat_activity
where datname = 'tracker' and state <> 'idle' and pid <> pg_backend_pid()
"""
# Of one write: its statements (the first row of each), lines of the log, events and texts. Each names the token.
FOUND = """
select
  (select count(*) from tracker_revision where reason = 'Reason ' || %(token)s || '.' and lower(recorded) <= stated),
  (select count(*) from tracker_logrow where type = 'event' and (
    reason = 'Reason ' || %(token)s || '.'
    or reason like 'Imported from ' || %(token)s || '.csv, line %%'
    or action = 'added' and title = 'Title ' || %(token)s || '.'
    or action = 'changed' and object = %(event)s and changes::text like '%%"new": "Title ' || %(token)s || '."%%')),
  (select count(*) from tracker_event where slug = %(token)s or slug like %(token)s || '-row-%%'),
  (select count(*) from tracker_eventtext as text join tracker_event as event on event.id = text.event_id
    where event.slug = %(token)s or event.slug like %(token)s || '-row-%%')
"""


class Killer(threading.Thread):
    """Kills what is next in its turn, at a moment within the next writes that its seed gives, until the ledger is full.
    It counts writes and not seconds: on a slow machine nothing would ever be written between two of them. `healed` are
    the seconds until something was acknowledged again."""

    def __init__(self, site: WholeSite, ledger: Ledger, stop: threading.Event):
        super().__init__()
        self.site, self.ledger, self.stop, self.chance = site, ledger, stop, Random(SEED)
        self.healed: list[float] = []
        self.fault: BaseException | None = None

    def run(self) -> None:
        try:
            turn = 0
            while self._reached(self.chance.randint(*APART)):
                self.stop.wait(self.chance.uniform(0, 0.3))
                begun = time.monotonic()
                self.site.kill(KILLS[turn % len(KILLS)], self.chance)
                turn += 1
                if self._reached(1):
                    self.healed.append(time.monotonic() - begun)
        except BaseException as fault:  # Told by the test, in its own thread.
            self.fault = fault
            self.stop.set()

    def _reached(self, more: int) -> bool:
        """Waits until so many more are acknowledged. False: the end has come."""
        goal = self.ledger.acknowledged + more
        while self.ledger.acknowledged < goal:
            if self.stop.wait(0.02):
                return False
        return goal < self.ledger.wanted


class Reader(threading.Thread):
    """Takes permanent views while all this goes on, and starts the queueing of messages, which it kills."""

    def __init__(self, site: WholeSite, stop: threading.Event):
        super().__init__()
        self.site, self.stop, self.chance = site, stop, Random(SEED + 1)
        self.views: dict[str, str] = {}
        self.killed = 0

    def run(self) -> None:
        while not self.stop.is_set():
            queue = self.site.started("shell", "-v0", "-c", QUEUE)
            for _ in range(5):
                with suppress(OSError, psycopg.Error):  # One of those that were killed at this moment.
                    address = f"/events.json?limit=100&recorded={self.site.value(NEWEST)}"
                    self.views[address] = digest(self.site, address)
                self.stop.wait(self.chance.uniform(0.5, 2.5))
                if self.chance.random() < 0.4 and queue.poll() is None:
                    queue.kill()
                    self.killed += 1
            queue.kill()
            queue.wait()


def digest(site: WholeSite, path: str) -> str:
    """Of the body of an answer. OSError if there is none, or none of the site's own making."""
    with urllib.request.urlopen(site.origin + path, timeout=30) as answer:
        return hashlib.sha256(answer.read()).hexdigest()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with whole_site(tmp_path_factory.mktemp("chaos")) as site:
        yield site


@pytest.fixture(scope="module")
def chaos(site):
    """What was written while things were killed; the permanent views taken meanwhile; the seconds it took."""
    names = [f"writer-{n}" for n in range(WRITERS)]
    hook, *begun_with = site.shell(BEGIN.format(names=names, events=EVENTS)).split(";")
    ledger, stop, writers = Ledger(WRITES), threading.Event(), []
    for name, session, *events in map(str.split, begun_with):
        writers.append(Writer(name, Editor(site.origin, session), [int(one) for one in events], ledger, stop))
    killer, reader = Killer(site, ledger, stop), Reader(site, stop)
    begun = time.monotonic()
    for one in (*writers, killer, reader):
        one.start()
    for one in writers:
        one.join(max(1, begun + SECONDS - time.monotonic()))
    stop.set()
    for one in (*writers, killer, reader):
        one.join()
    seconds = time.monotonic() - begun
    assert [one.fault for one in (*writers, killer) if one.fault] == []
    # What was asked for in the end may still be at work in the database, whose client is gone.
    until(lambda: status(f"{site.origin}/health/ready") == 200 and site.value(AT_WORK) == 0)
    return SimpleNamespace(
        ledger=ledger, reader=reader, killer=killer, writers=writers, hook=int(hook), seconds=seconds
    )


def test_the_database_of_a_production_start_waits_for_the_disk(site):
    shown = [site.value(f"show {name}") for name in ("fsync", "synchronous_commit", "full_page_writes")]
    assert shown == ["on", "on", "on"]


def test_every_acknowledged_write_is_there_once_and_no_other_by_half(site, chaos):
    ledger = chaos.ledger
    done = Counter(write.act for write in ledger.writes if write.state == "acknowledged")
    found = {write.token: found_of(site, write) for write in ledger.writes}
    halves = [
        (write, found[write.token]) for write in ledger.writes if found[write.token] not in (whole(write), NOTHING)
    ]
    missing = [write for write in ledger.writes if write.state == "acknowledged" and found[write.token] != whole(write)]
    there = sum(write.counts for write in ledger.writes if found[write.token] == whole(write))
    healed = chaos.killer.healed
    lost = sum(write.state == "lost" for write in ledger.writes)
    print(
        f"\n{ledger.acknowledged} writes acknowledged ({dict(done)}; an import is {ROWS}), {there} found, "
        f"{len(missing)} missing, {len(halves)} half; {lost} lost on the way; "
        f"killed: {site.killed}, and the queue of messages {chaos.reader.killed} times; written again after "
        f"{median(healed):.1f} s (median), {max(healed):.1f} s (longest); {chaos.seconds:.0f} s"
    )
    assert (missing, halves) == ([], [])
    assert ledger.acknowledged >= WRITES
    assert set(site.killed) == set(KILLS)


def test_nobody_was_refused_but_after_a_loss_on_the_same_event(chaos):
    """A form whose answer was lost may have been saved; the next one is then told so, in words."""
    last: dict[int, str] = {}
    unfounded = []
    for write in chaos.ledger.writes:
        if write.state not in ("acknowledged", "lost") and last.get(write.event) != "lost":
            unfounded.append((write.token, write.state))
        last[write.event] = write.state
    assert unfounded == []


def test_the_desk_says_what_was_saved_last(site, chaos):
    """The title of the last save that was acknowledged, or of a later one whose answer was lost."""
    titles = dict(site.rows("select event_id, title from tracker_eventtext where language = 'en'"))
    wrong = []
    for event in (event for writer in chaos.writers for event in writer.events):
        saves = [write for write in chaos.ledger.of("save") if write.event == event]
        known = max((place for place, write in enumerate(saves) if write.state == "acknowledged"), default=None)
        allowed = {f"Title {write.token}." for write in saves[known or 0 :]} | (
            {"At first."} if known is None else set()
        )
        if titles[event] not in allowed:
            wrong.append((event, titles[event], allowed))
    assert wrong == []


def test_every_rule_of_the_record_and_the_desk_holds(site, chaos):
    assert faults_of(site) == {}


def test_permanent_views_taken_meanwhile_give_the_same_after_all_was_killed_once_more(site, chaos):
    site.kill_web()
    shutil.rmtree(site.folder / "answers", ignore_errors=True)  # None of them from a copy.
    site.start()
    views = chaos.reader.views
    assert len(views) >= 5
    assert {address: digest(site, address) for address in views} == views


def test_every_change_is_queued_once_for_whoever_is_to_be_told(site, chaos):
    site.shell(QUEUE)
    changes = site.rows("select id from tracker_revision where lower(recorded) <= stated order by id")
    queued = site.rows("select row from tracker_delivery where webhook_id = %s order by row", [chaos.hook])
    assert queued == changes


NOTHING = {"statements": 0, "log": 0, "events": 0, "texts": 0}


def whole(write: Write) -> dict[str, int]:
    """What the database holds of a write that was carried out."""
    return {
        "statements": int(write.act in DEEDS),
        "log": write.counts,
        "events": write.counts if write.act in ("add", "import") else 0,
        "texts": write.counts if write.act in ("add", "import") else 0,
    }


def found_of(site: WholeSite, write: Write) -> dict[str, int]:
    """What it holds of a write."""
    return dict(zip(NOTHING, site.rows(FOUND, {"token": write.token, "event": str(write.event)})[0], strict=True))
