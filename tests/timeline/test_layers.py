"""The layers of the timeline page: off unless asked for; links between drawn events, deadlines computed from acts."""

import re
from datetime import UTC, date, datetime

import pytest
from django.core.cache import caches

from tests.factory import event, published, rule
from timeline.layout import Viewport
from timeline.scene.layers import deadline_lane
from tracker.models.desk import Act, Link
from tracker.publishing import publish, retract

pytestmark = pytest.mark.django_db

WINDOW = "start=2025-01-01&end=2025-12-31"
TERM = "start=2025-06-01&end=2026-12-31"


def page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def chained(*slugs: str, link: str = "follows", since=None) -> list:
    """Events a month apart, each linking to the one before."""
    made = []
    for number, slug in enumerate(slugs, 1):
        one = event(slug, date=f"2025-{number:02}-05")
        if made:
            Link.objects.create(event=one, to=made[-1], type=link)
        publish(one, since=since)
        made.append(one)
    return made


def lines(text: str) -> int:
    """How many links the legend says are drawn."""
    found = re.search(r"<li>(\d+) links? drawn", text)
    return int(found[1]) if found else 0


def deadlines(text: str) -> dict[str, str]:
    """The pieces of the lane of deadlines: what each says, and where it leads."""
    lane = re.search(r'<section class="lane computed".*?</section>', text, re.S)
    links = re.findall(r"<a (.*?)>(.*?)</a>", lane[0], re.S) if lane else []
    return {re.sub("<.*?>", "", inside): re.search(r'href="(.*?)"', start)[1] for start, inside in links}


def treaty(*, met: bool = True) -> dict:
    """An agreement in force and its first review, with the day for the notice and, if `met`, the notice."""
    known = datetime(2020, 7, 1, 12, tzinfo=UTC)
    force = event("in-force", date="2020-07-01", kind="review-milestone", countries=["CA", "US", "MX"])
    Act.objects.create(event=force, what="entered-into-force", day=date(2020, 7, 1))
    publish(force, since=known)
    due = event(
        "notice-due", date="2025-10-04", kind="legal-deadline", status="scheduled", rule=rule("usc-19-4611-b-1")
    )
    publish(due, since=known)
    if met:
        notice = event("notice", date="2025-09-17", kind="consultation", countries=["US"])
        Link.objects.create(event=notice, to=due, type="meets")
        publish(notice, since=datetime(2025, 9, 17, 16, tzinfo=UTC))
    return {"force": force, "due": due}


def test_a_page_has_no_layer_unless_asked_and_offers_both(client):
    chained("one", "two")
    treaty()
    text = page(client, f"/?{WINDOW}")
    assert 'class="ties"' not in text and "lane computed" not in text and "layers.css" not in text
    assert f'href="/?{WINDOW.replace("&", "&amp;")}&amp;layers=links"' in text
    assert f'href="/?{WINDOW.replace("&", "&amp;")}&amp;layers=deadlines"' in text
    assert not re.search(r'id="layer-\w+"[^>]*aria-current', text)


def test_a_layer_that_is_on_is_told_and_can_be_turned_off(client):
    published("one")
    text = page(client, f"/?{WINDOW}&layers=links,deadlines")
    on = re.findall(r'<a href="([^"]*)"[^>]*id="layer-(\w+)"[^>]*aria-current="true"', text)
    start = f"/?{WINDOW.replace('&', '&amp;')}"
    assert on == [(f"{start}&amp;layers=deadlines", "links"), (f"{start}&amp;layers=links", "deadlines")]


def test_links_are_drawn_between_events_that_the_window_shows(client):
    chained("one", "two", "three")
    assert lines(page(client, f"/?{WINDOW}&layers=links")) == 2
    assert lines(page(client, "/?start=2025-02-01&end=2025-12-31&layers=links")) == 1
    assert lines(page(client, f"/?{WINDOW}&layers=links&q=two")) == 0
    assert lines(page(client, f"/?{WINDOW}")) == 0


def test_the_legend_tells_only_the_types_that_are_drawn(client):
    chained("one", "two", link="retaliates-for")
    text = page(client, f"/?{WINDOW}&layers=links")
    assert "Retaliated by" in text
    assert "Implemented by" not in text
    assert "Retaliated by" not in page(client, f"/?{WINDOW}")


def test_a_retracted_event_has_no_links_drawn(client):
    made = chained("one", "two", "three")
    retract(made[1], reason="Never happened.")
    assert lines(page(client, f"/?{WINDOW}&layers=links")) == 0


def test_a_link_set_later_is_not_drawn_before_it_was_known(client):
    first, second = event("one", date="2025-01-05"), event("two", date="2025-02-05")
    publish(first, since=datetime(2025, 1, 5, 17, tzinfo=UTC))
    publish(second, since=datetime(2025, 2, 5, 17, tzinfo=UTC))
    Link.objects.create(event=second, to=first, type="follows")
    publish(second, since=datetime(2025, 6, 1, 17, tzinfo=UTC))
    assert lines(page(client, f"/?{WINDOW}&layers=links")) == 1
    assert lines(page(client, f"/?{WINDOW}&layers=links&as_of=2025-05-01")) == 0


def test_the_chain_of_the_event_opened_stands_out(client):
    chained("one", "two")
    assert 'class="follows strong"' in page(client, f"/?{WINDOW}&layers=links&event=two")
    assert 'class="follows strong"' not in page(client, f"/?{WINDOW}&layers=links")


def test_a_deadline_leads_to_what_met_it_else_to_its_event_else_to_the_clock(client):
    treaty()
    found = deadlines(page(client, f"/?{TERM}&layers=deadlines"))
    assert found["270-day notice, 4 October 2025, computed from a rule, met"] == "/events/notice/"
    clock = [address for words, address in found.items() if words.startswith("180-day report, 2 January 2026")]
    assert clock == ["/clock/#due-usc-19-4611-b-2-2026-01-02"]


def test_deadlines_are_turned_back_with_the_record(client):
    treaty()
    words, address = next(iter(deadlines(page(client, f"/?{TERM}&layers=deadlines&as_of=2025-09-16")).items()))
    assert (words, address) == (
        "270-day notice, 4 October 2025, computed from a rule, running",
        "/events/notice-due/?as_of=2025-09-16",
    )
    assert deadlines(page(client, f"/?{TERM}&layers=deadlines&as_of=2020-06-30")) == {}


def test_deadlines_are_not_counted_among_the_events_nor_in_the_data(client):
    treaty()
    plain, drawn = (page(client, f"/?{TERM}{more}") for more in ("", "&layers=deadlines"))
    shown = re.compile(r'id="shown">([^<]*)<')
    assert shown.search(plain)[1] == shown.search(drawn)[1]
    one, other = (client.get(f"/events.json?limit=9{more}").json()["events"] for more in ("", "&layers=deadlines"))
    assert one == other


def test_a_narrow_screen_is_told_the_deadlines_as_a_list(client):
    treaty()
    text = page(client, f"/?{TERM}&layers=deadlines")
    told = re.search(r'<section class="told".*?</section>', text, re.S)[0]
    assert '<a href="/events/notice/">270-day notice</a>' in told
    assert "All deadlines on the treaty clock" in told


def test_a_window_without_deadlines_has_no_lane_for_them():
    assert deadline_lane((), Viewport(date(2025, 1, 1), date(2025, 12, 31)), date(2025, 1, 1), 1040) is None


@pytest.mark.parametrize("count", [1, 3])
def test_links_cost_no_query_and_deadlines_one(client, django_assert_num_queries, count):
    chained(*(f"event-{number}" for number in range(count)))
    caches["process"].clear()
    with django_assert_num_queries(5):
        client.get(f"/?{WINDOW}&layers=links&event=event-0")
    with django_assert_num_queries(5):
        client.get(f"/?{WINDOW}&layers=links,deadlines&event=event-0")


def test_the_embed_draws_no_layer(client):
    chained("one", "two")
    text = page(client, f"/embed/?{WINDOW}&layers=links,deadlines")
    assert 'class="ties"' not in text and "lane computed" not in text
