"""The page of the treaty clock on a day: where the agreement stands, why, what is due, what the text leaves open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline.scene.clock_grounds import Grounds, grounds
from timeline.scene.counting import left_words
from timeline.scene.deadlines import Due, due
from timeline.scene.due_table import DueTable, due_table
from timeline.scene.next_due import NextDue, next_due
from timeline.scene.open_readings import OpenReadings, open_readings
from timeline.scene.situation import LEAVING, in_day_words, review_day, standing_words
from tracker import clock
from tracker.clock import PARTIES, Act, Position, Review, Rule, State
from tracker.clock.states import BY_ITSELF
from tracker.entry import Entry
from tracker.labels import COUNTRIES
from tracker.models.record import Revision
from tracker.provision import Provision
from tracker.vocabulary import Country

LEFT = {
    Country.CANADA: gettext_lazy("Canada left on %(day)s."),
    Country.UNITED_STATES: gettext_lazy("The United States left on %(day)s."),
    Country.MEXICO: gettext_lazy("Mexico left on %(day)s."),
}


@dataclass(frozen=True, slots=True)
class ClockFact:
    """One of the three facts: a heading, what it is, what follows from it, the rule, and its event on the record."""

    heading: str
    value: str
    words: tuple[str, ...]
    provision: Provision | None = None
    event: Entry | None = None


@dataclass(frozen=True, slots=True)
class Duties:
    """The rules of one country's own law."""

    country: Country
    name: str
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class ClockScene:
    """What the page is drawn from. `heading` and `facts` tell where the agreement stands, `due`, `table` and
    `next_due` its legal deadlines; `checked` of `rules` rules were compared with the official text."""

    today: date
    entries: tuple[Entry, ...]
    acts: tuple[Act, ...]
    position: Position
    heading: str
    facts: tuple[ClockFact, ...]
    next_due: NextDue | None
    grounds: Grounds
    due: tuple[Due, ...]
    table: DueTable
    duties: tuple[Duties, ...]
    readings: OpenReadings
    rules: int
    checked: int


def clock_scene(
    rows: Iterable[Revision], provisions: Mapping[str, Provision], *, today: date, language: str, live: bool
) -> ClockScene:
    """The scene of the day `today`, in the active language. `rows`: what `Revision.objects.treaty()` gives as seen from
    the reader's moment; `live`: whether that is now, so that "today" is the reader's."""
    entries = tuple(row.entry(language) for row in rows)
    acts = tuple(act for entry in entries for act in entry.acts)
    position, found = clock.position(acts, today), due(entries, today)
    facts = _Facts(acts, position, found, provisions, language, live)
    return ClockScene(
        today=today,
        entries=entries,
        acts=acts,
        position=position,
        heading=_heading(entries, position, today, language),
        facts=facts.all(),
        next_due=next_due(found, provisions, today, language),
        grounds=grounds(position, found, entries, provisions, language),
        due=found,
        table=due_table(found, entries, provisions, today, language),
        duties=_duties(provisions),
        readings=open_readings(acts, position, provisions, language),
        rules=len(provisions),
        checked=sum(one.checked for one in provisions.values()),
    )


def _heading(entries: tuple[Entry, ...], position: Position, today: date, language: str) -> str:
    if not entries:
        return _("Nothing was on the record at that moment.")
    if position.state is not State.YEARLY_REVIEWS:
        return standing_words(position, today, language)
    if len(position.parties) < len(PARTIES):
        return _("Yearly reviews, until the remaining parties confirm or the term ends")
    return _("Yearly reviews, until all three confirm or the term ends")


def _duties(provisions: Mapping[str, Provision]) -> tuple[Duties, ...]:
    """The United States first, whose law counts from the reviews; then Mexico and Canada."""
    return tuple(
        Duties(country, str(COUNTRIES[country]), tuple(one for one in provisions.values() if one.party == country))
        for country in (Country.UNITED_STATES, Country.MEXICO, Country.CANADA)
    )


class _Facts:
    """The three facts; what each is taken from."""

    def __init__(self, acts, position, found, provisions, language, live):
        self.acts, self.position, self.found = acts, position, found
        self.provisions, self.language, self.live = provisions, language, live

    def all(self) -> tuple[ClockFact, ...]:
        found = (self._state(), self._review(), self._end())
        return tuple(fact for fact in found if fact)

    def _state(self) -> ClockFact:
        state = self.position.state
        values = {State.NOT_IN_FORCE: _("Not in force"), State.ENDED: _("Ended")}
        words = {
            State.NOT_IN_FORCE: _("Its term and its reviews count from entry into force."),
            State.BEFORE_FIRST_REVIEW: _("The first joint review is still to come; nothing is decided."),
            State.YEARLY_REVIEWS: _(
                "Not every party confirmed at the review: reviews are yearly. That alone ends nothing."
            ),
            State.EXTENDED: _("Every party confirmed: the term runs anew, with reviews every six years."),
            State.ENDED: _("No review and no confirmation can follow."),
        }[state]
        said = [words, *(self._leaving(party) for party in Country if party in self.position.withdrawals)]
        return ClockFact(_("State"), values.get(state, _("In force")), tuple(said), self.provisions.get(self._ground()))

    def _ground(self) -> Rule:
        """The rule that brought the state: that of the last thing that decided, after the term itself."""
        decided = [rule for rule, _act in self.position.reasons if rule not in (Rule.TERM, Rule.WITHDRAWAL)]
        return decided[0] if decided and self.position.state is not State.ENDED else Rule.TERM

    def _leaving(self, party: Country) -> str:
        day = self.position.withdrawals[party]
        table = LEAVING if day > self.position.on else LEFT
        return table[party] % {"day": in_day_words(day, self.language)}

    def _review(self) -> ClockFact | None:
        review = self.position.next_review
        if review is None:
            return None
        words = [self._which(review)]
        if review.annual and not review.fixed:
            words.append(_("Expected; the Commission has set no day."))
        elif review.latest:
            words.append(_("The latest possible day."))
        elif review.day > self.position.on:
            words.append(left_words(review.day, self.position.on, live=self.live, language=self.language))
        event = next((one.event for one in self.found if self._is_of(one, review)), None)
        provision = self.provisions.get(review.rule)
        return ClockFact(_("Next review"), review_day(review, self.language), tuple(words), provision, event)

    def _which(self, review: Review) -> str:
        if not review.annual:
            return _("The first joint review.") if review.rule is Rule.FIRST_REVIEW else _("A six-year review.")
        coming = [one for one in clock.reviews(self.acts, self.position.on) if one.annual]
        last = max(coming, key=lambda one: one.ordinal)
        return _("Yearly review %(n)s of %(count)s, the last in %(year)s.") % {
            "n": review.ordinal,
            "count": last.ordinal,
            "year": last.day.year,
        }

    @staticmethod
    def _is_of(one: Due, review: Review) -> bool:
        return (one.deadline.rule, one.deadline.day) == (review.rule, review.day) and one.now is None

    def _end(self) -> ClockFact | None:
        position, language = self.position, self.language
        if position.ended_on is not None:
            return ClockFact(_("End of the term"), in_day_words(position.ended_on, language), (_("The term is over."),))
        if position.term_end is None:
            return None
        words = [left_words(position.term_end, position.on, live=self.live, language=language)]
        if position.term_end_literal:
            literal = in_day_words(position.term_end_literal, language)
            words.append(_("By the literal reading: %(day)s.") % {"day": literal})
        one = next(
            one
            for one in self.found
            if one.deadline.rule in BY_ITSELF - {Rule.WITHDRAWAL} and one.deadline.day == position.term_end
        )
        value, provision = in_day_words(position.term_end, language), self.provisions.get(one.deadline.rule)
        return ClockFact(_("End of the term"), value, tuple(words), provision, one.event)
