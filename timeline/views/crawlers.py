"""What crawlers ask for: `/sitemap.xml` (sitemaps.org, 0.9) and `/robots.txt` (RFC 9309)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from timeline.query import BadParameter, BadQuery
from timeline.query.faults import Refused
from timeline.query.reading import number
from timeline.scene.sharing import whole
from timeline.views.asked import Asked, face
from timeline.views.elsewhere import open_to_all
from tracker.moment import utc_text

# Events of one part of the map, each in three languages; the protocol allows 50,000 addresses. A crawler reads a part
# in the time of a page.
MOST = 1_000
PAGES = ("home", "clock", "changes", "redline", "slips", "corrections", "about", "share", "accessibility", "privacy")
# Parts of pages, answers for programs, and the staff's own.
CLOSED = ("/admin/", "/accounts/", "/api/", "/oembed", "/health/", "/metrics")
FRAGMENTS = ("results/", "clock/results/", "changes/marks.json", "events/*/card/", "events/*/timemap/")
DOCUMENTS = ("docx", "pptx", "pdf", "svg", "png", "xlsx", "zip")
# Each of these multiplies every page without telling of another event. `*` is RFC 9309, 2.2.3.
PATTERNS = ("start", "event", "layers", "lanes", "order", "cursor", "as_of", "recorded", "since", "step", "a")
# Programs that fetch a page once, because somebody shared its address: they are shown all of them.
SHARERS = ("Twitterbot", "facebookexternalhit", "LinkedInBot", "Slackbot", "Slackbot-LinkExpanding", "TelegramBot")
NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@face("robots", speaks="text", once=True)
def robots(request, asked: Asked):
    """What crawlers are asked to leave alone, and where the map is."""
    prefixes = [_prefix(code) for code, _name in settings.LANGUAGES]
    parts = [prefix + part for prefix in prefixes for part in FRAGMENTS]
    files = [f"{prefix}events.{ending}" for prefix in prefixes for ending in DOCUMENTS]
    traps = [f"/*{sign}{pattern}=" for pattern in PATTERNS for sign in ("?", "&")]
    closed = [f"Disallow: {path}" for path in (*CLOSED, *parts, *files, *traps)]
    lines = [*(f"User-agent: {name}" for name in SHARERS), *(f"Disallow: {path}" for path in CLOSED), ""]
    lines += ["User-agent: *", *closed, "", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@open_to_all
@face("sitemap", speaks="text", also=("page",), once=True)
def sitemap(request, asked: Asked):
    """The map: every page and every published event in three languages; a map of maps where they are too many."""
    whole = asked.total <= MOST
    parts = [1] if whole else sorted({1, *asked.kept("parts", lambda: asked.rows.parts(MOST))})
    wanted = request.GET.get("page", "")
    if not wanted and parts != [1]:
        return _xml(_index(parts))
    page = _page(wanted or "1")
    if page not in parts:
        raise Http404
    # Pages that follow the day and the record tell no day of their own.
    places: list[tuple[str, dict[str, str], datetime | None]] = []
    if page == 1:
        places += [(name, {}, None) for name in PAGES]
    rows = asked.rows if whole else asked.rows.of_part(page, MOST)
    places += [("event", {"slug": slug}, stamp) for slug, stamp in rows.mapped()]
    return _xml(_map(places))


def _page(text: str) -> int:
    try:
        return number(1, 9_999)(text)
    except Refused as refused:
        raise BadQuery([BadParameter("page", text, _("the number of a part of the sitemap"))]) from refused


def _map(places: Sequence[tuple[str, dict, datetime | None]]) -> Iterator[str]:
    yield f'<urlset {NAMESPACES} xmlns:xhtml="http://www.w3.org/1999/xhtml">'
    for name, arguments, stamp in places:
        addresses = {code: whole(name, language=code, **arguments) for code, _name in settings.LANGUAGES}
        others = "".join(_other(code, address) for code, address in addresses.items())
        others += _other("x-default", addresses[settings.LANGUAGE_CODE])
        modified = f"<lastmod>{utc_text(stamp)}</lastmod>" if stamp else ""
        for address in addresses.values():
            yield f"<url><loc>{escape(address)}</loc>{modified}{others}</url>"
    yield "</urlset>"


def _other(code: str, address: str) -> str:
    return f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>'


def _index(parts: Sequence[int]) -> Iterator[str]:
    yield f"<sitemapindex {NAMESPACES}>"
    address = settings.SITE_URL + reverse("sitemap")
    for part in parts:
        yield f"<sitemap><loc>{escape(address)}?page={part}</loc></sitemap>"
    yield "</sitemapindex>"


def _xml(lines: Iterator[str]) -> HttpResponse:
    body = "\n".join(('<?xml version="1.0" encoding="UTF-8"?>', *lines)) + "\n"
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


def _prefix(code: str) -> str:
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
