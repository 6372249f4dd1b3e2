"""Files of other programs: TimelineJS sheets and JSON, and calendars; and that the same file twice changes nothing."""

import json
from datetime import time

import pytest

from tests.imports import csv_file, faults, imported, planned, verdicts, xlsx_file
from tracker.models import Event, Place, Source, Topic

pytestmark = pytest.mark.django_db
SLIDE = {
    "Year": "2025",
    "Month": "12",
    "Day": "3",
    "End Year": "2025",
    "End Month": "12",
    "End Day": "5",
    "Display Date": "early December 2025",
    "Headline": "<b>Public hearing</b> on the review",
    "Text": '<p>It met &amp; heard.</p><p><a href="https://www.ustr.gov/hearing">Notice</a></p>',
    "Media": "https://youtu.be/x",
    "Type": "",
    "Group": "Review process",
    "Background": "#fff",
}


@pytest.fixture
def topic():
    return Topic.objects.create(slug="review-process", name_en="Review process")


@pytest.mark.parametrize("file", [csv_file, xlsx_file])
def test_a_timelinejs_sheet_becomes_drafts(boss, topic, file):
    batch = imported(file(SLIDE), boss, kind="hearing", countries=["US"], language="fr")
    made = Event.objects.get()
    assert batch.format in ("timelinejs-csv", "timelinejs-xlsx")
    assert (made.date, made.kind, made.countries, made.status) == (
        "2025-12-03/2025-12-05",
        "hearing",
        ["US"],
        "occurred",
    )
    text = made.texts.get()
    assert (text.language, text.title, text.state) == ("fr", "Public hearing on the review", "draft")
    assert (text.summary, text.note) == ("It met & heard.\n\nNotice", "early December 2025")
    sources = list(Source.objects.order_by("url").values_list("url", "publisher", "tier", "language"))
    assert sources == [
        ("https://www.ustr.gov/hearing", "ustr.gov", "press", "fr"),
        ("https://youtu.be/x", "youtu.be", "press", "fr"),
    ]
    assert list(made.topics.all()) == [topic]


def test_what_is_no_slide_of_an_event_is_left_aside_and_said(boss):
    rows = [SLIDE | {"Type": "title"}, SLIDE | {"Type": "era"}, SLIDE | {"Group": ""}]
    batch = planned(csv_file(*rows), boss, kind="hearing")
    assert ([row.line for row in batch.rows.all()], len(batch.notes)) == ([4], 2)


def test_an_unknown_group_is_answered_by_a_topic_for_the_file(boss, topic):
    row = SLIDE | {"Group": "Tariff fights"}
    batch = planned(csv_file(row), boss, kind="hearing")
    assert [(line, column) for line, column, _words in faults(batch)] == [(2, "topics")]
    batch = planned(csv_file(row), boss, kind="hearing", topic="review-process")
    assert (verdicts(batch), batch.rows.get().writes["topics"]) == (["new"], ["review-process"])


def test_a_kind_that_nobody_says_is_asked_for(boss, topic):
    batch = planned(csv_file(SLIDE), boss)
    assert "Choose one for the whole file" in faults(batch)[0][2]


TIMELINE = {
    "title": {"text": {"headline": "The review"}},
    "eras": [{"start_date": {"year": "2020"}}],
    "events": [
        {
            "start_date": {"year": "2026", "month": "7"},
            "text": {"headline": "First joint review", "text": "Met."},
            "media": {"url": "https://example.org/a", "credit": "x"},
            "group": "review-process",
            "unique_id": "first-review",
        }
    ],
}


def test_timelinejs_json_becomes_drafts_and_twice_changes_nothing(boss, topic):
    content = json.dumps(TIMELINE).encode()
    batch = imported(content, boss, kind="review-milestone")
    made = Event.objects.get()
    assert (made.date, made.slug, len(batch.notes)) == ("2026-07", "first-joint-review", 2)
    assert made.texts.get().label == "First joint review"
    assert verdicts(planned(content, boss, kind="hearing")) == ["same"]


def test_what_editors_did_since_is_not_undone_by_the_same_file(boss, topic):
    content = json.dumps(TIMELINE).encode()
    imported(content, boss, kind="review-milestone")
    made = Event.objects.get()
    Event.objects.update(date="2026-07-01", kind="hearing", version=7)
    made.texts.update(title="A better title")
    assert verdicts(planned(content, boss, kind="review-milestone")) == ["same"]
    later = json.loads(content)
    later["events"][0]["text"]["text"] = "Met and ended."
    later["events"][0]["media"]["url"] = "https://example.org/b"
    batch = imported(json.dumps(later).encode(), boss)
    assert [one["field"] for one in batch.rows.get().differences] == ["summary_en", "sources"]
    made.refresh_from_db()
    text = made.texts.get()
    assert (text.title, text.summary, made.date, made.kind) == (
        "A better title",
        "Met and ended.",
        "2026-07-01",
        "hearing",
    )
    urls = list(made.citations.values_list("source__url", flat=True))
    assert urls == ["https://example.org/a", "https://example.org/b"]


def test_where_desk_and_file_changed_the_same_thing_it_is_said(boss, topic):
    imported(json.dumps(TIMELINE).encode(), boss, kind="review-milestone")
    Event.objects.get().texts.update(title="Theirs")
    changed = json.loads(json.dumps(TIMELINE))
    changed["events"][0]["text"]["headline"] = "The file’s"
    batch = planned(json.dumps(changed).encode(), boss)
    assert "The desk changed this since the last import" in batch.rows.get().warnings[0]["words"]


def calendar(*lines: str, uid: str = "UID:one@e.org") -> bytes:
    event = ["BEGIN:VEVENT", uid, *lines, "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *event, "END:VCALENDAR", ""]).encode()


@pytest.mark.parametrize(
    ("lines", "date", "clock", "zone"),
    [
        (("DTSTART;VALUE=DATE:20261117", "DTEND;VALUE=DATE:20261118"), "2026-11-17", None, ""),
        (("DTSTART;VALUE=DATE:20261117", "DTEND;VALUE=DATE:20261120"), "2026-11-17/2026-11-19", None, ""),
        (("DTSTART;VALUE=DATE:20261117", "DURATION:P2D"), "2026-11-17/2026-11-18", None, ""),
        (("DTSTART;VALUE=DATE:20261117",), "2026-11-17", None, ""),
        (
            ("DTSTART;TZID=America/Mexico_City:20261117T233000", "DTEND;TZID=America/Mexico_City:20261118T000000"),
            "2026-11-17",
            time(23, 30),
            "America/Mexico_City",
        ),
        (("DTSTART:20261117T140000Z", "DURATION:PT1H"), "2026-11-17", time(14), "UTC"),
        (("DTSTART;TZID=Eastern Standard Time:20261117T090000",), "2026-11-17", time(9), "America/New_York"),
        (("DTSTART:20261117T090000",), "2026-11-17", None, ""),
    ],
)
def test_a_calendar_gives_days_and_local_times(boss, lines, date, clock, zone):
    imported(calendar("SUMMARY:Hearing\\, public", *lines), boss, kind="hearing")
    made = Event.objects.get()
    assert (made.date, made.clock_time, made.zone) == (date, clock, zone)
    assert made.texts.get().title == "Hearing, public"


OUTLOOK = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
END:VTIMEZONE"""


@pytest.mark.parametrize(
    ("before", "start", "moment"),
    [
        # Google tells all in UTC, and beside it the zone in which the calendar shows it.
        (
            "X-WR-TIMEZONE:America/Mexico_City",
            "DTSTART:20260713T013000Z",
            ("2026-07-12", time(19, 30), "America/Mexico_City"),
        ),
        ("X-WR-TIMEZONE:Mars/Base", "DTSTART:20260713T013000Z", ("2026-07-13", time(1, 30), "UTC")),
        (
            OUTLOOK.format(name="Eastern Standard Time"),
            "DTSTART;TZID=Eastern Standard Time:20260713T213000",
            ("2026-07-13", time(21, 30), "America/New_York"),
        ),
        (
            OUTLOOK.format(name="/freeassociation.sourceforge.net/America/Toronto"),
            "DTSTART;TZID=/freeassociation.sourceforge.net/America/Toronto:20260713T213000",
            ("2026-07-13", time(21, 30), "America/Toronto"),
        ),
    ],
)
def test_a_time_is_told_in_the_zone_of_its_calendar(boss, before, start, moment):
    content = calendar("SUMMARY:x", start).decode().replace("PRODID:x", f"PRODID:x\r\n{before}")
    imported(content.encode(), boss, kind="hearing")
    made = Event.objects.get()
    assert (made.date, made.clock_time, made.zone) == moment


@pytest.mark.parametrize(
    ("line", "status"),
    [("STATUS:TENTATIVE", "expected"), ("STATUS:CANCELLED", "cancelled"), ("STATUS:CONFIRMED", "scheduled")],
)
def test_a_calendar_gives_the_status(boss, line, status):
    imported(calendar("SUMMARY:x", "DTSTART;VALUE=DATE:20271117", line), boss, kind="hearing")
    assert Event.objects.get().status == status


def test_a_calendar_gives_place_topics_and_source(boss, topic):
    Place.objects.create(slug="ottawa", name_en="Ottawa, Canada")
    day = "DTSTART;VALUE=DATE:20251117"
    more = ("LOCATION:Ottawa\\, Canada", "CATEGORIES:Review process", "URL:https://canada.ca/x", "DESCRIPTION:Met.")
    imported(calendar("SUMMARY:x", day, *more), boss, kind="hearing")
    made = Event.objects.get()
    assert (made.place.slug, made.status, made.texts.get().summary) == ("ottawa", "occurred", "Met.")
    assert (list(made.topics.all()), made.citations.get().source.publisher) == ([topic], "canada.ca")


def test_a_moved_entry_is_one_change_of_the_same_event(boss):
    imported(calendar("SUMMARY:x", "DTSTART;VALUE=DATE:20251117"), boss, kind="hearing")
    batch = imported(calendar("SUMMARY:x", "DTSTART;VALUE=DATE:20251203"), boss)
    assert batch.rows.get().differences == [{"field": "date", "old": "2025-11-17", "new": "2025-12-03"}]
    assert Event.objects.get().date == "2025-12-03"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("SUMMARY:x", "DTSTART;VALUE=DATE:20251117", "RRULE:FREQ=WEEKLY"), "A repeated entry"),
        (("SUMMARY:x",), "no day that can be read"),
        (("SUMMARY:x", "DTSTART:20260230"), "no day that can be read"),
        (("DTSTART;VALUE=DATE:20251117",), "no summary"),
        (("SUMMARY:x", "DTSTART;TZID=Mars/Base:20251117T100000"), "no IANA time zone"),
        (("SUMMARY:a\x01b", "DTSTART;VALUE=DATE:20251117"), "control character"),
    ],
)
def test_an_entry_that_is_no_event_is_faulty(boss, lines, words):
    batch = planned(calendar(*lines), boss, kind="hearing")
    assert verdicts(batch) == ["faulty"]
    assert words in " ".join(told for *_where, told in faults(batch))


def test_one_uid_twice_names_both_entries(boss):
    one = calendar("SUMMARY:x", "DTSTART;VALUE=DATE:20251117").split(b"BEGIN:VEVENT")[1].split(b"END:VCALENDAR")[0]
    event = b"BEGIN:VEVENT" + one
    batch = planned(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + event * 2 + b"END:VCALENDAR\r\n", boss, kind="hearing")
    assert verdicts(batch) == ["faulty", "faulty"]
    assert "several times in the file: in 1, 2" in faults(batch)[0][2]


def test_what_is_too_long_is_cut_and_kept_for_editors(boss):
    text = "It met and heard people. " * 60
    lines = (f"SUMMARY:{'word ' * 40}", f"DESCRIPTION:{text}", "DTSTART;VALUE=DATE:20251117")
    batch = imported(calendar(*lines), boss, kind="hearing")
    made = Event.objects.get()
    written = made.texts.get()
    assert (len(written.title) <= 120, len(written.summary) <= 900) == (True, True)
    assert written.title.endswith("word…") and written.summary.endswith("people.")
    assert text.strip() in made.desk_note
    assert "it was cut" in batch.rows.get().warnings[0]["words"]
