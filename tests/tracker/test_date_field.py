"""The date field of the desk: words are kept as EDTF, what is understood is shown, a moved date asks for its past."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client

from tests.admin_form import errors, event_post, fields_of, page_of, rows
from tests.factory import change, cite, event, published
from tests.signing import signed_in
from tracker.models import Event, Source, User
from tracker.models.fields import today
from tracker.publishing import retract

ADD = "/admin/tracker/event/add/"
ASK = "/admin/preview/date/"
pytestmark = pytest.mark.django_db


def asked(desk, **query) -> str:
    """The answer to what is typed, its white space as a reader sees it."""
    return " ".join(desk.get(ASK, query).content.decode().split())


def words_of(answer: str) -> list[str]:
    return re.findall(r'<span lang="\w\w">(.*?)</span>', answer)


def test_a_date_in_words_is_kept_as_edtf(desk):
    for slug, typed, kept in (
        ("one", "16 o 17 de noviembre de 2026", "[2026-11-16..2026-11-17]"),
        ("two", "Sept 17, 2025", "2025-09-17"),
        ("three", " [2026-07..2026-12] ", "[2026-07..2026-12]"),
        ("four", "entre el inicio de 2026 y el 3 de octubre de 2026 (incierto)", "[2026?..2026-10-03?]"),
    ):
        desk.post(ADD, event_post(slug=slug, date=typed))
        assert Event.objects.get(slug=slug).date == kept
    page = desk.get(page_of(Event.objects.get(slug="four"))).content.decode()
    assert "<code>[2026?..2026-10-03?]</code>" in page
    assert 'value="[2026?..2026-10-03?]"' in page


def test_a_refused_date_is_told_at_its_field_and_what_was_typed_is_kept(desk):
    response = desk.post(ADD, event_post(slug="worded", date="03/04/2025"))
    assert errors(response) == (
        "<li>“03/04/2025” can be read in two ways: name the month. Allowed: A date in words (17 Sept 2025, mid-July "
        "2026, Q3 2026, by the end of 2025, 16 or 17 November 2026, 3–5 December 2025, about July 2026) or in EDTF "
        "(2025-09-17).</li>"
    )
    assert 'value="03/04/2025"' in response.content.decode()
    assert Event.objects.count() == 0


def test_no_crafted_date_is_a_fault_of_ours(desk):
    for typed in ("\0", "2026\0", "9" * 1000, "[..]", "½", "1000-01-01 or 999", "\u202e2026"):
        asked = {"words": typed, "drawn": "1", "event": typed, "kind": typed, "status": "\0"}
        answers = desk.post(ADD, event_post(slug="worded", date=typed)), desk.get(ASK, asked)
        assert [answer.status_code for answer in answers] == [200, 200], typed
    assert Event.objects.count() == 0


def test_the_ends_of_the_calendar_are_drawn(desk):
    for typed in ("../1000", "[2999..]", "1000/2999", "2999-24", "1000-01-01", "1000/..", "2999-12-31~"):
        assert 'class="chart"' in asked(desk, words=typed, drawn=1), typed


def test_a_date_written_otherwise_is_no_change(desk):
    made = event(date="2025-09-17")
    desk.post(page_of(made), fields_of(desk.get(page_of(made))) | {"date": "17 septembre 2025"})
    assert Event.objects.get().version == 1


def test_an_assumed_year_is_told_after_saving(desk):
    desk.post(ADD, event_post(slug="worded", date="16 or 17 November"))
    made = Event.objects.get()
    year = made.earliest.year
    assert made.latest >= today() > made.latest - timedelta(days=366)
    assert f"no year was written, and {year} was assumed: 16 or 17 November {year}." in (
        desk.get(page_of(made)).content.decode()
    )


def test_the_answer_says_the_date_in_three_languages_and_draws_it(desk):
    answer = asked(desk, words="mid-July 2026", drawn=1, kind="legislation", status="expected", significance=3)
    assert words_of(answer) == [
        "between 11 and 20 July 2026",
        "entre el 11 y el 20 de julio de 2026",
        "entre le 11 et le 20 juillet 2026",
    ]
    assert "<code>[2026-07-11..2026-07-20]</code> · first possible day 2026-07-11, last 2026-07-20" in answer
    assert '<svg class="mark law milestone hollow"' in answer
    assert '<i class="span at' in answer


def test_the_name_of_the_typed_field_is_told_by_htmx(desk):
    response = desk.get(
        ASK,
        {"announced-3-date": "Q3 2026", "date": "2025"},
        headers={"HX-Request": "true", "HX-Trigger-Name": "announced-3-date"},
    )
    assert words_of(response.content.decode())[0] == "third quarter of 2026"
    assert "chart" not in response.content.decode()


def test_the_answer_to_what_is_no_date_is_its_fault_and_to_nothing_is_nothing(desk):
    assert asked(desk, words="31 June 2026").startswith('<p class="fault">“31 june 2026” is not in the calendar.')
    assert asked(desk, words="") == ""


def test_a_typed_year_that_is_left_out_is_told(desk):
    assert "is assumed, since what is not settled lies ahead" in asked(desk, words="16 ou 17 novembre")


def test_the_answer_speaks_the_language_of_the_user(desk, boss):
    User.objects.filter(pk=boss.pk).update(language="fr")
    assert "Jan" not in asked(desk, words="3 mai 2026", drawn=1)
    assert "avr." in asked(desk, words="3 mai 2026", drawn=1)


def test_only_staff_who_may_see_events_are_answered(desk):
    assert Client().get(ASK, {"words": "2026"}).status_code == 302
    nobody = User.objects.create_user("nobody", password="a long password 1", is_staff=True)
    assert signed_in(nobody).get(ASK, {"words": "2026"}).status_code == 403
    nobody.groups.add(Group.objects.get(name="author"))
    assert signed_in(User.objects.get(pk=nobody.pk)).get(ASK, {"words": "2026"}).status_code == 200
    assert desk.post(ASK, {"words": "2026"}).status_code == 405


def test_another_date_than_the_records_is_told_while_one_types(desk):
    made = published(date="2025-06-01")
    for typed, moved in (("2 June 2025", True), ("June 2025", True), ("1 June 2025", False)):
        answer = asked(desk, words=typed, drawn=1, event=made.pk)
        assert ("The record last said 1 June 2025 (2025-06-01). Has the date moved?" in answer) == moved, typed


def test_an_event_that_was_never_on_the_record_has_no_date_to_move_from(desk):
    for other in (event("another").pk, 10**17):
        assert "The record last said" not in asked(desk, words="2 June 2025", drawn=1, event=other)


def test_a_retracted_event_still_has_the_date_that_publishing_compares(desk):
    made = published(date="2025-06-01")
    retract(made, reason="x")
    assert "The record last said 1 June 2025" in asked(desk, words="2 June 2025", drawn=1, event=made.pk)


def moved_event() -> Event:
    return change(published(date="2025-06-01"), date="2025-06-09")


def test_a_row_stands_ready_for_the_date_that_moved(desk):
    made = moved_event()
    found = fields_of(desk.get(page_of(made)))
    assert (found["announced-TOTAL_FORMS"], found["announced-0-date"]) == ("1", "2025-06-01")
    assert desk.post(page_of(made), found).status_code == 302
    assert made.announced.count() == 0
    cited = Source.objects.get()
    desk.post(page_of(made), found | {"announced-0-announced_on": "2025-05-01", "announced-0-source": cited.pk})
    assert list(made.announced.values_list("date", "source")) == [("2025-06-01", cited.pk)]
    assert fields_of(desk.get(page_of(made)))["announced-TOTAL_FORMS"] == "1"


def test_no_row_stands_ready_where_nothing_moved(desk):
    for made in (published(date="2025-06-01"), event("another")):
        assert fields_of(desk.get(page_of(made)))["announced-TOTAL_FORMS"] == "0"


def test_the_earlier_date_needs_its_day_and_its_source(desk):
    made = moved_event()
    row = rows("announced", {"date": "1 June 2025", "note_en": "As first said."})
    response = desk.post(page_of(made), fields_of(desk.get(page_of(made))) | row)
    assert "This field is required." in errors(response)
    assert "Readers are told where the earlier date was announced: name its source." in errors(response)
    assert 'value="1 June 2025"' in response.content.decode()


def test_a_row_typed_with_the_records_date_alone_is_not_lost(desk):
    made = published(date="2025-06-01")
    found = fields_of(desk.get(page_of(made)))
    response = desk.post(page_of(made), found | {"date": "2025-06-09"} | rows("announced", {"date": "2025-06-01"}))
    assert "This field is required." in errors(response)


def test_a_source_says_in_words_when_it_was_published(desk):
    cited = cite(event(sources=0), "https://example.org/a")
    page = f"/admin/tracker/source/{cited.pk}/change/"
    desk.post(page, fields_of(desk.get(page)) | {"published": "mid-July 2026"})
    assert Source.objects.get().published == "[2026-07-11..2026-07-20]"


def test_the_pen_of_the_desk_is_that_of_the_public_drawing():
    static = Path(settings.BASE_DIR) / "static"
    public = set((static / "site/site.css").read_text().splitlines())
    own = (static / "desk/pen.css").read_text().split(".understood {\n")[1].removesuffix("}\n").splitlines()
    assert [rule for rule in own if rule not in public] == []
