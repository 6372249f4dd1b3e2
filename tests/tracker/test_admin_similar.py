"""Duplicates at the desk: told while one types and after a new event is saved, by few queries whatever is typed."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.admin_form import event_post, rows
from tests.factory import cite, event
from tests.signing import signed_in
from tracker.models import Actor, Event, EventText, Participation, Source, User

ASK = "/admin/tracker/event/similar/"
TITLE = "United States does not confirm the 16-year extension"
pytestmark = pytest.mark.django_db


def typed(title="", date="", *, language="en", address="", source="", own="") -> dict:
    """What the form sends of its fields while one types."""
    return {
        "texts-0-language": language,
        "texts-0-title": title,
        "date": date,
        "citations-0-address": address,
        "citations-0-source": source,
        "own": own,
    }


def told(desk, *args, **fields) -> list[str]:
    """The titles and reasons of the answer."""
    page = desk.get(ASK, typed(*args, **fields)).content.decode()
    titles = [part.split("</a>")[0] for part in page.split('rel="noopener">')[1:]]
    return [f"{title}: {part.split('</b>')[0]}" for title, part in zip(titles, page.split("<b>")[1:], strict=True)]


def test_an_event_of_the_day_with_a_similar_title_is_told_in_whatever_words_the_date_is(desk):
    event("known", title=TITLE, date="2026-07-01")
    for date in ("1 July 2026", "le 1er juillet 2026", "July 2026", "2026-07-01"):
        assert told(desk, "US does not confirm extension of 16 years", date) == [f"{TITLE}: same day, similar title"]
    assert told(desk, "US does not confirm extension of 16 years", "9 July 2026") == []
    assert told(desk, "Hearing on dairy", "1 July 2026") == []


def test_an_event_is_found_across_languages_and_by_its_title_alone(desk):
    event("known", title="Mexico and the United States open formal consultations in Washington", date="2026-07-01")
    spanish = "México y Estados Unidos abren consultas formales en Washington"
    assert len(told(desk, spanish, "1 de julio de 2026", language="es")) == 1
    assert len(told(desk, "Mexico and U.S. open formal consultations in Washington")) == 1
    assert told(desk, "Something else altogether") == []


def test_the_names_of_people_are_one_in_every_language(desk):
    made = event("known", title="Greer testifies before Ways and Means", date="2026-07-01")
    actor = Actor.objects.create(slug="wm", kind="body", name_en="Ways and Means", name_es="Medios y Arbitrios")
    assert told(desk, "Greer ante Medios y Arbitrios", "2026-07-01", language="es") == []
    Participation.objects.create(event=made, actor=actor)
    assert len(told(desk, "Greer ante Medios y Arbitrios", "2026-07-01", language="es")) == 1


def test_the_same_source_is_told_first_however_it_is_spelled(desk):
    event("other", title=TITLE, date="2026-07-01")
    cited = cite(event("known", title="Quite another", date="2026-07-03", sources=0), "https://ustr.gov/a/notice")
    same = "Quite another: same source"
    assert told(desk, address="http://www.ustr.gov/a/notice/?utm_source=x#top") == [same]
    assert told(desk, TITLE, "2026-07-01", source=cited.pk)[0] == f"{TITLE}: same day, similar title"
    assert same in told(desk, TITLE, "2026-07-01", source=cited.pk)
    assert told(desk, address="https://ustr.gov/a/notice-2") == []


def test_an_event_is_not_like_itself(desk):
    made = event("known", title=TITLE, date="2026-07-01")
    assert told(desk, TITLE, "2026-07-01", own=made.pk) == []


def test_the_questions_to_the_database_do_not_grow_with_the_events(desk):
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get(ASK, typed(TITLE, "2026-07", source=Source.objects.values_list("pk", flat=True)[0]))
        return sum("tracker_event" in query["sql"] or "tracker_source" in query["sql"] for query in queries)

    event("one", title=TITLE, date="2026-07-01")
    one = asked()
    for number in range(5):
        event(f"more-{number}", title=f"{TITLE} {number}", date="2026-07-02")
    # That of this test, the addresses of the sources chosen, the candidates.
    assert (one, asked()) == (3, 3)


def test_no_more_than_five_are_told_and_no_answer_is_empty(desk):
    assert desk.get(ASK).content.decode().strip() == ""
    for number in range(7):
        event(f"e-{number}", title=TITLE, date="2026-07-01")
    assert len(told(desk, TITLE, "2026-07-01")) == 5


def test_no_crafted_question_is_a_fault_of_ours(desk):
    event("known", title=TITLE, date="2026-07-01")
    for junk in (
        "\0",
        "9" * 400,
        "%",
        "\\",
        "[",
        "https://[::1",
        "http://a\0b/",
        "javascript:x",
        "../1000",
        "[2999..]",
    ):
        response = desk.get(ASK, typed(junk, junk, language=junk, address=junk, source=junk, own=junk))
        assert response.status_code == 200, junk
        assert desk.get(ASK, typed(junk)).status_code == 200, junk
    assert desk.post(ASK, typed(TITLE)).status_code == 405


def test_only_who_may_see_events_is_told(desk):
    user = User.objects.create_user("nobody", password="a long password 1", is_staff=True)
    assert signed_in(user).get(ASK, typed(TITLE)).status_code == 403
    user.groups.add(Group.objects.get(name="author"))
    assert signed_in(User.objects.get(pk=user.pk)).get(ASK, typed(TITLE)).status_code == 200


def test_a_new_event_like_another_is_saved_and_told(desk):
    known = event("known", title=TITLE, date="2026-07-01")
    text = {"language": "en", "title": f"<b>{TITLE}</b>", "label": "Label", "summary": "Summary."}
    posted = event_post(slug="again", date="1 July 2026") | rows("texts", text)
    page = desk.post("/admin/tracker/event/add/", posted, follow=True).content.decode()
    assert EventText.objects.filter(event__slug="again").exists()
    assert f'Perhaps the desk had this event already: <a href="/admin/tracker/event/{known.pk}/change/">' in page
    assert "1 July 2026, Draft: same day, similar title" in page
    Event.objects.all().delete()
    page = desk.post("/admin/tracker/event/add/", posted, follow=True).content.decode()
    assert "Perhaps the desk had this event already" not in page
