"""The drawing as an SVG that stands alone, read back by lxml."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.timeline.layout.strategies import brief, scenes
from tests.timeline.svg.reading import NS, Said, fixed, scene_of, texts, told, tree
from timeline.svg import drawing, plot_of
from timeline.svg.chart import HEAD, MARGIN
from timeline.svg.palette import DARK, LIGHT
from tracker.brief import LinkRef
from tracker.vocabulary import Lanes, LinkType, Significance, Status, Theme

START, END, TODAY = date(2025, 1, 1), date(2027, 9, 30), date(2026, 11, 22)
MONTHS = ("January", "February", "March", "April", "May", "June")
FEW = settings(max_examples=20)


def drawn(briefs, *, width=1240, today=TODAY, start=START, end=END, lanes=None, **options):
    shown = scene_of(briefs, start=start, end=end, today=today, lanes=lanes, plot=plot_of(width))
    return drawing(shown, **{"title": "A title", "language": "en", "today": today, "width": width, **options})


def rows(said: list[Said]) -> dict[float, list[Said]]:
    found = {}
    for one in said:
        found.setdefault(one.y, []).append(one)
    return {y: sorted(some, key=lambda one: one.low) for y, some in found.items()}


@FEW
@given(scenes())
def test_no_two_labels_of_a_row_meet_and_none_leaves_the_plot(scene):
    width = scene.plot + HEAD + 2 * MARGIN
    root = tree(drawn(scene.briefs, width=width, today=scene.today, start=scene.viewport.start,
                      end=scene.viewport.end, lanes=scene.lanes))  # fmt: skip
    for some in rows(fixed(root)).values():
        assert [(one, after) for one, after in pairwise(some) if after.low < one.high - 0.01] == []
    left, right = MARGIN + HEAD, width - MARGIN
    assert [one for one in fixed(root) if one.low < left - 0.01 or one.high > right + 0.5] == []


@FEW
@given(scenes())
def test_every_event_of_the_window_is_drawn_or_counted_in_a_pill(scene):
    shown = scene_of(scene.briefs, start=scene.viewport.start, end=scene.viewport.end, today=scene.today,
                     lanes=scene.lanes, plot=scene.plot)  # fmt: skip
    root = tree(drawing(shown, title="", language="en", today=scene.today, width=scene.plot + HEAD + 2 * MARGIN,
                        address=lambda one: f"https://example.org/{one.event}"))  # fmt: skip
    links = [one.get("href") for one in root.iter(f"{NS}a")]
    counts = [
        int(one[-1].text) for one in root.iter(f"{NS}g") if len(one) > 2 and one[0].tag == f"{NS}title"
        and one[-1].tag == f"{NS}text" and one[-1].get("text-anchor") == "middle"
    ]  # fmt: skip
    assert len(set(links)) == len(links)
    assert len(links) + sum(counts) == shown.shown


@given(st.lists(st.text(st.characters(), max_size=40), min_size=1, max_size=6), st.text(st.characters()))
def test_any_words_give_an_xml_that_says_them(labels, title):
    some = [brief(number, f"2026-0{number}-10", label) for number, label in enumerate(labels, 1)]
    root = tree(drawn(some, title=title, subtitle=title, foot=title, address=lambda one: f"/?{title}"))
    allowed = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

    def plain(text):
        return re.sub(r"\s+", " ", allowed.sub("\ufffd", text)).strip()

    found = {plain(text) for text in told(root)}
    assert {plain(f"{label}, 10 {month} 2026, occurred") for label, month in zip(labels, MONTHS, strict=False)} <= found


def test_the_drawing_says_what_it_is_in_its_language():
    root = tree(drawn([brief(1, "2026-07-01", "First joint review")], title="The review", subtitle="Canada"))
    assert (root.get("lang"), root.get("role")) == ("en", "img")
    assert root.find(f"{NS}title").text == "The review, January 2025 – September 2027"
    assert root.find(f"{NS}desc").text.startswith("Canada. January 2025 – September 2027: 1 of 1 event.")
    assert {"The review", "Canada", "22 Nov 2026", "First joint review"} <= set(texts(root))


def test_the_line_of_a_view_that_looks_back_says_that_it_does():
    one = [brief(1, "2026-07-01", "First joint review")]
    assert "As of 22 Nov 2026" in texts(tree(drawn(one, live=False)))
    assert "As of 22 Nov 2026" not in texts(tree(drawn(one)))


def test_with_addresses_the_marks_are_links_and_the_whole_is_no_image():
    one = brief(7, "2026-07-01", "First joint review")
    root = tree(drawn([one], address=lambda brief: f"https://example.org/{brief.event}/?a=1&b=2"))
    assert root.get("role") == "graphics-document"
    assert [link.get("href") for link in root.iter(f"{NS}a")] == ["https://example.org/7/?a=1&b=2"]


def test_the_theme_gives_the_paper():
    one = [brief(1, "2026-07-01", "First joint review")]
    papers = [
        next(tree(drawn(one, theme=theme)).iter(f"{NS}rect")).get("fill")
        for theme in (None, Theme.LIGHT, Theme.AUTO, Theme.DARK)
    ]
    assert papers == [LIGHT.paper, LIGHT.paper, LIGHT.paper, DARK.paper]


def test_an_empty_window_says_so():
    assert "No event of this selection lies in this window." in texts(tree(drawn([])))


def test_what_hides_its_label_on_the_page_shows_it_where_there_is_room():
    # More than the lane has rows for, all on one day but one.
    some = [brief(number, "2026-02-10", f"Event number {number}") for number in range(1, 4)]
    some.append(brief(4, "2026-02-12", "The fourth, left over", significance=Significance.MINOR))
    assert "The fourth, left over" in texts(tree(drawn(some)))


def test_a_label_in_another_language_is_marked():
    root = tree(drawn([brief(1, "2026-07-01", "First joint review")], language="fr"))
    assert root.get("lang") == "fr"
    assert [one.get("lang") for one in root.iter(f"{NS}g") if one.get("lang")] == ["en"]


def test_the_legend_tells_the_signs_that_are_drawn_and_no_others():
    plain = set(texts(tree(drawn([brief(1, "2026-07-01", "One")]))))
    more = set(texts(tree(drawn([brief(1, "2027-07", "One", status=Status.EXPECTED), brief(2, "2026-01~", "Two")]))))
    signs = {"Scheduled or expected", "One day in this span", "About", "Period", "Four more here"}
    assert (plain & signs, more & signs) == (set(), {"Scheduled or expected", "One day in this span", "About"})


def test_links_are_drawn_where_the_briefs_carry_them():
    one, two = brief(1, "2026-02-01", "One"), brief(2, "2026-07-01", "Two")
    linked = replace(two, links=(LinkRef(LinkType.FOLLOWS, 1),))
    assert ("Follows" in texts(tree(drawn([one, two]))), "Follows" in texts(tree(drawn([one, linked])))) == (
        False,
        True,
    )


def test_the_same_events_give_the_same_bytes_in_any_order():
    some = [brief(number, f"2026-{number:02}-10", f"Event {number}") for number in range(1, 12)]
    assert drawn(some) == drawn(some[::-1])


def test_lanes_by_kind_carry_the_countries_after_the_label():
    found = texts(tree(drawn([brief(1, "2026-07-01", "One", countries=("CA", "US"))], lanes=Lanes.KIND)))
    assert "CA–US" in found
