"""A dump loaded into an empty store gives the same permanent views, and a desk that goes on; damaged ones nothing."""

import gzip
import hashlib
import io
import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dumps import dumped, empty, reloaded
from tests.factory import ago, event, published, remark, retitle, rule, stamp
from tests.timeline.test_pins import LAST, body, do, edit, events, histories, mint, same
from tracker.loading import NotEmpty
from tracker.loading.dump import load_dump
from tracker.loading.lines import BadDump
from tracker.models import Address, Event, Revision, Rule
from tracker.models.record import Term
from tracker.publishable import Unpublishable
from tracker.publishing import publish, retract, schedule
from tracker.stages import says_the_same
from tracker.vocabulary import Stage

pytestmark = pytest.mark.django_db
PAGES = ["/", "/changes/", "/changes/?limit=1", "/redline/?a=2025-01-01", "/slips/", "/corrections/", "/events/one/"]


@pytest.mark.long
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(turns=histories())
def test_every_pin_gives_the_same_entries_byte_for_byte_from_the_loaded_record(db, turns):
    caches["process"].clear()
    with transaction.atomic():
        made, pins = events(), {}
        for turn in turns:
            edit(made[turn.which], turn.edit, turn.now)
            with suppress(Unpublishable):
                do(made[turn.which], turn)
            mint(turn, pins)
        now = stamp(LAST)
        dump = dumped(now=now)
        if Revision.objects.shown(now).exists():
            reloaded(dump, now)
            assert {key: same(body(*key, now)) for key in pins} == pins
            assert dumped(now=now) == dump
            done = Event.objects.filter(stage=Stage.DONE)
            assert [one.slug for one in done if not says_the_same(one)] == []
        transaction.set_rollback(True)


def page(client, address: str) -> tuple[int, bytes]:
    answer = client.get(address)
    return answer.status_code, answer.content


def test_every_page_of_a_pin_its_addresses_and_its_names_are_the_same(client):
    one, two = event("one", texts=("en", "fr"), rule=rule()), event("two", date="2025-07-01", status="scheduled")
    remark(one, "CA")
    one.former_slugs = ["the-first-one"]
    one.save()
    for made in (one, two):
        publish(made, since=ago(days=40), at=ago(days=20))
    publish(retitle(one, "Later"), since=ago(days=10))
    retract(published("gone", since=ago(days=18), topic="dairy"), reason="Gone.")
    schedule(retitle(two, "Waiting"), ago(days=-1))
    pin = client.get("/events.json").json()["record"]
    addresses = [f"{way}{'&' if '?' in way else '?'}recorded={pin}" for way in PAGES]
    addresses += [
        "/events/the-first-one/",
        f"/events/gone/?recorded={pin}",
        f"/events.json?topic=dairy&recorded={pin}",
        "/events/x/",
    ]
    before, dump = {address: page(client, address) for address in addresses}, dumped()
    reloaded(dump)
    assert {address: page(client, address) for address in addresses} == before
    assert dumped() == dump


def test_the_desk_goes_on_where_the_record_stands(client):
    one = event(
        "one", texts=("en", "es", "fr"), rule=rule("own-rule"), date="2025-12-03", clock_time="10:00", zone="UTC"
    )
    remark(one, "CA", said_on="2025-12-01")
    one.texts.filter(language="fr").update(state="draft")
    publish(one)
    gone = published("gone")
    retract(gone, reason="Gone.")
    highest = Event.objects.order_by("pk").last().pk
    reloaded(dumped())
    one = Event.objects.get(slug="one")
    assert {made.slug: made.stage for made in Event.objects.all()} == {"one": "done", "gone": "draft"}
    assert says_the_same(one)
    before = Revision.objects.order_by("recorded__startswith").last()
    said = publish(retitle(one, "A new title"), reason="Now.")
    assert (said.event, said.number, said.classes, said.stated > before.stated) == (one.pk, 2, ["wording"], True)
    assert published("new").pk == highest + 1
    titles = [entry["title"] for entry in client.get("/events.json?order=oldest").json()["events"]]
    assert sorted(titles) == ["A new title", "Title of new"]


def test_a_rule_that_the_release_does_not_ship_comes_with_the_record():
    publish(event("one", rule=rule("own-rule", citation_en="Article X")))
    reloaded(dumped())
    assert Event.objects.get().rule.slug == "own-rule"
    assert Rule.objects.filter(slug="article-34-7-2").exists()


def loaded_by_command(path) -> str:
    out = io.StringIO()
    call_command("load_record", "--from", str(path), stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("pack", [lambda content: content, gzip.compress])
def test_the_command_loads_a_file_packed_or_not_and_says_how_much(tmp_path, pack):
    published("one")
    (tmp_path / "dump").write_bytes(pack(dumped()))
    empty()
    assert loaded_by_command(tmp_path / "dump") == "Loaded: 1 of “term”, 1 of “address”, 1 of “revision”.\n"
    assert Revision.objects.get().slug == "one"


def test_the_command_tells_what_is_wrong_with_the_file(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        loaded_by_command(tmp_path / "none")
    (tmp_path / "dump").write_bytes(b'{"line":"header"}\n')
    with pytest.raises(CommandError, match="Line 1: this is no dump of a record"):
        loaded_by_command(tmp_path / "dump")


def test_a_store_that_holds_something_is_left_alone():
    published("one")
    dump = dumped()
    with pytest.raises(NotEmpty):
        load_dump(io.BytesIO(dump))
    assert Revision.objects.count() == 1


def refused(content: bytes, **kwargs) -> str:
    """The words of the refusal; nothing may have been written."""
    with pytest.raises(BadDump) as fault:
        load_dump(io.BytesIO(content), **kwargs)
    assert [model.objects.count() for model in (Event, Revision, Address, Term, Rule)] == [0] * 5
    return str(fault.value)


@pytest.fixture(scope="module")
def dump(django_db_setup, django_db_blocker) -> bytes:
    with django_db_blocker.unblock(), transaction.atomic():
        made = event("one", texts=("en", "fr"), rule=rule(), date="2025-12-03", clock_time="10:00", zone="UTC")
        remark(made, "CA")
        publish(made, since=ago(days=9))
        publish(retitle(made, "Another"), since=ago(days=2))
        retract(published("two"), reason="Gone.")
        found = dumped()
        transaction.set_rollback(True)
    return found


def signed(lines: list[dict]) -> bytes:
    """Lines with an end that is right for them: what a forger would do."""
    body = b"".join(json.dumps(line).encode() + b"\n" for line in lines)
    kinds = [line.get("line") for line in lines]
    counts = {name: kinds.count(kind) for name, kind in (("terms", "term"), ("revisions", "revision"))}
    end = {"line": "end", "lines": len(lines), **counts, "sha256": hashlib.sha256(body).hexdigest()}
    return body + json.dumps(end).encode() + b"\n"


def parsed(dump: bytes) -> list[dict]:
    return [json.loads(line) for line in dump.splitlines()][:-1]


def test_a_file_that_was_cut_off_or_changed_is_refused(dump):
    lines = dump.splitlines(keepends=True)
    assert refused(b"") == "Line 1: the file is empty"
    assert refused(b"".join(lines[:-1])) == f"Line {len(lines)}: the file was cut off: its last line is missing"
    assert refused(dump[:-9]).startswith(f"Line {len(lines)}: the file was cut off within this line")
    assert refused(b"".join(lines[:-2] + lines[-1:])).startswith(
        f"Line {len(lines) - 1}: it counts {len(lines) - 1} lines"
    )
    assert "their SHA-256 is another one" in refused(dump.replace(b"Another", b"another"))
    assert refused(dump + b"{}\n") == f"Line {len(lines) + 1}: nothing may stand after the last line"


def test_a_file_that_is_something_else_is_refused_by_its_first_line(dump):
    for content in (
        b"id,slug\r\n1,one\r\n",
        b"PK\x03\x04\n",
        b"[1]\n",
        b'{"events": []}\n',
        b"\xff\xfe\n",
        b"[" * 99_999 + b"\n",
    ):
        assert refused(content).startswith("Line 1: ")
    assert "this release reads 1" in refused(dump.replace(b'"version":1', b'"version":2', 1))


def test_a_part_of_a_record_is_refused():
    published("one")
    part = dumped("country=CA")
    empty()
    assert "only a whole one is loaded" in refused(part)


def test_a_record_that_is_ahead_of_the_clock_is_refused(dump):
    assert "later than this machine’s clock" in refused(dump, now=datetime(2026, 1, 1, tzinfo=UTC))


FORGED = {
    "content.sources.1.url": ("javascript:alert(1)", "an address of http or https"),
    "content.texts.en.title": ("", "it may not be empty"),
    "content.texts.fr.state": ("perfect", "it must be one of"),
    "content.date": ("soon", "a date in EDTF"),
    "content.countries": (["US", "XX"], "it must be one of"),
    "content.time.zone": ("Mars/Olympus", "a time zone"),
    "content.extra": (1, "unknown: extra"),
    "content.remarks.1.source": (7, "it names a source that is not there"),
    "content.slug": ("other", "it is not that of the line"),
    "search.en": ("'a':1) --", "a text search vector"),
    "event": (True, "a whole number"),
    "number": (2**31, "a whole number"),
    "stated": ("2026-01-01", "an instant"),
    "known.until": ("2001-01-01T00:00:00Z", "it must be later than “from”"),
    "recorded.until": ("2999-01-01T00:00:00Z", "it is later than the record"),
    "classes": (["nonsense"], "it must be one of"),
    "retracted": (True, "a retraction has neither content nor search"),
}


@pytest.mark.parametrize("way", FORGED)
def test_a_field_that_is_not_what_it_must_be_is_refused_with_its_line_and_way(dump, way):
    lines = parsed(dump)
    number = next(number for number, line in enumerate(lines) if line["line"] == "revision")
    *path, last = (int(step) - 1 if step.isdecimal() else step for step in way.split("."))
    place = lines[number]
    for step in path:
        place = place[step]
    place[last], words = FORGED[way]
    told = refused(signed(lines))
    assert told.startswith(f"Line {number + 1}: ")
    assert words in told


def test_statements_that_break_a_rule_of_the_record_are_refused(dump):
    lines = parsed(dump)
    twice = [dict(line) for line in lines]
    copied = next(dict(line) for line in lines if line["line"] == "revision")
    at = twice.index(copied)
    twice.insert(at, copied | {"id": 99})
    assert "no_two_statements_of_an_event_at_once" in refused(signed(twice))
    backwards = [*lines[:at], *reversed(lines[at:])]
    assert "the lines of an event must stand together" in refused(signed(backwards))
    assert "may not stand after" in refused(signed([lines[0], *lines[at:], *lines[1:at]]))
    assert "a sign that no text may hold" in refused(signed(lines).replace(b"Another", b"\\u0000"))
    assert "a key stands twice" in refused(signed(lines).replace(b'"line"', b'"line":"x","line"', 1))


@given(st.binary(max_size=200), st.integers(0, 10_000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_file_is_refused_whatever_the_damage(dump, noise, at):
    at %= len(dump)
    damaged = dump[:at] + noise + dump[at + len(noise) :]
    if damaged != dump:
        refused(damaged)
