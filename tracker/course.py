"""The course of one event: which of its statements holds for the public from when until when.

Pure. A deed on the record is one of the functions below: it takes the course as the open rows tell it and gives the
new course; `publishing` writes the difference (docs/record.md, rules 3 to 8). Moments are any ordered values
(instants on the record, whole numbers in the tests); `until` None means open-ended.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Any

Moment = Any


class Rule(StrEnum):
    """What a deed must keep to."""

    BEGUN = "since lies in the future: schedule it"
    AHEAD = "since must lie in the future: publish it"
    IN_ORDER = "until must be later than since"
    PAST = "until lies in the future: a correction of the past ends now at the latest"


class Unlawful(ValueError):
    """A deed that breaks a rule; `rule` says which."""

    def __init__(self, rule: Rule):
        self.rule = rule
        super().__init__(rule.value)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Statement `number` holds for [since, until)."""

    since: Moment
    until: Moment | None
    number: int

    def covers(self, moment: Moment) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


Course = tuple[Stretch, ...]


def in_order(stretches: Iterable[Stretch]) -> Course:
    """The stretches as a course: by start. ValueError if two overlap."""
    course = tuple(sorted(stretches, key=lambda stretch: stretch.since))
    for earlier, later in pairwise(course):
        if earlier.until is None or earlier.until > later.since:
            raise ValueError(f"{earlier} and {later} overlap")
    return course


def standing(course: Course, moment: Moment) -> Stretch | None:
    """The stretch that covers the moment."""
    return next((stretch for stretch in course if stretch.covers(moment)), None)


def scheduled(course: Course, now: Moment) -> Stretch | None:
    """The stretch that begins after now; at most one does (rule 6)."""
    return next((stretch for stretch in course if stretch.since > now), None)


def unscheduled(course: Course, now: Moment) -> Course:
    """Rule 7: what begins after now goes; what stood until then has its open end again."""
    later = scheduled(course, now)
    if later is None:
        return course
    kept = [stretch for stretch in course if stretch.since <= now]
    if kept and kept[-1].until == later.since:
        kept[-1] = replace(kept[-1], until=None)
    return tuple(kept)


def _without(course: Course, since: Moment, until: Moment | None) -> list[Stretch]:
    """What is left of the course outside [since, until): remainders keep their number."""
    left = []
    for stretch in course:
        if stretch.since < since:
            end = since if stretch.until is None else min(stretch.until, since)
            left.append(replace(stretch, until=end))
        if until is not None and (stretch.until is None or stretch.until > until):
            left.append(replace(stretch, since=max(stretch.since, until)))
    return left


def published(course: Course, number: int, since: Moment, now: Moment) -> Course:
    """Rule 4: the statement stands for [since, ), since <= now; what was scheduled is unscheduled first.

    A retraction is the same with a tombstone's number (rule 8).
    """
    if since > now:
        raise Unlawful(Rule.BEGUN)
    left = _without(unscheduled(course, now), since, None)
    return in_order([*left, Stretch(since, None, number)])


def corrected(course: Course, number: int, since: Moment, until: Moment, now: Moment) -> Course:
    """Rule 5: the statement stands for [since, until) of the past alone; what is said from `until` on stays."""
    if not since < until:
        raise Unlawful(Rule.IN_ORDER)
    if until > now:
        raise Unlawful(Rule.PAST)
    return in_order([*_without(course, since, until), Stretch(since, until, number)])


def rescheduled(course: Course, number: int, since: Moment, now: Moment) -> Course:
    """Rule 6: the statement stands from `since`, later than now; the current one until then."""
    if since <= now:
        raise Unlawful(Rule.AHEAD)
    left = _without(unscheduled(course, now), since, None)
    return in_order([*left, Stretch(since, None, number)])
