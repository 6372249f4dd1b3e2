"""What the governments said, and the legal basis, from the desk to the record: refused in words, frozen, classified,
found."""

from datetime import date

import pytest

from tests.factory import cite, event, published, remark, rule, stamp
from tracker.models import Actor, Remark, Revision
from tracker.publishable import Unpublishable
from tracker.publishing import publish

pytestmark = pytest.mark.django_db


def refusal(made, **kwargs) -> dict:
    with pytest.raises(Unpublishable) as caught:
        publish(made, at=stamp(9), **kwargs)
    return caught.value.message_dict


def found(client, words: str, language: str = "") -> list[str]:
    return [one["slug"] for one in client.get(f"{language}/events.json", {"q": words}).json()["events"]]


def test_a_statement_rests_on_a_source_of_its_event_and_has_english_words():
    made = event()
    elsewhere = cite(event("other"), "https://example.org/elsewhere")
    remark(made, "CA", source=elsewhere)
    remark(made, "MX", words_en=" ", words_es="Dijo")
    remark(made, "", "Words of nobody.")
    assert refusal(made) == {
        "remarks": [
            "Canada: the source of what its government said is none of the event’s sources. "
            "Mexico: what its government said is missing in English. "
            "A government’s statement does not say which country spoke."
        ]
    }


def test_nobody_could_know_a_statement_before_it_was_made():
    made = event()
    remark(made, "CA", said_on=date(2026, 1, 6))
    assert refusal(made, since=stamp(3)) == {
        "remarks": ["Canada: its government spoke on 2026-01-06, and readers are to know of it before."]
    }
    # A day of grace: it may already be tomorrow where they spoke.
    assert publish(made, since=stamp(4), at=stamp(9)).number == 1


def test_a_rule_and_statements_are_frozen_and_their_changes_are_details():
    made = published(since=stamp(0))
    made.rule = rule(citation_fr="Article 34.7.2 (fr)", address="https://example.org/34")
    made.save()
    spoke = Actor.objects.create(slug="ebrard", name_en="Marcelo Ebrard")
    remark(made, "MX", "He agreed.", actor=spoke, said_on=date(2025, 6, 1), quote="Sí.", words_es="Aceptó.")
    row = publish(made)
    assert (row.classes, row.rule) == (["details"], "article-34-7-2")
    entry = row.entry("fr")
    assert (entry.rule.citation, entry.rule.language, entry.rule.address) == (
        *("Article 34.7.2 (fr)", "fr", "https://example.org/34"),
    )
    (said,) = entry.remarks
    assert (said.country, said.by.name, said.words, said.language, said.quote, said.source, said.on) == (
        *("MX", "Marcelo Ebrard", "He agreed.", "en", "Sí.", 1, date(2025, 6, 1)),
    )
    assert row.entry("es").remarks[0].words == "Aceptó."


def test_a_source_that_comes_before_a_statement_s_own_is_added_and_changes_no_detail():
    made = event()
    remark(made, "CA")
    publish(made)
    made.citations.update(position=5)
    cite(made, "https://example.org/first")
    made.citations.filter(source__url="https://example.org/first").update(position=0)
    row = publish(made)
    assert (row.classes, row.entry("en").remarks[0].source) == (["source-added"], 2)


def test_statements_keep_the_order_that_the_editors_gave_them():
    made = event()
    for position, words in ((2, "Second."), (1, "First."), (2, "Third.")):
        remark(made, "CA", words, position=position)
    assert [said.words for said in publish(made).entry("en").remarks] == ["First.", "Second.", "Third."]


def test_readers_find_an_event_by_what_a_government_said_and_who_spoke(client):
    made = event("spoken")
    spoke = Actor.objects.create(slug="ebrard", name_en="Marcelo Ebrard")
    remark(made, "MX", "He agreed to stretch it.", actor=spoke, quote="Vamos despacio", words_es="Aceptó alargarlo.")
    publish(made)
    published("silent")
    assert [found(client, words) for words in ("stretch", "ebrard", '"vamos despacio"')] == [["spoken"]] * 3
    assert [found(client, "alargarlo", language) for language in ("", "/es", "/fr")] == [[], ["spoken"], []]
    assert found(client, "stretch", "/fr") == ["spoken"]


def test_what_hangs_on_a_statement_cannot_be_deleted_away():
    made = event()
    row = remark(made, "CA", actor=Actor.objects.create(slug="a", name_en="A"))
    for kept in (row.actor, row.source):
        with pytest.raises(Exception, match="protected"):
            kept.delete()
    assert (Remark.objects.count(), Revision.objects.count()) == (1, 0)
