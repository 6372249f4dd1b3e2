"""What the address of the treaty clock's page says wrongly: each fault in its place, and nothing else is lost."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest

from tests.elements import Elements
from tests.factory import event
from tracker.publishing import publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_force(db):
    force = event("force", date="2020-07-01", kind="review-milestone")
    force.acts.create(what="entered-into-force", day=date(2020, 7, 1))
    publish(force, since=datetime(2020, 7, 2, tzinfo=UTC))


@pytest.fixture(params=["/clock/", "/fr/clock/results/"])
def refused(client, request):
    """A function that asks for the page or its fragment and expects a refusal."""

    def ask(query):
        answer = client.get(f"{request.param}?{query}")
        assert (answer.status_code, "ETag" in answer.headers) == (400, False)
        body = answer.content.decode()
        assert 'id="due-article-34-7-1-2036-07-01"' in body and 'id="what-if"' in body
        return body

    return ask


def field(body, name):
    return next(attrs for tag, attrs in Elements(body).found if attrs.get("name") == name and "id" in attrs)


@pytest.mark.parametrize(
    ("query", "kind", "kept"),
    [
        ("as_of=2999-06-01", "date", "2999-06-01"),
        ("as_of=2101-01-01", "date", "2101-01-01"),
        ("as_of=2016-12-31", "date", "2016-12-31"),
        ("as_of=2027-02-30", "text", "2027-02-30"),
        ("as_of=soon", "text", "soon"),
        ("as_of=2026-07-01&as_of=2026-07-02", "text", "2026-07-01, 2026-07-02"),
    ],
)
def test_a_bad_day_is_told_beside_its_control_which_is_unfolded_and_keeps_it(refused, query, kind, kept):
    body = refused(query + "&step=confirmed:all:2029-07-01")
    day = field(body, "as_of")
    assert (day["type"], day["value"]) == (kind, kept)
    assert (day["aria-invalid"], day["aria-describedby"]) == ("true", "as_of-fault")
    assert re.search(r"<details open><summary>", body) and 'id="as_of-fault"' in body
    assert ("step", "confirmed:all:2029-07-01") in {
        (attrs["name"], attrs["value"]) for attrs in Elements(body).of("input") if attrs.get("type") == "hidden"
    }


def test_the_days_that_are_allowed_are_told(client):
    told = re.compile(r'id="as_of-fault">(.*?)</span>')
    allowed = re.compile(r"Allowed: a day like 2025-09-17, from 2017-01-01 to 20\d\d-\d\d-\d\d\.$")
    for text in ("2016-12-31", "2027-02-30", "2999-01-01"):
        assert allowed.search(unescape(told.search(client.get(f"/clock/?as_of={text}").content.decode())[1]))


def test_a_day_before_2017_is_refused_beside_other_faults_too(refused):
    body = refused("as_of=1999-01-01&step=odd")
    assert field(body, "as_of")["value"] == "1999-01-01"
    assert "<code>step=odd</code>" in body


def test_a_bad_step_is_listed_above_the_scenario_and_the_good_ones_stay(refused):
    body = refused("step=odd,confirmed:all:2029-07-01&step=confirmed:FR:2030-01-01")
    above, _form, rest = body.partition('id="step-form"')
    listed = above.partition('id="what-if"')[2]
    assert re.findall(r"<code>(.*?)</code>", listed) == ["step=odd", "step=confirmed:FR:2030-01-01"]
    assert field(body, "as_of").get("aria-invalid") is None
    assert 'name="step" value="confirmed:all:2029-07-01"' in rest and 'class="steps-told"' in rest


def test_a_step_that_was_sent_with_a_bad_address_is_not_lost(refused):
    body = refused("as_of=soon&what=withdrawal-notice&who=US&on=2030-01-15&step=confirmed:all:2029-07-01")
    assert 'name="step" value="confirmed:all:2029-07-01,withdrawal-notice:US:2030-01-15"' in body


def test_another_fault_is_listed_above_the_page_and_a_bad_reading_beside_its_control(refused):
    body = refused("recorded=then&reading=odd")
    assert "<code>recorded=then</code>" in body.partition('class="situation"')[0]
    reading = field(body, "reading")
    assert (reading["aria-invalid"], reading["aria-describedby"]) == ("true", "reading-fault")
    assert '<option value="odd" selected>' in body and body.count("selected>", body.index('id="reading"')) == 1


def test_a_hundred_bad_steps_are_refused_without_losing_the_page(refused):
    assert "<code>step=" in refused("step=" + ",".join(f"confirmed:CA:2027-01-{n % 28 + 1:02}" for n in range(120)))
