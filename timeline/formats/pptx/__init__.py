"""The slides of a query: where it stands, one axis in native shapes, one slide a month with its sources in the notes,
how to cite."""

from django.utils.translation import gettext as _

from timeline.formats.pptx.axis import axis_slide
from timeline.formats.pptx.deck import Deck
from timeline.formats.pptx.front import foot_words, front, last, subject_words
from timeline.formats.pptx.months import month_slides
from timeline.scene.extract import Extract


def write(extract: Extract) -> bytes:
    """The presentation (ECMA-376), in the extract's language, which must be the active one. The same record and query
    give the same bytes."""
    deck, foot = Deck(extract.language), foot_words(extract)
    front(deck, extract)
    axis_slide(deck, extract, foot)
    month_slides(deck, extract, foot)
    last(deck, extract)
    return deck.saved(
        title=_("The joint review of the USMCA: where it stands"),
        subject=subject_words(extract),
        author=_("USMCA Joint Review Tracker"),
        stamp=extract.stamp,
    )
