"""TimelineJS: its sheet and its JSON as rows, and what one row says of an event."""

from typing import Any

from django.utils.translation import gettext as _

from tracker.importing.faults import Refused
from tracker.importing.foreign import Foreign, is_address, key_of, without_markup

# The columns of its template; a sheet may lack some, and any other is none of ours.
COLUMNS = (
    *("Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time", "Display Date"),
    *("Headline", "Text", "Media", "Media Credit", "Media Caption", "Media Thumbnail", "Alt Text", "Link"),
    *("Type", "Group", "Background", "Unique ID"),
)
_BY_FOLDED = {name.lower(): name for name in COLUMNS}


def is_header(names: list[str]) -> bool:
    """Whether the first row of a table is that of a TimelineJS sheet."""
    return {"year", "headline"} <= {name.lower() for name in names}


def headings(names: list[str]) -> list[str]:
    """Its columns by the names above; others, which people add for themselves, by their own."""
    found = [_BY_FOLDED.get(name.lower(), name or f"({number})") for number, name in enumerate(names, 1)]
    if len(set(found)) < len(found):
        raise Refused(_("A column stands twice in the first row."))
    return found


def events(rows: list[tuple[int, dict]]) -> tuple[list[tuple[int, dict]], list[str]]:
    """The rows that are events, and notes on those that are not: the title slide, and eras."""
    found, notes = [], []
    for line, cells in rows:
        kind = str(cells.get("Type") or "").strip().lower()
        if kind in ("title", "era"):
            notes.append(_skipped(kind, line, str(cells.get("Headline") or "")))
        else:
            found.append((line, cells))
    return found, notes


def _skipped(kind: str, line: int, headline: str) -> str:
    words = {
        "title": _("Row %(line)d is the title slide, no event: “%(headline)s”."),
        "era": _("Row %(line)d is an era, no event: “%(headline)s”."),
    }
    return words[kind] % {"line": line, "headline": headline[:80]}


def is_timeline(whole: Any, entries: list[dict]) -> bool:
    """Whether the JSON is a timeline: its events have a start date."""
    return any("start_date" in entry for entry in entries) and not (isinstance(whole, dict) and "format" in whole)


def from_json(whole: Any, entries: list[dict]) -> tuple[list[tuple[int, dict]], list[str]]:
    """The events as cells of the sheet, each with its number, and notes on what is no event."""
    whole = whole if isinstance(whole, dict) else {}
    if whole.get("scale") == "cosmological":
        raise Refused(_("This timeline counts in cosmological years; the desk keeps days of the calendar."))
    notes = []
    if isinstance(whole.get("title"), dict):
        headline = _part(whole["title"], "text").get("headline") or ""
        notes.append(_("The title slide is no event: “%(headline)s”.") % {"headline": str(headline)[:80]})
    if isinstance(whole.get("eras"), list) and whole["eras"]:
        notes.append(_("Eras are no events; left aside: %(count)d.") % {"count": len(whole["eras"])})
    return [(number, _cells(entry)) for number, entry in enumerate(entries, 1)], notes


def _cells(entry: dict) -> dict[str, Any]:
    start, end = _part(entry, "start_date"), _part(entry, "end_date")
    text, media = _part(entry, "text"), _part(entry, "media")
    return {
        "Year": start.get("year"),
        "Month": start.get("month"),
        "Day": start.get("day"),
        "Time": _clock(start),
        "End Year": end.get("year"),
        "End Month": end.get("month"),
        "End Day": end.get("day"),
        "End Time": _clock(end),
        "Display Date": entry.get("display_date") or start.get("display_date"),
        "Headline": text.get("headline"),
        "Text": text.get("text"),
        "Media": media.get("url"),
        "Media Credit": media.get("credit"),
        "Media Caption": media.get("caption"),
        "Link": media.get("link"),
        "Group": entry.get("group"),
        "Unique ID": entry.get("unique_id"),
    }


def _part(entry: dict, name: str) -> dict:
    part = entry.get(name)
    return part if isinstance(part, dict) else {}


def _clock(date: dict) -> str:
    hour, minute = _text(date, "hour"), _text(date, "minute")
    return f"{hour}:{minute.zfill(2)}" if hour else ""


def said(cells: dict[str, Any], language: str) -> Foreign:
    """What the row says; texts are taken to be in the language."""
    title, _links = without_markup(_text(cells, "Headline"))
    text, links = without_markup(_text(cells, "Text"))
    addresses = [*(_text(cells, name) for name in ("Link", "Media")), *links]
    urls = list(dict.fromkeys(address for address in addresses if is_address(address)))
    date = _date(cells)
    unique = _text(cells, "Unique ID")
    row = Foreign(key_of("timelinejs", unique) if unique else key_of("timelinejs", urls[0] if urls else title, date))
    row.said |= {"date": date, "urls": urls}
    row.set_texts(language, title, text, "Text")
    if shown := _text(cells, "Display Date"):
        row.said[f"note_{language}"] = shown
    if group := _text(cells, "Group"):
        row.said["groups"] = [group]
    if not title:
        row.faults.append(("Headline", "", _("The row has no headline.")))
    if clock := _text(cells, "Time"):
        words = _("A time without a time zone: it was left out.")
        row.warnings.append(("Time", clock, words))
    media = _text(cells, "Media")
    if media and not is_address(media):
        row.warnings.append(("Media", media[:60], _("This is no address of the web: it was left out.")))
    return row


def _text(cells: dict, name: str) -> str:
    value = cells.get(name)
    return "" if value is None or isinstance(value, dict | list | bool) else str(value).strip()


def _date(cells: dict) -> str:
    """The date as EDTF text, unchecked."""
    start, end = _point(cells, ""), _point(cells, "End ")
    return f"{start}/{end}" if end and end != start else start


def _point(cells: dict, prefix: str) -> str:
    year, month, day = (_number(_text(cells, prefix + name)) for name in ("Year", "Month", "Day"))
    return "-".join(part for part in (year, month.zfill(2) if month else "", day.zfill(2) if day else "") if part)


def _number(text: str) -> str:
    return text.removesuffix(".0")
