"""What a page says of itself in its head, for search engines, for sites that show a link, and for feed readers."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from timeline.query import canonical
from timeline.scene.cite import READS, TITLES
from timeline.scene.share import oembed_address
from timeline.scene.sharing import ELSEWHERE, ONLY_DRAWN, ONLY_EMBEDS, ONLY_LISTED, of_feed, of_moment, of_page, whole
from tracker.entry import Entry
from tracker.query import Query

HEADINGS = {
    **TITLES,
    "share": gettext_lazy("Share and export"),
    "about": gettext_lazy("About this record"),
    "accessibility": gettext_lazy("Accessibility"),
    "privacy": gettext_lazy("Privacy"),
}
# Pages that say the same whatever is asked.
UNASKED = ("share", "accessibility", "privacy")
# Open Graph names a territory with each language.
LOCALES = {"en": "en_US", "es": "es_MX", "fr": "fr_CA"}
# One of these alone makes a page that somebody may look for. Of the rest there are more combinations than events.
LANDINGS = ("country", "kind", "topic", "actor")
# What a page reads of a query beyond which events and from when.
OWN = {"changes": ("since", "change"), "redline": ("a", "b", "event", "change"), "clock": ("step", "reading")}
OEMBEDDED = ("home", "event")
PICTURE = (1200, 630)  # pixels


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed of a view: its media type, its words, its whole address."""

    type: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Head:
    """`address` is that of what a link shows, an event opened included; `canonical` the one address of the page,
    `others` the same in each language by its code; `unlisted`: search engines are to leave the page out; `oembed` is
    empty where nothing can be embedded."""

    title: str
    address: str
    canonical: str
    others: tuple[tuple[str, str], ...]
    unlisted: bool
    article: bool
    picture: str
    picture_words: str
    locale: str
    other_locales: tuple[str, ...]
    feeds: tuple[Feed, ...]
    oembed: str


def head(
    page: str, query: Query, *, language: str, arguments: dict, filters: str = "", opened: Entry | None = None
) -> Head:
    """The head of a page by the name of its address, with the `arguments` of it. `filters` in words; `opened` is the
    event that the page is of, or has opened. The active language must be `language`."""
    named = named_by(page, query)
    shown = replace(named, event=opened.slug) if opened and page == "home" else named
    others = tuple((code, whole(page, named, language=code, **arguments)) for code, _name in settings.LANGUAGES)
    site = _("USMCA Joint Review Tracker")
    title = opened.text.title if opened else _title(page, filters)
    if opened:
        picture = whole("event-picture", of_moment(query), language=language, slug=opened.slug)
    else:
        picture = whole("picture", of_feed(query), language=language)
    return Head(
        title=title or site,
        # Sites that show links ask this address for the picture: it must lead to the same event.
        address=whole(page, shown, language=language, **arguments),
        canonical=dict(others)[language],
        others=others,
        unlisted=unlisted(named),
        article=page == "event",
        picture=picture,
        picture_words=f"{title} · {site}" if title else site,
        locale=LOCALES[language],
        other_locales=tuple(locale for code, locale in LOCALES.items() if code != language),
        feeds=tuple(_feeds(page, query, language)),
        oembed=oembed_address(whole(page, of_page(query), language=language, **arguments)) if page in OEMBEDDED else "",
    )


def named_by(page: str, query: Query) -> Query:
    """What of a query names the page: which events and from when. How they are drawn and paged makes no other page."""
    if page in UNASKED:
        return Query()
    # What a page fills in by itself, as the two days of a redline, was not asked for.
    asked = dict(query.pairs)
    kept = {name: getattr(query, name) for name in OWN.get(page, ()) if name in asked}
    if page in READS or page == "about":
        return replace(of_moment(query), **kept)
    return replace(query, **(ELSEWHERE | ONLY_EMBEDS | ONLY_DRAWN | ONLY_LISTED | {"event": ""} | kept))


def unlisted(named: Query) -> bool:
    """Whether search engines are to leave a page out: a past state of a page, a search, a combination of filters.
    There are endlessly many of these, and each event has a page of its own."""
    asked = [pair.partition("=") for pair in canonical(named).split("&") if pair]
    return bool(asked) and (len(asked) > 1 or asked[0][0] not in LANDINGS or "," in asked[0][2])


def _title(page: str, filters: str) -> str:
    if page == "home":
        return _("Events: %(filters)s") % {"filters": filters} if filters else ""
    words = str(HEADINGS.get(page, ""))
    return _("%(page)s: %(filters)s") % {"page": words, "filters": filters} if words and filters else words


def described(filters: str, total: int | None, sentence: str) -> str:
    """The timeline page in two sentences: how many events it tells, and where the agreement stands. `total` None: not
    counted on this page."""
    if not filters or total is None:
        return sentence
    count = ngettext("%(n)d event: %(filters)s.", "%(n)d events: %(filters)s.", total)
    return f"{count % {'n': total, 'filters': filters}} {sentence}"


def _feeds(page: str, query: Query, language: str):
    if page == "changes":
        asked = replace(of_feed(query), change=query.change)
        faces = ("changes-atom", "changes-json")
        words = _("Changes")
    elif page == "home":
        asked, faces, words = of_feed(query), ("feed-atom", "feed-json"), _("New events")
    else:
        return
    for face, media in zip(faces, ("application/atom+xml", "application/feed+json"), strict=True):
        yield Feed(media, words, whole(face, asked, language=language))
    if page == "home":
        yield Feed("text/calendar", _("Calendar"), whole("events-ics", asked, language=language))
