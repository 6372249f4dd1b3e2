"""What a page says of itself to programs, and the code that embeds it."""

from dataclasses import replace

from django import template
from django.conf import settings
from django.http import QueryDict
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from timeline.query import canonical
from timeline.scene import schema_org
from timeline.scene.head import Head, described, head
from timeline.scene.share import oembed_address
from timeline.scene.sharing import embed_title, frame, of_embed, of_moment, of_page, whole
from timeline.templatetags.words import PAGE_OF, filter_words
from tracker.query import Query

register = template.Library()
# Files that programs read, by media type, and the address of each.
DATA = (
    ("text/csv", "events-csv"),
    ("application/json", "events-json"),
    ("application/ld+json", "events-jsonld"),
    ("application/x-ndjson", "events-ndjson"),
    ("text/calendar", "events-ics"),
)


@register.simple_tag(takes_context=True)
def page_head(context) -> Head | None:
    """The head of the page; None for a preview and for what has no address of its own."""
    match, asked = context["request"].resolver_match, context.get("asked")
    if context.get("preview") or asked is None or match is None or match.namespaces:
        return None
    page = PAGE_OF.get(match.url_name, match.url_name)
    opened = context.get("entry" if page == "event" else "opened")
    return head(
        page,
        asked.query,
        language=asked.language,
        arguments=match.kwargs,
        # Without filters nobody needs the names of topics and people: they cost a question.
        filters=filter_words(context) if asked.query.filters and not opened else "",
        opened=opened,
    )


@register.simple_tag(takes_context=True)
def home_description(context) -> str:
    """What the timeline page is, in a sentence or two: the event that is opened, or the selection."""
    if context.get("opened"):
        return context["opened"].text.summary
    return described(filter_words(context), context["total"], context["situation"].sentence)


@register.simple_tag(takes_context=True)
def embed_code(context) -> str:
    """The code of a frame that shows the selection of the page, without the event that it has opened."""
    asked = context["asked"]
    address = whole("embed", replace(of_embed(asked.query), event=""), language=asked.language)
    return frame(address, embed_title(filter_words(context)), height=asked.query.height)


@register.simple_tag
def named_embed_code(name: str, language: str) -> str:
    """The code of a frame that shows the embed of that name, in a language."""
    with override(language):
        return frame(whole("embed-named", language=language, name=name), embed_title(""))


@register.simple_tag(takes_context=True)
def share_query(context) -> str:
    """The query for the page that shares a selection, as "?…"."""
    text = canonical(of_page(context["asked"].query))
    return f"?{text}" if text else ""


@register.simple_tag(takes_context=True)
def oembed_of_embed(context) -> str:
    """Where programs ask how this embed is embedded. Of a named one it says what the reader's own address says: the
    desk's query is to be read each time that it is shown, not kept by another site."""
    request = context["request"]
    address = settings.SITE_URL + request.path
    text = canonical(context["asked"].query)
    if hasattr(request, "stated"):
        given = QueryDict(request.META["QUERY_STRING"])
        own = [pair for pair in text.split("&") if pair.partition("=")[0] in given]
        empty = [f"{name}=" for name in request.stated if name in given and not any(given.getlist(name))]
        text = "&".join(own + empty)
    return oembed_address(f"{address}?{text}" if text else address)


@register.simple_tag(takes_context=True)
def event_data(context) -> SafeString:
    """The event of the page as a block of schema.org data; empty in a preview."""
    if context.get("preview"):
        return SafeString()
    asked, entry = context["asked"], context["entry"]
    home = whole("home", of_moment(asked.query), language=asked.language)
    address = whole("event", of_moment(asked.query), language=asked.language, slug=entry.slug)
    things = [schema_org.thing(entry, address, asked.language), schema_org.crumbs(entry, home, address)]
    return _block([*things, schema_org.website(whole("home", language=asked.language), asked.language)])


@register.simple_tag(takes_context=True)
def site_data(context) -> SafeString:
    """The site and its record as a block of schema.org data, on the front page alone."""
    asked = context["asked"]
    if asked.query != Query():
        return SafeString()
    home = whole("home", language=asked.language)
    record = schema_org.dataset(
        home,
        _("Record of the USMCA joint review"),
        _("A public, sourced record of the joint review of the North American trade agreement (USMCA, T-MEC, CUSMA)."),
        stamp=asked.pin,
        files=[(media, whole(face, language=asked.language)) for media, face in DATA],
        about=f"{whole('about', language=asked.language)}#licence",
    )
    return _block([schema_org.website(home, asked.language), record])


def _block(things: list[dict]) -> SafeString:
    """Data, not a script: the policy of the page is not asked, and nothing in it can end the element."""
    graph = schema_org.in_html({"@context": schema_org.CONTEXT, "@graph": things})
    return mark_safe(f'<script type="application/ld+json">{graph}</script>')
