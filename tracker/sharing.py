"""What the desk is told of sharing, read: the query of an embed or a webhook, and the sites that may show an embed."""

import re
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string
from django.utils.translation import get_language_from_path, ngettext, override
from django.utils.translation import gettext as _

# Longer ones make an address that no program takes; and nobody names as many parameters.
LONGEST = 2000
_MOST_PARAMETERS = 200
MOST_SITES = 100
_LONGEST_SITE = 253
_EVENT_PAGES = ("event", "card", "event-picture")
_NAMED = "embed-named"
_LOCAL = ("localhost", "127.0.0.1")
_USUAL_PORTS = {"https": "443", "http": "80"}
# A name of the public internet: two parts at least, the last one no number.
_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")
# Python writes these in the ASCII of 2003, browsers in that of 2008: another name (UTS 46, section 4).
_WRITTEN_OTHERWISE = re.compile("[ßẞς\u200c\u200d]")


class Purpose(StrEnum):
    """What a query of the desk is for: which parameters count depends on it."""

    EMBED = "embed"
    WEBHOOK = "webhook"


class Unreadable(ValueError):
    """What was typed cannot be read; `faults` says why, one line for each fault, in the active language."""

    def __init__(self, faults: Iterable[str]):
        self.faults = tuple(faults)
        super().__init__(*self.faults)


def read_query(text: str, purpose: Purpose, at: datetime) -> str:
    """The query in its one spelling, from a query string or the whole address of a page of this site. `at` is now.

    Raises Unreadable. Of an address, what does not count for the purpose is left out, for pages say more than embeds
    read; typed by hand, it is refused: it would be a slip.
    """
    query, pasted = _query_of(text.strip(), purpose)
    if len(query) > LONGEST or query.count("&") > _MOST_PARAMETERS:
        raise Unreadable([_("This query is too long: at most %(most)d signs.") % {"most": LONGEST}])
    # The grammar stands in the wing that shows the record, which the desk does not know.
    canonical, faults = import_string(settings.QUERY_READER)(query, purpose, pasted=pasted, at=at)
    if faults:
        raise Unreadable(faults)
    return canonical


def _query_of(text: str, purpose: Purpose) -> tuple[str, bool]:
    """The query string of the text, and whether the text was an address."""
    head = text.partition("?")[0]
    if "/" not in head or "=" in head:
        return text.removeprefix("?"), False
    if "://" not in head and not head.startswith("/"):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        name = parts.hostname
    except ValueError:
        parts, name = None, ""
    own = parts is not None and (text.startswith("/") or (name and validate_host(name, settings.ALLOWED_HOSTS)))
    page = _page(parts.path) if parts and own else None
    if parts is None or page is None:
        raise Unreadable([_("This is no address of a page of this site. Paste one, or what stands after its “?”.")])
    return _with_its_event(parts.query, page, purpose), True


def _page(path: str):
    """What stands at a path of this site; None where nothing does."""
    # The address chooses the language, and only that one's pages are found.
    with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            return resolve(path or "/")
        except Resolver404:
            return None


def _with_its_event(query: str, page, purpose: Purpose) -> str:
    if page.url_name == _NAMED:
        raise Unreadable([_("This is the address of a named embed, whose query stands here at the desk.")])
    if page.url_name not in _EVENT_PAGES:
        return query
    if purpose == Purpose.WEBHOOK:
        raise Unreadable([_("This is the page of one event. A webhook is told of all events that match a query.")])
    return f"event={page.kwargs['slug']}&{query}"


def read_sites(text: str, *, local: bool) -> list[str]:
    """The sites of a text, one a line, as `frame-ancestors` takes them (CSP 3, 2.3.1): scheme and host in lower-case
    ASCII, a port where it is not the usual one; each once, in their order. `local`: whether this machine is a site.

    Raises Unreadable, with a fault for each line that is no site.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    sites, faults = [], []
    for line in lines[:MOST_SITES]:
        try:
            sites.append(_site(line, local=local))
        except Unreadable as error:
            shown = "".join(sign if sign.isprintable() else "\ufffd" for sign in line[:80])
            faults += [f"“{shown}”: {fault}" for fault in error.faults]
    if len(lines) > MOST_SITES:
        faults.append(ngettext("at most %(most)d site", "at most %(most)d sites", MOST_SITES) % {"most": MOST_SITES})
    if faults:
        raise Unreadable(faults)
    return list(dict.fromkeys(sites))


def _site(line: str, *, local: bool) -> str:
    before, slashes, after = line.partition("://")
    scheme, place = (before.lower(), after) if slashes else ("https", line)
    place = place.removesuffix("/")
    if re.search(r"[/?#]", place):
        raise Unreadable([_("a site has no path; write it like https://example.org")])
    host, colon, port = place.partition(":")
    name = _ascii(host.removeprefix("*."))
    here = name in _LOCAL
    if here and not local:
        raise Unreadable([_("a name of this machine is no site of others")])
    if scheme != "https" and not (scheme == "http" and here):
        raise Unreadable([_("a site begins with https://")])
    every = host.startswith("*.")
    if not (_NAME.fullmatch(name) or (here and not every)) or (colon and not _is_port(port)):
        raise Unreadable(
            [_("this is no site; write it like https://example.org, https://*.example.org or https://example.org:8443")]
        )
    kept = f":{int(port)}" if colon and port != _USUAL_PORTS[scheme] else ""
    site = f"{scheme}://{'*.' if every else ''}{name}{kept}"
    if len(site) > _LONGEST_SITE:
        raise Unreadable([_("this name is too long")])
    return site


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 5 and 0 < int(text) < 65536


def _ascii(name: str) -> str:
    """The name as browsers send it; empty for what can be none."""
    if _WRITTEN_OTHERWISE.search(name):
        raise Unreadable([_("write this name in its ASCII form, which begins with xn--")])
    try:
        return name.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError:
        return ""
