"""How the view that a reader has before them is cited: its permanent address, its title, what stays the same in it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline.scene.citation import Citation, bibtex, in_one_line, ris
from tracker.date_words import in_words, minute_words
from tracker.edtf import parse
from tracker.given import given
from tracker.moment import utc_text
from tracker.query import Query

TITLES = {
    "home": gettext_lazy("Timeline"),
    "clock": gettext_lazy("Treaty clock"),
    "changes": gettext_lazy("Changes"),
    "redline": gettext_lazy("Redline"),
    "slips": gettext_lazy("Slipped dates"),
    "corrections": gettext_lazy("Corrections"),
}
# What these pages read of an address beside the moment; the others read the filters too.
READS = {"event": (), "corrections": (), "clock": ("step", "reading")}


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation ready to be copied: `text` is the sentence without the address, `stamp` and `as_of` in words;
    `counted` is the day from which the view counts, in words."""

    text: str
    address: str
    bibtex: str
    ris: str
    stamp: str
    as_of: str
    counted: str


def bind(query: Query, pin: datetime, zone: ZoneInfo) -> Query:
    """The query that asks for a view for ever (docs/record.md, rule 10). Nothing became known between the pin and the
    reader's moment: so a day to look from, or a `since`, that is later than the pin means the same as the pin's own,
    and a pinned view would refuse it. The two days of a redline may be later."""
    day = pin.astimezone(zone).date()
    since = query.since
    if since and (datetime.fromisoformat(since) > pin if "T" in since else date.fromisoformat(since) > day):
        since = utc_text(pin) if "T" in since else day.isoformat()
    return replace(
        query,
        recorded=pin,
        # By itself the pin looks from its own day.
        as_of=query.as_of if query.as_of and query.as_of <= day else None,
        since=since,
    )


def permanent(page: str, bound: Query) -> Query:
    """The part of a view's query that its permanent address needs: what only an embed reads goes."""
    if page in READS:
        return Query(**{name: getattr(bound, name) for name in ("as_of", "recorded", *READS[page])})
    return replace(bound, look=None, theme=None, height=None, lang="")


def title(page: str, query: Query, language: str, *, opened: str = "", filters: str = "") -> str:
    """The title of a view in words: that of the event it is of, or has opened; else the page and its filters."""
    if opened:
        return opened
    words = str(TITLES[page])
    if page == "redline" and query.a and query.b:
        days = {"first": _day(query.a, language), "last": _day(query.b, language)}
        words = _("Redline from %(first)s to %(last)s") % days
    if page == "clock" and query.step:
        words = _("Treaty clock with a scenario")
    return _("%(page)s: %(filters)s") % {"page": words, "filters": filters} if filters else words


def cite(
    name: str, words: str, address: str, bound: Query, *, accessed: date, counted: date, language: str, zone: ZoneInfo
) -> Cited:
    """The citation of a view. `name` is the page's or the event's own, `words` its title, `address` the whole permanent
    one and `bound` the query of it; `accessed` the day it was read, `counted` the day that it counts from; `zone` that
    of the record. The active language must be `language`."""
    stamp = minute_words(given(bound.recorded), language)
    as_of = _day(bound.as_of, language) if bound.as_of else ""
    said = {"title": in_one_line(words), "site": _("USMCA Joint Review Tracker"), "stamp": stamp, "day": as_of}
    if as_of:
        text = _("“%(title)s”, %(site)s, as known on %(day)s, record of %(stamp)s.")
        note = _("As known on %(day)s, record of %(stamp)s.")
    else:
        text = _("“%(title)s”, %(site)s, record of %(stamp)s.")
        note = _("Record of %(stamp)s.")
    citation = Citation(
        title=words,
        site=said["site"],
        address=address,
        note=note % said,
        issued=given(bound.recorded).astimezone(zone).date(),
        accessed=accessed,
        language=language,
        name=name,
    )
    return Cited(
        text=text % said,
        address=address,
        bibtex=bibtex(citation),
        ris=ris(citation),
        stamp=stamp,
        as_of=as_of,
        counted=_day(counted, language),
    )


def _day(day: date, language: str) -> str:
    return in_words(parse(day.isoformat()), language)
