"""The plan of an import and its confirmation: what is new, changed, same or faulty; all or nothing, as drafts; and no
work of anybody is overwritten."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time

import pytest
from django.db import connection

from tests import factory
from tests.imports import (
    NOW,
    confirm,
    csv_file,
    exported,
    exported_rows,
    faults,
    imported,
    new_row,
    planned,
    staged,
    verdicts,
    xlsx_file,
)
from tracker.importing import planning, staging
from tracker.importing.applying import Outdated
from tracker.importing.documents import document, with_rows
from tracker.importing.faults import Refused
from tracker.models import Act, Actor, Event, ImportBatch, Link, LogRow, Place, Revision, Source, Topic
from tracker.publishing import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def catalogue():
    Topic.objects.create(slug="review-process", name_en="Review process", name_es="Proceso de revisión")
    Place.objects.create(slug="mexico-city", name_en="Mexico City, Mexico", name_fr="Mexico, Mexique")
    Actor.objects.create(slug="ustr", name_en="U.S. Trade Representative", kind="body", variants=["USTR"])


def full_row() -> dict[str, str]:
    return new_row(
        significance="major",
        date="Dec 3, 2025",
        clock_time="9:30",
        zone="America/New_York",
        countries="US; MX",
        place="Mexico, Mexique",
        topics="Proceso de revision",
        label_en="Hearing",
        summary_en="'=Held.",
        state_en="reviewed",
        title_fr="Audience",
        sources="url: https://ustr.gov/a\npublisher: USTR\ntier: primary\nquote: One\n  two\naccessed: 2026-01-02",
        actors="actor: USTR\nrole_en: Host\ncountry: US",
        announced="date: 2025-11-17\non: 2025-09-17\nsource: http://ustr.gov/a/",
        acts="what: not-confirmed\nparty: US\nday: 2025-12-03",
        links="type: follows\nto: other",
        desk_note="Check.",
    )


def test_a_row_becomes_a_draft_with_everything_it_says(boss, catalogue):
    factory.event("other")
    batch = imported(csv_file(full_row()), boss)
    made = Event.objects.get(slug="a-hearing")
    assert (batch.state, batch.imported) == ("done", {"new": 1, "changed": 0})
    assert (made.stage, made.version, made.changed_by) == ("draft", 1, boss)
    assert (made.date, made.earliest, made.clock_time) == ("2025-12-03", date(2025, 12, 3), time(9, 30))
    assert (made.countries, made.place.slug, made.significance) == (["US", "MX"], "mexico-city", 2)
    texts = list(made.texts.values_list("language", "title", "summary", "state", "reviewed_by"))
    assert texts == [("en", "Public hearing", "=Held.", "reviewed", boss.pk), ("fr", "Audience", "", "draft", None)]
    citation = made.citations.select_related("source").get()
    assert (citation.source.publisher, citation.quote, citation.accessed_on) == ("USTR", "One\ntwo", date(2026, 1, 2))
    assert made.announced.get().source == citation.source
    assert (made.participations.get().role_en, made.acts.get().what) == ("Host", "not-confirmed")
    assert made.links.get().to.slug == "other"
    assert Revision.objects.count() == 0


def test_the_log_names_the_import_and_each_event(boss):
    changed = factory.event("known")
    rows = [row | {"status": "cancelled"} for row in exported_rows()]
    new = dict.fromkeys(rows[0], "") | new_row()
    batch = imported(csv_file(*rows, new), boss)
    told = list(LogRow.objects.order_by("id").values_list("action", "type", "object", "who"))
    made = Event.objects.get(slug="a-hearing")
    assert sorted(told[:2]) == [("added", "event", str(made.pk), "boss"), ("changed", "event", str(changed.pk), "boss")]
    assert told[2:] == [("imported", "importbatch", str(batch.pk), "boss")]
    assert LogRow.objects.get(action="changed").changes == [{"field": "status", "old": "occurred", "new": "cancelled"}]


def test_rows_are_new_changed_same_or_faulty(boss):
    factory.event("one")
    factory.event("two")
    one, two = exported_rows()
    new = dict.fromkeys(one, "") | new_row()
    faulty = new | {"slug": "bad slug", "kind": "party"}
    batch = planned(csv_file(one, two | {"title_en": "Other"}, new, faulty), boss)
    assert verdicts(batch) == ["same", "changed", "new", "faulty"]
    row = batch.rows.get(verdict="changed")
    assert row.differences == [{"field": "title_en", "old": "Title of two", "new": "Other"}]
    # A row whose cells have lines of their own is named by its first line.
    assert [(line, column) for line, column, _words in faults(batch)] == [(13, "kind"), (13, "slug")]
    assert "Allowed: review-milestone, legal-deadline" in faults(batch)[0][2]


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("id", "12", "The desk has no event 12"),
        ("id", "-1", "no whole number"),
        ("id", "9" * 30, "no whole number"),
        ("version", "x", "no whole number"),
        ("slug", "a/b", "slug"),
        ("kind", "", "A new event needs this"),
        ("status", "done", "Allowed: occurred, scheduled"),
        ("significance", "huge", "Allowed: minor, major, milestone"),
        ("date", "one fine day", "is not read as part of a date"),
        ("date", "16 or 17 November", "The year is missing."),
        ("clock_time", "25:00", "write it as 14:30"),
        ("clock_time", "10:00", "needs its time zone"),
        ("zone", "Mars/Base", "no IANA time zone"),
        ("countries", "CA; FR", "Allowed: CA, US, MX"),
        ("place", "Atlantis", "does not know “Atlantis”"),
        ("topics", "review-proces", "Did you mean “review-process”?"),
        ("topics", "review-process; Review process", "stands here twice"),
        ("title_en", "x" * 121, "121 characters; 120 at most"),
        ("title_en", "a\x01b", "control character"),
        ("label_en", "x" * 33, "32 at most"),
        ("label_fr", "Label", "A text needs a title"),
        ("state_en", "fine", "Allowed: draft, reviewed, stale"),
        ("sources", "USTR page", "Write one “name: value” a line"),
        ("sources", "url: https://e.org", "say its publisher and its tier"),
        ("sources", "publisher: x", "lacks its url"),
        ("sources", "link: x", "no name of a value “link”"),
        ("sources", "url: javascript:alert(1)\npublisher: x\ntier: press", "begins with https:// or http://"),
        ("sources", "url: http://127.0.0.1/\npublisher: x\ntier: press", "private network"),
        ("sources", "url: https://e.org\npublisher: x\ntier: press\n\nurl: http://e.org/", "stands here twice"),
        ("sources", "url: https://e.org\npublisher: x\ntier: press\naccessed: 2199-01-01", "still to come"),
        ("actors", "actor: nobody", "does not know “nobody”"),
        ("announced", "date: 2025", "lacks its on"),
        ("announced", "date: 2025\non: 2025-01-01\nsource: https://e.org", "one that the row has or the desk knows"),
        ("acts", "what: not-confirmed\nday: 2025-12-03", "one party’s"),
        ("acts", "what: party\nday: 2025-12-03", "Allowed: entered-into-force"),
        ("links", "type: follows\nto: nowhere", "Neither the desk nor the file"),
        ("links", "type: follows\nto: a-hearing", "no link to itself"),
    ],
)
def test_a_bad_value_is_named_with_what_is_allowed(boss, catalogue, column, value, words):
    batch = planned(csv_file(new_row() | {column: value}), boss)
    assert verdicts(batch) == ["faulty"]
    assert words in " ".join(told for _line, _column, told in faults(batch))
    assert [one[:2] for one in faults(batch)] in ([(2, column)], [(2, "zone")], [(2, "title_fr")])


def test_a_formula_is_named_by_its_cell_however_often_it_is_planned(boss):
    batch = planned(xlsx_file(new_row(title_en="=1+1")), boss)
    first = faults(batch)
    assert [(line, column) for line, column, _words in first] == [(2, "title_en")]
    assert "holds a formula" in first[0][2]
    staging.plan_again(batch)
    assert faults(planning.plan_next(batch, at=NOW)) == first


def test_json_of_wrong_types_is_faulty_and_no_crash(boss):
    values = [{"x": 1}, [1, [2]], True, 1.5, None, "text", [{"url": ["x"]}], [{"role": "x"}], {"en": None}]
    names = ("id", "kind", "date", "clock_time", "countries", "place", "topics", "sources", "actors", "links", "acts")
    entries = [
        new_row() | {"slug": f"{name}-{number}", name: value} for name in names for number, value in enumerate(values)
    ]
    batch = planned(json.dumps(entries).encode(), boss)
    assert batch.rows.filter(verdict="").count() == 0
    assert batch.rows.filter(verdict="faulty").count() > len(names) * 4


def test_columns_that_are_missing_stay_as_they_are(boss):
    made = factory.event("one", texts=("en", "es"), desk_note="Kept.")
    before = document(with_rows(Event.objects.all()).get())
    imported(csv_file({"slug": "one", "title_es": "Otro título"}), boss)
    made.refresh_from_db()
    after = document(with_rows(Event.objects.all()).get())
    # Only the state goes with the words: nobody reviewed these.
    assert after == before | {"title_es": "Otro título", "version": "2", "state_es": "draft"}


def test_what_says_again_what_the_record_says_is_no_draft(boss):
    made = factory.published("one")
    rows = exported_rows()
    imported(csv_file({"slug": "one", "title_en": "Other words"}), boss)
    made.refresh_from_db()
    assert made.stage == "draft"
    rows[0]["version"] = ""
    imported(csv_file(*rows), boss)
    made.refresh_from_db()
    assert (made.stage, made.version) == ("done", 3)


def test_rows_that_stay_are_the_same_rows_so_that_an_open_page_can_be_merged(boss):
    made = factory.event("one", sources=3)
    other, third = factory.event("two"), factory.event("three")
    links = [Link.objects.create(event=made, type="follows", to=one) for one in (other, third)]
    first, second, _gone = (row.pk for row in made.citations.all())
    rows = exported_rows()
    sources = rows[0]["sources"].split("\n\n")
    rows[0]["sources"] = "\n\n".join([f"{sources[1]}\nquote: New.", sources[0]])
    rows[0]["links"] = "type: follows\nto: three\n\ntype: follows\nto: two"
    imported(csv_file(*rows), boss)
    assert list(made.citations.values_list("pk", "quote")) == [(second, "New."), (first, "")]
    # Links stand in the order of their numbers, and these were turned round.
    assert [link.to for link in made.links.all()] == [third, other]
    assert not made.links.filter(pk__in=[link.pk for link in links]).exists()
    assert verdicts(planned(exported(), boss)) == ["same"] * 3


def test_a_note_for_editors_makes_no_draft_of_what_is_published(boss):
    made = factory.published("one")
    imported(csv_file({"slug": "one", "desk_note": "Look again."}), boss)
    made.refresh_from_db()
    assert (made.stage, made.desk_note) == ("done", "Look again.")


def test_an_empty_title_removes_the_language(boss):
    made = factory.event("one", texts=("en", "es"))
    empty = {f"{part}_es": "" for part in ("title", "label", "summary", "note")}
    imported(csv_file({"slug": "one", **empty}), boss)
    assert list(made.texts.values_list("language", flat=True)) == ["en"]


def test_reviewed_translations_are_stale_once_the_english_changes(boss):
    made = factory.event("one", texts=("en", "es"))
    batch = planned(csv_file({"slug": "one", "title_en": "Other"}), boss)
    assert [one["field"] for one in batch.rows.get().differences] == ["title_en", "state_es"]
    confirm(batch, boss)
    assert list(made.texts.values_list("language", "state")) == [("en", "reviewed"), ("es", "stale")]


def test_a_published_event_becomes_a_draft_and_the_record_stays(boss):
    made = factory.event("one")
    publish(made)
    record = list(Revision.objects.values("id", "content", "recorded"))
    imported(csv_file({"slug": "one", "status": "cancelled"}), boss)
    made.refresh_from_db()
    assert (made.status, made.stage, made.version) == ("cancelled", "draft", 2)
    assert list(Revision.objects.values("id", "content", "recorded")) == record


def test_a_slug_of_the_record_is_not_taken(boss):
    made = factory.event("new-name")
    Event.objects.filter(pk=made.pk).update(former_slugs=["old-name"])
    publish(Event.objects.get(pk=made.pk))
    assert "stands on the record" in faults(planned(csv_file(new_row(slug="old-name")), boss))[0][2]


def test_number_and_slug_must_be_of_one_event(boss):
    one, _two = factory.event("one"), factory.event("two")
    batch = planned(csv_file({"id": str(one.pk), "slug": "two"}), boss)
    assert "has the slug one" in faults(batch)[0][2]


def test_what_was_saved_since_the_export_is_not_overwritten(boss):
    made = factory.event("one")
    row = exported_rows()[0]
    Event.objects.filter(pk=made.pk).update(version=4, status="postponed")
    batch = planned(csv_file(row), boss)
    assert [(line, column) for line, column, _words in faults(batch)] == [(2, "version")]
    assert "it was version 1 and is now 4" in faults(batch)[0][2]
    with pytest.raises(Refused, match="faulty rows"):
        confirm(batch, boss)
    made.refresh_from_db()
    assert (made.status, made.version) == ("postponed", 4)


def test_without_a_version_the_plan_warns(boss):
    factory.event("one")
    batch = planned(csv_file({"slug": "one", "status": "cancelled"}), boss)
    assert "is written over" in batch.rows.get().warnings[0]["words"]


def test_an_event_saved_after_the_plan_refuses_all_of_it(boss):
    factory.event("one")
    two = factory.event("two")
    batch = planned(csv_file(*(row | {"status": "cancelled"} for row in exported_rows())), boss)
    Event.objects.filter(pk=two.pk).update(version=2)
    with pytest.raises(Outdated) as caught:
        confirm(batch, boss)
    assert [row.slug for row in caught.value.rows] == ["two"]
    assert set(Event.objects.values_list("status", flat=True)) == {"occurred"}
    staging.plan_again(batch)
    again = planning.plan_next(batch, at=NOW)
    assert verdicts(again) == ["changed", "faulty"]


def test_an_event_made_after_the_plan_refuses_all_of_it(boss):
    batch = planned(csv_file(new_row()), boss)
    factory.event("a-hearing")
    with pytest.raises(Outdated):
        confirm(batch, boss)


def test_an_event_deleted_after_the_plan_refuses_all_of_it(boss):
    made = factory.event("one")
    batch = planned(csv_file({"slug": "one", "status": "cancelled"}), boss)
    made.delete()
    with pytest.raises(Outdated):
        confirm(batch, boss)


def test_a_topic_that_went_after_the_plan_refuses_all_of_it(boss, catalogue):
    batch = planned(csv_file(new_row(topics="review-process")), boss)
    Topic.objects.all().delete()
    with pytest.raises(Refused, match="went from the desk"):
        confirm(batch, boss)
    assert Event.objects.count() == 0


def test_an_import_happens_once(boss):
    batch = imported(csv_file(new_row()), boss)
    with pytest.raises(Refused, match="imported already"):
        confirm(batch, boss)
    assert Event.objects.count() == 1


def test_faulty_rows_stay_behind_only_knowingly(boss):
    batch = planned(csv_file(new_row(), new_row(slug="other", kind="x")), boss)
    with pytest.raises(Refused):
        confirm(batch, boss)
    assert Event.objects.count() == 0
    assert confirm(batch, boss, leave_faulty=True) == {"new": 1, "changed": 0}
    assert list(Event.objects.values_list("slug", flat=True)) == ["a-hearing"]


def test_a_row_that_is_left_out_stays_behind(boss):
    batch = planned(csv_file(new_row(), new_row(slug="other")), boss)
    row = batch.rows.get(slug="other")
    staging.leave_out(batch, shown=[str(row.pk)], out=[str(row.pk)])
    confirm(batch, boss)
    assert list(Event.objects.values_list("slug", flat=True)) == ["a-hearing"]


def test_a_link_to_a_row_that_is_left_out_is_refused(boss):
    first, second = new_row(links="type: follows\nto: other"), new_row(slug="other", links="")
    batch = planned(csv_file(first, second), boss)
    row = batch.rows.get(slug="other")
    staging.leave_out(batch, shown=[str(row.pk)], out=[str(row.pk)])
    with pytest.raises(Refused, match="line 2 links to “other”"):
        confirm(batch, boss)


def test_rows_of_one_file_may_link_to_each_other(boss):
    first = new_row(links="type: follows\nto: other")
    imported(csv_file(first, new_row(slug="other", links="type: resumes\nto: a-hearing")), boss)
    assert list(Link.objects.order_by("id").values_list("event__slug", "to__slug")) == [
        ("a-hearing", "other"),
        ("other", "a-hearing"),
    ]


def test_an_event_twice_in_a_file_names_both_lines(boss):
    batch = planned(csv_file(new_row(), new_row(slug="other"), new_row()), boss)
    assert verdicts(batch) == ["faulty", "new", "faulty"]
    assert {words for _line, _column, words in faults(batch)} == {
        "This event stands several times in the file: in 2, 4."
    }


def test_a_new_source_told_in_two_ways_is_faulty(boss):
    source = "url: https://e.org/{}\npublisher: {}\ntier: press"
    one, two = source.format("a", "Gazette"), source.format("a/", "Herald")
    batch = planned(csv_file(new_row(sources=one), new_row(slug="b", sources=two)), boss)
    assert [(line, column) for line, column, _words in faults(batch)] == [(5, "sources")]


def test_a_source_that_the_desk_tells_otherwise_is_faulty(boss):
    source = factory.cite(factory.event("one"), "https://e.org/a")
    told = f"url: http://e.org/a/\npublisher: {source.publisher}"
    batch = planned(csv_file(new_row(sources=told), new_row(slug="b", sources=told + " of York")), boss)
    assert verdicts(batch) == ["new", "faulty"]
    assert "Correct it on the source’s own page" in faults(batch)[0][2]
    confirm(batch, boss, leave_faulty=True)
    assert Source.objects.filter(url__contains="//e.org").count() == 1


def test_who_may_not_review_cannot_import_a_review(boss):
    batch = planned(csv_file(new_row(state_en="reviewed")), boss)
    with pytest.raises(Refused, match="marks a text as reviewed"):
        confirm(batch, boss, may_review=False)


def test_a_likely_duplicate_is_named(boss):
    factory.event("held", title="A public hearing", date="2025-12-03")
    batch = planned(csv_file(new_row(slug="x"), new_row(slug="y", date="2025-12-04")), boss)
    assert [len(row.warnings) for row in batch.rows.all()] == [1, 0]
    assert "“A public hearing” (held)" in batch.rows.first().warnings[0]["words"]


def test_a_slug_is_proposed_from_the_title(boss):
    factory.event("public-hearing")
    rows = [new_row(slug="", date=f"2025-12-0{day}") for day in (3, 4)]
    imported(csv_file(*rows), boss)
    assert list(Event.objects.order_by("pk").values_list("slug", flat=True)) == [
        *("public-hearing", "public-hearing-2", "public-hearing-3"),
    ]


def test_the_steps_of_a_plan_give_what_one_step_gives(boss):
    rows = [new_row(slug=f"row-{number}") for number in range(7)]
    batch = staged(csv_file(*rows), boss)
    batch = planning.plan_next(batch, at=NOW, step=3)
    assert (batch.state, batch.rows.exclude(verdict="").count()) == ("staged", 3)
    with pytest.raises(Refused, match="not ready"):
        confirm(batch, boss)
    batch = planning.plan_next(planning.plan_next(batch, at=NOW, step=3), at=NOW, step=3)
    assert (batch.state, verdicts(batch)) == ("planned", ["new"] * 7)


def test_the_cost_of_a_step_does_not_grow_with_its_rows(boss, django_assert_max_num_queries):
    for number in range(3):
        factory.event(f"event-{number}")
    batch = staged(exported(), boss)
    with django_assert_max_num_queries(32):
        planning.plan_next(batch, at=NOW)


def test_old_batches_go_with_the_next_file(boss):
    old = staged(csv_file(new_row()), boss)
    ImportBatch.objects.filter(pk=old.pk).update(at=NOW - staging.KEPT * 2)
    new = staged(csv_file(new_row()), boss)
    assert list(ImportBatch.objects.all()) == [new]


def test_acts_of_a_changed_event_take_the_place_of_the_old(boss):
    made = factory.event("one")
    Act.objects.create(event=made, what="confirmed", party="CA", day=date(2025, 6, 1))
    imported(csv_file({"slug": "one", "acts": "what: not-confirmed\nparty: CA\nday: 2025-06-01"}), boss)
    assert list(made.acts.values_list("what", flat=True)) == ["not-confirmed"]


@pytest.mark.django_db(transaction=True)
def test_of_two_confirmations_at_the_same_time_one_is_done(boss):
    batch = planned(csv_file(new_row()), boss)

    def attempt(_number):
        try:
            confirm(batch, boss)
        except Refused as error:
            return str(error)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(attempt, range(2)))
    assert answers == ["This file was imported already.", "done"]
    assert Event.objects.count() == 1
