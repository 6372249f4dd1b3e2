"""The briefing: what it says of a selection, read from the Word file as a stranger reads it."""

import json
from datetime import date

import pytest

from tests.factory import ago, change, cite, event, published, retitle, rule
from tests.word_file import WordFile
from tracker.models.desk import Act, AnnouncedDate
from tracker.publishing import publish, retract

pytestmark = pytest.mark.django_db


def word(client, query="", language="en") -> WordFile:
    prefix = "" if language == "en" else f"/{language}"
    answer = client.get(f"{prefix}/events.docx{query}")
    assert answer.status_code == 200, answer.content
    return WordFile(answer.content)


def titles(file: WordFile) -> list[str]:
    """The titles of the events, in the order of the document."""
    return [next(iter(line.links)).removesuffix(".") for line in file.styled("Event")]


def some(count=3):
    """Events of the first days of as many months."""
    return [published(f"event-{n}", date=f"2025-{n:02}-05", since=ago(days=30)) for n in range(1, count + 1)]


@pytest.mark.parametrize(
    "query", ["", "?country=CA", "?order=newest", "?order=significance", "?q=title", "?limit=2", "?kind=hearing"]
)
def test_the_briefing_tells_the_events_of_the_query(client, query):
    some()
    published("other", date="2025-02", countries=["MX"], kind="hearing", significance=3, since=ago(days=9))
    told = json.loads(client.get(f"/events.json{query}").content)["events"]
    found = titles(word(client, query))
    assert sorted(found) == sorted(one["title"] for one in told)
    if "order=" in query:
        assert found == [one["title"] for one in told]


def test_months_are_headings_the_oldest_first_unless_the_query_orders_otherwise(client):
    some()
    published("vague", date="2025", since=ago(days=30))
    file = word(client)
    assert file.texts("Heading2") == ["2025", "January 2025", "February 2025", "March 2025"]
    assert file.texts("Heading1") == ["Events", "About this briefing"]
    assert word(client, "?order=newest").texts("Heading2")[:2] == ["March 2025", "February 2025"]
    flat = word(client, "?order=significance")
    assert (flat.texts("Heading2"), "Most significant first." in flat.texts("BodyText")) == ([], True)


def test_every_source_stands_in_a_note_of_its_own(client):
    made = event("an-event", sources=0)
    cite(
        made,
        "https://example.org/a?b=1&c=2",
        publisher="Diario de Pruebas",
        title="Un título",
        language="es",
        tier="press",
        published="2025-06",
        archived_url="https://archive.example.org/a",
    )
    cite(made, "https://example.org/b", publisher="A Ministry", title="", tier="primary")
    made.citations.update(accessed_on=date(2025, 7, 2))
    publish(made)
    file = word(client)
    (line,) = file.styled("Event")
    assert line.text.endswith("Summary of an-event in en.,")  # the comma stands between the numbers of the notes
    assert [file.notes[number].text for number in line.notes] == [
        " Diario de Pruebas, “Un título”, June 2025 (Press, Spanish). https://example.org/a?b=1&c=2. "
        "Kept copy: https://archive.example.org/a. Read on 2 July 2025.",
        " A Ministry, no title seen on the page, no date seen (Official). https://example.org/b. Read on 2 July 2025.",
    ]
    first = file.notes[line.notes[0]]
    assert first.languages == {"es-MX": "Un título"}
    assert first.links == {
        "https://example.org/a?b=1&c=2": "https://example.org/a?b=1&c=2",
        "https://archive.example.org/a": "https://archive.example.org/a",
    }


def test_what_is_not_simply_a_fact_says_so(client):
    made = event("moved", date="2025-11-17", status="scheduled", kind="hearing", countries=["CA", "US"])
    AnnouncedDate.objects.create(event=made, date="2025-11-17", announced_on="2025-10-01")
    publish(made, since=ago(days=30))
    publish(change(made, date="2025-12-03/2025-12-05", status="cancelled"), since=ago(days=20))
    file = word(client)
    (line,) = file.styled("Event")
    assert line.text.startswith("3–5 December 2025 (cancelled). Title of moved. ")
    assert file.texts("EventDetail") == [
        "Canada, United States · Hearing. First set for 17 November 2025. "
        "Rests on a single source that is not official."
    ]


def test_a_text_that_falls_back_or_is_a_draft_says_so_and_bears_its_language(client):
    published("english", date="2025-01-01")
    made = event("draft", date="2025-02-01", texts=("en", "es"))
    made.texts.filter(language="es").update(state="draft")
    publish(made)
    file = word(client, language="es")
    english, draft = file.styled("Event")
    assert english.languages == {"en-US": "Title of english.Summary of english in en."}
    assert draft.languages == {}
    details = file.texts("EventDetail")
    assert ("English" in details[0] or "inglés" in details[0], len(details)) == (True, 2)
    default = file.part("word/styles.xml").find(".//{*}rPrDefault//{*}lang")
    assert default.get(default.tag.replace("lang", "val")) == "es-MX"


def test_the_facts_name_their_articles_in_notes(client):
    term = rule("article-34-7-1", citation_en="Article 34.7.1", summary_en="The term.", address="https://example.org/t")
    rule("article-34-7-2", citation_en="Article 34.7.2", summary_en="The first review.")
    force = event("force", date="2020-07-01", kind="review-milestone", rule=term)
    Act.objects.create(event=force, what="entered-into-force", day=date(2020, 7, 1))
    publish(force, since=ago(days=900))
    file = word(client, "?as_of=2025-01-01")
    assert file.texts("TableName")[:5] == [
        "State",
        "Last step",
        "Next step",
        "End of the term",
        "Newest event on record",
    ]
    state, last, following, end, newest = file.styled("TableLead")
    assert state.text == "In force. The first joint review is due on 1 July 2026."
    assert last.text == "1 July 2020. The agreement entered into force."
    assert newest.text == "1 July 2020."
    assert [file.notes[one.notes[0]].text for one in (last, following, end)] == [
        " Article 34.7.1. The term. https://example.org/t. Not yet checked against the official text.",
        " Article 34.7.2. The first review. Not yet checked against the official text.",
        " Article 34.7.1. https://example.org/t. Not yet checked against the official text.",
    ]
    assert file.texts("TableHead") == ["Day", "What is due", "Legal basis", "State"]
    assert "1 July 2026" not in file.texts("Heading2")


def test_a_selection_says_its_filters_its_day_and_what_it_leaves_out(client):
    some()
    lead = word(client, "?country=CA&limit=2").texts("Lead")
    assert lead[0].startswith("Events selected: Canada. As known on ")
    assert lead[0].endswith(". 2 of the 3 events that match, each with its sources.")
    assert lead[1].startswith("Permanent address: http://127.0.0.1:8000/?country=CA&limit=2&recorded=")
    empty = word(client, "?country=MX")
    assert empty.texts("Lead")[0].endswith(". No event matches this selection.")
    assert "No event matches this selection." in empty.texts("BodyText")
    assert list(empty.notes) == []


def test_an_empty_record_has_a_briefing(client):
    assert titles(word(client)) == []


def test_a_pinned_briefing_never_changes_and_a_live_one_follows_the_record(client):
    made = published("an-event", title="As it was", since=ago(days=3))
    pinned = word(client).styled("Lead")[1].text.rsplit("recorded=", 1)[1]
    first = client.get(f"/events.docx?recorded={pinned}").content
    publish(retitle(made, "As it is"))
    published("another")
    assert client.get(f"/events.docx?recorded={pinned}").content == first
    assert client.get(f"/events.pdf?recorded={pinned}").content == client.get(f"/events.pdf?recorded={pinned}").content
    assert sorted(titles(word(client))) == ["As it is", "Title of another"]
    retract(made, reason="An error.")
    assert titles(word(client)) == ["Title of another"]
    assert titles(WordFile(first)) == ["As it was"]
