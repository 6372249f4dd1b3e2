"""An SVG read back by a reader that did not write it: where its words stand."""

from dataclasses import dataclass
from datetime import date

from lxml import etree

from timeline.scene.drawing import Timeline, timeline
from tracker.query import Query

NS = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Said:
    """A line of text: what it says, from where to where, at which height."""

    text: str
    low: float
    high: float
    y: float


def tree(svg: str):
    return etree.fromstring(svg.encode())


def fixed(root) -> list[Said]:
    """The texts that are as wide as reckoned on every machine."""
    return [
        Said(one.text, float(one.get("x")), float(one.get("x")) + float(one.get("textLength")), float(one.get("y")))
        for one in root.iter(f"{NS}text")
        if one.get("textLength")
    ]


def texts(root) -> list[str]:
    return [one.text for one in root.iter(f"{NS}text")]


def told(root) -> list[str]:
    """What each mark and pill says of itself."""
    return [one.text or "" for one in root.iter(f"{NS}title") if one.getparent() is not root]


def scene_of(briefs, *, start: date, end: date, today: date, lanes=None, plot: int = 1040) -> Timeline:
    """The timeline of some briefs, without a record."""
    query = Query(start=start, end=end, lanes=lanes)
    return timeline(briefs, query, today=today, language="en", live=True, topics={}, plot=plot)
