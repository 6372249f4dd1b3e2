"""The treaty clock as the API gives it: where the agreement stands, and its legal deadlines with their arithmetic."""

from collections.abc import Mapping

from timeline.api.envelope import day, envelope, reference
from timeline.api.parameters import YEARS
from timeline.api.scenario import review_body, scenario_body
from timeline.query import BadParameter, BadQuery
from timeline.scene import due_words as words
from timeline.scene.deadlines import Due, due
from timeline.scene.situation import standing_words
from timeline.views.asked import Asked
from timeline.views.clock_faults import too_early
from tracker import clock
from tracker.clock import Act, Deadline, Position
from tracker.clock.states import last_day
from tracker.entry import Entry
from tracker.models.rules import Rule
from tracker.provision import Provision
from tracker.vocabulary import Country


def clock_body(asked: Asked) -> dict:
    """The clock on the reader's day. BadQuery for a day before the years that it tells of."""
    if early := too_early(asked):
        raise BadQuery(BadParameter(one.name, one.value, YEARS) for one in early)
    entries = [row.entry(asked.language) for row in asked.rows.treaty()]
    acts = [act for entry in entries for act in entry.acts]
    today, provisions = asked.moment.today, Rule.objects.provisions(asked.language)
    position = clock.position(acts, today)
    return {
        **envelope(asked, "api-clock"),
        "sentence": standing_words(position, today, asked.language),
        **position_body(position),
        "deadlines": [deadline_body(one, asked, provisions) for one in due(entries, today)],
        "scenario": scenario_body(acts, asked),
    }


def position_body(position: Position) -> dict:
    """Where the agreement stands. The parties stand north to south."""
    inside = [country for country in Country if country in position.parties]
    return {
        "state": position.state.value,
        "in_force_since": day(position.in_force_since),
        "term_end": day(position.term_end),
        "term_end_literal": day(position.term_end_literal),
        "ended_on": day(position.ended_on),
        "parties": [country.value for country in inside],
        "unconfirmed": [country.value for country in inside if country in position.unconfirmed],
        "statements": {country.value: _act(position.confirmations_open.get(country)) for country in inside},
        "withdrawals": {
            country.value: day(position.withdrawals[country]) for country in Country if country in position.withdrawals
        },
        "last_step": [_act(act) for act in position.last_step],
        "next_review": review_body(position.next_review),
        "reasons": [{"rule": rule.value, "act": _act(act)} for rule, act in position.reasons],
    }


def deadline_body(one: Due, asked: Asked, provisions: Mapping[str, Provision]) -> dict:
    """One deadline: its values, and the same in words."""
    row, today, language = one.deadline, asked.moment.today, asked.language
    provision = provisions.get(row.rule)
    return {
        "id": one.id,
        "rule": row.rule.value,
        "citation": provision.citation if provision else None,
        "step": words.step_words(row),
        "by_whom": words.by_words(row) or None,
        "party": row.party,
        "day": day(row.day),
        "day_words": words.day_words(row, language),
        "last_day": day(last_day(row)),
        "arithmetic": _arithmetic(row),
        "arithmetic_words": words.rule_words(row, language),
        "counts_from": _trigger(row),
        "assumes": review_body(row.assumes),
        "assumes_words": words.hangs_words(row, language) or None,
        "state": one.state.value,
        "state_words": words.state_words(one),
        "details": words.state_details(one, today, language),
        "event": _reference(one.event, asked),
        "met_by": [reference(entry, asked) for entry in one.met_by],
        "late": one.late,
        "superseded": _superseded(one),
    }


def _reference(entry: Entry | None, asked: Asked) -> dict | None:
    return reference(entry, asked) if entry else None


def _arithmetic(row: Deadline) -> dict | None:
    """How the day was computed; null where the Commission chose it."""
    one = row.arithmetic
    if one is None:
        return None
    return {"amount": one.amount, "unit": one.unit.value, "from": one.origin.value, "start": day(one.start)}


def _trigger(row: Deadline) -> dict:
    """What the rule counts from: an act on record, or a review."""
    act = row.trigger if isinstance(row.trigger, Act) else None
    return {"act": _act(act), "review": None if isinstance(row.trigger, Act) else review_body(row.trigger)}


def _superseded(one: Due) -> dict | None:
    """From which day it no longer stands, by which act (null: a day that passed without one), and what is due now."""
    if one.since is None:
        return None
    now = {"rule": one.now.rule.value, "day": day(one.now.day)} if one.now else None
    return {"since": day(one.since), "act": _act(one.act), "now": now}


def _act(act: Act | None) -> dict | None:
    if act is None:
        return None
    return {"what": act.what.value, "party": act.party, "day": day(act.day), "sets": day(act.sets), "event": act.event}
