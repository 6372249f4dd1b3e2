"""What kind of change a statement is, from the content before and after. Pure; docs/record.md, rule 13."""

from datetime import date
from typing import Any

from tracker import edtf
from tracker.vocabulary import ChangeClass

# What the calendar's SEQUENCE counts (RFC 5545, 3.8.7.4): changes of start, end or status.
Content = dict[str, Any]  # what a statement says, as JSON
CALENDAR = {ChangeClass.DATE_MOVED, ChangeClass.STATUS_CHANGED, ChangeClass.RETRACTED, ChangeClass.RESTORED}


def span(content: Content) -> tuple[date | None, date | None, bool]:
    """The days that a content's date covers, with its form: what must differ for a date to have moved."""
    value = edtf.parse(content["date"])
    return value.earliest, value.latest, value.lasts


def classify(before: Content | None, after: Content | None, *, ever: bool = False) -> list[ChangeClass]:
    """The classes of the change from one content to the next; None is a tombstone or nothing.

    `ever`: whether the event was on the record before; it tells a restored event from a new one. An unchanged
    content has no class.
    """
    if after is None:
        return [ChangeClass.RETRACTED]
    if before is None:
        return [ChangeClass.RESTORED if ever else ChangeClass.NEW]
    classes = []
    if span(before) != span(after):
        classes.append(ChangeClass.DATE_MOVED)
    if before["status"] != after["status"]:
        classes.append(ChangeClass.STATUS_CHANGED)
    if {source["url"] for source in after["sources"]} - {source["url"] for source in before["sources"]}:
        classes.append(ChangeClass.SOURCE_ADDED)
    if before["texts"].get("en") != after["texts"].get("en"):
        classes.append(ChangeClass.WORDING)
    if _translations(before) != _translations(after):
        classes.append(ChangeClass.TRANSLATION)
    if _details(before) != _details(_without_additions(before, after)):
        classes.append(ChangeClass.DETAILS)
    return classes


def _translations(content: Content) -> Content:
    return {language: text for language, text in content["texts"].items() if language != "en"}


def _details(content: Content) -> Content:
    # What has a class of its own is left out: texts, status, days, and that a source or an announced date was added.
    details = {key: value for key, value in content.items() if key not in {"texts", "status", "date"}}
    value = edtf.parse(content["date"])
    # Statements frozen before there were rules and remarks have none.
    return {"rule": None, "remarks": []} | details | {"certainty": (value.approximate, value.uncertain)}


def _without_additions(before: Content, after: Content) -> Content:
    """The content after, less the sources it adds, and less the announced dates that a moved date brings."""
    urls = {source["url"] for source in before["sources"]}
    kept = [source for source in after["sources"] if source["url"] in urls]
    announced = after["announced"] if span(before) == span(after) else before["announced"]
    return after | {
        "sources": kept,
        "announced": _renumbered(announced, after["sources"], kept),
        "remarks": _renumbered(after.get("remarks", []), after["sources"], kept),
    }


def _renumbered(rows: list[Content], sources: list[Content], kept: list[Content]) -> list[Content]:
    """The rows (announced dates, remarks) with the numbers that their sources have among those kept."""
    numbers = {source["url"]: number for number, source in enumerate(kept, 1)}
    urls = dict(enumerate((source["url"] for source in sources), 1))
    return [row | {"source": numbers.get(urls.get(row["source"]))} for row in rows]
