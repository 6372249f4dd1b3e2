"""The page of the treaty clock over small records: what it reads and costs, when it changes, what it never tells."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest

from tests.elements import read
from tests.factory import ago, change, event, moment, published, rule
from timeline.scene.deadlines import due
from tracker.clock import DueState
from tracker.models.desk import Act, Link
from tracker.models.record import Revision
from tracker.publishing import publish, retract, schedule

pytestmark = pytest.mark.django_db

RULES = {
    "article-34-7-1": "Article 34.7.1",
    "article-34-7-2": "Article 34.7.2",
    "usc-19-4611-b-1": "19 U.S.C. 4611(b)(1)",
}


@pytest.fixture
def rules():
    return {slug: rule(slug, citation_en=citation) for slug, citation in RULES.items()}


def with_act(slug, what, day, *, party="", **fields):
    """An event with an act, at the desk."""
    made = event(slug, date=day, kind="review-milestone", **fields)
    Act.objects.create(event=made, what=what, day=day, party=party)
    return made


def in_force(rules):
    publish(with_act("force", "entered-into-force", "2020-07-01", rule=rules["article-34-7-1"]), since=ago(days=900))


def notice_due(rules):
    """The day of the notice for the first review, and what met it, both on the record."""
    due_day = event("notice-due", date="2025-10-04", kind="legal-deadline", rule=rules["usc-19-4611-b-1"])
    publish(due_day, since=ago(days=300))
    made = event("notice", date="2025-10-06")
    Link.objects.create(event=made, type="meets", to=due_day)
    publish(made, since=ago(days=290))
    return made


def notice():
    """How the day of the first notice stands on the record now."""
    entries = [row.entry("en") for row in Revision.objects.at(moment(datetime.now(UTC))).treaty()]
    found = next(one for one in due(entries, date(2026, 6, 1)) if one.id == "due-usc-19-4611-b-1-2025-10-04")
    return found.state, [entry.slug for entry in found.met_by], found.late


def test_a_late_notice_met_its_deadline_late_until_it_is_retracted(rules):
    in_force(rules)
    made = notice_due(rules)
    assert notice() == (DueState.MET, ["notice"], 2)
    retract(made, reason="It was another notice.")
    assert notice() == (DueState.PASSED, [], None)


def test_the_clock_reads_acts_rules_and_what_meets_them_by_day_and_nothing_else(rules):
    in_force(rules)
    notice_due(rules)
    published("other", date="2025-01-01")
    follows = event("follows", date="2025-12-01")
    Link.objects.create(event=follows, type="follows", to=follows.__class__.objects.get(slug="force"))
    publish(follows)
    aside = event("aside", date="2025-12-02")
    Link.objects.create(event=aside, type="follows", to=follows)
    publish(aside)
    rows = Revision.objects.at(moment(datetime.now(UTC))).treaty()
    assert [row.slug for row in rows] == ["force", "notice-due", "notice", "follows"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_three_queries_at_any_size(client, django_assert_num_queries, rules, count):
    in_force(rules)
    for number in range(count):
        published(f"due-{number}", kind="legal-deadline", rule=rules["usc-19-4611-b-1"])
    with django_assert_num_queries(3):  # what stands, rules, treaty
        client.get("/clock/")


def test_the_tag_changes_when_an_editor_marks_a_rule_as_checked(client, rules):
    in_force(rules)
    tag = client.get("/clock/").headers["ETag"]
    assert client.get("/clock/", headers={"If-None-Match": tag}).status_code == 304
    change(rules["article-34-7-1"], checked=True, checked_on=date(2026, 7, 1))
    answer = client.get("/clock/", headers={"If-None-Match": tag})
    assert answer.status_code == 200
    assert "Checked against the official text on 1 July 2026" in answer.content.decode()
    assert "1 of the 3 rules on this page has been checked" in answer.content.decode()


def test_a_scheduled_step_is_not_told_before_its_moment(client, rules):
    in_force(rules)
    before = read(client, "/clock/")
    schedule(
        with_act("secret-step", "withdrawal-notice", "2026-01-02", party="MX"), datetime.now(UTC) + timedelta(days=1)
    )
    after = read(client, "/clock/")
    assert "secret-step" not in after and "Mexico gave notice" not in after
    stamps = re.compile(r"ca-clock-\w+|recorded=[^\"&]*|\d\d:\d\d UTC|\d{4}-\d\d-\d\dT[\d:.]+Z")
    assert stamps.sub("", unescape(before)) == stamps.sub("", unescape(after))


@pytest.mark.parametrize("loaded", [False, True])
def test_a_page_before_anything_was_known_tells_nothing_and_stands(client, rules, loaded):
    if loaded:
        published("one", since=ago(days=20))
    page = read(client, "/clock/?as_of=2019-01-01")
    assert "Nothing was on the record at that moment." in page
    assert "No legal deadline follows from the record of this day." in page


def test_a_rule_that_the_table_lacks_leaves_its_place_empty(client):
    publish(with_act("force", "entered-into-force", "2020-07-01"), since=ago(days=900))
    page = read(client, "/clock/?as_of=2026-06-01")
    assert 'id="due-article-34-7-2-2026-07-01"' in page
    assert "None of the 0 rules" not in page


@pytest.mark.parametrize("query", ["", "?as_of=2026-06-01", "?step=confirmed:all:2029-07-01"])
@pytest.mark.parametrize("prefix", ["", "/fr"])
def test_the_fragment_is_all_that_stands_in_the_page(client, rules, query, prefix):
    in_force(rules)
    page, fragment = (read(client, f"{prefix}/clock/{part}{query}") for part in ("", "results/"))
    title, _end, rest = fragment.partition("</title>")
    assert title.partition("<title>")[2] == page.partition("<title>")[2].partition("</title>")[0]
    assert rest.strip() in page


def test_a_line_of_contents_leads_to_each_section(client, rules):
    in_force(rules)
    page = read(client, "/clock/")
    (contents,) = re.findall(r'<nav class="contents".*?</nav>', page, re.S)
    found = re.findall(r'href="#([^"]+)"', contents)
    assert found == ["why", "what-if", "deadlines", "duties", "open", "cite"]
    assert [one for one in found if f'id="{one}"' not in page] == []
