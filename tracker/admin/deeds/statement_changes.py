"""What a statement changed, as the log keeps it: by field, named as the desk's own fields, in plain values."""

from collections.abc import Iterator
from datetime import UTC, datetime

from tracker.auditing import difference
from tracker.vocabulary import Significance

# The rows of a content, and what names one of them: as the desk calls its own.
_ROWS = {
    "topics": ("eventtopic_set", ("slug",)),
    "sources": ("citations", ("url",)),
    "actors": ("participations", ("slug",)),
    "remarks": ("remarks", ("country", "by", "on")),
    "announced": ("announced", ("date", "on")),
    "acts": ("acts", ("what", "party", "day")),
    "links": ("links", ("type", "event")),
}


def changes_of(before: dict | None, after: dict | None) -> list[dict]:
    """The fields in which two contents differ, as `LogRow.changes`; None is nothing, or a retraction."""
    changes = difference(_flat(before) if before else {}, _flat(after) if after else {})
    return changes + list(_moved(before, after)) if before and after else changes


def _moved(before: dict, after: dict) -> Iterator[dict]:
    """The lists whose rows stand in another order: the first topic is the event's lane, the first source number 1."""
    for part, (_relation, names) in _ROWS.items():
        old, new = (dict.fromkeys(_name(row, names) for row in _rows(content, part)) for content in (before, after))
        kept_old, kept_new = [name for name in old if name in new], [name for name in new if name in old]
        if kept_old != kept_new:
            yield {"field": "order", "old": ", ".join(kept_old), "new": ", ".join(kept_new)}


def moments_of(since: datetime | None, until: datetime | None) -> list[dict]:
    """The moments that an editor chose for a statement, in UTC, as `LogRow.changes`."""
    chosen = {"known since": since, "known until": until}
    return [
        {"field": name, "old": None, "new": moment.astimezone(UTC).isoformat(timespec="minutes")}
        for name, moment in chosen.items()
        if moment is not None
    ]


def _flat(content: dict) -> dict:
    clock = content["time"] or {}
    found = {
        "slug": content["slug"],
        "date": content["date"],
        "clock_time": clock.get("clock"),
        "zone": clock.get("zone"),
        "status": content["status"],
        "kind": content["kind"],
        "significance": Significance.from_slug(content["significance"]).value,
        "countries": content["countries"],
        "place": content["place"]["name"]["en"] if content["place"] else None,
        "rule": _rule(content.get("rule")),
    }
    for language, text in content["texts"].items():
        found |= {f"texts[{language}].{field}": value for field, value in text.items()}
    for part, (relation, names) in _ROWS.items():
        for row in _rows(content, part):
            field = f"{relation}[{_name(row, names)}]"
            # Two acts of one party on one day.
            told = _told(row, names)
            found[field] = f"{found[field]}\n{told}" if field in found else told
    return {key: value for key, value in found.items() if value not in (None, "", [])}


def _name(row: dict, names: tuple[str, ...]) -> str:
    return " ".join(str(row[key]) for key in names if row[key])


def _rule(rule: dict | None) -> str | None:
    # As `snapshot` names it: one paragraph may be several rules.
    return f"{rule['citation']['en']} ({rule['slug']})" if rule else None


def _rows(content: dict, part: str) -> list[dict]:
    """The rows of a part as they are told: a source by its address, since its number changes with their order, and who
    spoke by the slug, with the name in words beside it."""
    found = content.get(part, [])
    if part in ("announced", "remarks"):
        urls = dict(enumerate((source["url"] for source in content["sources"]), 1))
        found = [row | {"source": urls.get(row["source"])} for row in found]
    if part == "remarks":
        found = [row | {"by": row["by"]["slug"], "name": row["by"]["name"]} if row["by"] else row for row in found]
    return found


def _told(row: dict, names: tuple[str, ...]) -> str:
    """What a row says, its name first."""
    words = [str(row[key]) for key in names if row[key]]
    # In one order: the database keeps the keys of what it has in an order of its own.
    for key, value in sorted(row.items()):
        if key not in names and value not in (None, "", {}):
            words.append(
                "; ".join(f"{code}: {text}" for code, text in value.items()) if isinstance(value, dict) else str(value)
            )
    return ", ".join(words)
