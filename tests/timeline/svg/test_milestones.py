"""The figure of the milestones: labels that never meet, marks that are all there, counts for what lies outside."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from hypothesis import example, given
from hypothesis import strategies as st

from tests.timeline.layout.strategies import brief
from tests.timeline.svg.reading import NS, Said, fixed, texts, tree
from timeline.svg import milestones
from tracker.brief import Brief
from tracker.vocabulary import Significance, Status

TODAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Told:
    """What of an entry the figure reads."""

    brief: Brief

    @property
    def significance(self):
        return self.brief.significance


def entry(number: int, when: str, label: str = "Talks", **changes) -> Told:
    return Told(brief(number, when, label, **{"significance": Significance.MILESTONE, **changes}))


def drawn(entries, *, today=TODAY, live=True, **options):
    found = milestones(entries, language="en", today=today, live=live, **options)
    return None if found is None else tree(found)


def labels(root) -> list[Said]:
    return fixed(root)


def stems(root) -> list[tuple[float, float, float]]:
    """The lines that stand on the axis: place, upper end, foot."""
    found = [
        re.fullmatch(r"M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)", one.get("d") or "") for one in root.iter(f"{NS}path")
    ]
    lines = [tuple(map(float, one.groups())) for one in found if one]
    return [(x1, y2, y1) for x1, y1, x2, y2 in lines if x1 == x2 and y2 < y1]


def marks(root) -> int:
    return sum((one.get("transform") or "").startswith("translate") for one in root.iter(f"{NS}path"))


days = st.integers(-900, 900).map(lambda days: (TODAY + timedelta(days)).isoformat())
crowds = st.lists(st.tuples(days, st.integers(1, 30)), min_size=1, max_size=14)


@given(crowds, st.sampled_from((560, 700, 1000)))
@example([("2026-07-01", 20), ("2026-07-01", 20), ("2026-07-02", 20)], 560)
def test_no_label_meets_another_or_a_stem_of_another(crowd, width):
    root = drawn([entry(number, day, "Milestone of a treaty, and so on"[:long]) for number, (day, long)
                  in enumerate(crowd, 1)], width=width)  # fmt: skip
    said = labels(root)
    assert [
        (one, two) for one, two in combinations(said, 2)
        if one.y == two.y and one.low < two.high and two.low < one.high
    ] == []  # fmt: skip
    assert [
        (one, x) for one in said for x, top, foot in stems(root)
        if one.low < x < one.high and top < one.y < foot
    ] == []  # fmt: skip
    assert [one for one in said if one.low < 0 or one.high > width] == []


@given(crowds)
def test_every_milestone_is_a_mark_or_counted_outside(crowd):
    root = drawn([entry(number, day) for number, (day, _) in enumerate(crowd, 1)])
    outside = [int(re.search(r"\d+", text).group()) for text in texts(root) if "earlier" in text or "later" in text]
    assert marks(root) + sum(outside) == len(crowd)


def test_there_is_no_figure_without_a_milestone():
    assert drawn([]) is None
    assert drawn([entry(1, "2026-07-01", significance=Significance.MAJOR)]) is None


def test_the_description_tells_them_all_by_date():
    root = drawn(
        [entry(2, "2027-07~", "Annual review", status=Status.EXPECTED), entry(1, "2026-07-01", "First review")]
    )
    assert root.find(f"{NS}desc").text == (
        "First review, 1 July 2026, occurred; Annual review, about July 2027, expected"
    )
    assert root.get("role") == "img"


def test_what_is_still_to_come_is_hollow():
    root = drawn([entry(1, "2026-07-01", "First"), entry(2, "2027-07-01", "Next", status=Status.EXPECTED)])
    fills = [one.get("fill") for one in root.iter(f"{NS}path") if (one.get("transform") or "").startswith("translate")]
    assert fills == ["#00736a", "#fff"]


def test_far_milestones_are_counted_where_not_all_labels_have_room():
    near = [entry(number, f"2026-{number:02}-01", f"A milestone of month {number}") for number in range(1, 11)]
    far = [entry(11, "1994-01-01", "Long ago"), entry(12, "2036-07-01", "Far ahead")]
    found = texts(drawn([*near, *far]))
    assert {"← 1 earlier", "1 later →"} <= set(found)
    assert not {"Long ago", "Far ahead"} & set(found)


def test_the_first_name_of_the_scale_has_its_year():
    found = texts(drawn([entry(1, "2026-07-01", "First review"), entry(2, "2027-02-01", "Next")]))
    assert [text for text in found if re.fullmatch(r"[A-Z][a-z]{2,3} \d{4}", text)] == ["Jul 2026"]
    assert "2027" in found


def test_the_line_is_the_day_of_the_document():
    assert "22 Nov 2026" in texts(drawn([entry(1, "2026-07-01")]))
    assert "As of 22 Nov 2026" in texts(drawn([entry(1, "2026-07-01")], live=False))
