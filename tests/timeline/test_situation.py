"""The situation in one sentence and three facts, turned back day by day."""

from datetime import date

import pytest

from tests.factory import START, ZONE
from timeline.scene.situation import situation, span_words
from tracker.entry import from_content
from tracker.moment import start_of


def entry(number, slug, day, acts, status="occurred", kind="review-milestone"):
    """An entry that holds acts, as frozen content gives it."""
    text = {"state": "reviewed", "title": slug, "label": slug, "summary": slug, "note": ""}
    content = {
        "slug": slug,
        "date": day,
        "time": None,
        "status": status,
        "kind": kind,
        "significance": "milestone",
        "countries": ["CA", "US", "MX"],
        "place": None,
        "texts": {"en": text},
        "topics": [],
        "actors": [],
        "sources": [],
        "acts": [{"day": day, "sets": "", "note": "", "party": "", **act} for act in acts],
        "announced": [],
        "links": [],
    }
    known = start_of(date.fromisoformat(day[:10]) if len(day) == 10 else START.date(), ZONE)
    row = {"event": number, "number": 1, "known_from": known, "recorded_from": START, "stated": START}
    return from_content(content, "en", **row, reason="", classes=(), sequence=0)


FORCE = entry(1, "force", "2020-07-01", [{"what": "entered-into-force"}])
REVIEW = entry(2, "review", "2026-07-01", [{"what": "review-held"}])
REFUSAL = entry(3, "refusal", "2026-07-01", [{"what": "not-confirmed", "party": "US"}])
SIGNED = entry(4, "signed", "2018-11-30", [])


def told(entries, day):
    found = situation(entries, date.fromisoformat(day), "en")
    return found.sentence, {fact.heading: (fact.day, fact.words) for fact in found.facts}


@pytest.mark.parametrize(
    ("entries", "day", "sentence"),
    [
        ([], "2017-01-01", "Nothing was on the record at that moment."),
        ([SIGNED], "2019-01-01", "The agreement is not in force yet."),
        ([FORCE], "2025-09-19", "In force. The first joint review is due on 1 July 2026."),
        ([FORCE], "2026-06-30", "In force. The first joint review is tomorrow."),
        ([FORCE], "2026-07-01", "In force. The first joint review is today."),
        (
            [FORCE, REVIEW, REFUSAL],
            "2026-07-02",
            "In force and reviewed every year. It ends in 2036 unless all three countries confirm an extension.",
        ),
        ([FORCE, REVIEW, REFUSAL], "2036-07-01", "The agreement ended on 1 July 2036."),
    ],
)
def test_the_sentence_follows_the_clock(entries, day, sentence):
    assert told(entries, day)[0] == sentence


def test_the_three_facts_of_november_2026():
    _sentence, facts = told([FORCE, REVIEW, REFUSAL], "2026-11-22")
    assert facts == {
        "Last step": (
            "1 July 2026",
            "Joint review held. The United States did not confirm a new 16-year term.",
        ),
        "Next step": (
            "About July 2027",
            "First annual joint review, expected, not yet set. The treaty fixes no day; the Commission has set none.",
        ),
        "End of the term": ("1 July 2036", "In 9 years and 7 months, if nothing is confirmed before."),
    }


def test_a_review_that_nobody_set_has_no_day():
    _sentence, facts = told([FORCE, REVIEW, REFUSAL], "2027-06-30")
    assert not any(character.isdigit() for character in facts["Next step"][0].replace("2027", ""))


def test_a_day_that_the_commission_set_is_said():
    setting = entry(5, "set", "2027-03-01", [{"what": "review-set", "sets": "2027-07-05"}])
    _sentence, facts = told([FORCE, REVIEW, REFUSAL, setting], "2027-03-02")
    assert facts["Next step"] == ("5 July 2027", "First annual joint review, as set by the Commission.")


def test_an_extension_moves_the_end_and_the_rhythm():
    parties = [{"what": "confirmed", "party": party} for party in ("CA", "US", "MX")]
    sentence, facts = told([FORCE, REVIEW, REFUSAL, entry(6, "yes", "2029-07-01", parties)], "2029-07-02")
    assert sentence == "In force and extended to 2045. Joint reviews follow every six years."
    assert facts["Next step"][0] == "By 1 July 2035"
    assert facts["End of the term"][0] == "1 July 2045"


def test_a_notice_of_withdrawal_is_said_with_its_day():
    notice = entry(8, "notice", "2027-01-15", [{"what": "withdrawal-notice", "party": "CA"}])
    sentence, facts = told([FORCE, REVIEW, REFUSAL, notice], "2027-01-16")
    assert sentence.endswith("Canada leaves on 15 July 2027.")
    assert facts["Last step"] == ("15 January 2027", "Canada gave notice of withdrawal.")


def test_the_newest_event_is_the_latest_that_has_begun():
    later = entry(7, "due", "2030-01-01", [], status="scheduled")
    found = situation([FORCE, REVIEW, later], date(2026, 11, 22), "en")
    assert found.newest.slug == "review"


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-11-22", "2036-07-01", "9 years and 7 months"),
        ("2026-11-22", "2027-11-22", "1 year"),
        ("2026-11-22", "2026-12-22", "1 month"),
        ("2026-11-22", "2026-12-21", "29 days"),
        ("2026-11-22", "2026-11-23", "1 day"),
    ],
)
def test_time_left_is_said_in_whole_years_and_months(first, last, words):
    assert span_words(date.fromisoformat(first), date.fromisoformat(last)) == words


def test_the_facts_ahead_lead_to_their_events_where_the_record_has_them():
    yearly = entry(5, "first-yearly", "2027-07~", [], status="expected")
    ends = entry(6, "ends", "2036-07-01", [], status="scheduled", kind="legal-deadline")
    other = entry(7, "other", "2031-07~", [], status="expected")
    found = situation([other, FORCE, REVIEW, REFUSAL, yearly, ends], date(2026, 11, 22), "en")
    assert [fact.slug for fact in found.facts] == ["refusal", "first-yearly", "ends"]
    found = situation([other, FORCE, REVIEW, REFUSAL], date(2026, 11, 22), "en")
    assert [fact.slug for fact in found.facts] == ["refusal", "", ""]
