"""The state of a text in words: the badge beside its form, and the three marks of an event in the list."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tracker.admin.moments import RECORD_ZONE, day_in_words
from tracker.labels import TEXT_STATES
from tracker.models.desk import EventText
from tracker.vocabulary import Language, TextState

MISSING = "missing"
WORDS = {
    MISSING: pgettext_lazy("state of a text", "Missing"),
    **{state.value: TEXT_STATES[state] for state in TextState},
}
# Drawn beside the code of the language; the words are read out and stand in the title.
SIGNS = {MISSING: "–", TextState.DRAFT: "○", TextState.STALE: "↻", TextState.REVIEWED: "✓"}
LANGUAGES = {
    Language.ENGLISH: gettext_lazy("English"),
    Language.SPANISH: gettext_lazy("Spanish"),
    Language.FRENCH: gettext_lazy("French"),
}


@dataclass(frozen=True)
class Badge:
    """The state of one text; a text that was never saved is missing."""

    text: EventText

    @property
    def state(self) -> str:
        return self.text.state if self.text.pk else MISSING

    @property
    def name(self) -> Any:
        return WORDS[self.state]

    @property
    def details(self) -> str:
        """Who reviewed it and when, since when it is stale; empty where nobody knows."""
        found = []
        if self.text.reviewed_at and self.state in (TextState.REVIEWED, TextState.STALE):
            found.append(
                _("reviewed by %(who)s on %(day)s")
                % {"who": self.text.reviewed_by or _("the shipped record"), "day": _day(self.text.reviewed_at)}
            )
        if self.text.stale_since:
            found.append(_("the English changed on %(day)s") % {"day": _day(self.text.stale_since)})
        elif self.state == TextState.STALE:
            found.append(_("the English changed since"))
        return "; ".join(found)


def _day(moment) -> str:
    return day_in_words(moment.astimezone(RECORD_ZONE).date())


def marks(states: dict[str, str | None]) -> str:
    """The codes of the three languages with the sign of their state, for the state of each (None: missing)."""
    rows = (
        (state := states.get(code) or MISSING, f"{LANGUAGES[code]}: {WORDS[state]}", code.value, SIGNS[state])
        for code in Language
    )
    return format_html(
        '<span class="text-marks">{}</span>',
        format_html_join(
            " ",
            '<span class="text-mark text-{0}" title="{1}"><span aria-hidden="true">{2} {3}</span>'
            '<span class="visually-hidden">{1}</span></span>',
            rows,
        ),
    )
