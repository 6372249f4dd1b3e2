"""The URL grammar: what is read, that every Query has one spelling, and that reading it back gives the same Query."""

from datetime import UTC, date, datetime, timedelta, timezone
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from timeline.query import BadQuery, canonical, hidden_fields, in_words, parse, reading
from timeline.query.faults import Refused
from timeline.query.table import PARAMETERS
from tracker import edtf
from tracker.clock import PARTIES, Step
from tracker.clock.scenario import FIRST_YEAR, KINDS, LAST_YEAR
from tracker.query import CountryFilter, Query
from tracker.vocabulary import (
    ChangeClass,
    Country,
    Kind,
    Lanes,
    Language,
    Layer,
    Look,
    Order,
    Reading,
    Significance,
    Standing,
    Theme,
)

TOPICS = ("tariffs", "autos", "dairy", "rules-of-origin")
ACTORS = ("mary-ng", "jamieson-greer", "dominic-leblanc", "marcelo-ebrard", "ustr")
CA, US, MX = Country


@pytest.fixture(autouse=True, scope="module")
def english():
    with translation.override("en"):
        yield


def read(text: str) -> Query:
    return parse(QueryDict(text), topics=lambda: TOPICS, actors=lambda: ACTORS)


# Query string as a reader may write it, the values, the canonical spelling.
GOOD = [
    ("country=ca", {"country": (CountryFilter((CA,)),)}, "country=CA"),
    (
        "country=mx&country=US,+ca",
        {"country": tuple(CountryFilter((one,)) for one in (CA, US, MX))},
        "country=CA,US,MX",
    ),
    (
        "country=Only:us-ca-us,MX",
        {"country": (CountryFilter((MX,)), CountryFilter((CA, US), only=True))},
        "country=MX,only:CA-US",
    ),
    (
        "kind=hearing,,dispute&kind=dispute",
        {"kind": (Kind.DISPUTE, Kind.HEARING)},
        "kind=dispute,hearing",
    ),
    ("topic=tariffs,autos", {"topic": ("autos", "tariffs")}, "topic=autos,tariffs"),
    ("actor=ustr", {"actor": ("ustr",)}, "actor=ustr"),
    ("status=no-outcome", {"status": (Standing.NO_OUTCOME,)}, "status=no-outcome"),
    (
        "significance=milestone,minor",
        {"significance": (Significance.MINOR, Significance.MILESTONE)},
        "significance=minor,milestone",
    ),
    (
        "to=[2026..2027-03-01]&from=2025-06~",
        {"first": edtf.parse("2025-06~"), "last": edtf.parse("[2026..2027-03-01]")},
        "from=2025-06~&to=%5B2026..2027-03-01%5D",
    ),
    ("from=2026&to=2026-01-01", {"first": edtf.parse("2026"), "last": edtf.parse("2026-01-01")}, None),
    (
        "start=2025-01-01&end=2025-01-08",
        {"start": date(2025, 1, 1), "end": date(2025, 1, 8)},
        None,
    ),
    (
        "start=2024-02-29&end=2084-02-29",
        {"start": date(2024, 2, 29), "end": date(2084, 2, 29)},
        None,
    ),
    ("end=2025-01-01", {"end": date(2025, 1, 1)}, None),
    ("lanes=kind", {"lanes": Lanes.KIND}, None),
    ("q=++soft%C2%A0 wood%20", {"q": "soft wood"}, "q=soft+wood"),
    ("q=Me%CC%81xico", {"q": "México"}, "q=M%C3%A9xico"),
    ("q=%22a,b:c%22&order=relevance", {"q": '"a,b:c"', "order": Order.RELEVANCE}, "q=%22a,b:c%22&order=relevance"),
    ("event=agreement-signed", {"event": "agreement-signed"}, None),
    ("limit=020", {"limit": 20}, "limit=20"),
    ("cursor=2026-07-01.12", {"cursor": "2026-07-01.12"}, None),
    (
        "recorded=2026-11-22T12:00:00.5Z&as_of=2026-11-22",
        {"recorded": datetime(2026, 11, 22, 12, 0, 0, 500000, UTC), "as_of": date(2026, 11, 22)},
        "as_of=2026-11-22&recorded=2026-11-22T12:00:00.500000Z",
    ),
    ("since=2026-11-22", {"since": "2026-11-22"}, None),
    ("since=2026-11-22T12:00:00.0Z", {"since": "2026-11-22T12:00:00Z"}, "since=2026-11-22T12:00:00Z"),
    ("b=2026-01-01&a=2025-01-01", {"a": date(2025, 1, 1), "b": date(2026, 1, 1)}, "a=2025-01-01&b=2026-01-01"),
    ("height=0600&look=list", {"look": Look.LIST, "height": 600}, "look=list&height=600"),
    (
        "change=new,date-moved&change=new",
        {"change": (ChangeClass.NEW, ChangeClass.DATE_MOVED)},
        "change=new,date-moved",
    ),
    ("layers=deadlines,links", {"layers": (Layer.LINKS, Layer.DEADLINES)}, "layers=links,deadlines"),
    (
        "step=withdrawal-notice:us:2030-01-15&step=confirmed:CA-mx-us:2029-07-01",
        {
            "step": (
                Step("confirmed", ("US", "MX", "CA"), date(2029, 7, 1)),
                Step("withdrawal-notice", ("US",), date(2030, 1, 15)),
            )
        },
        "step=confirmed:all:2029-07-01,withdrawal-notice:US:2030-01-15",
    ),
    (
        "step=withdrawal-rescinded:ca-us:2027-02-28,not-confirmed:MX:2026-07-01",
        {
            "step": (
                Step("not-confirmed", ("MX",), date(2026, 7, 1)),
                Step("withdrawal-rescinded", ("CA", "US"), date(2027, 2, 28)),
            )
        },
        "step=not-confirmed:MX:2026-07-01,withdrawal-rescinded:US-CA:2027-02-28",
    ),
    ("reading=literal", {"reading": Reading.LITERAL}, None),
    ("theme=dark", {"theme": Theme.DARK}, None),
    ("lang=fr", {"lang": "fr"}, None),
    ("", {}, ""),
    ("kind=&q=&from=+&topic=,&limit=&order=", {}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values", "printed"), GOOD)
def test_a_query_string_is_read_to_its_values_and_printed_in_one_spelling(text, values, printed):
    query = read(text)
    assert query == Query(**values)
    assert canonical(query) == (text if printed is None else printed)


def test_the_slugs_on_record_are_asked_for_only_when_needed():
    asked = []

    def slugs(kind):
        asked.append(kind)
        return {"tariffs"}

    parse(QueryDict("kind=dispute&topic=&actor=,"), topics=lambda: slugs("t"), actors=lambda: slugs("a"))
    assert asked == []
    parse(QueryDict("topic=tariffs,tariffs&topic=tariffs"), topics=lambda: slugs("t"), actors=lambda: slugs("a"))
    assert asked == ["t"]


def test_anything_with_lists_is_read_like_a_query_string():
    params = MultiValueDict({"kind": ["hearing", "dispute"], "lang": ["es"]})
    assert parse(params, topics=tuple, actors=tuple) == read("kind=dispute,hearing&lang=es")


def test_pairs_are_the_canonical_names_and_values():
    query = read("to=2026&kind=hearing&kind=dispute&utm_source=x&q=soft+wood&as_of=2026-01-02")
    assert query.pairs == (
        ("kind", "dispute,hearing"),
        ("to", "2026"),
        ("q", "soft wood"),
        ("as_of", "2026-01-02"),
    )


def test_changes_replace_or_drop_values():
    query = read("kind=dispute&event=agreement-signed&cursor=20&order=relevance&q=steel")
    assert canonical(query, event=None, cursor="") == "kind=dispute&q=steel&order=relevance"
    assert canonical(query, kind=(Kind.HEARING, *query.kind), event=None, cursor=None) == (
        "kind=dispute,hearing&q=steel&order=relevance"
    )
    assert canonical(query, kind="", order="", q="", event="", cursor="", start="") == ""
    assert canonical(query, kind=None, first=edtf.parse("2026-01"), event="", cursor="") == (
        "from=2026-01&q=steel&order=relevance"
    )


def test_an_order_by_relevance_goes_with_its_words():
    assert canonical(read("order=relevance&q=steel&lang=en"), q=None) == "lang=en"


def test_a_change_of_no_field_of_a_query_is_a_mistake_of_the_caller():
    with pytest.raises(TypeError):
        canonical(Query(), colour="red")


def test_hidden_fields_leave_out_what_the_form_asks_for():
    query = read("from=2025&kind=hearing,dispute&q=steel&lang=fr")
    assert hidden_fields(query, without={"q", "from"}) == [("kind", "dispute,hearing"), ("lang", "fr")]


def is_searchable(text: str) -> bool:
    try:
        reading.words(reading.trimmed(text))
    except Refused:
        return False
    return text == reading.trimmed(text)


DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))
INSTANTS = st.datetimes(
    datetime(1000, 1, 2), datetime(2999, 12, 30), timezones=st.sampled_from([UTC, timezone(timedelta(hours=-5))])
)
POINTS = st.builds("{:%Y-%m}{}".format, DAYS, st.sampled_from(["", "~", "?", "%"])) | DAYS.map(str)
SPANS = st.builds(str.format, st.sampled_from(["{}", "{}/..", "../{}", "[{}..]", "[..{}]"]), POINTS).map(edtf.parse)
COUNTRY_FILTERS = st.builds(
    lambda chosen: CountryFilter(tuple(one for one in Country if one in chosen), only=True),
    st.sets(st.sampled_from(Country), min_size=1),
) | st.sampled_from(Country).map(lambda one: CountryFilter((one,)))
STEPS = st.builds(
    Step,
    st.sampled_from(KINDS),
    st.sets(st.sampled_from(PARTIES), min_size=1).map(tuple),
    st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)),
)
WORDS = st.text(max_size=60).filter(is_searchable).map(reading.words)


def some(values):
    return st.lists(values, max_size=4)


def in_rank(name, values):
    """The values as a Query holds them: in the order of the grammar, each once."""
    (row,) = [row for row in PARAMETERS if row.name == name]
    return row.in_order(values)


def rarely(strategy, empty=None):
    return st.just(empty) | strategy


@st.composite
def queries(draw) -> Query:
    """Any Query that the grammar can say, as it is read."""
    first, last, start = draw(rarely(SPANS)), draw(rarely(SPANS)), draw(rarely(DAYS))
    if first and last and first.earliest and last.latest and first.earliest > last.latest:
        last = None
    end = start and start + timedelta(days=draw(st.integers(7, 60 * 365)))
    q = draw(rarely(WORDS, ""))
    orders = [order for order in Order if q or order != Order.RELEVANCE]
    return Query(
        country=in_rank("country", draw(some(COUNTRY_FILTERS))),
        kind=in_rank("kind", draw(some(st.sampled_from(Kind)))),
        topic=in_rank("topic", draw(some(st.sampled_from(TOPICS)))),
        actor=in_rank("actor", draw(some(st.sampled_from(ACTORS)))),
        status=in_rank("status", draw(some(st.sampled_from(Standing)))),
        significance=in_rank("significance", draw(some(st.sampled_from(Significance)))),
        first=first,
        last=last,
        q=q,
        event=draw(rarely(st.from_regex(r"[A-Za-z0-9_-]{1,80}", fullmatch=True), "")),
        order=draw(rarely(st.sampled_from(orders))),
        limit=draw(rarely(st.integers(1, 200))),
        cursor=draw(rarely(st.from_regex(r"[0-9.-]{1,40}", fullmatch=True), "")),
        as_of=draw(rarely(DAYS)),
        recorded=draw(rarely(INSTANTS)),
        start=start,
        end=end if end and end.year < 3000 else None,
        lanes=draw(rarely(st.sampled_from(Lanes))),
        since=draw(rarely(DAYS.map(str), "")),
        a=draw(rarely(DAYS)),
        b=draw(rarely(DAYS)),
        change=in_rank("change", draw(some(st.sampled_from(ChangeClass)))),
        layers=in_rank("layers", draw(some(st.sampled_from(Layer)))),
        step=in_rank("step", draw(some(STEPS))),
        reading=draw(rarely(st.sampled_from(Reading))),
        look=draw(rarely(st.sampled_from(Look))),
        theme=draw(rarely(st.sampled_from(Theme))),
        height=draw(rarely(st.integers(200, 4000))),
        lang=draw(rarely(st.sampled_from(Language), "")),
    )


@given(queries())
def test_a_query_printed_and_read_is_the_same_query(query):
    printed = canonical(query)
    assert read(printed) == query
    assert canonical(read(printed)) == printed
    assert urlencode(read(printed).pairs, safe=",:") == printed


@given(queries(), st.data())
def test_the_order_of_parameters_and_values_changes_nothing(query, data):
    many = {row.name for row in PARAMETERS if row.many}
    singles = [
        (name, value)
        for name, text in hidden_fields(query, without=())
        for value in (text.split(",") if name in many else [text])
    ]
    shuffled = data.draw(st.permutations(singles))
    assert canonical(read(urlencode(shuffled))) == canonical(query)


NOISE = st.lists(st.tuples(st.sampled_from(["utm_source", "fbclid", "Kind", "kind[]", "pairs", "first"]), st.text()))


@given(queries(), NOISE)
def test_unknown_parameters_change_nothing(query, noise):
    noise = [(name, value.encode("utf-8", "replace")) for name, value in noise]
    noisy = read("&".join([urlencode(noise), canonical(query), urlencode(noise)]))
    assert (noisy, noisy.pairs) == (query, read(canonical(query)).pairs)


NAMES = st.sampled_from([row.name for row in PARAMETERS]).map(str.encode)
BYTES = st.binary() | st.lists(st.tuples(NAMES, st.binary(max_size=30)), max_size=8).map(
    lambda chosen: b"&".join(name + b"=" + value for name, value in chosen)
)
TEXTS = st.dictionaries(st.sampled_from([row.name for row in PARAMETERS]), st.lists(st.text(max_size=20), max_size=3))


@given(BYTES.map(QueryDict) | TEXTS.map(MultiValueDict))
def test_whatever_is_sent_is_read_or_refused_in_lines_that_can_be_printed(params):
    try:
        query = parse(params, topics=lambda: TOPICS, actors=lambda: ACTORS)
    except BadQuery as bad:
        lines = str(bad).splitlines()
        assert len(lines) == len(bad.faults) > 0
        assert all(line.isprintable() for line in lines)
    else:
        assert read(canonical(query)) == query
        assert in_words(query, "en", topic_names={}, actor_names={}).isprintable() or query.q
