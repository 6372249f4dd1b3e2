"""The calendar: read back by vobject, which did not write it, and compared with the entries field by field."""

import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import dateutil.tz
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Event

from tests.factory import ago, change, cite, event, published, retitle
from timeline.formats.ics.days import is_exact, room
from timeline.formats.ics.event import words
from timeline.formats.ics.zones import timezone
from tracker.edtf import parse
from tracker.models import Revision
from tracker.models.desk import AnnouncedDate
from tracker.publishing import publish, retract, schedule

SITE = "http://127.0.0.1:8000"
database = pytest.mark.django_db


def content(client, path: str = "/events.ics") -> bytes:
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return answer.content


def calendar(client, path: str = "/events.ics"):
    return vobject.readOne(content(client, path).decode())


def events(client, path: str = "/events.ics") -> dict[str, vobject.base.Component]:
    """The events of a calendar by the slugs in their addresses."""
    read = calendar(client, path)
    return {one.url.value.split("/events/")[1].split("/")[0]: one for one in read.contents.get("vevent", [])}


def told(one) -> tuple:
    """Days, status and title of an event."""
    end = one.dtend.value if hasattr(one, "dtend") else None
    return one.dtstart.value, end, one.status.value, one.summary.value


@database
def test_each_shape_of_a_date_takes_its_days_and_says_how_sure_they_are(client):
    shapes = {
        "day": ("2025-06-01", "occurred"),
        "days": ("2025-12-03/2025-12-05", "occurred"),
        "month": ("2025-02", "occurred"),
        "quarter": ("2026-33", "expected"),
        "window": ("[2026-11-16..2026-11-20]", "expected"),
        "half": ("[2026-07..2026-12]", "expected"),
        "about": ("2027-07-01~", "expected"),
        "months": ("2025-10/2025-11", "occurred"),
        "announced": ("2027-01-05", "scheduled"),
        "off": ("2026-03-01", "cancelled"),
        "put-off": ("2026-04-01/2026-04-02", "postponed"),
        "year": ("2028", "expected"),
        "open": ("2025-01-01/..", "occurred"),
        "by": ("[..2029-05]", "expected"),
        "wide": ("[2027-02..2028-01]", "expected"),
    }
    for slug, (when, status) in shapes.items():
        publish(event(slug, date=when, status=status, title=slug))
    assert {slug: told(one) for slug, one in events(client).items()} == {
        "day": (date(2025, 6, 1), date(2025, 6, 2), "CONFIRMED", "day"),
        "days": (date(2025, 12, 3), date(2025, 12, 6), "CONFIRMED", "days"),
        "month": (date(2025, 2, 1), date(2025, 3, 1), "TENTATIVE", "month (February 2025)"),
        "quarter": (date(2026, 1, 1), date(2026, 4, 1), "TENTATIVE", "quarter (first quarter of 2026)"),
        "window": (
            date(2026, 11, 16),
            date(2026, 11, 21),
            "TENTATIVE",
            "window (between 16 and 20 November 2026)",
        ),
        "half": (date(2026, 7, 1), date(2027, 1, 1), "TENTATIVE", "half (second half of 2026)"),
        "about": (date(2027, 7, 1), date(2027, 7, 2), "TENTATIVE", "about (about 1 July 2027)"),
        "months": (date(2025, 10, 1), date(2025, 12, 1), "TENTATIVE", "months (October – November 2025)"),
        "announced": (date(2027, 1, 5), date(2027, 1, 6), "TENTATIVE", "announced"),
        "off": (date(2026, 3, 1), date(2026, 3, 2), "CANCELLED", "Cancelled: off"),
        "put-off": (date(2026, 4, 1), date(2026, 4, 3), "CANCELLED", "Postponed: put-off"),
    }
    said = calendar(client).description.value
    assert "4 events are left out" in said and calendar(client).x_wr_caldesc.value == said
    assert "left out" not in calendar(client, "/events.ics?status=cancelled").description.value


@database
def test_a_legal_deadline_that_an_official_source_dates_is_confirmed(client):
    made = event("due", kind="legal-deadline", date="2027-07-01", status="scheduled", sources=0)
    cite(made, "https://example.org/law", tier="primary")
    publish(made)
    publish(event("meeting", kind="leader-meeting", date="2027-07-01", status="scheduled"))
    assert {slug: one.status.value for slug, one in events(client).items()} == {
        "due": "CONFIRMED",
        "meeting": "TENTATIVE",
    }


@database
def test_an_event_says_what_its_entry_says(client):
    made = event("one", title="Hearing, part; one", texts=("en", "es"), date="2025-12-03", kind="hearing", sources=2)
    made.texts.filter(language="es").update(state="draft", note="Nota; sobre, la fecha")
    publish(made)
    row = Revision.objects.get()
    entry = row.entry("es")
    read = calendar(client, "/es/events.ics")
    (one,) = read.vevent_list
    assert one.uid.value.startswith(f"event-{made.pk}-es@")
    assert one.summary.value == entry.text.title
    assert one.summary.params == one.description.params == {"LANGUAGE": ["es"]}
    description = one.description.value
    for part in (entry.text.summary, entry.text.note, "3 de diciembre de 2025", f"{SITE}/es/events/one/"):
        assert part in description
    for source in entry.sources:
        assert f"{source.number}. {source.publisher}: {source.title} {source.url}" in description
    assert one.categories.value == ["Audiencia", entry.topics[0].name]
    assert (one.sequence.value, one.transp.value, getattr(one, "class").value) == ("0", "TRANSPARENT", "PUBLIC")
    stated = max(row.stated, row.known.lower).replace(microsecond=0)
    assert one.last_modified.value == one.dtstamp.value == stated


@database
def test_a_calendar_says_what_it_is_and_when_to_ask_again(client):
    published("one", countries=["CA"])
    read = calendar(client, "/fr/events.ics?country=CA&utm_source=x")
    assert read.version.value == "2.0" and read.calscale.value == "GREGORIAN"
    assert read.contents["name"][0].value == read.x_wr_calname.value
    assert "Canada" in read.x_wr_calname.value
    assert read.source.value == f"{SITE}/fr/events.ics?country=CA"
    assert read.url.value == f"{SITE}/fr/?country=CA"
    assert (read.refresh_interval.value, read.x_published_ttl.value) == ("PT1H", "PT1H")
    assert "method" not in read.contents


@database
def test_the_uid_stays_and_the_sequence_grows_when_start_end_status_or_time_changes(client):
    made = event("one", date="2026-07-01", status="scheduled")
    publish(made, at=ago(days=20))
    seen = [events(client)["one"]]

    def again(days: int):
        publish(made, at=ago(days=days))
        seen.append(events(client)["one"])

    AnnouncedDate.objects.create(event=made, date=made.date, announced_on="2025-05-01")
    change(made, date="2026-07-09")
    again(19)
    change(made, clock_time="15:00", zone="America/New_York")
    again(18)
    retitle(made, "Other words")
    again(17)
    change(made, status="cancelled")
    again(16)
    assert [int(one.sequence.value) for one in seen] == [0, 1, 2, 2, 3]
    assert len({one.uid.value for one in seen}) == 1
    stamps = [one.last_modified.value for one in seen]
    assert stamps == sorted(set(stamps))
    retract(made, reason="It never was.", at=ago(days=15))
    assert events(client) == {}


@database
def test_a_timed_event_is_an_instant_in_its_own_zone(client):
    winter = event("winter", date="2026-01-15", clock_time="23:59", zone="America/New_York")
    summer = event("summer", date="2026-07-15", clock_time="23:59", zone="America/New_York")
    mexico = event("mexico", date="2026-07-15", clock_time="09:30", zone="America/Mexico_City")
    for made in (winter, summer, mexico):
        publish(made)
    found = events(client)
    assert {slug: one.dtstart.value.astimezone(UTC) for slug, one in found.items()} == {
        "winter": datetime(2026, 1, 16, 4, 59, tzinfo=UTC),
        "summer": datetime(2026, 7, 16, 3, 59, tzinfo=UTC),
        "mexico": datetime(2026, 7, 15, 15, 30, tzinfo=UTC),
    }
    assert not any(hasattr(one, "dtend") for one in found.values())
    text = content(client).decode()
    assert "DTSTART;TZID=America/New_York:20260115T235900\r\n" in text
    assert text.count("BEGIN:VTIMEZONE") == 2


@pytest.mark.parametrize("zone", ["America/New_York", "America/Mexico_City", "Pacific/Auckland", "Asia/Kolkata"])
def test_a_written_zone_keeps_the_time_of_the_real_one_on_every_day(zone):
    text = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + timezone(zone, 2020, 2027) + b"END:VCALENDAR\r\n"
    rules = dateutil.tz.tzical(io.StringIO(text.decode()))
    written, real = rules.get(zone), ZoneInfo(zone)
    instant = datetime(2020, 1, 2, 0, 30, tzinfo=UTC)
    while instant.year < 2027:
        assert instant.astimezone(written).utcoffset() == instant.astimezone(real).utcoffset(), instant
        instant += timedelta(hours=7)


@database
def test_an_event_has_one_uid_a_language_whatever_the_query(client):
    published("one", texts=("en", "es"))
    read = [calendar(client, path) for path in ("/events.ics", "/es/events.ics", "/events.ics?country=CA")]
    assert [one.vevent.uid.value.partition("@")[0][-2:] for one in read] == ["en", "es", "en"]
    assert len({one.vevent.uid.value.partition("@")[2] for one in read}) == 1


@database
def test_a_text_that_stands_in_is_marked_with_its_language(client):
    published("one", texts=("en",))
    (one,) = calendar(client, "/fr/events.ics").vevent_list
    assert one.summary.params == {"LANGUAGE": ["en"]}
    assert "anglais" in one.description.value


@database
def test_the_same_record_gives_the_same_bytes_and_a_pin_gives_them_for_ever(client):
    made = published("one", since=ago(days=9))
    before = client.get("/events.ics")
    assert content(client) == before.content
    pin = client.get("/events.json").json()["pinned"].partition("recorded=")[2]
    kept = content(client, f"/events.ics?recorded={pin}")
    assert b"REFRESH-INTERVAL" not in kept
    publish(retitle(made, "Other words"))
    published("two")
    schedule(event("secret"), datetime.now(UTC) + timedelta(days=3))
    assert content(client, f"/events.ics?recorded={pin}") == kept
    assert b"secret" not in content(client)
    known = client.get("/events.ics", headers={"If-None-Match": before["ETag"]})
    assert known.status_code == 200
    assert client.get("/events.ics", headers={"If-None-Match": known["ETag"]}).status_code == 304
    assert list(events(client, f"/events.ics?as_of={ago(days=5).date()}")) == ["one"]


@database
def test_a_calendar_without_events_holds_something_all_the_same(client):
    read = calendar(client)
    assert list(read.contents["vtimezone"]) and "vevent" not in read.contents


@database
def test_a_bad_query_is_refused_in_plain_text(client):
    answer = client.get("/events.ics?kind=x&from=never")
    assert (answer.status_code, answer["Content-Type"]) == (400, "text/plain; charset=utf-8")
    assert b"kind" in answer.content and b"from" in answer.content


UNSAFE = {"\x0b", "\x7f", "\x85", "\u2028"}


@given(st.text(st.characters(codec="utf-8"), max_size=200) | st.text('ab\\nN;,:"\n\r\té🇲🇽\u2028\x0b', max_size=120))
def test_any_text_comes_back_and_stands_in_short_lines(text):
    one = Event()
    one.add("SUMMARY", words(text, "en"))
    lines = one.to_ical().split(b"\r\n")
    assert all(len(line) <= 75 and line.decode() is not None for line in lines)
    assert not any(sign in one.to_ical().decode() for sign in UNSAFE)
    read = vobject.readOne(one.to_ical().decode())
    wanted = text.replace("\r\n", "\n").replace("\r", "\n")
    assert len(read.summary.value) == len(wanted)
    pairs = zip(read.summary.value, wanted, strict=True)
    assert {(got, sent) for got, sent in pairs if got != sent and got != " "} == set()


@given(st.sampled_from(["2025", "2025-06", "2025-33", "2025-24", "2025-06-01"]), st.sampled_from(["", "~", "?", "%"]))
def test_only_what_is_known_to_the_day_is_exact_and_what_has_room_has_both_ends(text, doubt):
    when = parse(text + doubt)
    assert is_exact(when) == (text == "2025-06-01" and not doubt)
    assert (room(when) is None) == (text == "2025")


@database
def test_titles_of_any_signs_make_events_that_another_parser_reads(client):
    titles = ('<&" ]]>', "a, b; c: d\\n", "\\N", "END:VEVENT", "עברית و", "🇨🇦🇺🇸🇲🇽 " * 17 + "x", "x\r\ny\x0bz\u2028")
    for number, title in enumerate(titles):
        made = event(f"event-{number}")
        made.texts.update(title=title)
        publish(made)
    read = {slug: one.summary.value for slug, one in events(client).items()}
    wanted = [*titles[:-1], "x\ny z "]
    assert read == {f"event-{number}": title for number, title in enumerate(wanted)}
    assert all(len(line) <= 75 for line in content(client).split(b"\r\n"))
