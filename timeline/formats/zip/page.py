"""What people open in an evidence pack: a page that needs no network, the drawing on it, and a note on how to check."""

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from textwrap import wrap
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.scene.citation import in_one_line
from timeline.scene.cite import bind, cite, title
from timeline.scene.drawing import Timeline, timeline
from timeline.scene.extract import Extract
from timeline.scene.listing import Group, month_of
from timeline.scene.situation import in_day_words
from timeline.scene.source_words import text_words
from timeline.svg import drawing
from tracker.given import given
from tracker.models.matching import effective_order
from tracker.vocabulary import Order

STYLE = Path(__file__).with_name("style.css")
_WIDE = 78  # signs on a line of plain text


def subject(extract: Extract) -> str:
    """What the pack is of: how many events, by which filters."""
    said: dict[str, Any] = {"n": len(extract.entries), "filters": extract.filters}
    if extract.filters:
        return ngettext("%(n)s event: %(filters)s", "%(n)s events: %(filters)s", said["n"]) % said
    return ngettext("%(n)s event", "%(n)s events", said["n"]) % said


def page(extract: Extract, hashes: Mapping[int, str]) -> bytes:
    """The page, UTF-8. `hashes`: of what the record says of each event, by its id."""
    shown = _scene(extract)
    said = {
        "extract": extract,
        "today": extract.moment.today,
        "language": extract.language,
        "subject": subject(extract),
        "groups": [_told(group, extract, hashes) for group in _groups(extract)],
        "permanent": extract.permanent(),
        "address": extract.address("home"),
        "cited": _cited(extract),
        "window": shown.title,
        "shown": shown.shown,
        "total": len(extract.entries),
    }
    return render_to_string("evidence.html", said).encode()


def _told(group: Group, extract: Extract, hashes: Mapping[int, str]) -> tuple[str, list[dict]]:
    """A heading and what the page says of each event under it."""
    return group.heading, [
        {
            "entry": entry,
            "standing": entry.standing(extract.moment.today),
            "lacks": text_words(entry, extract.language),
            "address": extract.event_address(entry, bound=True),
            "hash": hashes[entry.event],
        }
        for entry in group.entries
    ]


def _groups(extract: Extract) -> list[Group]:
    """The events by month where they come by date; else in one."""
    if extract.entries and effective_order(extract.query) not in (Order.NEWEST, Order.OLDEST):
        return [Group("", extract.entries)]
    months = groupby(extract.entries, key=lambda entry: month_of(entry, extract.language))
    return [Group(month, tuple(some)) for month, some in months]


def _scene(extract: Extract) -> Timeline:
    """The drawing of exactly the events of the pack."""
    return timeline(
        [entry.brief for entry in extract.entries],
        extract.query,
        today=extract.moment.today,
        language=extract.language,
        live=extract.moment.is_now,
        topics=extract.topics,
    )


def drawn(extract: Extract) -> bytes:
    """The drawing as an SVG that stands alone."""
    return drawing(
        _scene(extract),
        title=_("USMCA joint review"),
        subtitle=subject(extract),
        language=extract.language,
        today=extract.moment.today,
        live=extract.moment.is_now,
        address=lambda brief: extract.event_address(brief, bound=True),
    ).encode()


def _cited(extract: Extract):
    """The citation of the timeline with the same query; None while there is no permanent address."""
    if extract.pin is None:
        return None
    moment = extract.moment
    return cite(
        "home",
        title("home", extract.query, extract.language, filters=extract.filters),
        given(extract.permanent()),
        bind(extract.query, given(extract.pin), moment.zone),
        accessed=moment.today,
        counted=moment.today,
        language=extract.language,
        zone=moment.zone,
    )


def readme(extract: Extract) -> bytes:
    """The note in plain text, UTF-8: what is here, what is not, how it is checked."""
    day = in_day_words(extract.moment.today, extract.language)
    known = _("As known on %(day)s.") % {"day": day}
    record = _("Record of %(stamp)s.") % {"stamp": extract.stamp_words} if extract.stamp else ""
    parts = [
        [_("Evidence pack of the USMCA Joint Review Tracker")],
        [subject(extract), f"{known} {record}".strip(), extract.permanent() or extract.address("home")],
        [_("What is here"), *_holds()],
        [_("How to check it"), *_checks()],
        [_("What is not here"), *_lacks()],
    ]
    lines = ["\n".join(line for said in part for line in _lines(said)) for part in parts]
    return ("\n\n".join(lines) + "\n").encode()


def _lines(said: str) -> list[str]:
    # An address is never broken.
    return wrap(in_one_line(said), _WIDE, break_long_words=False, break_on_hyphens=False) or [""]


def _holds() -> list[str]:
    files = {
        "index.html": _("everything on one page, to be opened in a browser; it needs no network"),
        "timeline.svg": _("the drawing on that page"),
        "events.json": _("the events as the record holds them, in the shape of the read API"),
        "events.csv": _("the events as a table"),
        "sources.csv": _("the sources with their quotes, each with the events that cite it"),
        "manifest.json": _("what this pack is of, and the SHA-256 of each file and of what is said of each event"),
        "MANIFEST.sha256": _("the SHA-256 of each file, for the program sha256sum"),
    }
    return [f"{name}: {words}." for name, words in files.items()]


def _checks() -> list[str]:
    return [
        _("In this folder run: sha256sum -c MANIFEST.sha256 (on a Mac: shasum -a 256 -c MANIFEST.sha256)."),
        _("A pack that was not unpacked is checked by the site’s own program: manage.py verify_evidence FILE.zip."),
        _(
            "The hash of an event is that of its JSON with sorted keys and no white space (RFC 8785). The permanent "
            "address of the same event in the read API gives the same content, and so the same hash, at any later time."
        ),
        _("The hashes show that nothing changed since the pack was made. They do not show who made it."),
    ]


def _lacks() -> list[str]:
    return [
        _(
            "The sources themselves are not in the pack: they belong to their publishers. The pack has their "
            "addresses, short quotes, and the addresses of kept copies in public archives, where there are any."
        )
    ]
