"""The page that offers a view for use elsewhere: its selection, the code to embed it, every address it has."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from timeline.query import canonical
from timeline.scene.cite import permanent
from timeline.scene.sharing import (
    HEIGHT,
    element,
    frame,
    loader,
    of_drawing,
    of_embed,
    of_feed,
    of_list,
    of_page,
    whole,
)
from tracker.query import Query
from tracker.vocabulary import Look, Theme

LOOKS = {
    Look.TIMELINE: pgettext_lazy("look of an embed", "Timeline"),
    Look.LIST: pgettext_lazy("look of an embed", "List"),
    Look.NEXT: pgettext_lazy("look of an embed", "Next dates"),
}
THEMES = {
    Theme.AUTO: gettext_lazy("As the reader’s device"),
    Theme.LIGHT: gettext_lazy("Light"),
    Theme.DARK: gettext_lazy("Dark"),
}
CALENDAR = "ics"


@dataclass(frozen=True, slots=True)
class Way:
    """One address to copy: `name` stands for it in the page, `words` say what it is, `ending` of which file."""

    name: str
    words: str
    address: str
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """All that the page offers of one selection. `seen` is the address of the embed within this site, for the preview.
    `most`: how many events a document takes, where there are more; else None."""

    title: str
    language: str
    total: int
    seen: str
    height: int
    frame: str
    element: str
    links: tuple[Way, ...]
    calendar: tuple[Way, ...]
    feeds: tuple[Way, ...]
    documents: tuple[Way, ...]
    data: tuple[Way, ...]
    programs: tuple[Way, ...]
    most: int | None


def shared(query: Query, title: str, total: int, formats: Iterable, *, language: str, bound: Query | None) -> Shared:
    """What a selection is shared as, in a language. `formats`: the rows of the registry; `bound`: the query that asks
    for the same for ever, None while there is no pin."""
    formats = [row for row in formats if row.extension != CALENDAR]
    embed = whole("embed", of_embed(query), language=language)
    limits = [row.most for row in formats if row.most and total > row.most]
    return Shared(
        title=title,
        language=language,
        total=total,
        seen=embed.removeprefix(settings.SITE_URL),
        height=query.height or HEIGHT,
        frame=frame(embed, title, height=query.height),
        element=f"{loader()}\n{element(query, title, language=language)}",
        links=tuple(_links(query, bound, embed, language)),
        calendar=tuple(_calendar(query, language)),
        feeds=tuple(_feeds(query, language)),
        documents=tuple(_file(row, query, language) for row in formats if row.most),
        data=tuple(_file(row, query, language) for row in formats if not row.most),
        programs=tuple(_programs(query, language)),
        most=min(limits, default=None),
    )


def _links(query: Query, bound: Query | None, embed: str, language: str) -> Iterable[Way]:
    page = whole("home", of_page(query), language=language)
    yield Way("page", _("This selection"), page)
    if bound is not None:
        address = whole("home", permanent("home", of_page(bound)), language=language)
        yield Way("permanent", _("Permanent link"), address)
    yield Way("embed", _("The embed by itself"), embed)
    yield Way("oembed", _("oEmbed"), oembed_address(embed))


def oembed_address(address: str) -> str:
    """The address at which programs ask how an address of ours is embedded."""
    return f"{settings.SITE_URL}{reverse('oembed')}?{urlencode({'url': address, 'format': 'json'})}"


def _calendar(query: Query, language: str) -> Iterable[Way]:
    address = whole("events-ics", of_feed(query), language=language)
    yield Way("webcal", _("Subscribe in a calendar program"), f"webcal:{address.partition(':')[2]}")
    yield Way("ics", _("Address of the calendar"), address, ".ics")


def _feeds(query: Query, language: str) -> Iterable[Way]:
    yield Way("atom", _("New events, Atom"), whole("feed-atom", of_feed(query), language=language))
    yield Way("feed", _("New events, JSON Feed"), whole("feed-json", of_feed(query), language=language))
    changes = replace(of_feed(query), change=query.change)
    yield Way("changes-atom", _("Changes, Atom"), whole("changes-atom", changes, language=language))
    yield Way("changes-feed", _("Changes, JSON Feed"), whole("changes-json", changes, language=language))


def _file(row, query: Query, language: str) -> Way:
    # Documents hold a drawing: the stretch of the axis means something to them.
    asked = of_drawing(query) if row.most else of_list(query)
    return Way(row.extension, str(row.words), whole(row.face, asked, language=language), f".{row.extension}")


def _programs(query: Query, language: str) -> Iterable[Way]:
    other = "" if language == settings.LANGUAGE_CODE else language
    text = canonical(of_list(query), lang=other)
    address = settings.SITE_URL + reverse("api-events") + (f"?{text}" if text else "")
    yield Way("api", _("Events by the read API"), address)
