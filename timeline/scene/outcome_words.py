"""The outcome of a scenario in a few sentences, with both readings of the extra 16 years; in the active language."""

from collections.abc import Collection
from datetime import date

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from timeline.scene.situation import in_day_words
from timeline.scene.step_words import who
from tracker.clock import ActKind, Step
from tracker.clock.outcome import Effect, Outcome
from tracker.given import given
from tracker.labels import Words
from tracker.vocabulary import Country, Reading

WOULD_LEAVE: Words = {
    Country.CANADA: gettext_lazy("Canada would leave on {day}."),
    Country.UNITED_STATES: gettext_lazy("The United States would leave on {day}."),
    Country.MEXICO: gettext_lazy("Mexico would leave on {day}."),
}
THEN = 3  # reviews named


def sentences(outcome: Outcome, steps: Collection[Step], on: date, language: str) -> tuple[str, ...]:
    """What would follow, the first sentence of what counts most. The days that count stand out."""
    found = _leaving(outcome, steps, on, language)
    found.append(_end(outcome, language, moved=bool(steps), some_leave=bool(found)))
    if outcome.missing:
        words = _("An extension needs all parties; still missing: {who}.")
        found.append(format_html(words, who=who(outcome.missing)))
    found += _next(outcome, steps, on, language)
    return tuple(found)


def _strong(day: date, language: str) -> SafeString:
    return format_html("<strong>{}</strong>", in_day_words(day, language))


def _leaving(outcome: Outcome, steps: Collection[Step], on: date, language: str) -> list[str]:
    """Who would leave: after `on`, or by a step before it. Who leaves on the day on which the term ends does not leave
    the others behind."""
    by_step = {party for step in steps if step.what is ActKind.NOTICE for party in step.parties}
    told = {party: day for party, day in outcome.leaves.items() if day > on or party in by_step}
    if not outcome.of(Effect.AGREEMENT_ENDS):
        told = {party: day for party, day in told.items() if day < given(outcome.ended_on)}
    return [format_html(str(WOULD_LEAVE[party]), day=_strong(day, language)) for party, day in told.items()]


def _end(outcome: Outcome, language: str, *, moved: bool, some_leave: bool) -> SafeString:
    """When it would end, by both readings where they differ."""
    end = _strong(given(outcome.ended_on), language)
    if outcome.of(Effect.AGREEMENT_ENDS):
        return format_html(_("The agreement would end on {end}, for fewer than two parties would be left."), end=end)
    if outcome.of(Effect.OUTRUN):
        return format_html(
            _("The term would end first, on {end}: before the six months of the notice are over."), end=end
        )
    other = in_day_words(outcome.ends[_other(outcome.reading)], language)
    if len(set(outcome.ends.values())) == 1:
        if some_leave:
            return format_html(_("For the others the term would end on {end}."), end=end)
        if moved:
            return format_html(_("The term would end on {end}."), end=end)
        return format_html(_("As things stand the term ends on {end}."), end=end)
    if outcome.reading is Reading.LITERAL:
        words = _("The term would end on {end} (common reading: {other}).")
    else:
        words = _("The term would end on {end} (literal reading: {other}).")
    return format_html(words, end=end, other=other)


def _other(reading: Reading) -> Reading:
    return Reading.COMMON if reading is Reading.LITERAL else Reading.LITERAL


def _next(outcome: Outcome, steps: Collection[Step], on: date, language: str) -> list[str]:
    """The reviews after the last step: their rhythm. Yearly ones are counted from the reader's day on, or from the
    extension that came before them, for they all fall before the end."""
    after = max((step.day for step in steps), default=on)
    ahead = [review for review in outcome.reviews if review.day > max(after, on)]
    if outcome.of(Effect.AGREEMENT_ENDS):
        return []
    if not ahead:
        return [_("No joint review would follow.")]
    if ahead[0].annual:
        since = max([on, *(one.day for one in outcome.extensions if one.day < ahead[0].day)])
        yearly = [review.day.year for review in outcome.reviews if review.annual and review.day > since]
        words = ngettext(
            "Before that there would be one yearly review, in {first}.",
            "Before that there would be {n} yearly reviews, from {first} to {last}.",
            len(yearly),
        )
        return [format_html(words, n=len(yearly), first=yearly[0], last=yearly[-1])]
    first, *later = ahead[:THEN]
    day = in_day_words(first.day, language)
    if not first.latest and later and later[0].annual:
        words = _(
            "The next review would fall on {day}; without all confirmations one would follow every year to {last}."
        )
        return [format_html(words, day=day, last=ahead[-1].day.year)]
    if not first.latest:
        return [format_html(_("The next review would fall on {day}."), day=day)]
    if not later:
        return [format_html(_("The next review would fall by {day}."), day=day)]
    if len(later) == 1:
        words = _("The next reviews would fall by {day}, then {second}.")
        return [format_html(words, day=day, second=later[0].day.year)]
    words = _("The next reviews would fall by {day}, then {second} and {third}.")
    return [format_html(words, day=day, second=later[0].day.year, third=later[1].day.year)]


def notes(outcome: Outcome, steps: Collection[Step], past: Collection[Step]) -> list[str]:
    """What the sentences rest on, or leave open. `past`: the steps that did not happen."""
    found = []
    if any(step in past for step in steps):
        found.append(_("It did not happen: this tells what would follow if it had."))
    if outcome.of(Effect.LAPSED):
        found.append(
            _(
                "How long the confirmation of one party waits for the others is open: here it counts until the next "
                "joint review that does not extend the term."
            )
        )
    rhythm = any(review.latest for one in outcome.of(Effect.REVIEW) if (review := one.review))
    if rhythm and any(one.review is None for one in outcome.extensions):
        found.append(
            _(
                "Agreed between two reviews: the text read does not fix the day of the first review after it. Six "
                "years are taken as the latest day."
            )
        )
    if rhythm:
        found.append(_("If not all confirm at a six-year review, joint reviews come every year from then on."))
    if any(day <= one.day for one in outcome.extensions for day in outcome.leaves.values()):
        found.append(
            _("The text does not say whether an extension still needs a party that has left: here it does not.")
        )
    if any(step.what is ActKind.NOTICE and step.day.day > 28 for step in steps) and outcome.leaves:
        found.append(
            _("Six months end on the same day of the month, or on the last day of a month that has no such day.")
        )
    return found
