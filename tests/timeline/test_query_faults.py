"""The faults of a query string: each said in one line with what is allowed."""

from dataclasses import fields

import pytest
from django.http import QueryDict
from django.utils import translation
from django.utils.datastructures import MultiValueDict

from timeline.query import BadParameter, BadQuery, parse
from timeline.query.table import PARAMETERS
from tracker.query import Query

TOPICS = ("tariffs", "autos", "dairy", "rules-of-origin")
ACTORS = ("mary-ng", "jamieson-greer", "dominic-leblanc", "marcelo-ebrard", "ustr")


@pytest.fixture(autouse=True, scope="module")
def english():
    with translation.override("en"):
        yield


def fault_lines(text: str) -> list[str]:
    with pytest.raises(BadQuery) as caught:
        parse(QueryDict(text), topics=lambda: TOPICS, actors=lambda: ACTORS)
    assert [str(fault) for fault in caught.value.faults] == str(caught.value).split("\n")
    return str(caught.value).split("\n")


KINDS = (
    "consultation, dispute, hearing, leader-meeting, legal-deadline, legislation, ministerial-meeting, "
    "negotiation-round, report, review-milestone, statement, subnational-visit, tariff-action"
)
COUNTRIES = "CA, US, MX; for exactly the countries named: only:CA, only:CA-US"
STANDINGS = "cancelled, expected, no-outcome, occurred, postponed, scheduled, under-way"
SPAN = (
    "a day (2025-09-17), a month (2025-09), a season (2026-21 to 2026-24), a quarter (2026-33 to 2026-36), a year "
    "(2026) or another EDTF date, in the years 1000 to 2999"
)
DAY = "a day like 2025-09-17, in the years 1000 to 2999"
INSTANT = "an instant in UTC like 2026-11-22T12:00:00Z, in the years 1000 to 2999"
DAY_OR_INSTANT = "a day like 2025-09-17 or an instant in UTC like 2026-11-22T12:00:00Z, in the years 1000 to 2999"
WINDOW = "a day from 7 days to 60 years after"
SLUG = "the name of an event as in its address: letters, digits, hyphens, at most 80"
CURSOR = "the cursor that the page before gave, or none"
WORD = "at least one word, at most 200 characters"
ORDERS = "newest, oldest, relevance, significance"
CHANGES = "date-moved, details, new, restored, retracted, source-added, status-changed, translation, wording"
STEP = (
    "what, who and when, like confirmed:all:2029-07-01: not-confirmed, confirmed, withdrawal-notice, "
    "withdrawal-rescinded; all, US, MX, CA or several as US-CA; a day in 2017 to 2100"
)
CUT = "a" * 59 + "…"

# Query string, the one line of its fault.
FAULTS = [
    ("country=FR", f'country: "FR" is not known; allowed: {COUNTRIES}'),
    ("country=CA-US", f'country: "CA-US" is not known; allowed: {COUNTRIES}'),
    ("country=only:", f'country: "only:" is not known; allowed: {COUNTRIES}'),
    ("country=only:CA-", f'country: "only:CA-" is not known; allowed: {COUNTRIES}'),
    ("country=just:CA", f'country: "just:CA" is not known; allowed: {COUNTRIES}'),
    ("country=:CA", f'country: ":CA" is not known; allowed: {COUNTRIES}'),
    ("country=only:only:CA", f'country: "only:only:CA" is not known; allowed: {COUNTRIES}'),
    ("kind=tarif", f'kind: "tarif" is not known; allowed: {KINDS}'),
    ("kind=Dispute", f'kind: "Dispute" is not known; allowed: {KINDS}'),
    ("kind=" + "a" * 201, f'kind: "{CUT}" is too long; allowed: at most 200 characters'),
    ("kind=dispute%00", 'kind: "dispute\ufffd" holds a control character; allowed: printable characters'),
    ("kind=" + "a," * 101, f'kind: "{("a," * 30)[:59]}…" is too long a list; allowed: at most 100 values'),
    ("kind=a&" * 101, f'kind: "{("a," * 30)[:59]}…" is too long a list; allowed: at most 100 values'),
    ("topic=tarifs", 'topic: "tarifs" is not known; allowed: autos, dairy, rules-of-origin, tariffs'),
    ("topic=TARIFFS", 'topic: "TARIFFS" is not known; allowed: autos, dairy, rules-of-origin, tariffs'),
    (
        "actor=Jamieson+Greer",
        'actor: "Jamieson Greer" is not known; '
        "allowed: jamieson-greer, marcelo-ebrard, dominic-leblanc, see the list of people and bodies among the filters",
    ),
    (
        "actor=marie",
        'actor: "marie" is not known; allowed: mary-ng, marcelo-ebrard, jamieson-greer, '
        "see the list of people and bodies among the filters",
    ),
    ("actor=zzz", 'actor: "zzz" is not known; allowed: see the list of people and bodies among the filters'),
    ("status=done", f'status: "done" is not known; allowed: {STANDINGS}'),
    ("status=under_way", f'status: "under_way" is not known; allowed: {STANDINGS}'),
    ("significance=2", 'significance: "2" is not known; allowed: minor, major, milestone'),
    ("significance=MAJOR", 'significance: "MAJOR" is not known; allowed: minor, major, milestone'),
    ("from=yesterday", f'from: "yesterday" is no date; allowed: {SPAN}'),
    ("from=2025-13", f'from: "2025-13" is no date; allowed: {SPAN}'),
    ("from=0999", f'from: "0999" is no date; allowed: {SPAN}'),
    ("from=2025&from=2025", 'from: "2025, 2025" is more than one value; allowed: one value'),
    (
        "from=2026-02&to=2026-01",
        'from: "2026-02" is later than to; allowed: a date that begins no later than 2026-01-31',
    ),
    ("to=2025-02-29", f'to: "2025-02-29" is no date; allowed: {SPAN}'),
    ("to=../..", f'to: "../.." is no date; allowed: {SPAN}'),
    ("start=2025", f'start: "2025" is no day; allowed: {DAY}'),
    ("start=20250917", f'start: "20250917" is no day; allowed: {DAY}'),
    ("start=0999-12-31", f'start: "0999-12-31" is no day; allowed: {DAY}'),
    ("end=2025-02-30", f'end: "2025-02-30" is no day; allowed: {DAY}'),
    ("end=3000-01-01", f'end: "3000-01-01" is no day; allowed: {DAY}'),
    ("end=٢٠٢٥-٠١-٠١", f'end: "٢٠٢٥-٠١-٠١" is no day; allowed: {DAY}'),
    (
        "start=2025-01-01&end=2025-01-01",
        f'end: "2025-01-01" is not after start; allowed: {WINDOW} 2025-01-01',
    ),
    (
        "start=2025-01-01&end=2025-01-07",
        f'end: "2025-01-07" is too near to start; allowed: {WINDOW} 2025-01-01',
    ),
    (
        "start=2025-01-01&end=2085-01-02",
        f'end: "2085-01-02" is too far from start; allowed: {WINDOW} 2025-01-01',
    ),
    ("lanes=actor", 'lanes: "actor" is not known; allowed: country, kind, topic'),
    ("lanes=kind,topic", 'lanes: "kind,topic" is not known; allowed: country, kind, topic'),
    ("q=%2B%21%22", f'q: "+!"" has no word to look for; allowed: {WORD}'),
    ("q=-steel", f'q: "-steel" has no word to look for; allowed: {WORD}'),
    ("q=a%00b", 'q: "a\ufffdb" holds a control character; allowed: printable characters'),
    ("q=a%E2%80%A8b", 'q: "a\ufffdb" holds a control character; allowed: printable characters'),
    ("q=" + "a" * 201, f'q: "{CUT}" is too long; allowed: at most 200 characters'),
    ("q=steel&q=wood", 'q: "steel, wood" is more than one value; allowed: one value'),
    ("event=a/b", f'event: "a/b" is not allowed; allowed: {SLUG}'),
    ("event=" + "a" * 81, f'event: "{CUT}" is not allowed; allowed: {SLUG}'),
    ("order=random", f'order: "random" is not known; allowed: {ORDERS}'),
    ("order=-newest", f'order: "-newest" is not known; allowed: {ORDERS}'),
    (
        "order=relevance&q=+",
        'order: "relevance" needs words in q; allowed: newest, oldest, significance; with words in q also relevance',
    ),
    ("limit=0", 'limit: "0" is not allowed; allowed: a whole number from 1 to 200'),
    ("limit=201", 'limit: "201" is not allowed; allowed: a whole number from 1 to 200'),
    ("limit=1.5", 'limit: "1.5" is not allowed; allowed: a whole number from 1 to 200'),
    ("limit=٥", 'limit: "٥" is not allowed; allowed: a whole number from 1 to 200'),
    ("limit=" + "9" * 5000, f'limit: "{"9" * 59}…" is too long; allowed: at most 200 characters'),
    ("cursor=next", f'cursor: "next" is not allowed; allowed: {CURSOR}'),
    ("cursor=" + "1" * 41, f'cursor: "{"1" * 41}" is not allowed; allowed: {CURSOR}'),
    ("as_of=today", f'as_of: "today" is no day; allowed: {DAY}'),
    ("as_of=2025-9-17", f'as_of: "2025-9-17" is no day; allowed: {DAY}'),
    ("recorded=2026-11-22", f'recorded: "2026-11-22" is no instant; allowed: {INSTANT}'),
    (
        "recorded=2026-11-22T12:00:00%2B00:00",
        f'recorded: "2026-11-22T12:00:00+00:00" is no instant; allowed: {INSTANT}',
    ),
    ("recorded=2026-11-22T25:00:00Z", f'recorded: "2026-11-22T25:00:00Z" is no instant; allowed: {INSTANT}'),
    ("recorded=2026-11-22t12:00:00z", f'recorded: "2026-11-22t12:00:00z" is no instant; allowed: {INSTANT}'),
    ("recorded=0999-11-22T12:00:00Z", f'recorded: "0999-11-22T12:00:00Z" is no instant; allowed: {INSTANT}'),
    ("recorded=0001-01-01T00:00:00Z", f'recorded: "0001-01-01T00:00:00Z" is no instant; allowed: {INSTANT}'),
    ("recorded=9999-12-31T23:59:59Z", f'recorded: "9999-12-31T23:59:59Z" is no instant; allowed: {INSTANT}'),
    ("since=2026-11-22T12:00", f'since: "2026-11-22T12:00" is no day or instant; allowed: {DAY_OR_INSTANT}'),
    ("since=2026-11-31", f'since: "2026-11-31" is no day; allowed: {DAY_OR_INSTANT}'),
    ("a=2026", f'a: "2026" is no day; allowed: {DAY}'),
    ("a=2026-01-01&a=2026-01-02", 'a: "2026-01-01, 2026-01-02" is more than one value; allowed: one value'),
    ("b=2026-W01-1", f'b: "2026-W01-1" is no day; allowed: {DAY}'),
    ("b=2026-00-01", f'b: "2026-00-01" is no day; allowed: {DAY}'),
    ("look=map", 'look: "map" is not known; allowed: list, next, timeline'),
    ("look=list&look=list", 'look: "list, list" is more than one value; allowed: one value'),
    ("change=moved", f'change: "moved" is not known; allowed: {CHANGES}'),
    ("change=NEW", f'change: "NEW" is not known; allowed: {CHANGES}'),
    ("layers=map", 'layers: "map" is not known; allowed: deadlines, links'),
    ("layers=Links", 'layers: "Links" is not known; allowed: deadlines, links'),
    ("step=confirmed:all", f'step: "confirmed:all" is no step; allowed: {STEP}'),
    ("step=confirmed:all:2027-02-30", f'step: "confirmed:all:2027-02-30" is no step; allowed: {STEP}'),
    ("step=confirmed:all:2101-01-01", f'step: "confirmed:all:2101-01-01" is no step; allowed: {STEP}'),
    ("step=confirmed:FR:2029-07-01", f'step: "confirmed:FR:2029-07-01" is no step; allowed: {STEP}'),
    ("step=review-held:all:2029-07-01", f'step: "review-held:all:2029-07-01" is no step; allowed: {STEP}'),
    ("reading=usual", 'reading: "usual" is not known; allowed: common, literal'),
    ("reading=common,literal", 'reading: "common,literal" is not known; allowed: common, literal'),
    ("theme=blue", 'theme: "blue" is not known; allowed: auto, dark, light'),
    ("theme=Dark", 'theme: "Dark" is not known; allowed: auto, dark, light'),
    ("height=199", 'height: "199" is not allowed; allowed: a whole number from 200 to 4000'),
    ("height=100%25", 'height: "100%" is not allowed; allowed: a whole number from 200 to 4000'),
    ("lang=de", 'lang: "de" is not known; allowed: en, es, fr'),
    ("lang=en-US", 'lang: "en-US" is not known; allowed: en, es, fr'),
]


@pytest.mark.parametrize(("text", "line"), FAULTS)
def test_a_bad_value_is_said_with_what_is_allowed(text, line):
    assert fault_lines(text) == [line]


def test_every_parameter_has_at_least_two_bad_values_above():
    faulted = [line.partition(":")[0] for _, line in FAULTS]
    assert [row.name for row in PARAMETERS if faulted.count(row.name) < 2] == []


def test_every_field_of_a_query_has_one_row():
    assert sorted(row.attribute for row in PARAMETERS) == sorted(
        field.name for field in fields(Query) if field.name != "pairs"
    )


def test_all_faults_are_reported_each_once_in_the_order_of_the_table():
    assert fault_lines("limit=0&lang=de&kind=tarif,dispute,tarif&kind=x&topic=tariffs&limit=&end=x") == [
        f'kind: "tarif" is not known; allowed: {KINDS}',
        f'kind: "x" is not known; allowed: {KINDS}',
        f'end: "x" is no day; allowed: {DAY}',
        'limit: "0" is not allowed; allowed: a whole number from 1 to 200',
        'lang: "de" is not known; allowed: en, es, fr',
    ]


def test_a_fault_names_parameter_value_and_what_is_allowed():
    with pytest.raises(BadQuery) as caught:
        parse(QueryDict("theme=blue"), topics=tuple, actors=tuple)
    (fault,) = caught.value.faults
    assert isinstance(fault, BadParameter)
    assert (fault.name, fault.value, fault.allowed) == ("theme", "blue", "auto, dark, light")


def test_a_fault_found_later_is_said_in_the_same_form():
    fault = BadParameter("cursor", "1.2", "a cursor of ours")
    assert str(BadQuery([fault])) == 'cursor: "1.2" is not allowed; allowed: a cursor of ours'


def test_words_of_a_fault_may_hold_braces():
    assert fault_lines("theme={name}{0}") == ['theme: "{name}{0}" is not known; allowed: auto, dark, light']


def test_a_fault_in_the_words_does_not_fault_the_order_too():
    assert fault_lines("order=relevance&q=-x") == [f'q: "-x" has no word to look for; allowed: {WORD}']


def test_only_five_unknown_actors_are_told_what_is_near():
    lines = fault_lines("actor=" + ",".join(f"mary-n{letter}" for letter in "bcdefh"))
    assert ["mary-ng, " in line for line in lines] == [True] * 5 + [False]


def test_without_topics_on_record_the_fault_says_so():
    with pytest.raises(BadQuery) as caught:
        parse(QueryDict("topic=x"), topics=tuple, actors=tuple)
    assert str(caught.value) == 'topic: "x" is not known; allowed: none, there are no topics yet'


def test_half_of_a_surrogate_pair_is_refused_in_words():
    with pytest.raises(BadQuery) as caught:
        parse(MultiValueDict({"q": ["a\ud800"]}), topics=tuple, actors=tuple)
    assert str(caught.value) == 'q: "a\ufffd" holds a control character; allowed: printable characters'
