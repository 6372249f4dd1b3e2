"""Two people at one page: who comes second sees both sides and saves the merged version, and nobody's work is lost."""

import re
from concurrent.futures import ThreadPoolExecutor
from html import unescape

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.urls import reverse

from tests.admin_form import errors, fields_of, page_of
from tests.factory import event, remark, rule
from tests.signing import member, signed_in
from tracker.models import Actor, Event, Place, Source, Topic, User
from tracker.publishing import publish

pytestmark = pytest.mark.django_db
MINE, SAVED, ASKED = "changed by you alone", "changed by the other alone", "changed by both: choose"


def compared(response) -> list[tuple[str, str, str, str]]:
    """The rows of the table: what, who changed it, my words, the words that are saved."""
    shown = response.content.decode()
    if 'id="lost"' not in shown:
        return []
    table = shown[shown.index('id="lost"') : shown.index("</table>", shown.index('id="lost"'))]
    found = []
    for row in re.findall(r"<tr.*?</tr>", table, re.DOTALL)[1:]:
        what, by = re.search(r"<th[^>]*>(.*?)<small>(.*?)</small>", row).groups()
        sides = re.findall(r'<span class="version">(.*?)</span></label>', row, re.DOTALL)
        found.append((what, by, *(re.sub(r"<br>", " | ", re.sub(r"</?mark>", "", side)) for side in sides)))
    return [tuple(unescape(part.strip()) for part in row) for row in found]


def named(response, what: str) -> str:
    """The name of the choice of that row of the table."""
    return f"merge-{[row[0] for row in compared(response)].index(what)}"


def test_what_only_one_of_both_changed_is_merged_by_itself(desk):
    made = event(title="One")
    found = fields_of(desk.get(page_of(made)))
    assert desk.post(page_of(made), found | {"texts-0-title": "Theirs", "status": "expected"}).status_code == 302
    response = desk.post(page_of(made), found | {"countries": ["CA", "MX"], "texts-0-note": "Of mine"})
    assert "boss saved this at" in errors(response)
    assert compared(response) == [
        ("Status", SAVED, "Occurred", "Expected"),
        ("Countries", MINE, "Canada, Mexico", "Canada"),
        ("English: Title", SAVED, "One", "Theirs"),
        ("English: Note on the date", MINE, "Of mine", "–"),
    ]
    assert desk.post(page_of(made), fields_of(response)).status_code == 302
    made.refresh_from_db()
    text = made.texts.get()
    assert (text.title, text.note, made.status, made.countries, made.version) == (
        *("Theirs", "Of mine", "expected", ["CA", "MX"]),
        3,
    )


@pytest.mark.parametrize(("choice", "title"), [("mine", "Mine"), ("saved", "Theirs")])
def test_where_both_changed_the_same_somebody_chooses(desk, choice, title):
    made = event(title="One")
    found = fields_of(desk.get(page_of(made)))
    desk.post(page_of(made), found | {"texts-0-title": "Theirs"})
    response = desk.post(page_of(made), found | {"texts-0-title": "Mine"})
    assert compared(response) == [("English: Title", ASKED, "Mine", "Theirs")]
    undecided = desk.post(page_of(made), fields_of(response) | {"desk_note": "Typed meanwhile"})
    assert "Choose a side" in errors(undecided)
    assert compared(undecided) == [("English: Title", ASKED, "Mine", "Theirs")]
    assert made.texts.get().title == "Theirs"
    chosen = fields_of(undecided) | {named(undecided, "English: Title"): choice}
    assert desk.post(page_of(made), chosen).status_code == 302
    made.refresh_from_db()
    assert (made.texts.get().title, made.desk_note, made.version) == (title, "Typed meanwhile", 3)


def test_a_choice_may_go_back_on_what_was_merged_by_itself(desk):
    made = event(title="One")
    found = fields_of(desk.get(page_of(made)))
    desk.post(page_of(made), found | {"texts-0-title": "Theirs", "desk_note": "Theirs"})
    response = desk.post(page_of(made), found | {"texts-0-note": "Mine", "significance": "2"})
    again = {named(response, "English: Title"): "mine", named(response, "Significance"): "saved"}
    assert desk.post(page_of(made), fields_of(response) | again).status_code == 302
    made.refresh_from_db()
    text = made.texts.get()
    assert (text.title, text.note, made.desk_note, made.significance) == ("One", "Mine", "Theirs", 1)


def test_what_is_written_after_the_question_counts_over_the_choice(desk):
    made = event(title="One")
    found = fields_of(desk.get(page_of(made)))
    desk.post(page_of(made), found | {"texts-0-title": "Theirs"})
    response = desk.post(page_of(made), found | {"texts-0-title": "Mine"})
    both = fields_of(response) | {"texts-0-title": "Theirs and mine", named(response, "English: Title"): "saved"}
    assert desk.post(page_of(made), both).status_code == 302
    assert made.texts.get().title == "Theirs and mine"


def test_a_third_save_in_between_is_refused_in_the_same_way_and_open_questions_stay(desk):
    made = event(title="One")
    found = fields_of(desk.get(page_of(made)))
    desk.post(page_of(made), found | {"texts-0-title": "Second"})
    response = desk.post(page_of(made), found | {"texts-0-title": "Mine", "desk_note": "Mine"})
    third = fields_of(desk.get(page_of(made)))
    assert desk.post(page_of(made), third | {"status": "expected"}).status_code == 302
    again = desk.post(page_of(made), fields_of(response))
    assert compared(again) == [
        ("Status", SAVED, "Occurred", "Expected"),
        ("Note for editors", MINE, "Mine", "–"),
        ("English: Title", ASKED, "Mine", "Second"),
    ]
    chosen = fields_of(again) | {named(again, "English: Title"): "mine"}
    assert desk.post(page_of(made), chosen).status_code == 302
    made.refresh_from_db()
    assert (made.texts.get().title, made.status, made.desk_note, made.version) == ("Mine", "expected", "Mine", 4)


def test_both_who_made_the_same_of_it_are_not_asked(desk):
    made = event()
    found = fields_of(desk.get(page_of(made))) | {"desk_note": "The same"}
    assert [desk.post(page_of(made), found).status_code for _twice in range(2)] == [302, 302]
    made.refresh_from_db()
    assert (made.desk_note, made.version) == ("The same", 2)


def test_an_error_on_the_page_that_is_refused_loses_nothing(desk):
    made = event(title="One")
    found = fields_of(desk.get(page_of(made)))
    desk.post(page_of(made), found | {"status": "expected"})
    response = desk.post(page_of(made), found | {"date": "no such date", "texts-0-title": "Mine"})
    typed = fields_of(response)
    assert (typed["date"], typed["texts-0-title"], typed["status"]) == ("no such date", "Mine", "expected")
    assert desk.post(page_of(made), typed | {"date": "2025-07-01"}).status_code == 302
    made.refresh_from_db()
    assert (made.date, made.texts.get().title, made.status) == ("2025-07-01", "Mine", "expected")


def test_rows_that_came_and_went_meanwhile_are_told(desk):
    made = event(sources=2)
    found = fields_of(desk.get(page_of(made)))
    gone = made.citations.first()
    new = Source.objects.create(publisher="New Gazette", url="https://example.org/new", tier="press")
    made.citations.create(source=new, position=2)
    gone.delete()
    Event.objects.filter(pk=made.pk).update(version=2)
    response = desk.post(page_of(made), found | {"desk_note": "Mine"})
    assert [row[:2] for row in compared(response)] == [
        ("Note for editors", MINE),
        ("Source: New Gazette: https://example.org/new: row added", SAVED),
        ("Source: row", SAVED),
    ]
    assert desk.post(page_of(made), fields_of(response)).status_code == 302
    made.refresh_from_db()
    assert made.desk_note == "Mine"
    assert set(made.citations.values_list("source__url", flat=True)) == {
        "https://example.org/an-event/1",
        "https://example.org/new",
    }


@pytest.mark.parametrize(("choice", "quotes"), [("mine", ["Of mine"]), ("saved", [])])
def test_a_row_that_i_changed_and_another_removed_is_entered_again_or_dropped(desk, choice, quotes):
    made = event()
    found = fields_of(desk.get(page_of(made)))
    made.citations.all().delete()
    Event.objects.filter(pk=made.pk).update(version=2)
    response = desk.post(page_of(made), found | {"citations-0-quote": "Of mine"})
    assert [row[1] for row in compared(response)] == [ASKED]
    assert "Choose a side" in errors(desk.post(page_of(made), fields_of(response)))
    chosen = fields_of(response) | {named(response, "Source: row"): choice}
    last = desk.post(page_of(made), chosen)
    assert last.status_code == 302, errors(last)
    assert list(made.citations.values_list("quote", flat=True)) == quotes


@pytest.mark.parametrize(("choice", "quotes"), [("mine", []), ("saved", ["Of theirs"])])
def test_a_row_that_i_deleted_and_another_changed_goes_or_stays(desk, choice, quotes):
    made = event()
    found = fields_of(desk.get(page_of(made)))
    made.citations.update(quote="Of theirs")
    Event.objects.filter(pk=made.pk).update(version=2)
    response = desk.post(page_of(made), found | {"citations-0-DELETE": "on"})
    assert [row[1] for row in compared(response)] == [ASKED]
    name = f"merge-{len(compared(response)) - 1}"
    assert desk.post(page_of(made), fields_of(response) | {name: choice}).status_code == 302
    assert list(made.citations.values_list("quote", flat=True)) == quotes


def test_rows_of_both_stay_and_the_same_topic_of_both_is_one(desk):
    made = event()
    found = fields_of(desk.get(page_of(made)))
    autos, steel = (Topic.objects.create(slug=slug, name_en=slug) for slug in ("autos", "steel"))

    def adding(*topics):
        rows = {"eventtopic_set-TOTAL_FORMS": str(1 + len(topics))}
        for number, topic in enumerate(topics, start=1):
            rows |= {f"eventtopic_set-{number}-topic": topic.pk, f"eventtopic_set-{number}-event": made.pk}
            rows |= {f"eventtopic_set-{number}-id": "", f"eventtopic_set-{number}-position": ""}
        return found | rows

    assert desk.post(page_of(made), adding(autos)).status_code == 302
    response = desk.post(page_of(made), adding(autos, steel))
    last = desk.post(page_of(made), fields_of(response))
    assert last.status_code == 302, errors(last)
    assert sorted(made.topics.values_list("slug", flat=True)) == ["autos", "review-process", "steel"]


def test_a_save_without_a_change_stops_nobody(desk):
    made = event()
    found = fields_of(desk.get(page_of(made)))
    changed_at = Event.objects.get(pk=made.pk).changed_at
    assert desk.post(page_of(made), found).status_code == 302
    made.refresh_from_db()
    assert (made.version, made.changed_at) == (1, changed_at)
    assert desk.post(page_of(made), found | {"desk_note": "Mine"}).status_code == 302


def test_a_save_of_rows_alone_counts(desk, boss):
    made = event()
    found = fields_of(desk.get(page_of(made)))
    assert desk.post(page_of(made), found | {"texts-0-title": "Other"}).status_code == 302
    made.refresh_from_db()
    assert (made.version, made.changed_by) == (2, boss)


def test_a_page_opened_while_published_is_refused_for_the_save_alone(desk):
    made = event(title="One")
    publish(made)
    found = fields_of(desk.get(page_of(made)))
    assert found["stage"] == "done"
    assert desk.post(page_of(made), found | {"texts-0-title": "Theirs"}).status_code == 302
    response = desk.post(page_of(made), found | {"texts-0-label": "Mine"})
    assert ("Select a valid choice" in errors(response), "boss saved this" in errors(response)) == (False, True)
    assert desk.post(page_of(made), fields_of(response)).status_code == 302
    made.refresh_from_db()
    assert (made.texts.get().title, made.texts.get().label, made.stage) == ("Theirs", "Mine", "draft")


def test_without_what_the_page_was_opened_with_every_difference_is_asked(desk):
    made = event(title="One")
    found = fields_of(desk.get(page_of(made)))
    desk.post(page_of(made), found | {"texts-0-title": "Theirs"})
    for forged in ("", "x", "\x00", found["opened"][:-3], fields_of(desk.get(page_of(event("other"))))["opened"]):
        response = desk.post(page_of(made), found | {"opened": forged, "desk_note": "Mine"})
        assert [row[:2] for row in compared(response)] == [("Note for editors", ASKED), ("English: Title", ASKED)]


def test_a_crafted_page_is_answered_in_words(desk):
    made = event()
    found = fields_of(desk.get(page_of(made)))
    Event.objects.filter(pk=made.pk).update(version=2)
    crafted = (
        {"citations-TOTAL_FORMS": "99999999999", "citations-0-id": "9" * 40},
        {"citations-TOTAL_FORMS": "\x00", "eventtopic_set-0-topic": "\x00"},
        {"texts-TOTAL_FORMS": "5", "texts-3-language": "de", "texts-4-language": "en"},
        {"citations-0-id": "-1", "citations-0-source": "x" * 5000, "version": "9" * 5000},
    )
    for changes in crafted:
        assert desk.post(page_of(made), found | changes).status_code in (200, 302), changes
    assert desk.post(page_of(made), {}).status_code == 200
    made.refresh_from_db()
    assert made.version == 2


def test_an_event_deleted_meanwhile_is_offered_to_be_entered_anew(desk):
    made = event(title="One")
    found = fields_of(desk.get(page_of(made)))
    Event.objects.filter(pk=made.pk).delete()
    response = desk.post(page_of(made), found | {"texts-0-title": "Mine"})
    assert "Somebody deleted this" in errors(response)
    assert 'action="/admin/tracker/event/add/"' in response.content.decode()
    last = desk.post("/admin/tracker/event/add/", fields_of(response))
    assert last.status_code == 302, errors(last)
    again = Event.objects.get()
    assert (again.texts.get().title, again.citations.count(), again.slug) == ("Mine", 1, "an-event")


def catalogue_rows():
    source = Source.objects.create(publisher="Gazette", title="A notice", url="https://example.org/a", tier="press")
    actor = Actor.objects.create(slug="ministry", name_en="Ministry", kind="body", country="CA")
    return (
        (source, "publisher", "title", ("Publisher", "Title")),
        (actor, "name_en", "name_fr", ("Name [en]", "Name [fr]")),
        (Topic.objects.create(slug="autos", name_en="Autos"), "name_en", "name_es", ("Name [en]", "Name [es]")),
        (Place.objects.create(slug="ottawa", name_en="Ottawa"), "name_en", "name_es", ("Name [en]", "Name [es]")),
    )


def address_of(row, deed="change") -> str:
    return reverse(f"admin:tracker_{row._meta.model_name}_{deed}", args=[row.pk])


def test_rows_of_the_catalogue_are_merged_in_the_same_way(desk, boss):
    for row, theirs, mine, _names in catalogue_rows():
        page = address_of(row)
        found = fields_of(desk.get(page))
        first = desk.post(page, found | {theirs: "Theirs"})
        assert first.status_code == 302, errors(first)
        response = desk.post(page, found | {mine: "Mine"})
        assert "boss saved this at" in errors(response), page
        assert [who[1:] for who in compared(response)] == [
            (SAVED, found[theirs], "Theirs") if name == theirs else (MINE, "Mine", found[mine] or "–")
            for name in sorted((theirs, mine), key=list(found).index)
        ]
        assert desk.post(page, fields_of(response)).status_code == 302
        row.refresh_from_db()
        assert (getattr(row, theirs), getattr(row, mine), row.version, row.changed_by) == ("Theirs", "Mine", 3, boss)


def test_a_popup_that_is_behind_is_refused_too(desk):
    row = Source.objects.create(publisher="Gazette", url="https://example.org/a", tier="press")
    page = address_of(row) + "?_popup=1"
    found = fields_of(desk.get(page))
    desk.post(address_of(row), found | {"publisher": "Theirs"})
    response = desk.post(page, found | {"publisher": "Mine", "_popup": "1"})
    assert compared(response) == [("Publisher", ASKED, "Mine", "Theirs")]
    row.refresh_from_db()
    assert row.publisher == "Theirs"


def test_what_changed_since_the_page_that_asks_is_not_deleted(desk):
    made = event(title="One")
    for row in [made, *(row for row, *_rest in catalogue_rows())]:
        page = address_of(row, "delete")
        asked = fields_of(desk.get(page))
        type(row).objects.filter(pk=row.pk).update(version=7)
        for posted in (asked, asked | {"edition": ""}, {"post": "yes"}):
            refused = desk.post(page, posted, follow=True)
            assert "was changed meanwhile. Nothing was deleted." in refused.content.decode()
            assert type(row).objects.filter(pk=row.pk).exists(), page
        assert desk.post(page, fields_of(desk.get(page))).status_code == 302
        assert not type(row).objects.filter(pk=row.pk).exists()


def test_of_several_rows_none_is_deleted_if_one_changed_since_the_page_that_asks(desk):
    rows = [Place.objects.create(slug=slug, name_en=slug.capitalize()) for slug in ("ottawa", "lima")]
    chosen = {"action": "delete_unchanged", "_selected_action": [row.pk for row in rows]}
    page = reverse("admin:tracker_place_changelist")
    asked = fields_of(desk.post(page, chosen))
    Place.objects.filter(slug="lima").update(version=2)
    refused = desk.post(page, chosen | asked | {"_selected_action": [row.pk for row in rows]}, follow=True)
    assert "Changed meanwhile: Lima. Nothing was deleted." in refused.content.decode()
    assert Place.objects.count() == 2
    asked = fields_of(desk.post(page, chosen))
    assert desk.post(page, asked | chosen).status_code == 302
    assert Place.objects.count() == 0


def test_an_account_changed_meanwhile_is_merged_too(desk):
    user = member("author", "ana")
    page = address_of(user)
    found = fields_of(desk.get(page))
    assert "version" in found
    User.objects.filter(pk=user.pk).update(email="ana@example.org")
    response = desk.post(page, found | {"first_name": "Ana"})
    assert {row[1:] for row in compared(response)} == {(SAVED, "–", "ana@example.org"), (MINE, "Ana", "–")}
    last = desk.post(page, fields_of(response))
    assert last.status_code == 302, errors(last)
    user.refresh_from_db()
    assert (user.first_name, user.email) == ("Ana", "ana@example.org")


def test_who_may_only_look_is_given_no_version_to_save(db):
    user = User.objects.create_user("reader", password="a long password 1", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_event"))
    shown = signed_in(user).get(page_of(event())).content.decode()
    assert 'name="opened"' not in shown


@pytest.mark.django_db(transaction=True)
def test_of_saves_at_the_same_time_one_is_done_and_the_others_keep_what_they_typed(desk, boss):
    row = Source.objects.create(publisher="Gazette", url="https://example.org/a", tier="press")
    page, clients = address_of(row), [signed_in(boss) for _four in range(4)]
    found = fields_of(desk.get(page))

    def save(number):
        try:
            return clients[number].post(page, found | {"title": f"Title {number}"})
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(save, range(4)))
    row.refresh_from_db()
    done = [number for number, answer in enumerate(answers) if answer.status_code == 302]
    kept = {number: fields_of(answer)["title"] for number, answer in enumerate(answers) if number not in done}
    assert ([row.title], row.version) == ([f"Title {number}" for number in done], 2)
    assert kept == {number: f"Title {number}" for number in range(4) if number not in done}


def test_statements_of_governments_and_the_legal_basis_are_merged_field_by_field(desk):
    made = event()
    first, second = rule(summary_en="The first."), rule("the-second", summary_en="The second.")
    row = remark(made, "CA", "They agree.")
    found = fields_of(desk.get(page_of(made)))
    theirs = {"remarks-0-words_en": "They half agree.", "rule": str(first.pk)}
    assert desk.post(page_of(made), found | theirs).status_code == 302
    mine = {"remarks-0-words_en": "They disagree.", "remarks-0-words_es": "No.", "rule": str(second.pk)}
    response = desk.post(page_of(made), found | mine)
    assert compared(response) == [
        ("Legal basis", ASKED, "Article 34.7.2: The second.", "Article 34.7.2: The first."),
        (
            *("Government’s statement: CA: They half agree.: What was said, in our words [en]", ASKED),
            *("They disagree.", "They half agree."),
        ),
        ("Government’s statement: CA: They half agree.: What was said, in our words [es]", MINE, "No.", "–"),
    ]
    chosen = {"merge-0": "saved", "merge-1": "mine"}
    assert desk.post(page_of(made), fields_of(response) | chosen).status_code == 302
    made.refresh_from_db()
    row.refresh_from_db()
    assert (made.rule, row.words_en, row.words_es, made.version) == (first, "They disagree.", "No.", 3)


def test_statements_that_two_people_add_at_once_both_stay(desk):
    made = event()
    source = made.citations.get().source_id
    found = fields_of(desk.get(page_of(made)))
    for words in ("One.", "Two."):
        new = {"country": "CA", "words_en": words, "source": source}
        posted = found | {f"remarks-0-{name}": value for name, value in new.items()}
        response = desk.post(page_of(made), posted)
        if response.status_code == 200:
            response = desk.post(page_of(made), fields_of(response))
        assert response.status_code == 302, errors(response)
    assert list(made.remarks.values_list("words_en", flat=True)) == ["One.", "Two."]
