"""How a view is shared: whole addresses, the query that each face needs, and the code that embeds it elsewhere."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import override

from timeline.query import canonical
from tracker.query import Query

HEIGHT = 600  # pixels, of a frame for which nobody asked for another height
# Our own script tells the height. What a frame opens in a new tab must not inherit the sandbox.
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
# What only other pages read: the treaty clock, the changes, the redline.
ELSEWHERE: dict[str, Any] = {"since": "", "a": None, "b": None, "change": (), "step": (), "reading": None, "lang": ""}
ONLY_EMBEDS: dict[str, Any] = {"look": None, "theme": None, "height": None}
ONLY_DRAWN: dict[str, Any] = {"start": None, "end": None, "lanes": None, "layers": ()}
ONLY_LISTED: dict[str, Any] = {"order": None, "limit": None, "cursor": ""}


def whole(face: str, query: Query | None = None, *, language: str, **arguments) -> str:
    """The whole address of a face in a language, with the query if there is one."""
    text = canonical(query) if query else ""
    with override(language):
        return settings.SITE_URL + reverse(face, kwargs=arguments) + (f"?{text}" if text else "")


def of_page(query: Query) -> Query:
    """What the timeline page reads of a query."""
    return replace(query, **ELSEWHERE, **ONLY_EMBEDS, cursor="")


def of_embed(query: Query) -> Query:
    """What the embed reads of a query made for a page: how a list is paged there means nothing in a frame."""
    return replace(query, **ELSEWHERE, **ONLY_LISTED)


def of_drawing(query: Query) -> Query:
    """What a file with a drawing in it reads: the stretch of the axis too."""
    return replace(of_page(query), event="")


def of_list(query: Query) -> Query:
    """What a file that is a list reads: which events, seen from when, in which order."""
    return replace(of_drawing(query), **ONLY_DRAWN)


def of_feed(query: Query) -> Query:
    """What a feed or a calendar reads: which events, seen from when."""
    return replace(of_list(query), **ONLY_LISTED)


def of_filters(query: Query) -> Query:
    """Only which events, whenever a reader looks."""
    return replace(of_feed(query), as_of=None, recorded=None)


def of_moment(query: Query) -> Query:
    """Only from when a reader looks."""
    return Query(as_of=query.as_of, recorded=query.recorded)


def embed_title(filters: str, opened: str = "") -> str:
    """What a frame is called: the event that it opens on, else the record and its filters. In the active language."""
    name = _("USMCA joint review")
    if opened:
        return f"{opened} · {name}"
    return f"{name} ({filters})" if filters else name


def frame(address: str, title: str, *, height: int | None = None, width: int | str = "100%") -> str:
    """The code of a frame. `height` in pixels, `width` in pixels or as a share."""
    return format_html(
        '<iframe src="{}" title="{}" width="{}" height="{}" loading="lazy" sandbox="{}"></iframe>',
        address,
        title,
        width,
        height or HEIGHT,
        SANDBOX,
    )


def loader() -> str:
    """The code of the script that makes frames of ours grow with their content, and that knows the element."""
    return format_html('<script src="{}" async></script>', settings.SITE_URL + reverse("embed-js"))


def element(query: Query, title: str, *, language: str) -> str:
    """The code of the element, with a link for whoever has no script."""
    given = {
        "query": canonical(of_embed(query), **ONLY_EMBEDS),
        "look": query.look,
        "theme": query.theme,
        "lang": language,
        "height": query.height or HEIGHT,
    }
    attributes = [format_html(' {}="{}"', name, value) for name, value in given.items() if value]
    link = format_html('<a href="{}">{}</a>', whole("home", of_page(query), language=language), title)
    return format_html("<usmca-timeline{}>{}</usmca-timeline>", format_html("{}" * len(attributes), *attributes), link)
