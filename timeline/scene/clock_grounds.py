"""Why the treaty clock stands where it does: the acts on the record that decide it, and what each party last said."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from timeline.scene.deadlines import Due
from timeline.scene.situation import act_words, in_day_words
from tracker.clock import PARTIES, Act, ActKind, DueState, Position, Rule, State, add_years
from tracker.clock.rules import TERM_YEARS
from tracker.clock.states import MEETINGS
from tracker.entry import Entry
from tracker.given import given
from tracker.labels import COUNTRIES
from tracker.models.treaty import OF_EXTENSION
from tracker.provision import Provision
from tracker.vocabulary import Country, Kind, Status

_RULES = {
    ActKind.ENTERED: Rule.TERM,
    ActKind.NOT_CONFIRMED: Rule.YEARLY_REVIEWS,
    ActKind.CONFIRMED: Rule.CONFIRMATION,
    ActKind.NOTICE: Rule.WITHDRAWAL,
    ActKind.RESCINDED: Rule.WITHDRAWAL,
    ActKind.REVIEW_SET: Rule.YEARLY_REVIEWS,
}


_OF_RHYTHM = frozenset({Rule.YEARLY_REVIEWS, Rule.CONFIRMATION, Rule.LATER_CONFIRMATION})


@dataclass(frozen=True, slots=True)
class Ground:
    """One act, or one day that passed without any (`day` is then empty), with the event it stands on and its rules."""

    day: str
    words: str
    event: Entry | None
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """What a party last said of another term, as far as it counts: a letter that only asks for one is no confirmation.
    `day` empty: none on record; then `asked` is the newest event of the present term in which its government alone
    spoke of an extension."""

    party: str
    words: str
    day: str
    event: Entry | None
    asked: Entry | None = None


@dataclass(frozen=True, slots=True)
class Grounds:
    acts: tuple[Ground, ...]
    sayings: tuple[Saying, ...]
    open: str


def grounds(
    position: Position,
    found: Sequence[Due],
    entries: Iterable[Entry],
    provisions: Mapping[str, Provision],
    language: str,
) -> Grounds:
    """What decides the position, by day, in the active language."""
    events = {entry.event: entry for entry in entries}
    meetings = (one.deadline for one in found if one.deadline.rule in MEETINGS and one.state is not DueState.SUPERSEDED)
    held = {row.day: row.rule for row in meetings}
    steps = [(_rule(act, held), act) for act in (*position.last_step, *_turning(position, events.values()))]
    decisive = [(rule, act) for rule, act in position.reasons if act is not None or rule is Rule.YEARLY_REVIEWS]
    # An act may decide by several rules; a day that passed in silence stands there as no act.
    rules: dict[Act | None, list[Rule]] = {}
    for rule, act in decisive:
        rules.setdefault(act, []).append(rule)
    for rule, act in steps:
        rules.setdefault(act, [rule])
    silence = _("The review passed, and the record holds no confirmation by every party.")
    acts = tuple(
        Ground(
            day=in_day_words(act.day, language) if act else "",
            words=act_words(act) if act else silence,
            event=events.get(act.event or 0) if act else None,
            provisions=tuple(provisions[rule] for rule in dict.fromkeys(rules[act]) if rule in provisions),
        )
        for act in sorted(rules, key=_order)
    )
    return Grounds(acts, _sayings(position, events, language), _open(position))


def _turning(position: Position, entries: Iterable[Entry]) -> list[Act]:
    """The review, if one was held, at which the rhythm became what it is: later acts do not put it out of sight."""
    day = max((act.day for rule, act in position.reasons if act and rule in _OF_RHYTHM), default=None)
    return [act for entry in entries for act in entry.acts if act.what is ActKind.REVIEW_HELD and act.day == day]


def _rule(act: Act, held: Mapping[date, Rule]) -> Rule:
    """The rule by which an act has effect; `held` tells for the day of a meeting what called for it."""
    return held.get(act.day, Rule.FIRST_REVIEW) if act.what is ActKind.REVIEW_HELD else _RULES[act.what]


def _order(act: Act | None) -> tuple[date, int]:
    """By day, and within one in the order of effect; a day that passed in silence comes last."""
    return (act.day, list(ActKind).index(act.what)) if act else (date.max, 0)


def _sayings(position: Position, events: Mapping[int, Entry], language: str) -> tuple[Saying, ...]:
    if position.state in (State.NOT_IN_FORCE, State.ENDED):
        return ()
    found = []
    for party in Country:
        if party not in position.confirmations_open:
            continue
        act = position.confirmations_open[party]
        words = act_words(act) if act else _("No confirmation on record.")
        day = in_day_words(act.day, language) if act else ""
        event = events.get(act.event or 0) if act else None
        asked = None if act else _asked(party, events.values(), add_years(given(position.term_end), -TERM_YEARS))
        found.append(Saying(str(COUNTRIES[party]), words, day, event, asked))
    return tuple(found)


def _asked(party: Country, entries: Iterable[Entry], since: date) -> Entry | None:
    """The newest event on the way to an extension, since a day, in which the government of one party alone spoke."""
    found = [
        entry
        for entry in entries
        if (entry.kind, entry.status) == (Kind.REVIEW_MILESTONE, Status.OCCURRED)
        and OF_EXTENSION in {topic.slug for topic in entry.topics}
        and not entry.acts
        and {said.country for said in entry.remarks} == {party}
        and entry.date.earliest is not None
        and entry.date.earliest >= since
    ]
    return max(found, key=lambda entry: (entry.date.sort_key, entry.event), default=None)


def _open(position: Position) -> str:
    """Who still has to confirm, and how."""
    if position.state in (State.NOT_IN_FORCE, State.ENDED):
        return ""
    missing = position.unconfirmed
    if not missing:
        return _("Every party has confirmed; that counts on the day of the review.")
    if len(missing) == len(PARTIES):
        return _("An extension needs the confirmation of all three, each in writing and by its head of government.")
    names = ", ".join(str(COUNTRIES[party]) for party in Country if party in missing)
    return ngettext(
        "One confirmation is still open, in writing and by the head of government: %(names)s.",
        "%(n)s confirmations are still open, each in writing and by the head of government: %(names)s.",
        len(missing),
    ) % {"n": len(missing), "names": names}
