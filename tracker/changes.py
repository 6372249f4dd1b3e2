"""What kind of change a statement is, from the content before and after. Pure; docs/record.md, rule 13."""

from tracker import edtf
from tracker.vocabulary import ChangeClass

# What the calendar's SEQUENCE counts (RFC 5545, 3.8.7.4): changes of start, end or status.
CALENDAR = {ChangeClass.DATE_MOVED, ChangeClass.STATUS_CHANGED, ChangeClass.RETRACTED, ChangeClass.RESTORED}


def span(content: dict) -> tuple:
    """The days that a content's date covers, with its form: what must differ for a date to have moved."""
    value = edtf.parse(content["date"])
    return value.earliest, value.latest, value.lasts


def classify(before: dict | None, after: dict | None, *, ever: bool = False) -> list[ChangeClass]:
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
    if _details(before) != _details(after):
        classes.append(ChangeClass.DETAILS)
    return classes


def _translations(content: dict) -> dict:
    return {language: text for language, text in content["texts"].items() if language != "en"}


def _details(content: dict) -> dict:
    # An announced date comes with the date that moved, and a source with the class of its own.
    told = {"texts", "status", "sources", "announced", "date"}
    details = {key: value for key, value in content.items() if key not in told}
    # The same days said with another certainty (~ or ?) are a detail, not a move.
    value = edtf.parse(content["date"])
    return details | {"certainty": (value.approximate, value.uncertain)}
