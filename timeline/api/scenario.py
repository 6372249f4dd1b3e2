"""A scenario as the API gives it: the steps asked for, and every day that would count if they, and nothing else,
happened. Without a step it is the course as things stand."""

from collections.abc import Collection
from html import unescape

from django.utils.html import strip_tags

from timeline.api.envelope import day
from timeline.scene.outcome_words import notes, sentences
from timeline.scene.step_words import consequence_words, fault_words, step_words
from timeline.views.asked import Asked
from tracker.clock import Act, Review
from tracker.clock.outcome import Consequence, Effect, Outcome, outcome
from tracker.clock.supposed import checked, unreal
from tracker.vocabulary import Country, Reading


def scenario_body(acts: Collection[Act], asked: Asked) -> dict:
    """The scenario, as of the reader's day. A step at fault is listed with its fault and has no effect."""
    today, language = asked.moment.today, asked.language
    reading = asked.query.reading or Reading.COMMON
    judged = checked(acts, asked.query.step, today, reading=reading)
    good = tuple(step for step, fault in judged if fault is None)
    past = frozenset(step for step, _fault in judged if unreal(step, acts, today))
    course = outcome(acts, good, today, reading=reading)
    in_force = course.ended_on is not None
    since = min((step.day for step in good if step in past), default=today)
    return {
        "reading": reading.value,
        "steps": [
            {
                "step": str(step),
                "words": step_words(step, language),
                "did_not_happen": step in past,
                "fault": fault_words(step, fault, language) if fault else None,
            }
            for step, fault in judged
        ],
        "sentences": [_plain(one) for one in sentences(course, good, today, language)] if in_force else [],
        "notes": [_plain(one) for one in notes(course, good, past)] if in_force else [],
        **_outcome(course),
        "days": [
            _consequence(one, reading, language)
            for one in course.consequences
            if one.day >= since and one.what is not Effect.ENTERED
        ],
    }


def _outcome(course: Outcome) -> dict:
    return {
        "ends": {one.value: day(course.ends.get(one)) for one in Reading},
        "leaves": {country.value: day(course.leaves[country]) for country in Country if country in course.leaves},
        "missing": [country.value for country in Country if country in course.missing],
    }


def _consequence(one: Consequence, reading: Reading, language: str) -> dict:
    return {
        "day": day(one.day),
        "what": one.what.value,
        "words": _plain(consequence_words(one, reading, language)),
        "rule": one.rule.value,
        "parties": [country.value for country in Country if country in one.parties],
        "review": review_body(one.review),
        "until": day(one.until),
        "until_literal": day(one.until_literal),
    }


def review_body(review: Review | None) -> dict | None:
    """A joint review. `fixed` is false for a day that is only expected, or only the `latest` possible one."""
    if review is None:
        return None
    return {
        "day": day(review.day),
        "fixed": review.fixed,
        "latest": review.latest,
        "annual": review.annual,
        "ordinal": review.ordinal,
        "rule": review.rule.value,
    }


def _plain(words: str) -> str:
    """Words without the marks of a page."""
    return unescape(strip_tags(words))
