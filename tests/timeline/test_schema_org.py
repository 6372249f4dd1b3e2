"""Events as schema.org data, in pages and as a file: read back by extruct, with nothing said that is not known."""

import json
from datetime import UTC, datetime, time

import extruct
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.elements import read
from tests.factory import ago, change, event, published, stamp
from timeline.scene import schema_org
from tracker import edtf
from tracker.models.catalogue import Actor, Place
from tracker.models.desk import Act, AnnouncedDate, Participation
from tracker.publishing import publish
from tracker.vocabulary import Kind

SITE = "http://127.0.0.1:8000"


def graph(client, address: str) -> dict[str, dict]:
    """The things of a page by their types, as extruct reads them."""
    found = extruct.extract(read(client, address), base_url=SITE, syntaxes=["json-ld"])["json-ld"]
    assert [one["@context"] for one in found] == ["https://schema.org"]
    return {thing["@type"]: thing for thing in found[0]["@graph"]}


def meeting(slug="one", **fields):
    return event(slug, kind="ministerial-meeting", **fields)


@pytest.mark.django_db
def test_a_meeting_is_an_event_with_its_time_place_people_and_sources(client):
    made = meeting(date="2026-02-04", clock_time=time(9, 30), zone="America/New_York", sources=2)
    made.place = Place.objects.create(slug="ottawa", name_en="Ottawa", name_es="Ottawa", name_fr="Ottawa")
    made.save()
    actor = Actor.objects.create(slug="minister", kind="person", name_en="A Person", name_es="P", name_fr="P")
    Participation.objects.create(event=made, actor=actor, role_en="Minister", role_es="M", role_fr="M")
    publish(made)
    found = graph(client, "/events/one/")
    page = found["Event"].pop("mainEntityOfPage")
    assert found["Event"] == {
        "@type": "Event",
        "@id": f"{SITE}/events/one/#event",
        "identifier": str(made.pk),
        "name": "Title of one",
        "description": "Summary of one in en.",
        "url": f"{SITE}/events/one/",
        "keywords": ["Ministerial meeting or mission", "Review process"],
        "about": [{"@type": "Country", "name": "Canada"}],
        "eventStatus": "https://schema.org/EventScheduled",
        "startDate": "2026-02-04T09:30:00-05:00",
        "location": {"@type": "Place", "name": "Ottawa"},
        "attendee": [{"@type": "Person", "name": "A Person", "jobTitle": "Minister"}],
    }
    assert (page["@type"], page["inLanguage"], page["temporalCoverage"]) == ("WebPage", "en", "2026-02-04")
    assert [one["url"] for one in page["citation"]] == ["https://example.org/one/0", "https://example.org/one/1"]
    assert page["citation"][0]["publisher"] == {"@type": "Organization", "name": "Example Gazette"}
    steps = found["BreadcrumbList"]["itemListElement"]
    assert [(one["position"], one["item"]) for one in steps] == [(1, f"{SITE}/"), (2, f"{SITE}/events/one/")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "expected"),
    [("cancelled", "EventCancelled"), ("postponed", "EventPostponed"), ("scheduled", "EventRescheduled")],
)
def test_a_moved_event_says_the_days_announced_before(client, status, expected):
    made = meeting(date="2025-11-17", status="scheduled")
    for day, on in (("2025-10-01", "2025-08-01"), ("2025-11-05", "2025-09-01"), ("2025-11", "2025-09-02")):
        AnnouncedDate.objects.create(event=made, date=day, announced_on=on)
    AnnouncedDate.objects.create(event=made, date="[2025-11-10..2025-11-12]", announced_on="2025-09-03")
    publish(change(made, status=status))
    found = graph(client, "/events/one/")["Event"]
    assert found["eventStatus"] == f"https://schema.org/{expected}"
    assert found["previousStartDate"] == ["2025-10-01", "2025-11-05"]
    assert found["startDate"] == "2025-11-17"


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["2025-11-17", "2025-11-17?", "2025-11"])
def test_a_day_that_held_or_was_only_made_more_exact_has_not_moved(client, said):
    made = meeting(date="2025-11-17?", status="scheduled")
    AnnouncedDate.objects.create(event=made, date=said, announced_on="2025-08-01")
    publish(change(made, status="occurred"))
    found = graph(client, "/events/one/")["Event"]
    assert (found["eventStatus"], "previousStartDate" in found) == ("https://schema.org/EventScheduled", False)


DATES = [
    ("2025-06-15/2025-06-17", "2025-06-15", "2025-06-17"),
    ("2025-06", "2025-06", None),
    ("2025", "2025", None),
    ("2025-06-15/..", "2025-06-15", None),
    ("2025-06~", None, None),
    ("2025-06-15?", None, None),
    ("2025-33", None, None),
    ("2025-21", None, None),
    ("[2025-06-01..2025-06-09]", None, None),
    ("[..2025-12]", None, None),
]


@pytest.mark.django_db
def test_a_vague_date_is_never_told_as_a_day(client):
    for number, (date, _start, _end) in enumerate(DATES):
        publish(meeting(f"event-{number}", date=date))
    things = {one["url"].split("-")[-1]: one for one in json.loads(file(client))["@graph"][2:]}
    for number, (date, start, end) in enumerate(DATES):
        found = things[f"{number}/"]
        assert (found.get("startDate"), found.get("endDate")) == (start, end), date
        assert found["mainEntityOfPage"]["temporalCoverage"] == date


TYPES = dict.fromkeys(schema_org.MEETINGS, "Event") | {Kind.LEGISLATION: "Legislation", Kind.REPORT: "Report"}


@pytest.mark.django_db
def test_each_kind_has_its_type_and_only_people_who_meet_are_an_event(client):
    for kind in Kind:
        published(kind.value, kind=kind.value, date="2025-06-01")
    held = event("held", kind="review-milestone")
    Act.objects.create(event=held, what="review-held", day="2025-06-01")
    publish(held)
    found = {one["url"]: one for one in json.loads(file(client))["@graph"][2:]}
    types = {kind: found[f"{SITE}/events/{kind.value}/"]["@type"] for kind in Kind}
    assert types == {kind: TYPES.get(kind, "CreativeWork") for kind in Kind}
    assert found[f"{SITE}/events/held/"]["@type"] == "Event"
    dated = {kind for kind in Kind if "datePublished" in found[f"{SITE}/events/{kind.value}/"]}
    assert dated == {Kind.REPORT, Kind.STATEMENT}
    assert found[f"{SITE}/events/legislation/"]["legislationJurisdiction"] == ["Canada"]


def file(client, query: str = "") -> bytes:
    answer = client.get(f"/events.jsonld{query}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/ld+json")
    return b"".join(answer)


@pytest.mark.django_db
def test_the_file_holds_all_events_of_the_query_in_one_graph_as_their_pages_do(client):
    for number in range(3):
        publish(meeting(f"event-{number}", date=f"2025-06-0{number + 1}", texts=("en", "es")))
    published("other", countries=["MX"])
    body = json.loads(file(client, "?country=CA&order=oldest"))
    assert body["@context"] == "https://schema.org"
    site, selection, *things = body["@graph"]
    assert (site["@type"], selection["@type"]) == ("WebSite", "Dataset")
    assert selection["@id"] == f"{SITE}/events.jsonld?country=CA&order=oldest"
    assert selection["sameAs"].startswith(f"{SITE}/events.jsonld?country=CA&order=oldest&recorded=")
    assert [one["url"] for one in things] == [f"{SITE}/events/event-{n}/" for n in range(3)]
    assert things[0] == graph(client, "/events/event-0/")["Event"]
    assert len({one["@id"] for one in body["@graph"]}) == 5
    assert file(client, "?country=CA") == file(client, "?country=CA")


@pytest.mark.django_db
def test_the_file_of_nothing_is_a_graph_too(client):
    assert [one["@type"] for one in json.loads(file(client))["@graph"]] == ["WebSite", "Dataset"]


@pytest.mark.django_db
def test_a_text_in_another_language_than_the_page_says_so(client):
    publish(meeting())
    found = graph(client, "/fr/events/one/")["Event"]
    assert found["name"] == {"@value": "Title of one", "@language": "en"}
    assert found["mainEntityOfPage"]["inLanguage"] == "en"
    assert found["@id"] == f"{SITE}/events/one/#event"  # one thing, three pages


@pytest.mark.django_db
def test_the_front_page_describes_the_record_and_its_files_and_other_views_do_not(client):
    published("one", since=ago(days=2))
    found = graph(client, "/es/")
    assert found["WebSite"]["url"] == f"{SITE}/es/"
    files = {one["encodingFormat"]: one["contentUrl"] for one in found["Dataset"]["distribution"]}
    assert files["text/csv"] == f"{SITE}/es/events.csv" and files["application/x-ndjson"] == f"{SITE}/es/events.ndjson"
    assert "license" not in found["Dataset"]  # that of the code covers neither quotations nor what was added since
    assert "ld+json" not in read(client, "/?country=CA").partition("</head>")[0].replace("application/json+oembed", "")


@pytest.mark.django_db
def test_nothing_in_a_text_ends_the_block_of_data(client):
    words = "</script><script>alert(1)</script> & \u2028 <!--"
    publish(meeting(title=words))
    page = read(client, "/events/one/")
    assert "<script>alert" not in page and "\u2028" not in page.partition("</head>")[0].partition("ld+json")[2]
    assert graph(client, "/events/one/")["Event"]["name"] == words


@given(
    st.recursive(st.text() | st.none() | st.integers(), lambda inner: st.dictionaries(st.text(), inner), max_leaves=9)
)
def test_data_in_a_page_reads_back_and_holds_no_sign_of_markup(value):
    text = schema_org.in_html(value)
    assert json.loads(text) == value
    assert not set(text) & set("<>&\u2028\u2029")


@given(st.sampled_from(["2025", "2025-06", "2025-06-15", "2025-21", "2025-33"]), st.sampled_from(["", "~", "?", "%"]))
def test_only_plain_points_are_iso_dates(text, qualifier):
    date = edtf.parse(text + qualifier)
    plain = not qualifier and text not in ("2025-21", "2025-33")
    assert schema_org.iso_text(date) == (text if plain else None)


@pytest.mark.django_db
def test_a_view_of_the_past_says_what_was_known_then(client):
    made = meeting(date="2025-12-20", status="scheduled")
    publish(made, since=datetime(2025, 12, 1, tzinfo=UTC))
    publish(change(made, status="cancelled"), since=stamp(0))
    assert graph(client, "/events/one/")["Event"]["eventStatus"] == "https://schema.org/EventCancelled"
    found = graph(client, "/events/one/?as_of=2025-12-05")["Event"]
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    assert found["url"] == f"{SITE}/events/one/?as_of=2025-12-05"
