"""“What would happen if” on the page of the treaty clock: what it tells, what it refuses, and its addresses."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest

from tests.factory import event, rule
from tests.kept import forget
from timeline.layout import terms
from tracker.models.desk import Act
from tracker.publishing import publish

pytestmark = pytest.mark.django_db

ON = "as_of=2026-11-22"
KNOWN = datetime(2020, 7, 2, tzinfo=UTC)


@pytest.fixture
def record(db):
    """What the treaty clock stands on in November 2026."""
    rule("article-34-7-1", citation_en="Article 34.7.1")
    force = event("force", date="2020-07-01", kind="review-milestone")
    force.acts.create(what="entered-into-force", day=date(2020, 7, 1))
    publish(force, since=KNOWN)
    review = event("review", date="2026-07-01", kind="review-milestone")
    Act.objects.create(event=review, what="review-held", day=date(2026, 7, 1))
    Act.objects.create(event=review, what="not-confirmed", party="US", day=date(2026, 7, 1))
    publish(review, since=datetime(2026, 7, 2, tzinfo=UTC))


@pytest.fixture
def ask(client, record):
    """A function that asks for the page with a query as of 22 November 2026."""
    return lambda query="", path="/clock/": client.get(f"{path}?{query}&{ON}")


def words(html: str) -> str:
    """The text without tags, as it is read."""
    return re.sub(r" ([.,:)])", r"\1", " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split()))


def part(response, start: str, end: str) -> str:
    return words(response.content.decode().partition(start)[2].partition(end)[0])


def answer(response) -> str:
    return part(response, 'id="count">', "</p>")


def table(response) -> list[list[str]]:
    found = response.content.decode().partition("<tbody>")
    body = next(one for one in re.findall(r"<tbody>(.*?)</tbody>", "".join(found[1:]), re.S) if 'class="head"' in one)
    rows = re.findall(r"<tr.*?</tr>", body, re.S)
    return [
        [words(re.sub(r'<b class="head".*?</b>', "", cell)) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.S)]
        for row in rows
    ]


def faults(response) -> dict[str, str]:
    return {name: words(text) for name, text in re.findall(r'id="(\w+)-fault">(.*?)</p>', response.content.decode())}


ALL = "step=confirmed:all:"
EXAMPLES = [
    pytest.param(
        ALL + "2026-07-01",
        "The term would end on 1 July 2042 (literal reading: 1 July 2052). "
        "The next reviews would fall by 1 July 2032, then 2038.",
        id="A",
    ),
    pytest.param(
        ALL + "2026-07-01,confirmed:all:2032-07-01",
        "The term would end on 1 July 2048 (literal reading: 1 July 2068). "
        "The next reviews would fall by 1 July 2038, then 2044.",
        id="A, again in 2032",
    ),
    pytest.param(
        "",
        "As things stand the term ends on 1 July 2036. Before that there would be 9 yearly reviews, from 2027 to 2035.",
        id="B and C",
    ),
    pytest.param(
        ALL + "2029-07-01",
        "The term would end on 1 July 2045 (literal reading: 1 July 2052). "
        "The next reviews would fall by 1 July 2035, then 2041.",
        id="B1",
    ),
    pytest.param(
        ALL + "2029-07-01&reading=literal",
        "The term would end on 1 July 2052 (common reading: 1 July 2045). "
        "The next reviews would fall by 1 July 2035, then 2041 and 2047.",
        id="B1, literally",
    ),
    pytest.param(
        ALL + "2028-03-15",
        "The term would end on 15 March 2044 (literal reading: 1 July 2052). "
        "The next reviews would fall by 15 March 2034, then 2040.",
        id="B2",
    ),
    pytest.param(
        "step=withdrawal-notice:US:2026-11-22",
        "The United States would leave on 22 May 2027. For the others the term would end on 1 July 2036. "
        "Before that there would be 9 yearly reviews, from 2027 to 2035.",
        id="D1",
    ),
    pytest.param(
        "step=withdrawal-notice:CA:2027-01-15",
        "Canada would leave on 15 July 2027. For the others the term would end on 1 July 2036. "
        "Before that there would be 9 yearly reviews, from 2027 to 2035.",
        id="D2",
    ),
    pytest.param(
        "step=withdrawal-notice:MX:2027-08-31",
        "Mexico would leave on 29 February 2028. For the others the term would end on 1 July 2036. "
        "Before that there would be 9 yearly reviews, from 2027 to 2035.",
        id="D3",
    ),
    pytest.param(
        "step=withdrawal-notice:US:2036-01-02",
        "The term would end first, on 1 July 2036: before the six months of the notice are over. "
        "No joint review would follow.",
        id="D4",
    ),
    pytest.param(
        "step=withdrawal-notice:US-MX:2027-01-15",
        "The United States would leave on 15 July 2027. Mexico would leave on 15 July 2027. "
        "The agreement would end on 15 July 2027, for fewer than two parties would be left.",
        id="two leave",
    ),
    pytest.param(
        "step=withdrawal-notice:US:2026-01-15",
        "The United States would leave on 15 July 2026. For the others the term would end on 1 July 2036. "
        "Before that there would be 9 yearly reviews, from 2027 to 2035.",
        id="one had left",
    ),
    pytest.param(
        "step=withdrawal-notice:all:2036-01-01",
        "The term would end on 1 July 2036. No joint review would follow.",
        id="all leave on the day on which the term ends",
    ),
    pytest.param(
        ALL + "2029-07-01,not-confirmed:MX:2035-07-01,withdrawal-notice:CA:2040-01-15",
        "Canada would leave on 15 July 2040. The term would end on 1 July 2045 (literal reading: 1 July 2052). "
        "Before that there would be 9 yearly reviews, from 2036 to 2044.",
        id="yearly again",
    ),
    pytest.param(
        "step=confirmed:US:2035-07-02",
        "The term would end on 1 July 2036. An extension needs all parties; still missing: "
        "Canada and Mexico. No joint review would follow.",
        id="one confirms",
    ),
]


@pytest.mark.parametrize(("query", "told"), EXAMPLES)
def test_the_worked_examples_are_told_in_a_sentence(ask, query, told):
    response = ask(query)
    assert (response.status_code, answer(response)) == (200, told)


def test_that_a_confirmation_no_longer_counts_is_explained_under_the_answer(ask):
    words = "How long the confirmation of one party waits for the others is open"
    lapsed = ask("step=confirmed:CA:2028-07-01,confirmed:US:2029-07-01").content.decode()
    assert words in lapsed
    assert words not in ask("step=confirmed:CA-MX:2028-07-01,confirmed:US:2029-07-01").content.decode()


def test_the_table_tells_each_day_of_the_scenario_beside_how_things_stand(ask):
    yearly = "Yearly joint review, expected; no day is set."
    last = "Joint review, on this day at the latest; yearly reviews follow if not all confirm at it."
    extended = "The term is extended to 1 July 2045 (literal reading: 1 July 2052)."
    nothing = "– Nothing"
    assert table(ask(ALL + "2029-07-01")) == [
        ["1 July 2027", yearly, yearly],
        ["1 July 2028", yearly, yearly],
        ["1 July 2029", f"All three confirm the extension. {extended}", yearly],
        *([f"1 July {year}", nothing, yearly] for year in range(2030, 2035)),
        ["1 July 2035", last, yearly],
        ["30 June 2036", nothing, "Last day to confirm an extension."],
        ["1 July 2036", nothing, "The term ends. Article 34.7.1"],
        ["1 July 2041", last, nothing],
        ["30 June 2045", "Last day to confirm an extension.", nothing],
        ["1 July 2045", "The term ends.", nothing],
    ]


def test_the_lines_are_how_things_stand_the_scenario_and_the_other_examples(ask):
    def lines(query):
        return re.findall(
            r"<li class=\"(.*?)\">\s*<p class=\"called\">.*?<strong>(.*?)</strong>", ask(query).content.decode(), re.S
        )

    assert lines("") == [
        ("chosen", "Never confirmed"),
        ("", "All confirm on 1 July 2029"),
        ("", "All confirm on 15 March 2028"),
        ("", "One leaves, notice on 15 January 2027"),
        (" unreal", "All had confirmed on 1 July 2026"),
    ]
    assert lines("step=withdrawal-notice:MX:2027-01-15") == [
        ("", "Never confirmed"),
        ("chosen", "Mexico gives notice of withdrawal, 15 January 2027"),
        ("", "All confirm on 1 July 2029"),
        ("", "All confirm on 15 March 2028"),
        (" unreal", "All had confirmed on 1 July 2026"),
    ]


def test_an_end_after_2052_is_cut_and_said_so(ask):
    body = ask(ALL + "2026-07-01,confirmed:all:2038-07-01").content.decode()
    assert "1 July 2054, beyond this axis" in body
    assert body.count('class="goes-on"') == 1


def test_a_step_that_was_sent_becomes_part_of_the_address(ask):
    response = ask("what=withdrawal-notice&who=US&on=2030-01-15&was=common&step=confirmed:all:2029-07-01&reading=")
    assert (response.status_code, response.url) == (
        302,
        f"/clock/?{ON}&step=confirmed:all:2029-07-01,withdrawal-notice:US:2030-01-15#what-if",
    )


def test_the_reading_is_changed_without_a_step(ask):
    assert (
        ask("what=confirmed&who=CA-US-MX&on=&was=common&reading=literal").url == f"/clock/?{ON}&reading=literal#what-if"
    )


def test_the_fragment_has_the_step_and_pushes_the_page_s_address(ask):
    response = ask("what=confirmed&who=CA-US-MX&on=2029-07-01&was=common", "/clock/results/")
    assert response.headers["HX-Push-Url"] == f"/clock/?{ON}&step=confirmed:all:2029-07-01"
    assert answer(response).startswith("The term would end on 1 July 2045")


@pytest.mark.parametrize("query", ["", ALL + "2029-07-01", "step=confirmed:US:2040-01-01", "reading=literal"])
@pytest.mark.parametrize("prefix", ["", "/es", "/fr"])
def test_the_old_page_with_the_fragment_swapped_in_equals_the_page_loaded_fresh(ask, query, prefix):
    def inner(response, start):
        return " ".join(response.content.decode().partition(start)[2].partition('<footer class="site">')[0].split())

    fresh, fragment = ask(query, f"{prefix}/clock/"), ask(query, f"{prefix}/clock/results/")
    assert inner(fresh, "<main") == inner(fragment, "<main") != ""


FORM = {"what": "confirmed", "who": "CA-US-MX", "on": "2029-07-01", "was": "common"}
BAD = [
    ({"on": ""}, {"on": "Choose a day, in 2017 to 2100."}),
    ({"on": "2027-02-30"}, {"on": "This is no day of the calendar. Write a day like 2029-07-01, in 2017 to 2100."}),
    ({"on": "next year"}, {"on": "This is no day of the calendar. Write a day like 2029-07-01, in 2017 to 2100."}),
    ({"on": "2016-12-31"}, {"on": "Choose a day, in 2017 to 2100."}),
    ({"on": "2101-01-01"}, {"on": "Choose a day, in 2017 to 2100."}),
    (
        {"who": "FR", "what": "leaves"},
        {
            "what": "Choose one of: Confirm the extension, Do not confirm, Give notice of withdrawal, "
            "Take the notice back.",
            "who": "Choose one of: All three, Canada, Canada and U.S., United States, U.S. and Mexico, Mexico, "
            "Canada and Mexico.",
        },
    ),
    (
        {"on": "2020-06-30"},
        {"on": "The agreement entered into force on 1 July 2020. Choose that day or a later one."},
    ),
    (
        {"on": "2036-07-01", "what": "withdrawal-notice"},
        {"on": "By then the agreement has ended, on 1 July 2036. Choose a day up to 30 June 2036."},
    ),
    (
        {"step": "withdrawal-notice:US:2027-01-15"},
        {"who": "No longer a party from 15 July 2027 on: United States. Choose an earlier day, or another party."},
    ),
    (
        {"what": "withdrawal-rescinded", "who": "CA"},
        {"what": "No notice of withdrawal is running that day, so none can be taken back: Canada."},
    ),
    (
        {"what": "not-confirmed"},
        {
            "what": "This would change nothing. It counts on the day of a six-year review, or where it takes a "
            "confirmation back."
        },
    ),
    (
        {
            "step": "withdrawal-notice:CA:2027-01-15,withdrawal-rescinded:CA:2027-03-01",
            "what": "withdrawal-notice",
            "who": "CA",
            "on": "2027-03-01",
        },
        {"on": "A notice is taken back on 1 March 2027 already, and then no new one counts that day: Canada."},
    ),
    ({"step": "confirmed:all:2029-07-01"}, {"what": "This step is in your scenario already."}),
    (
        {"step": ",".join(f"withdrawal-notice:CA:{2037 + n}-01-01" for n in range(12))},
        {"what": "At most 12 steps are shown. Remove one first."},
    ),
]


@pytest.mark.parametrize(("sent", "told"), BAD)
def test_a_bad_step_is_told_beside_its_control_and_what_was_typed_is_kept(client, record, sent, told):
    form = FORM | sent
    response = client.get("/clock/", form | {"as_of": "2026-11-22"})
    body = response.content.decode()
    assert (response.status_code, faults(response)) == (400, told)
    for name in told:
        assert re.search(rf'name="{name}"[^>]* aria-invalid="true" aria-describedby="{name}-fault"', body)
    assert f'id="on" name="on" value="{form["on"]}"' in body
    if form["what"] != "leaves":
        assert f'<option value="{form["what"]}" selected>' in body and f'<option value="{form["who"]}"' in body
    if "step" in form:
        assert f'name="step" value="{form["step"]}"' in body
    assert "Legal deadlines" in body and "ETag" not in response.headers


def test_a_day_that_no_date_control_can_hold_is_kept_in_one_for_text(client, record):
    assert '<input type="text" id="on"' in client.get("/clock/", FORM | {"on": "2027-02-30"}).content.decode()
    assert '<input type="date" id="on"' in client.get("/clock/", FORM | {"on": "2016-01-01"}).content.decode()


def test_a_step_of_an_address_that_cannot_be_told_is_listed_with_the_reason(ask):
    response = ask(ALL + "2029-07-01,withdrawal-notice:US:2050-01-01")
    listed = part(response, 'class="steps-told">', "</div>")
    assert response.status_code == 200
    assert "Left out. By then the agreement has ended, on 1 July 2045. Choose a day up to 30 June 2045." in listed
    assert answer(response).startswith("The term would end on 1 July 2045")


def test_what_did_not_happen_is_said_so(ask):
    response = ask(ALL + "2026-07-01")
    assert "did not happen" in part(response, 'class="steps-told">', "</div>")
    assert "It did not happen: this tells what would follow if it had." in words(response.content.decode())


def test_seen_from_the_day_of_a_refusal_the_confirmation_of_all_did_not_happen(client, record):
    day = "/clock/?as_of=2026-07-01"
    before, then = (client.get(address).content.decode() for address in (day, day + "&step=confirmed:all:2026-07-01"))
    assert "All had confirmed on 1 July 2026" in words(before)
    assert "It did not happen: this tells what would follow if it had." in words(then)


def test_an_extension_that_only_a_leaving_brings_is_told_as_such_and_as_open(ask):
    left = "When the party that had not confirmed leaves"
    note = "The text does not say whether an extension still needs a party that has left: here it does not."
    leaving = "step=confirmed:CA-MX:2027-07-01,withdrawal-notice:US:2027-08-31"
    later = "step=withdrawal-notice:US:2027-01-15,confirmed:CA-MX:2029-07-01"
    told = [words(ask(query).content.decode()) for query in (leaving, later, ALL + "2028-03-15")]
    assert [(left in page, note in page) for page in told] == [(True, True), (False, True), (False, False)]


def test_seen_from_before_the_first_review_its_confirmation_may_still_happen(client, record):
    response = client.get("/clock/?as_of=2025-09-19&step=confirmed:all:2026-07-01")
    assert answer(response).startswith("The term would end on 1 July 2042 (literal reading: 1 July 2052).")
    assert "did not happen" not in words(response.content.decode())
    assert answer(client.get("/clock/?as_of=2025-09-19")) == (
        "As things stand the term ends on 1 July 2036. The next review would fall on 1 July 2026; without all "
        "confirmations one would follow every year to 2035."
    )


def test_without_entry_into_force_there_is_nothing_to_reckon_with(client, record):
    response = client.get("/clock/?as_of=2019-01-01&step=confirmed:all:2029-07-01")
    assert response.status_code == 200
    assert "there is no term to reckon with" in response.content.decode()
    assert "Left out. The agreement is not in force at the moment that you look from." in words(
        response.content.decode()
    )


def test_links_take_one_step_out_and_keep_the_rest(ask):
    body = ask(ALL + "2029-07-01,withdrawal-notice:US:2030-01-15&reading=literal").content.decode()
    told = body.partition('class="steps-told"')[2]
    assert re.findall(r'<a href="(.*?)"', told)[:3] == [
        f"/clock/?{ON}&amp;step=withdrawal-notice:US:2030-01-15&amp;reading=literal#what-if",
        f"/clock/?{ON}&amp;step=confirmed:all:2029-07-01&amp;reading=literal#what-if",
        f"/clock/?{ON}&amp;reading=literal#what-if",
    ]


def test_steps_cost_no_query(ask, django_assert_num_queries):
    ask()
    forget()
    with django_assert_num_queries(COST):
        ask()
    with django_assert_num_queries(COST):
        ask(ALL + "2029-07-01,withdrawal-notice:US:2030-01-15")


COST = 3  # what stands, the rules, the rows


def test_the_axis_names_no_year_under_the_tag_of_today():
    assert [year.year for year in terms.years(terms.place(date(2026, 11, 22))) if not year.named] == [2024]
    assert all(year.named for year in terms.years(None))


def test_a_term_is_laid_out_within_the_plot():
    line = terms.line(terms.Term(date(2020, 7, 1), date(2048, 7, 1), date(2068, 7, 1), (date(2032, 7, 1),)))
    assert (line.goes_on, line.joined, line.left) == (True, True, True)
    assert line.extra.x + line.extra.b <= line.literal.x + line.literal.b <= 999
    late = terms.line(terms.Term(date(2020, 7, 1), date(2036, 7, 1), leaves=(date(2034, 7, 1),)))
    assert (late.label, late.left, late.extra) == (terms.place(date(2034, 7, 1)), False, None)
