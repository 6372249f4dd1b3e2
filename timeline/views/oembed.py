"""oEmbed 1.0 (oembed.com): a pasted address of this site becomes an embed on another site."""

from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from timeline.query import BadParameter, BadQuery, in_words
from timeline.query.faults import Refused
from timeline.query.reading import number
from timeline.scene.sharing import HEIGHT, embed_title, frame, of_embed, of_feed, of_moment, whole
from timeline.views.asked import ALL, Asked, ask, face
from timeline.views.elsewhere import open_to_all
from timeline.views.faults import problem
from tracker.models.sharing import NamedEmbed

WIDTH = 720  # pixels, where the other site does not say how much room there is
PICTURE = (1200, 630)  # pixels: the picture of a view, and of an event
HOUR, DAY = 3_600, 86_400  # seconds
FORMATS = ("json", "xml")
OWN = ("url", "format", "maxwidth", "maxheight")


class NotEmbedded(Exception):
    """The address is none of this site that can be embedded; the message says why, for whoever asked."""


@dataclass(frozen=True, slots=True)
class Target:
    """What an address of this site shows in a frame: the `embed` and its title, the picture of it, the height that
    it asks for; `kept` if it stays the same for ever."""

    embed: str
    title: str
    picture: str
    height: int | None
    kept: bool


# The address in `url` has a moment of its own: that of the request around it pins nothing.
@open_to_all
@face("oembed", speaks="json", also=OWN, once=True, stamp=ALL)
def oembed(request, outer: Asked):
    """How the address in `url` is embedded. 400 without one, 404 for one that cannot be, 501 for a format that is
    neither json nor xml."""
    form = request.GET.get("format", "").strip().lower() or "json"
    if form not in FORMATS:
        return problem(501, _("Answers are given in these formats: json, xml."))
    url = request.GET.get("url", "").strip()
    room = _room(request)
    if not url:
        raise BadQuery([BadParameter("url", "", _("a whole address of this site"))])
    language = get_language() if request.GET.get("lang") else ""
    try:
        answer = _answer(_target(url, language, outer), *room)
    except NotEmbedded as fault:
        return problem(404, _("No embed at that address."), detail=str(fault), url=url[:600])
    return _xml(answer) if form == "xml" else JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


def _room(request) -> list[int | None]:
    """The most that the other site has room for, in pixels: width and height."""
    found, faults, read = [], [], number(1, 100_000)
    for name in ("maxwidth", "maxheight"):
        text = request.GET.get(name, "").strip()
        try:
            found.append(read(text) if text else None)
        except Refused:
            faults.append(BadParameter(name, text, _("a whole number of pixels, from 1")))
    if faults:
        raise BadQuery(faults)
    return found


def _answer(target: Target, most_width: int | None, most_height: int | None) -> dict:
    """The fields of the specification, section 2.3.4. A picture must keep to the same room, so it is left out where
    there is less."""
    width = min(WIDTH, most_width or WIDTH)
    height = min(target.height or HEIGHT, most_height or 100_000)
    found = {
        "version": "1.0",
        "type": "rich",
        "title": target.title,
        "provider_name": _("USMCA Joint Review Tracker"),
        "provider_url": f"{settings.SITE_URL}/",
        "cache_age": DAY if target.kept else HOUR,
        # Within a width that it was told, a frame must not grow; else it fills what there is.
        "html": frame(target.embed, target.title, height=height, width=width if most_width else "100%"),
        "width": width,
        "height": height,
    }
    if (most_width or PICTURE[0]) >= PICTURE[0] and (most_height or PICTURE[1]) >= PICTURE[1]:
        width, height = PICTURE
        found |= {"thumbnail_url": target.picture, "thumbnail_width": width, "thumbnail_height": height}
    return found


def _target(url: str, language: str, outer: Asked) -> Target:
    """What stands at a whole address; NotEmbedded if it is none that can be embedded."""
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise NotEmbedded(_("The address cannot be read.")) from error
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != urlsplit(settings.SITE_URL).netloc.lower():
        raise NotEmbedded(_("The address is not one of this site."))
    path = unquote(parts.path or "/")
    own = _language_of(path)
    with override(own):
        match = _resolved(path)
    with override(language or own):
        try:
            given = QueryDict(parts.query)
            inner = ask(given, outer.moment.now)
        except BadQuery as fault:
            raise NotEmbedded(str(fault)) from fault
        return _found(match, replace(inner, language=language or own), given)


def _language_of(path: str) -> str:
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _resolved(path: str):
    for tried in (path, f"{path}/"):
        try:
            return resolve(tried)
        except (Resolver404, Http404):
            continue
    raise NotEmbedded(_("There is nothing at that address of this site."))


def _found(match, inner: Asked, given: QueryDict) -> Target:
    query, language = inner.query, inner.language
    match match.url_name:
        case "home":
            query = of_embed(query)
        case "embed":
            query = replace(of_embed(query), order=query.order, limit=query.limit)
        case "embed-named":
            return _named(match.kwargs["name"], inner, given)
        case "event":
            query = replace(of_moment(query), event=match.kwargs["slug"])
        case _:
            raise NotEmbedded(_("Only the timeline, an event and an embed can be embedded."))
    opened = _opened(query.event, inner) if query.event else None
    if match.url_name == "event" and opened is None:
        raise NotEmbedded(_("There is no such event on the record."))
    picture = whole("picture", of_feed(query), language=language)
    if opened is not None:
        picture = whole("event-picture", of_moment(query), language=language, slug=opened.slug)
    title = embed_title(_filters(inner), opened.text.title if opened else "")
    return Target(whole("embed", query, language=language), title, picture, query.height, inner.moment.pinned)


def _named(name: str, inner: Asked, given: QueryDict) -> Target:
    """The embed of that name; what it shows is read when it is shown. What is `given` as empty stays so: it takes the
    desk's away."""
    kept = NamedEmbed.objects.in_use(name)
    if kept is None:
        raise NotEmbedded(_("There is no embed by that name."))
    query = replace(of_embed(inner.query), order=inner.query.order, limit=inner.query.limit)
    address = whole("embed-named", query, language=inner.language, name=name)
    stated = QueryDict(kept.query.strip().removeprefix("?"))
    empty = "&".join(f"{one}=" for one in stated if one in given and not any(given.getlist(one)))
    if empty:
        address += ("&" if "?" in address else "?") + empty
    picture = whole("picture", of_moment(query), language=inner.language)
    return Target(address, embed_title(_filters(inner)), picture, query.height, kept=False)


def _opened(slug: str, inner: Asked):
    row = inner.rows.named(slug).first()
    return row.entry(inner.language) if row else None


def _filters(inner: Asked) -> str:
    names = inner.vocabulary.names
    return in_words(
        inner.query,
        inner.language,
        topic_names=names("topics", inner.language),
        actor_names=names("actors", inner.language),
    )


def _xml(answer: dict) -> HttpResponse:
    root = ElementTree.Element("oembed")
    for name, value in answer.items():
        ElementTree.SubElement(root, name).text = str(value)
    body = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="text/xml; charset=utf-8")
