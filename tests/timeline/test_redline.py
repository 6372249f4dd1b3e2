"""Two days compared: what differs is told once, in words; what is not known yet never; and a pin keeps it for ever."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factory import ZONE, ago, change, cite, event, moment, published, retitle, stamp
from tests.tracker.test_record_history import HORIZON, Replay, do, histories
from timeline.scene.redline import redline
from timeline.scene.redline_pairs import pairs
from tracker.models.desk import AnnouncedDate
from tracker.models.record import Revision
from tracker.moment import utc_text
from tracker.publishing import publish, retract, schedule
from tracker.query import Query
from tracker.vocabulary import ChangeClass

pytestmark = pytest.mark.django_db


def day(**kwargs) -> date:
    """The day some time ago in the record's zone."""
    return ago(**kwargs).astimezone(ZONE).date()


def days(first: int, last: int) -> str:
    """The query of the days so many days ago."""
    return f"a={day(days=first)}&b={day(days=last)}"


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def rows(page: str) -> list[str]:
    """What the list says of each event, in words."""
    listed = re.search(r'<ol class="compared">.*</ol>', page, re.DOTALL)
    return [text(row) for row in re.split(r'<li id="c\d+">', listed[0])[1:]] if listed else []


def count(page: str) -> str:
    return text(re.search(r'<p class="soft" id="count">.*?</p>', page)[0])


def classes(page: str) -> list[list[str]]:
    found = re.split(r'<li id="c\d+">', page)[1:]
    return [re.findall(r'<span class="class">(.*?)</span>', row) for row in found]


def compared(first: int, last: int, now: int):
    """The comparison of the ends of two days of a history, as the record of `now` has it."""
    seen = [moment(stamp(HORIZON), as_of=stamp(n).date(), recorded=stamp(now)) for n in (first, last)]
    found = pairs(Revision.objects.compared(Query(), *seen, language="en", most=201), *seen)
    alike = Revision.objects.alike(Query(), *seen, language="en").count()
    return redline(found, *seen, "en", titles={}, alike=alike)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(log=histories(), data=st.data())
def test_a_redline_is_the_difference_of_the_two_listings_and_keeps_being_it_at_its_pin(db, log, data):
    with transaction.atomic():
        events = [event("one"), event("two")]
        replay, kept = Replay(), {}
        for deed in log:
            if not do(deed, events):
                continue
            replay.log.append(deed)
            now = deed[0]
            of = {str(now): which for now, which, *_ in replay.log}
            first = data.draw(st.integers(0, now - 1))
            last = data.draw(st.integers(first + 1, now))
            before, after = ({of[title]: title for title in replay.seen(n, now)} for n in (first, last))
            found = kept[first, last, now] = compared(first, last, now)
            told = {
                one.entry.event: tuple(
                    entry.text.title if entry else None for entry in (one.difference.before, one.difference.after)
                )
                for one in found.items
            }
            both = {events[which].pk: (before.get(which), after.get(which)) for which in before | after}
            assert told == {pk: pair for pk, pair in both.items() if pair[0] != pair[1]}
            assert found.alike == sum(one == other for one, other in both.values())
            came = sum(bool({ChangeClass.NEW, ChangeClass.RESTORED} & set(one.classes)) for one in found.items)
            went = sum(ChangeClass.RETRACTED in one.classes for one in found.items)
            assert len(after) - len(before) == came - went
        # Whatever was done since.
        assert {asked: compared(*asked) for asked in kept} == kept
        transaction.set_rollback(True)


def test_each_way_to_differ_is_told_by_its_class_in_words(client):
    moved = event("moved", title="Moved", date="2025-11-17", status="scheduled")
    words, sourced, gone, back = (event(slug, title=slug.capitalize()) for slug in ("words", "sourced", "gone", "back"))
    for made in (moved, words, sourced, gone, back):
        publish(made, since=ago(days=20))
    retract(back, since=ago(days=15), reason="Doubted.")
    published("new", title="Brand new", since=ago(days=5), date="2025-12-05")
    AnnouncedDate.objects.create(event=moved, date="2025-11-17", announced_on="2025-10-01")
    publish(change(moved, date="2025-12-03/2025-12-05", status="occurred"), since=ago(days=4), reason="It was held.")
    publish(retitle(words, "Other words"), since=ago(days=3))
    cite(sourced, "https://example.org/more", publisher="Second Gazette")
    publish(sourced, since=ago(days=2))
    retract(gone, since=ago(days=1), reason="It was no event.")
    publish(back, since=ago(hours=30))
    published("same", title="Same", since=ago(days=30))
    page = client.get(f"/redline/?{days(10, 0)}").content.decode()
    assert count(page) == "6 events changed, 1 unchanged"
    told = {
        row[0]: row[1] for row in zip(("gone", "back", "sourced", "words", "moved", "new"), rows(page), strict=True)
    }
    assert classes(page) == [
        ["Retracted"], ["Restored"], ["Source added"], ["Wording"], ["Date moved", "Status", "Details"], ["New"],
    ]  # fmt: skip
    assert "17 November 2025 → 3–5 December 2025 16 days later Scheduled → Occurred" in told["moved"]
    assert told["moved"].endswith("It was held.")
    assert "<del>Words</del><ins>Other words</ins>" in page
    assert "Source added: Second Gazette" in told["sourced"]
    assert "1 June 2025, occurred → Retracted It was no event." in told["gone"]
    assert "5 December 2025, occurred" in told["new"]


def test_the_reasons_of_all_statements_in_between_are_told_with_their_days(client):
    made = published("one", since=ago(days=20))
    publish(retitle(made, "Second"), since=ago(days=9), reason="First reason.")
    publish(retitle(made, "Third"), since=ago(days=5), reason="Second reason.")
    (row,) = rows(client.get(f"/redline/?{days(10, 0)}").content.decode())
    assert re.search(r"\d+ \w+ \d+: First reason\. \d+ \w+ \d+: Second reason\.", row)
    # The day that leads the row is that of the last of them, and no first day on which the event was known.
    assert row.startswith("Last changed ")


def test_what_was_said_and_taken_back_in_between_did_not_differ(client):
    made = published("one", since=ago(days=20), title="One")
    publish(retitle(made, "Other"), since=ago(days=9))
    publish(retitle(made, "One"), since=ago(days=5))
    retract(published("two", since=ago(days=8)), since=ago(days=4), reason="Gone.")
    page = client.get(f"/redline/?{days(10, 0)}").content.decode()
    assert (count(page), rows(page)) == ("0 events changed, 1 unchanged", [])
    assert "nothing changed that the public could know" in page


def test_what_is_scheduled_is_in_no_redline_before_its_moment(client):
    made = published("one", since=ago(days=20), title="Known words")
    schedule(retitle(made, "Secret words"), ago(days=-1, hours=1), reason="Secret reason.")
    schedule(event("two", title="Secret event"), ago(days=-1, hours=1))
    tomorrow = day(days=-1)
    for query in (f"a={day(days=10)}&b={tomorrow}", f"a={day(days=10)}&b={tomorrow}&full=1", days(10, 0)):
        page = client.get(f"/redline/?{query}").content.decode()
        assert count(page) == "0 events changed, 1 unchanged"
        assert "Secret" not in page


def test_a_pinned_redline_tells_the_same_after_later_deeds(client):
    one = published("one", since=ago(days=20), title="One")
    publish(retitle(one, "Other"), since=ago(days=5))
    two = published("two", since=ago(days=5))
    pin = utc_text(Revision.objects.version(datetime.now(UTC)).pin)
    address = f"/redline/?recorded={pin}&{days(10, 0)}&full=1"
    before = client.get(address).content.decode()
    publish(retitle(one, "Corrected"), since=ago(days=15))
    retract(two, since=ago(days=5), reason="Gone.")
    published("three", since=ago(days=3))
    after = client.get(address).content.decode()
    assert (rows(after), count(after)) == (rows(before), count(before))
    assert count(before) == "2 events changed, 0 unchanged"
    assert count(client.get(f"/redline/?{days(10, 0)}").content.decode()) == "1 event changed, 1 unchanged"


def test_the_permanent_address_names_both_days_and_the_filters_and_can_be_asked_for(client):
    published("one", since=ago(days=20), kind="hearing")
    page = client.get("/redline/?kind=hearing&utm_source=x").content.decode()
    address = unescape(re.search(r'<p class="permanent">.*?<a href="(.*?)"', page)[1])
    pin = utc_text(Revision.objects.version(datetime.now(UTC)).pin)
    assert address == f"/redline/?kind=hearing&recorded={pin}&{days(30, 0)}"
    assert client.get(address).status_code == 200


def test_the_permanent_address_of_a_record_that_rested_for_days_keeps_the_days_compared(client):
    publish(event("one"), since=ago(days=9), at=ago(days=4))
    page = client.get("/redline/").content.decode()
    address = unescape(re.search(r'<p class="permanent">.*?<a href="(.*?)"', page)[1])
    assert address == f"/redline/?recorded={utc_text(Revision.objects.get().recorded.lower)}&{days(30, 0)}"
    assert f"{address}</a>".replace("&", "&amp;") in page[page.index('id="cited"') :]
    kept = client.get(address).content.decode()
    assert (rows(kept), count(kept)) == (rows(page), count(page))
    assert re.search(r'<a class="title" href="(.*?)"', kept)[1].startswith("/events/one/?as_of=")
    assert client.get(unescape(re.search(r'<a class="title" href="(.*?)"', kept)[1])).status_code == 200


def test_an_event_counts_if_it_matches_the_filters_on_either_day(client):
    made = published("one", since=ago(days=20), kind="hearing")
    publish(change(made, kind="statement"), since=ago(days=5))
    published("other", since=ago(days=5), kind="report")
    published("still", since=ago(days=20), kind="statement")
    for kind, said in (("hearing", "1 event changed, 0 unchanged: hearing"),
                       ("statement", "1 event changed, 1 unchanged: statement"),
                       ("dispute", "0 events changed, 0 unchanged: dispute or court ruling")):  # fmt: skip
        assert count(client.get(f"/redline/?{days(10, 0)}&kind={kind}").content.decode()) == said


def test_one_class_of_change_can_be_asked_for_and_the_others_stay_counted(client):
    made = published("one", since=ago(days=20))
    publish(retitle(made, "Other"), since=ago(days=5))
    published("two", since=ago(days=5))
    page = client.get(f"/redline/?{days(10, 0)}&change=new").content.decode()
    assert count(page) == "2 events changed, 0 unchanged · 1 of the kind of change asked for"
    assert classes(page) == [["New"]]


def test_as_of_is_the_last_day_that_can_be_compared(client):
    published("one", since=ago(days=20))
    published("two", since=ago(days=2))
    page = client.get(f"/redline/?as_of={day(days=5)}").content.decode()
    assert f"b={day(days=5)}" in page
    assert count(page) == "1 event changed, 0 unchanged"
    answer = client.get(f"/redline/?as_of={day(days=5)}&b={day(days=4)}")
    assert answer.status_code == 400
    assert f"a day up to the one that you look from, {day(days=5)}" in answer.content.decode()


def test_the_full_redline_tells_every_text_word_by_word(client):
    made = published("one", since=ago(days=20), title="The hearing is set")
    made.texts.update(summary="Witnesses are asked to come in November to the hall of the commission in Washington.")
    publish(made, since=ago(days=15))
    made.texts.update(summary="Witnesses are asked to come in December to the hall of the commission in Washington.")
    publish(made, since=ago(days=5))
    short = client.get(f"/redline/?{days(10, 0)}").content.decode()
    full = client.get(f"/redline/?{days(10, 0)}&full=1").content.decode()
    assert "<ins>December</ins>" not in short
    assert "come in <del>November</del><ins>December</ins> to the hall" in full
    assert f'{days(10, 0)}&amp;full=1"'.replace("&b", "&amp;b") in full


def test_a_link_to_an_event_that_only_the_record_knows_later_is_not_named(client):
    one, two = published("one", since=ago(days=20)), event("two", title="Later event")
    publish(two, since=ago(days=1))
    one.links.create(type="follows", to=two)
    publish(one, since=ago(days=5))
    page = client.get(f"/redline/?a={day(days=10)}&b={day(days=3)}").content.decode()
    assert "an event that is not on the record" in page
    assert "Later event" not in page
    assert "Later event" in client.get(f"/redline/?{days(10, 0)}").content.decode()


@pytest.mark.parametrize(
    ("query", "name", "words"),
    [
        ("a=2026-01-02&b=2026-01-01", "a", "a day before the second one, 2026-01-01"),
        ("a=2026-01-01&b=2026-01-01", "a", "a day before the second one, 2026-01-01"),
        ("a=2016-12-31&b=2020-01-01", "a", "a day like 2025-09-17, in the years 2017 to 2100"),
        ("b=2101-01-01", "b", "a day like 2025-09-17, in the years 2017 to 2100"),
        ("b=2017-01-01", "b", "a day after 2017-01-01"),
        ("a=2025-13-01&b=2026-01-01", "a", "a day like 2025-09-17, in the years 2017 to 2100"),
        ("a=2099-01-01", "a", "a day before the second one"),
        ("a=2020-01-01&b=2099-01-01", "b", "a day up to tomorrow"),
        ("a=yesterday", "a", "a day like 2025-09-17, in the years 2017 to 2100"),
    ],
)
def test_a_day_that_cannot_be_compared_is_refused_beside_its_field_and_kept(client, query, name, words):
    answer = client.get(f"/redline/?{query}&kind=hearing")
    page = answer.content.decode()
    field = re.search(rf'<input [^>]*id="{name}"[^>]*>', page)[0]
    typed = dict(pair.split("=") for pair in query.split("&"))[name]
    assert answer.status_code == 400
    assert f'value="{typed}"' in field and f'aria-describedby="{name}-fault"' in field
    assert 'aria-invalid="true"' in field and 'type="text"' in field
    assert words in text(re.search(rf'<p class="fault" id="{name}-fault" role="alert">.*?</p>', page)[0])
    assert '<option value="hearing" selected>' in page


def test_a_value_without_a_field_is_refused_above_the_form(client):
    for query, said in (("full=2", "full=2"), ("status=gone", "status=gone")):
        answer = client.get(f"/redline/?{query}&a=2025-01-01")
        assert answer.status_code == 400
        assert f"<code>{said}</code>" in answer.content.decode()
        assert 'value="2025-01-01"' in answer.content.decode()


@pytest.mark.parametrize("changed", [1, 3])
def test_a_redline_costs_five_queries_however_many_events(client, django_assert_num_queries, changed):
    for n in range(changed):
        made = published(f"old-{n}", since=ago(days=20))
        publish(retitle(made, "Other"), since=ago(days=5))
        published(f"new-{n}", since=ago(days=5))
    # Version, vocabulary, which events differ, their rows, how many do not.
    with django_assert_num_queries(5):
        assert len(rows(client.get(f"/redline/?{days(10, 0)}").content.decode())) == 2 * changed


def test_of_too_many_events_those_spoken_of_last_are_told():
    for n in range(4):
        published(f"event-{n}", since=ago(days=9 - n))
    seen = moment(datetime.now(UTC), as_of=day(days=10)), moment(datetime.now(UTC), as_of=day(days=0))
    found = Revision.objects.compared(Query(), *seen, language="en", most=2)
    assert sorted(row.slug for row in found) == ["event-2", "event-3"]


def test_the_page_holds_no_style_of_its_own_and_each_id_once(client):
    made = published("one", since=ago(days=20))
    publish(retitle(made, "Other"), since=ago(days=5))
    page = client.get(f"/redline/?{days(10, 0)}&full=1").content.decode()
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert page.count("<style>") == 1 and " style=" not in page  # the sheet that every page begins with
    assert all(f'id="{name}"' in page for name in re.findall(r'href="#(c\d+)"', page))


def test_an_event_is_linked_as_known_on_the_second_day(client):
    published("one", since=ago(days=20))
    published("two", since=ago(days=5))
    page = client.get(f"/redline/?a={day(days=10)}&b={day(days=3)}").content.decode()
    assert f'href="/events/two/?as_of={day(days=3)}"' in page
    assert client.get(f"/events/two/?as_of={day(days=3)}").status_code == 200


def test_an_event_s_page_leads_to_its_own_versions_and_to_what_was_known_then(client):
    made = published("moved", since=ago(days=20), date="2026-01-05", status="scheduled")
    published("another", since=ago(days=9))
    publish(change(made, status="cancelled"), since=ago(days=8))
    page = client.get("/events/moved/").content.decode()
    known = re.findall(r'<dt><a href="(\?as_of=[^"]*)">From', page)
    assert known == [f"?as_of={day(days=20)}", f"?as_of={day(days=8)}"]
    assert "Scheduled" in text(client.get(f"/events/moved/{known[0]}").content.decode())
    address = unescape(re.search(r'href="([^"]*)">Compare the versions', page)[1])
    assert address == f"/redline/?event=moved&a={day(days=20)}&b={day()}&full=1"
    alone = client.get(address).content.decode()
    assert count(alone) == "1 event changed, 0 unchanged"
    assert len(rows(alone)) == 1
    assert "Cancelled" in rows(alone)[0]
    whole = client.get(unescape(re.search(r'href="([^"]*)">Of all events', alone)[1])).content.decode()
    assert count(whole) == "2 events changed, 0 unchanged"


def test_an_event_that_never_changed_has_no_versions_to_compare(client):
    published("steady", since=ago(days=9))
    assert "Compare the versions" not in client.get("/events/steady/").content.decode()


def test_a_reader_of_a_day_before_the_years_that_are_compared_is_not_blamed_for_it(client):
    published("later", since=ago(days=9))
    answer = client.get("/redline/?as_of=2016-05-01")
    assert (answer.status_code, rows(answer.content.decode())) == (200, [])
