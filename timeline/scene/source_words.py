"""What the text of an entry says of itself where it is not simply the record's: English for want of a translation, or a
translation that nobody has reviewed."""

from django.utils.translation import gettext as _

from tracker.entry import Entry
from tracker.vocabulary import TextState


def text_words(entry: Entry, language: str) -> str:
    """The words, without a stop; empty where there is nothing to say."""
    if entry.text.fallback:
        return _("Only in English so far")
    if language == "en" or entry.text.state == TextState.REVIEWED:
        return ""
    if entry.text.state == TextState.STALE:
        return _("The English has changed since this translation was reviewed")
    return _("Translation not reviewed yet")
