"""The review of texts: a person marks one as reviewed, which records who and against which English; a change of the
English makes the reviewed translations stale. Drafts of the desk alone: the record is never touched here."""

from datetime import datetime

from tracker.auditing import note
from tracker.models.desk import Event, EventText
from tracker.vocabulary import Language, LogAction, TextState

# The fields of a text that are words.
WORDS = ("title", "label", "summary", "note")
LANGUAGE_NAMES = dict(EventText._meta.get_field("language").choices or ())


def words_of(text: EventText) -> dict[str, str]:
    """The words of a text by field."""
    return {name: getattr(text, name) for name in WORDS}


def review(text: EventText, *, by, at: datetime, address: str | None = None) -> None:
    """Mark the saved text as reviewed by that person at that moment, and log it. Call it within the transaction that
    saves the event, once its English is saved too: a translation remembers the English it was compared with."""
    before = text.state
    text.state, text.reviewed_by, text.reviewed_at, text.stale_since = TextState.REVIEWED, by, at, None
    text.reviewed_against = _english(text.event_id) if text.language != Language.ENGLISH else None
    text.save(update_fields=["state", "reviewed_by", "reviewed_at", "stale_since", "reviewed_against"])
    changes = [{"field": f"texts[{text.language}].state", "old": before, "new": text.state}]
    note(LogAction.REVIEWED, by=by, about=text.event, changes=changes, address=address, at=at)


def undo_review(text: EventText) -> None:
    """Let the text wait for a review again. The English of the last review is kept: it helps whoever reviews next.
    Saves nothing."""
    text.state, text.reviewed_by, text.reviewed_at, text.stale_since = TextState.DRAFT, None, None, None


def english_changed(event: Event, *, at: datetime) -> None:
    """After the English of the event was saved: its reviewed translations become stale, and stale ones whose review
    was of these very words hold again. A draft stays a draft."""
    english = _english(event.pk)
    for text in event.texts.exclude(language=Language.ENGLISH).exclude(state=TextState.DRAFT):
        if text.state == TextState.REVIEWED and text.reviewed_against != english:
            text.state, text.stale_since = TextState.STALE, at
        elif text.state == TextState.STALE and text.reviewed_against == english and english:
            text.state, text.stale_since = TextState.REVIEWED, None
        else:
            continue
        text.save(update_fields=["state", "stale_since"])


def english_since(text: EventText, english: EventText | None) -> list[tuple[str, str, str]]:
    """What the English says otherwise than when the text was reviewed: (field, then, now); empty when that is not
    known or nothing differs."""
    then = text.reviewed_against
    if english is None or not then:
        return []
    now = words_of(english)
    return [(name, then.get(name, ""), now[name]) for name in WORDS if then.get(name, "") != now[name]]


def _english(event: int) -> dict[str, str]:
    """The English words of the event as saved; empty when there are none."""
    found = EventText.objects.filter(event=event, language=Language.ENGLISH).first()
    return words_of(found) if found else {}
