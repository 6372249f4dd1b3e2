"""What an editor should know before publishing though it forbids nothing: languages, links, how well it is proven."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.admin.deeds.content_words import LANGUAGES
from tracker.admin.standing import titled
from tracker.models.desk import Event
from tracker.models.record import Revision
from tracker.vocabulary import Language, TextState, Tier


def told(content: dict, now: datetime) -> list[str]:
    """The sentences for a content, in the language of the desk."""
    return [
        _evidence(content["sources"]),
        *_languages(content["texts"]),
        *_remarks(content),
        *_links(content["links"], now),
    ]


def _evidence(sources: list[dict]) -> str:
    official = sum(source["tier"] == Tier.PRIMARY for source in sources)
    words = ngettext("%(count)d source", "%(count)d sources", len(sources)) % {"count": len(sources)}
    if official:
        words = _("%(sources)s, %(official)d official") % {"sources": words, "official": official}
    elif len(sources) == 1:
        words = _("%(sources)s, and it is not official") % {"sources": words}
    return f"{words}."


def _languages(texts: dict) -> list[str]:
    found = []
    for code in Language:
        language = {"language": LANGUAGES[code]}
        state = texts[code]["state"] if code in texts else None
        if state == TextState.DRAFT and code == Language.ENGLISH:
            found.append(_("The English text is still marked as a draft."))
        elif state == TextState.DRAFT:
            found.append(_("%(language)s is a draft: readers see it marked as not reviewed.") % language)
        elif state == TextState.STALE:
            found.append(_("%(language)s is older than the English: readers see it marked so.") % language)
        elif state is None and code != Language.ENGLISH:
            found.append(_("%(language)s is missing: readers see the English, marked so.") % language)
    return found


def _remarks(content: dict) -> list[str]:
    """In which languages of the event some statement of a government is missing: a missing text is told already."""
    return [
        _("What the governments said is not all in %(language)s: readers see the English.") % {"language": name}
        for code, name in LANGUAGES.items()
        if code in content["texts"] and not all(row["words"].get(code) for row in content.get("remarks", ()))
    ]


def _links(links: list[dict], now: datetime) -> list[str]:
    events = {link["event"] for link in links}
    if not events:
        return []
    shown = Revision.objects.open().filter(event__in=events, retracted=False, known__contains=now)
    hidden = events - set(shown.values_list("event", flat=True))
    return [
        _("“%(event)s” is not on the record: readers see the link to it only once it is published.") % {"event": event}
        for event in titled(Event.objects).filter(pk__in=hidden).order_by("pk")
    ]
