"""What the screens say of a difference: every part, word by word, the classes to confirm; and the stage it leaves."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.admin_form import errors, fields_of, page_of
from tests.deed_screen import do, screen
from tests.factory import change, cite, event, remark, retitle, rule
from tests.leaves import leaves
from tracker.admin.deeds.difference import compare
from tracker.admin.deeds.statement_changes import changes_of
from tracker.changes import classify
from tracker.freezing import freeze
from tracker.models import Event, Revision
from tracker.models.catalogue import Actor, Place
from tracker.models.desk import AnnouncedDate
from tracker.publishing import publish, schedule, unschedule
from tracker.worddiff import How

pytestmark = pytest.mark.django_db


def whole():
    """An event with something in every part of its content."""
    made = event(title="One", texts=("en", "es", "fr"), sources=2, clock_time="09:00", zone="America/Toronto")
    made.place = Place.objects.create(slug="ottawa", name_en="Ottawa", name_es="Ottawa", name_fr="Ottawa")
    made.save()
    actor = Actor.objects.create(slug="ministry", name_en="Ministry", name_es="Ministerio", name_fr="Ministère")
    made.participations.create(actor=actor, role_en="Host", role_es="Sede")
    source = made.citations.first().source
    AnnouncedDate.objects.create(event=made, date="2025-05", announced_on="2025-04-01", source=source, note_es="Nota")
    made.acts.create(what="not-confirmed", party="CA", day="2025-06-01")
    made.links.create(type="follows", to=event("other"))
    made.rule = rule(address="https://example.org/34-7-2")
    made.save()
    remark(made, "CA", actor=actor, said_on="2025-06-01", words_es="Dijo", quote="We said", source=source)
    remark(made, "MX", actor=actor)
    # As the database gives it, dates and times included.
    return Event.objects.get(pk=made.pk)


# What must be one of a vocabulary is changed within it.
OTHER = {
    "state": "draft", "status": "expected", "kind": "hearing", "significance": "milestone", "tier": "analysis",
    "what": "confirmed", "party": "MX", "type": "implements", "event": 10**6, "sets": "2040-01-01", "date": "2024-02",
    "on": "2024-01-01", "day": "2025-05-31", "published": "2024", "accessed": "2024-02-02", "source": 2,
    "country": "US",
}  # fmt: skip


def test_no_change_of_a_content_is_left_untold():
    content = freeze(whole())
    for path in leaves(content):
        other = copy.deepcopy(content)
        inner = other
        for key in path[:-1]:
            inner = inner[key]
        last = path[-1]
        # The kind of a person or body is a word of the catalogue's own.
        free = path[0] == "actors" and last == "kind"
        inner[last] = "US" if path[0] == "countries" else OTHER.get(last) if not free else "other"
        inner[last] = inner[last] or f"{path}"
        assert classify(content, other), path
        rows = [row for part in compare(content, other).parts for row in part.differ]
        sides = [("".join(p.text for p in row.old or ()), "".join(p.text for p in row.new or ())) for row in rows]
        assert rows and all(old != new for old, new in sides), path


def test_what_is_alike_differs_in_nothing():
    content = freeze(whole())
    found = compare(content, copy.deepcopy(content))
    assert (found.parts, found.first) == ((), False)
    assert found.same_count == sum(len(part.same) for part in compare(None, content).parts)


@given(order=st.permutations([0, 1, 2]), kept=st.sets(st.sampled_from([0, 1, 2]), min_size=1))
def test_sources_are_told_as_added_removed_and_reordered(order, kept):
    content = {
        "slug": "a", "date": "2025", "time": None, "status": "occurred", "kind": "hearing", "significance": "minor",
        "countries": [], "place": None, "texts": {}, "topics": [], "actors": [], "acts": [], "announced": [],
        "links": [],
    }  # fmt: skip
    source = {"publisher": "P", "title": "", "published": "", "language": "en", "tier": "press"}
    source |= {"quote": "", "locator": "", "archived": "", "accessed": ""}
    rows = [source | {"url": f"u{n}"} for n in range(3)]
    after = [rows[n] for n in order if n in kept]
    parts = compare(content | {"sources": rows}, content | {"sources": after}).parts
    told = [row for part in parts for row in part.differ]
    removed = {row.key for row in told if row.new is None}
    assert removed == {f"u{n}" for n in range(3) if n not in kept}
    stays = [n for n in order if n in kept]
    assert any(row.key == "order" for row in told) == (stays != sorted(stays))


def test_the_order_of_sources_that_read_alike_is_told_by_their_addresses_and_logged():
    before = freeze(whole())
    after = copy.deepcopy(before)
    after["sources"].reverse()
    for row in (*after["announced"], *after["remarks"]):
        row["source"] = 2
    urls = [source["url"] for source in before["sources"]]
    ((row,),) = (part.differ for part in compare(before, after).parts)
    assert (
        row.new[0].text
        == "".join(f"{n}. Example Gazette: A notice ({url})\n" for n, url in enumerate(urls[::-1], 1))[:-1]
    )
    assert changes_of(before, after) == [{"field": "order", "old": ", ".join(urls), "new": ", ".join(urls[::-1])}]


def test_two_acts_of_one_party_on_one_day_are_two():
    before = freeze(whole())
    before["acts"].append(before["acts"][0] | {"note": "Second."})
    after = copy.deepcopy(before)
    after["acts"][0]["note"] = "First."
    ((row,),) = (part.differ for part in compare(before, after).parts)
    assert row.new[-1].text.endswith("First.")
    assert len(changes_of(before, after)) == 1


def test_only_the_words_that_changed_are_marked():
    before = freeze(whole())
    after = copy.deepcopy(before)
    after["texts"]["es"]["title"] = before["texts"]["es"]["title"].replace("One", "Dos")
    ((row,),) = (part.differ for part in compare(before, after).parts)
    assert [piece.text for piece in row.old if piece.how == How.REMOVED] == ["One"]
    assert [piece.text for piece in row.new if piece.how == How.ADDED] == ["Dos"]


def moved_with_a_source(desk):
    made = event(title="One")
    publish(made)
    AnnouncedDate.objects.create(event=made, date="2025-06-01", announced_on="2025-05-01")
    cite(change(made, date="2025-06-02"), "https://example.org/new")
    return made


def test_the_classes_are_proposed_and_the_editor_may_leave_some_out(desk):
    made = moved_with_a_source(desk)
    found = fields_of(desk.get(screen(made, "publish")))
    assert found["classes"] == ["date-moved", "source-added"]
    assert do(desk, made, "publish", reason="Mistyped.", classes=["details", "source-added"]).status_code == 302
    assert Revision.objects.order_by("id").last().classes == ["source-added", "details"]


@pytest.mark.parametrize(
    ("classes", "words"),
    [
        ([], "Tick at least one class of change."),
        (["new"], "Select a valid choice."),
        (["retracted"], "Select a valid choice."),
        (["wording"], "Select a valid choice."),
        (["x\x00"], "Select a valid choice."),
    ],
)
def test_classes_that_are_not_offered_are_refused(desk, classes, words):
    made = moved_with_a_source(desk)
    response = do(desk, made, "publish", reason="x", classes=classes)
    assert (words in errors(response), Revision.objects.count()) == (True, 1)


def test_a_change_of_more_cannot_hide_behind_a_translation(desk):
    made = event(title="One", texts=("en", "es"))
    publish(made)
    retitle(retitle(made, "Two"), "Dos", "es")
    response = do(desk, made, "publish", reason="x", classes=["translation"])
    assert ("More than a translation changes here" in errors(response), Revision.objects.count()) == (True, 1)


def test_classes_confirmed_of_another_difference_are_asked_anew(desk):
    made = event(title="One")
    publish(made)
    found = fields_of(desk.get(screen(retitle(made, "Two"), "publish"))) | {"reason": "x"}
    change(made, kind="hearing")
    response = desk.post(screen(made, "publish"), found)
    assert (response.status_code, fields_of(response)["classes"]) == (200, ["wording", "details"])
    assert Revision.objects.count() == 1


def test_a_first_statement_is_new_whatever_is_sent(desk):
    made = event()
    assert do(desk, made, "publish", classes=["details"], asked="details").status_code == 302
    assert Revision.objects.get().classes == ["new"]


def test_a_page_opened_before_a_colleague_published_leaves_the_stage(desk):
    made = event(title="One")
    found = fields_of(desk.get(page_of(made)))
    assert found["stage"] == "draft"
    publish(made)
    assert desk.post(page_of(made), found | {"desk_note": "Called the ministry."}).status_code == 302
    made.refresh_from_db()
    assert (made.stage, made.desk_note) == ("done", "Called the ministry.")


def test_an_edit_that_is_taken_back_is_done_again(desk):
    made = event(title="One")
    publish(made)
    stages = []
    for title in ("Two", "One"):
        found = fields_of(desk.get(page_of(made)))
        assert desk.post(page_of(made), found | {"texts-0-title": title}).status_code == 302
        made.refresh_from_db()
        stages.append(made.stage)
    assert stages == ["draft", "done"]


def test_taking_back_what_waited_leaves_a_draft_unless_the_desk_says_what_stands(desk):
    made = event(title="One")
    publish(made)
    stages = []
    for title in ("Later", "One"):
        schedule(retitle(made, "Later"), Revision.objects.last().stated.replace(year=2041))
        retitle(made, title)
        unschedule(made)
        made.refresh_from_db()
        stages.append(made.stage)
    assert stages == ["draft", "done"]
