"""The shapes of the treaty clock, its scenarios and the vocabulary as JSON Schema."""

from timeline.api.shapes import (
    COUNTRY,
    DAY,
    ENVELOPE,
    ID,
    LANGUAGE,
    NUMBER,
    TEXT,
    YES,
    many,
    maybe,
    one_of,
    ref,
    said,
    shape,
)
from timeline.api.vocabulary import TABLES
from tracker.clock import ActKind, DueState, Origin, Rule, State, Unit
from tracker.clock.outcome import Effect
from tracker.vocabulary import Country, Family, Kind, LinkType, Reading

RULE = said(one_of(Rule), "A rule, by its slug in the vocabulary.")


def by_country(schema: dict) -> dict:
    return {
        "type": "object",
        "properties": {country.value: schema for country in Country},
        "additionalProperties": False,
    }


OF_THE_CLOCK = {
    "ClockAnswer": shape(
        "Where the agreement stands on a day, what is due, and what would follow from a scenario.",
        **ENVELOPE,
        sentence=TEXT,
        state=one_of(State),
        in_force_since=maybe(DAY),
        term_end=said(maybe(DAY), "The end of the term, an extension counted from the confirmation."),
        term_end_literal=said(maybe(DAY), "The same, an extension added to the end; null where both agree."),
        ended_on=maybe(DAY),
        parties=many(COUNTRY),
        unconfirmed=said(many(COUNTRY), "Whose confirmation an extension still needs."),
        statements=by_country(maybe(ref("ClockAct"))),
        withdrawals=said(by_country(DAY), "When each party that gave notice leaves, or left."),
        last_step=many(ref("ClockAct")),
        next_review=maybe(ref("Review")),
        reasons=many(shape("A rule, and the act to which it applies.", rule=RULE, act=maybe(ref("ClockAct")))),
        deadlines=many(ref("Deadline")),
        scenario=ref("Scenario"),
    ),
    "ClockAct": shape(
        "An act on record.",
        what=one_of(ActKind),
        party=maybe(COUNTRY),
        day=DAY,
        sets=maybe(DAY),
        event=maybe(ID),
    ),
    "Review": shape(
        "A joint review.",
        day=DAY,
        fixed=said(YES, "False for a day that is only expected, or only the latest possible one."),
        latest=YES,
        annual=YES,
        ordinal=NUMBER,
        rule=RULE,
    ),
    "Deadline": shape(
        "A legal deadline, and how it stands.",
        id=TEXT,
        rule=RULE,
        citation=maybe(TEXT),
        step=TEXT,
        by_whom=maybe(TEXT),
        party=maybe(COUNTRY),
        day=DAY,
        day_words=TEXT,
        last_day=said(DAY, "The last day on which it may still be done in time."),
        arithmetic=maybe(ref("Arithmetic")),
        arithmetic_words=TEXT,
        counts_from=shape("What the rule counts from.", act=maybe(ref("ClockAct")), review=maybe(ref("Review"))),
        assumes=said(maybe(ref("Review")), "The review on whose expected day it hangs."),
        assumes_words=maybe(TEXT),
        state=one_of(DueState),
        state_words=TEXT,
        details=many(TEXT),
        event=said(maybe(ref("Reference")), "The record’s own event for it."),
        met_by=many(ref("Reference")),
        late=said(maybe(NUMBER), "By how many days it was met late; below zero: early."),
        superseded=maybe(ref("Superseded")),
    ),
    "Arithmetic": shape(
        "How a day was computed: so many units after (before, if negative) a day.",
        amount=NUMBER,
        unit=one_of(Unit),
        from_=one_of(Origin),
        start=DAY,
    ),
    "Superseded": shape(
        "Since when a deadline no longer stands, by which act, and what is due in its place.",
        since=DAY,
        act=maybe(ref("ClockAct")),
        now=maybe(shape("What is due now.", rule=RULE, day=DAY)),
    ),
    "Scenario": shape(
        "The course if the steps, and nothing else, happened; without a step as things stand.",
        reading=one_of(Reading),
        steps=many(
            shape(
                "A step that was asked for; one with a fault has no effect.",
                step=TEXT,
                words=TEXT,
                did_not_happen=YES,
                fault=maybe(TEXT),
            )
        ),
        sentences=many(TEXT),
        notes=many(TEXT),
        ends=shape("When the agreement would end, by each reading.", common=maybe(DAY), literal=maybe(DAY)),
        leaves=by_country(DAY),
        missing=many(COUNTRY),
        days=many(ref("Consequence")),
    ),
    "Consequence": shape(
        "What one day would bring.",
        day=DAY,
        what=one_of(Effect),
        words=TEXT,
        rule=RULE,
        parties=many(COUNTRY),
        review=maybe(ref("Review")),
        until=maybe(DAY),
        until_literal=maybe(DAY),
    ),
    "VocabularyAnswer": shape(
        "Every enumeration in words, the topics, people and bodies on record, the rules.",
        **ENVELOPE,
        kinds=many(shape("A kind of event.", value=one_of(Kind), words=TEXT, family=one_of(Family))),
        **{name: many(ref("Term")) for name in TABLES},
        link_types=many(shape("A type of link, read from both ends.", value=one_of(LinkType), words=TEXT, back=TEXT)),
        topics=many(ref("Term")),
        actors=many(ref("Term")),
        rules=many(ref("Provision")),
    ),
    "Term": shape("A value and its words.", value=TEXT, words=TEXT),
    "Provision": shape(
        "A rule of the agreement or of domestic law, as it stands now.",
        slug=TEXT,
        citation=TEXT,
        summary=TEXT,
        uncertain=maybe(TEXT),
        language=LANGUAGE,
        party=maybe(COUNTRY),
        address=maybe(TEXT),
        read_at=maybe(TEXT),
        read=TEXT,
        checked=YES,
        checked_on=maybe(DAY),
    ),
}
