"""Steps of a scenario, what follows from them, and why one cannot be told: in the active language."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline.scene.situation import in_day_words
from tracker.clock import ActKind, Review, Step
from tracker.clock.outcome import Consequence, Effect
from tracker.clock.supposed import MOST_STEPS, Fault, StepFault
from tracker.given import given
from tracker.labels import PARTIES, Words
from tracker.vocabulary import Country, Reading

WHAT = {
    ActKind.CONFIRMED: gettext_lazy("Confirm the extension"),
    ActKind.NOT_CONFIRMED: gettext_lazy("Do not confirm"),
    ActKind.NOTICE: gettext_lazy("Give notice of withdrawal"),
    ActKind.RESCINDED: gettext_lazy("Take the notice back"),
}
# Whole sentences, because in other languages article and verb agree with the country. Two at once follow a colon.
ALL, TWO = "all", "two"
Sentences = Words
STEPS: Mapping[ActKind, Sentences] = {
    ActKind.CONFIRMED: {
        ALL: gettext_lazy("All three confirm the extension"),
        TWO: gettext_lazy("Two of the three confirm the extension: %(who)s"),
        Country.CANADA: gettext_lazy("Canada confirms the extension"),
        Country.UNITED_STATES: gettext_lazy("The United States confirms the extension"),
        Country.MEXICO: gettext_lazy("Mexico confirms the extension"),
    },
    ActKind.NOT_CONFIRMED: {
        ALL: gettext_lazy("None of the three confirms the extension"),
        TWO: gettext_lazy("Two of the three do not confirm the extension: %(who)s"),
        Country.CANADA: gettext_lazy("Canada does not confirm the extension"),
        Country.UNITED_STATES: gettext_lazy("The United States does not confirm the extension"),
        Country.MEXICO: gettext_lazy("Mexico does not confirm the extension"),
    },
    ActKind.NOTICE: {
        ALL: gettext_lazy("All three give notice of withdrawal"),
        TWO: gettext_lazy("Two of the three give notice of withdrawal: %(who)s"),
        Country.CANADA: gettext_lazy("Canada gives notice of withdrawal"),
        Country.UNITED_STATES: gettext_lazy("The United States gives notice of withdrawal"),
        Country.MEXICO: gettext_lazy("Mexico gives notice of withdrawal"),
    },
    ActKind.RESCINDED: {
        ALL: gettext_lazy("All three take their notice back"),
        TWO: gettext_lazy("Two of the three take their notice back: %(who)s"),
        Country.CANADA: gettext_lazy("Canada takes its notice back"),
        Country.UNITED_STATES: gettext_lazy("The United States takes its notice back"),
        Country.MEXICO: gettext_lazy("Mexico takes its notice back"),
    },
}
LEAVES: Sentences = {
    ALL: gettext_lazy("All three leave the agreement"),
    TWO: gettext_lazy("Two of the three leave the agreement: %(who)s"),
    Country.CANADA: gettext_lazy("Canada leaves the agreement"),
    Country.UNITED_STATES: gettext_lazy("The United States leaves the agreement"),
    Country.MEXICO: gettext_lazy("Mexico leaves the agreement"),
}
OF_ACTS = {
    Effect.CONFIRMED: ActKind.CONFIRMED,
    Effect.NOT_CONFIRMED: ActKind.NOT_CONFIRMED,
    Effect.NOTICE: ActKind.NOTICE,
    Effect.RESCINDED: ActKind.RESCINDED,
}
PLAIN = {
    Effect.ENTERED: gettext_lazy("The agreement enters into force"),
    Effect.LAPSED: gettext_lazy("The review does not extend the term, and the earlier confirmation lapses: %(who)s"),
    Effect.LAST_DAY: gettext_lazy("Last day to confirm an extension"),
    Effect.OUTRUN: gettext_lazy("The term ends before the notice could take effect: %(who)s"),
    Effect.TERM_ENDS: gettext_lazy("The term ends"),
    Effect.AGREEMENT_ENDS: gettext_lazy("The agreement ends: fewer than two parties are left"),
}
NOTHING = {
    ActKind.CONFIRMED: gettext_lazy("This would change nothing: it is confirmed by then already."),
    ActKind.NOT_CONFIRMED: gettext_lazy(
        "This would change nothing. It counts on the day of a six-year review, or where it takes a confirmation back."
    ),
    ActKind.NOTICE: gettext_lazy("This would change nothing: a notice is running by then already."),
}


def who(parties: Collection[str]) -> str:
    """The names of one, two or all three parties."""
    return str(PARTIES["-".join(country for country in Country if country in parties)])


def of_parties(sentences: Sentences, parties: Collection[str]) -> str:
    """The sentence that fits one, two or all three parties."""
    key = ALL if len(parties) == 3 else TWO if len(parties) == 2 else next(iter(parties))
    return sentences[key] % {"who": who(parties)}


def step_words(step: Step, language: str) -> str:
    """A step and its day: "Canada confirms the extension, 15 March 2028"."""
    sentence = of_parties(STEPS[step.what], step.parties)
    return _("%(step)s, %(day)s") % {"step": sentence, "day": in_day_words(step.day, language)}


def consequence_words(one: Consequence, reading: Reading, language: str) -> str:
    """What a day brings."""
    if one.what in OF_ACTS:
        words = of_parties(STEPS[OF_ACTS[one.what]], one.parties)
        if one.what is not Effect.NOTICE or one.until is None:
            return words
        effect = _("%(notice)s; it takes effect on %(day)s")
        return effect % {"notice": words, "day": in_day_words(one.until, language)}
    if one.what is Effect.REVIEW:
        return _review(given(one.review))
    if one.what is Effect.EXTENDED:
        return _extended(one, reading, language)
    if one.what is Effect.LEAVES:
        return of_parties(LEAVES, one.parties)
    return PLAIN[one.what] % {"who": who(one.parties) if one.parties else ""}


def _review(review: Review) -> str:
    if review.annual and review.fixed:
        return _("Yearly joint review")
    if review.annual:
        return _("Yearly joint review, expected; no day is set")
    if review.latest:
        return _("Joint review, on this day at the latest; yearly reviews follow if not all confirm at it")
    return _("First joint review") if review.ordinal == 1 else _("Joint review")


def _extended(one: Consequence, reading: Reading, language: str) -> str:
    ends = {Reading.COMMON: one.until, Reading.LITERAL: one.until_literal}
    days = {read.value: in_day_words(given(day), language) for read, day in ends.items()}
    if reading is Reading.LITERAL:
        return _("The term is extended to %(literal)s (common reading: %(common)s)") % days
    return _("The term is extended to %(common)s (literal reading: %(literal)s)") % days


def fault_words(step: Step, fault: StepFault, language: str) -> str:
    """Why a step cannot be told, and what is allowed."""
    day = in_day_words(fault.day, language) if fault.day else ""
    match fault.what:
        case Fault.NOT_IN_FORCE if fault.day is None:
            return _("The agreement is not in force at the moment that you look from.")
        case Fault.NOT_IN_FORCE:
            return _("The agreement entered into force on %(day)s. Choose that day or a later one.") % {"day": day}
        case Fault.ENDED:
            last = in_day_words(_day_before(given(fault.day)), language)
            return _("By then the agreement has ended, on %(day)s. Choose a day up to %(last)s.") % {
                "day": day,
                "last": last,
            }
        case Fault.LEFT:
            words = _("No longer a party from %(day)s on: %(who)s. Choose an earlier day, or another party.")
            return words % {"day": day, "who": who(fault.parties)}
        case Fault.NO_NOTICE:
            words = _("No notice of withdrawal is running that day, so none can be taken back: %(who)s.")
            return words % {"who": who(fault.parties)}
        case Fault.TAKEN_BACK:
            words = _("A notice is taken back on %(day)s already, and then no new one counts that day: %(who)s.")
            return words % {"day": day, "who": who(fault.parties)}
        case Fault.TOO_MANY:
            return _("At most %(n)s steps are shown. Remove one first.") % {"n": MOST_STEPS}
    return str(NOTHING[step.what])


def _day_before(day: date) -> date:
    return day - timedelta(days=1)
