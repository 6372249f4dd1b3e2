"""The lines of the drawing of scenarios: how things stand, the reader's scenario, and the examples that are ready."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.layout import terms
from timeline.scene.situation import in_day_words
from timeline.scene.step_words import step_words
from tracker.clock import PARTIES, Act, ActKind, Step
from tracker.clock.outcome import Effect, Outcome, outcome
from tracker.clock.supposed import checked, unreal
from tracker.labels import COUNTRIES
from tracker.vocabulary import Country, Reading

# The worked examples: at a yearly review, by letters between two reviews, one leaves, what was possible in 2026.
AT_REVIEW, BY_LETTERS, LEAVES, FIRST_REVIEW = date(2029, 7, 1), date(2028, 3, 15), date(2027, 1, 15), date(2026, 7, 1)


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One course: what it is called, what is to be said of it, when it ends in words, and where everything stands.

    `steps` is what its link asks for; `choices` are the links in their place where one of the parties is to be chosen.
    `unreal`: it did not happen.
    """

    name: str
    words: str
    steps: tuple[Step, ...]
    choices: tuple[tuple[str, tuple[Step, ...]], ...]
    chosen: bool
    unreal: bool
    end: str
    literal: str
    line: terms.Line


@dataclass(frozen=True, slots=True)
class Lines:
    """What all lines are drawn from; the words are in the active language."""

    acts: Collection[Act]
    reading: Reading
    today: date
    language: str

    def all(self, stands: Outcome, found: Outcome, steps: tuple[Step, ...]) -> tuple[DrawnLine, ...]:
        """The lines from the top down. `stands`: the course without a step; `found`: that of the reader's `steps`."""
        lines = [self._drawn(_stands_name(stands), _stands_words(stands, self.today), (), stands, chosen=not steps)]
        if steps:
            lines.append(self._drawn(self._name(steps), self._words(found, steps), steps, found, chosen=True))
        for example in self._examples(steps):
            course = outcome(self.acts, example, self.today, reading=self.reading)
            lines.append(self._drawn(self._name(example), self._words(course, example), example, course))
        leaving = tuple((str(COUNTRIES[party]), (Step(ActKind.NOTICE, (party,), LEAVES),)) for party in Country)
        if all(one != steps and self._possible(one) for _party, one in leaving):
            example = leaving[0][1]
            course = outcome(self.acts, example, self.today, reading=self.reading)
            name = _("One leaves, notice on %(day)s") % {"day": in_day_words(LEAVES, self.language)}
            words = _("Any one party:")
            lines.append(self._drawn(name, words, example, course, choices=leaving))
        past = (Step(ActKind.CONFIRMED, PARTIES, FIRST_REVIEW),)
        if past != steps and self._possible(past):
            course = outcome(self.acts, past, self.today, reading=self.reading)
            lines.append(self._drawn(self._name(past), self._words(course, past), past, course))
        return tuple(lines)

    def _examples(self, steps: tuple[Step, ...]) -> list[tuple[Step, ...]]:
        examples = [(Step(ActKind.CONFIRMED, PARTIES, day),) for day in (AT_REVIEW, BY_LETTERS)]
        return [example for example in examples if example != steps and self._possible(example)]

    def _possible(self, steps: tuple[Step, ...]) -> bool:
        return all(fault is None for _step, fault in checked(self.acts, steps, self.today, reading=self.reading))

    def _unreal(self, steps: tuple[Step, ...]) -> bool:
        return any(unreal(step, self.acts, self.today) for step in steps)

    def _name(self, steps: tuple[Step, ...]) -> str:
        if len(steps) > 1:
            return ngettext("Your scenario of %(n)s step", "Your scenario of %(n)s steps", len(steps)) % {
                "n": len(steps)
            }
        (step,) = steps
        if step.what is ActKind.CONFIRMED and step.parties == PARTIES:
            past, ahead = _("All had confirmed on %(day)s"), _("All confirm on %(day)s")
            return (past if self._unreal(steps) else ahead) % {"day": in_day_words(step.day, self.language)}
        return step_words(step, self.language)

    def _words(self, course: Outcome, steps: tuple[Step, ...]) -> str:
        if self._unreal(steps):
            return _("Did not happen")
        if course.of(Effect.AGREEMENT_ENDS):
            return _("Fewer than two parties are left")
        if course.extensions:
            review = course.extensions[-1].review
            if course.extensions[-1].without:
                return _("When the party that had not confirmed leaves")
            if review is None:
                return _("By letters, between two reviews")
            if review.annual:
                return _("At the yearly review of %(year)s") % {"year": review.day.year}
            return _("At the six-year review of %(year)s") % {"year": review.day.year}
        if course.leaves:
            return _("Six months after the notice, Article 34.6")
        return _("The end of the term stays as it is")

    def _drawn(
        self,
        name: str,
        words: str,
        steps: tuple[Step, ...],
        course: Outcome,
        *,
        chosen: bool = False,
        choices: tuple[tuple[str, tuple[Step, ...]], ...] = (),
    ) -> DrawnLine:
        end, literal = course.ends[Reading.COMMON], course.ends[Reading.LITERAL]
        extended = tuple(one.day for one in course.extensions)
        entered = course.of(Effect.ENTERED)[0].day
        line = terms.line(
            terms.Term(
                start=entered,
                end=end,
                literal=literal if literal != end else None,
                confirmed=extended,
                reviews=tuple(one.day for one in course.reviews if one.day > self.today and one.day not in extended),
                leaves=tuple(sorted(set(course.leaves.values()))),
            )
        )
        label = self._end(course, end, line)
        if line.joined:
            said = _("%(day)s; literal reading: %(year)s")
            label, literal_label = said % {"day": label, "year": literal.year}, ""
        else:
            literal_label = self._literal(line, literal)
        return DrawnLine(name, words, steps, choices, chosen, self._unreal(steps), label, literal_label, line)

    def _end(self, course: Outcome, end: date, line: terms.Line) -> str:
        words = in_day_words(end, self.language)
        if course.of(Effect.AGREEMENT_ENDS):
            return _("%(day)s: the agreement ends") % {"day": words}
        if len(course.leaves) == 1 and end not in course.leaves.values():
            (leaves,) = course.leaves.values()
            both = {"day": in_day_words(leaves, self.language), "end": words}
            return _("%(day)s for that party; %(end)s for the other two") % both
        if not terms.shown(end):
            return _("%(day)s, beyond this axis") % {"day": words}
        return words

    def _literal(self, line: terms.Line, literal: date) -> str:
        if line.literal is None:
            return ""
        said = (
            _("literal reading %(year)s") if terms.shown(literal) else _("literal reading %(year)s, beyond this axis")
        )
        return said % {"year": literal.year}


def _stands_name(stands: Outcome) -> str:
    return _("Not extended again") if stands.extensions else _("Never confirmed")


def _stands_words(stands: Outcome, today: date) -> str:
    count = sum(review.annual and review.day > today for review in stands.reviews)
    if not count:
        return _("As things stand")
    return ngettext("%(n)s yearly review, then the end", "%(n)s yearly reviews, then the end", count) % {"n": count}
