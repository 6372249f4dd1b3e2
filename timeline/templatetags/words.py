"""What templates say in words: dates, standings, counts, and the addresses that keep the reader's query."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from timeline.query import canonical, in_words
from timeline.scene.slip_words import slip_words
from tracker import date_words, labels
from tracker.edtf import Edtf, Form, Precision, parse
from tracker.entry import Entry
from tracker.moment import utc_text
from tracker.query import Query
from tracker.vocabulary import ChangeClass, Country, Standing

register = template.Library()

SHORT = {Precision.DAY, Precision.MONTH, Precision.YEAR}


ZONE = ZoneInfo(settings.RECORD_ZONE)

SECTIONS = (
    (gettext_lazy("Timeline"), ("home", "results", "event")),
    (gettext_lazy("Treaty clock"), ("clock", "clock-results")),
    (gettext_lazy("Changes"), ("changes", "redline", "slips", "corrections")),
    (gettext_lazy("Share and export"), ("share",)),
    (pgettext_lazy("a page of the site", "About"), ("about",)),
)
PAGES_OF_CHANGES = (
    (gettext_lazy("Changes"), "changes"),
    (gettext_lazy("Redline"), "redline"),
    (gettext_lazy("Slipped dates"), "slips"),
    (gettext_lazy("Corrections"), "corrections"),
)
# What a fragment is a part of: its addresses are the page's.
PAGE_OF = {"results": "home", "clock-results": "clock"}
# Pages that stand once: `lang` chooses their language.
ONCE = ("api",)


@register.filter
def said(date: Edtf, style: str = "long") -> str:
    """A date with precision in words, in the active language. Style "list" is short, but for the names that only
    their long form makes plain (second half of 2026)."""
    if style == "list":
        style = "long" if date.form == Form.SET or date.precision not in SHORT else "short"
    return date_words.in_words(date, translation.get_language(), style="short" if style == "short" else "long")


@register.filter
def day(value, style: str = "long") -> str:
    """A calendar day, or an instant seen in the record's zone, in words."""
    if isinstance(value, datetime):
        value = value.astimezone(ZONE).date()
    return said(parse(value.isoformat()), style)


@register.filter
def minute(value: datetime) -> str:
    """An instant for people: day and minute in UTC."""
    return date_words.minute_words(value, translation.get_language())


@register.filter
def instant(value) -> str:
    """An instant as `recorded=` takes it."""
    return utc_text(value)


@register.filter
def edtf(text: str) -> Edtf:
    return parse(text)


@register.filter
def label(value, table: str) -> str:
    """The words of a member of an enumeration: `{{ entry.kind|label:"KINDS" }}`."""
    return getattr(labels, table)[value]


@register.filter
def change(value: str) -> str:
    return str(labels.CHANGES[ChangeClass(value)])


@register.simple_tag(takes_context=True)
def standing(context, entry: Entry) -> Standing:
    return entry.standing(context["asked"].moment.today)


@register.filter
def sources(entry: Entry) -> str:
    """How many sources, the official ones as a plus: "2 sources, 1 official", "3 official sources"."""
    count, official = len(entry.sources), entry.official_sources
    if official == count:
        return ngettext("%(n)s official source", "%(n)s official sources", count) % {"n": count}
    words = ngettext("%(n)s source", "%(n)s sources", count) % {"n": count}
    if official:
        words += ", " + ngettext("%(n)s official", "%(n)s official", official) % {"n": official}
    return words


@register.filter
def slip(days: int | None) -> str:
    """How far a date moved: "16 days later"; empty for none."""
    return slip_words(days)


@register.simple_tag
def parties(entry: Entry) -> list[tuple[str, str, bool]]:
    """The three columns of a list: code, name, whether concerned; north to south."""
    return [(country.value, str(labels.COUNTRIES[country]), country in entry.countries) for country in Country]


@register.simple_tag(takes_context=True)
def query(context, **changes) -> str:
    """The reader's query with some values changed, as "?…"; empty when nothing is left. Within a named embed it names
    what the desk's query says and the reader's does not as empty, or it would come back."""
    text = canonical(context["asked"].query, **changes)
    if "look" not in changes:  # a link that leaves the embed drops the look
        named = {pair.partition("=")[0] for pair in text.split("&")}
        empty = [f"{name}=" for name in getattr(context.get("request"), "stated", ()) if name not in named]
        text = "&".join([text, *empty] if text else empty)
    return f"?{text}" if text else ""


@register.simple_tag(takes_context=True)
def filter_address(context, **filters) -> str:
    """The timeline filtered by one topic or actor, seen from the reader's moment."""
    asked = context["asked"].query
    wanted = Query(as_of=asked.as_of, recorded=asked.recorded)
    text = canonical(wanted, **{name: (value,) for name, value in filters.items()})
    return f"{reverse('home')}?{text}"


@register.simple_tag(takes_context=True)
def moment_query(context) -> str:
    """Only the reader's moment: what a link to another page keeps."""
    asked = context["asked"].query
    kept = {pair: value for pair, value in asked.pairs if pair in ("as_of", "recorded")}
    return "?" + "&".join(f"{name}={value}" for name, value in kept.items()) if kept else ""


@register.simple_tag(takes_context=True)
def filter_words(context) -> str:
    """The filters said in one phrase."""
    asked = context["asked"]
    names = asked.vocabulary.names
    return in_words(
        asked.query,
        asked.language,
        topic_names=names("topics", asked.language),
        actor_names=names("actors", asked.language),
    )


@register.simple_tag(takes_context=True)
def here(context) -> str:
    """The path of the page: a fragment speaks of the page that it is part of."""
    request = context["request"]
    page = PAGE_OF.get(request.resolver_match.url_name) if request.resolver_match is not None else None
    return reverse(page) if page else request.path


@register.simple_tag(takes_context=True)
def languages(context) -> list[tuple[str, str, str, bool]]:
    """The same page in each language: code, name, address, whether it is this one."""
    request, asked = context["request"], context.get("asked")
    match = request.resolver_match
    if context.get("preview"):
        now = translation.get_language()
        return [(code, words, f"{request.path}?lang={code}", code == now) for code, words in settings.LANGUAGES]
    # A fragment speaks of its page; the desk and an unknown address have no other languages than the front page's.
    elsewhere = match is None or match.namespaces or match.url_name is None
    name = "home" if elsewhere else PAGE_OF.get(match.url_name, match.url_name)
    arguments = match.kwargs if match is not None and name == match.url_name else {}
    current = translation.get_language()
    found = []
    for code, words in settings.LANGUAGES:
        chosen = {"lang": "" if code == settings.LANGUAGE_CODE else code} if name in ONCE else {}
        text = canonical(asked.query, **chosen) if asked else ""
        with translation.override(code):
            address = reverse(name, kwargs=arguments) + (f"?{text}" if text else "")
        found.append((code, words, address, code == current))
    return found


@register.simple_tag(takes_context=True)
def sections(context) -> list[tuple[str, str, bool]]:
    """The parts of the site: words, address as seen from the reader's moment, whether the page belongs to it."""
    match = context["request"].resolver_match
    here = match.url_name if match is not None and not match.namespaces else None
    moment = moment_query(context) if context.get("asked") else ""
    return [(str(words), reverse(pages[0]) + moment, here in pages) for words, pages in SECTIONS]


@register.simple_tag(takes_context=True)
def pages_of_changes(context) -> list[tuple[str, str, bool]]:
    """The pages that tell what changed: words, address as seen from the reader's moment, whether it is this one."""
    here = context["request"].resolver_match.url_name
    return [(str(words), reverse(name) + moment_query(context), here == name) for words, name in PAGES_OF_CHANGES]


@register.simple_tag(takes_context=True)
def then(context, since: datetime) -> str:
    """This page as known at the end of the day on which something became known, as "?…"."""
    text = canonical(context["asked"].query, as_of=since.astimezone(ZONE).date())
    return f"?{text}"


@register.simple_tag(takes_context=True)
def versions(context) -> str:
    """The redline of the event from the first day on which it was known to the reader's own, as "?…"; empty where there
    is nothing to compare."""
    asked, known = context["asked"], context["scene"].known
    first = known[0].since.astimezone(ZONE).date() if known else asked.moment.today
    if first >= asked.moment.today:
        return ""
    moment = {"as_of": asked.query.as_of, "recorded": asked.query.recorded}
    text = canonical(Query(a=first, b=asked.moment.today, event=context["entry"].slug, **moment))
    return f"?{text}&full=1"


@register.simple_tag
def origin() -> str:
    """The site's own origin, for addresses that must be whole."""
    return settings.SITE_URL


@register.simple_tag
def untranslated(language: str) -> str:
    """What a text says of itself when it is shown in English for want of a translation."""
    return {"es": _("Only in English so far"), "fr": _("Only in English so far")}.get(language, "")
