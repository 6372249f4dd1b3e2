"""The situation on a day: one sentence and three facts, by the treaty clock from the acts on the record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker import clock
from tracker.clock import Act, ActKind, Position, Review, State
from tracker.date_words import in_words
from tracker.edtf import parse
from tracker.entry import Entry
from tracker.given import given
from tracker.labels import Words
from tracker.vocabulary import Country, Kind, Status


@dataclass(frozen=True, slots=True)
class Fact:
    """One of the three facts: a heading, the day in words, and what follows from it. `slug` names its event; the last
    step is not `ahead`."""

    heading: str
    day: str
    words: str
    rule: str = ""
    slug: str = ""
    ahead: bool = True


@dataclass(frozen=True, slots=True)
class Situation:
    sentence: str
    facts: tuple[Fact, ...]
    newest: Entry | None
    reviews: tuple[date, ...] = ()
    term_end: date | None = None


# Whole sentences, because in other languages article and verb agree with the country.
PARTY_ACTS: dict[ActKind, Words] = {
    ActKind.CONFIRMED: {
        Country.CANADA: gettext_lazy("Canada confirmed a new 16-year term."),
        Country.UNITED_STATES: gettext_lazy("The United States confirmed a new 16-year term."),
        Country.MEXICO: gettext_lazy("Mexico confirmed a new 16-year term."),
    },
    ActKind.NOT_CONFIRMED: {
        Country.CANADA: gettext_lazy("Canada did not confirm a new 16-year term."),
        Country.UNITED_STATES: gettext_lazy("The United States did not confirm a new 16-year term."),
        Country.MEXICO: gettext_lazy("Mexico did not confirm a new 16-year term."),
    },
    ActKind.NOTICE: {
        Country.CANADA: gettext_lazy("Canada gave notice of withdrawal."),
        Country.UNITED_STATES: gettext_lazy("The United States gave notice of withdrawal."),
        Country.MEXICO: gettext_lazy("Mexico gave notice of withdrawal."),
    },
    ActKind.RESCINDED: {
        Country.CANADA: gettext_lazy("Canada took back its notice of withdrawal."),
        Country.UNITED_STATES: gettext_lazy("The United States took back its notice of withdrawal."),
        Country.MEXICO: gettext_lazy("Mexico took back its notice of withdrawal."),
    },
}


def situation(entries: Iterable[Entry], today: date, language: str) -> Situation:
    """What stands on a day, in the active language. `entries` hold the acts, the newest event that has begun and the
    milestones to come."""
    entries = list(entries)
    acts = [act for entry in entries for act in entry.acts]
    position = clock.position(acts, today)
    slugs = {entry.event: entry.slug for entry in entries}
    facts = [
        _last(position, slugs, language),
        _next(position, entries, language),
        _end(position, entries, today, language),
    ]
    sentence = _sentence(position, today, language) if entries else _("Nothing was on the record at that moment.")
    reviews = tuple(review.day for review in clock.reviews(acts, today)) if position.term_end else ()
    return Situation(sentence, tuple(fact for fact in facts if fact), newest(entries), reviews, position.term_end)


def newest(entries: Iterable[Entry]) -> Entry | None:
    """The newest of the entries that has begun; a day that a rule sets is no news."""
    begun = [entry for entry in entries if entry.status == Status.OCCURRED and entry.kind != Kind.LEGAL_DEADLINE]
    return max(begun, key=lambda entry: (entry.date.sort_key, entry.event), default=None)


def in_day_words(day: date, language: str) -> str:
    return in_words(parse(day.isoformat()), language)


LEAVING: Words = {
    Country.CANADA: gettext_lazy("Canada leaves on %(day)s."),
    Country.UNITED_STATES: gettext_lazy("The United States leaves on %(day)s."),
    Country.MEXICO: gettext_lazy("Mexico leaves on %(day)s."),
}


def _sentence(position: Position, today: date, language: str) -> str:
    """Where it stands, and who leaves when."""
    leaving = [
        LEAVING[party] % {"day": in_day_words(day, language)}
        for party, day in position.withdrawals.items()
        if day > today
    ]
    return " ".join([standing_words(position, today, language), *leaving])


def standing_words(position: Position, today: date, language: str) -> str:
    """Where it stands, in a sentence."""
    end = position.term_end.year if position.term_end else None
    match position.state:
        case State.NOT_IN_FORCE:
            return _("The agreement is not in force yet.")
        case State.ENDED:
            return _("The agreement ended on %(day)s.") % {"day": in_day_words(given(position.ended_on), language)}
        case State.YEARLY_REVIEWS:
            return _(
                "In force and reviewed every year. It ends in %(year)s unless all three countries confirm an extension."
            ) % {"year": end}
        case State.EXTENDED:
            return _("In force and extended to %(year)s. Joint reviews follow every six years.") % {"year": end}
    return _before_first_review(position, today, language)


def _before_first_review(position: Position, today: date, language: str) -> str:
    day = given(position.next_review).day
    left = (day - today).days
    if left == 0:
        return _("In force. The first joint review is today.")
    if left == 1:
        return _("In force. The first joint review is tomorrow.")
    return _("In force. The first joint review is due on %(day)s.") % {"day": in_day_words(day, language)}


def _last(position: Position, slugs: dict[int, str], language: str) -> Fact | None:
    if not position.last_step:
        return None
    day = position.last_step[-1].day
    words = " ".join(act_words(act) for act in position.last_step)
    act = position.last_step[-1]
    return Fact(
        _("Last step"),
        in_day_words(day, language),
        words,
        rule=_rule(position, act.what),
        slug=slugs.get(act.event or 0, ""),
        ahead=False,
    )


def act_words(act: Act) -> str:
    """What was done, in a sentence that names who did it."""
    match act.what:
        case ActKind.ENTERED:
            return _("The agreement entered into force.")
        case ActKind.REVIEW_HELD:
            return _("Joint review held.")
        case ActKind.REVIEW_SET:
            return _("The Commission set the day of the next review.")
    return str(PARTY_ACTS[act.what][given(act.party)])


def _rule(position: Position, what: ActKind) -> str:
    paragraph = {
        ActKind.ENTERED: "34.7.1",
        ActKind.REVIEW_HELD: "34.7.2",
        ActKind.NOT_CONFIRMED: "34.7.4",
        ActKind.CONFIRMED: "34.7.3",
        ActKind.NOTICE: "34.6",
        ActKind.RESCINDED: "34.6",
        ActKind.REVIEW_SET: "34.7.4",
    }[what]
    return _("Article %(paragraph)s") % {"paragraph": paragraph}


def _next(position: Position, entries: list[Entry], language: str) -> Fact | None:
    review = position.next_review
    if review is None:
        return None
    # A day that is only expected stands for its month.
    first = review.day if review.fixed else review.day.replace(day=1)
    last = review.day if review.fixed else max(review.day, first + timedelta(days=27))
    slug = _coming(entries, Kind.REVIEW_MILESTONE, first, last)
    return Fact(
        _("Next step"), review_day(review, language), _review_words(review), rule=_review_rule(review), slug=slug
    )


def _coming(entries: list[Entry], kind: Kind, first: date, last: date) -> str:
    """The slug of the milestone of that kind which is announced or expected for those days; empty without one."""
    ahead = (Status.SCHEDULED, Status.EXPECTED)
    found = (one for one in entries if one.kind == kind and one.status in ahead and one.date.touches(first, last))
    return next((one.slug for one in found), "")


def review_day(review: Review, language: str) -> str:
    """The day of a review in words, no finer than it is known."""
    day = in_day_words(review.day, language)
    if review.latest:
        return _("By %(day)s") % {"day": day}
    if not review.fixed:
        # The treaty fixes no day of a yearly review, so no day is shown: only the month of the anniversary.
        about = in_words(parse(f"{review.day:%Y-%m}~"), language)
        return about[0].upper() + about[1:]
    return day


def _review_words(review: Review) -> str:
    if review.annual:
        ordinal = _("First annual joint review") if review.ordinal == 1 else _("Annual joint review")
        if not review.fixed:
            return _("%(review)s, expected, not yet set. The treaty fixes no day; the Commission has set none.") % {
                "review": ordinal
            }
        return _("%(review)s, as set by the Commission.") % {"review": ordinal}
    if review.ordinal == 1:
        return _("First joint review, on the sixth anniversary.")
    return _("Joint review, at most six years after the extension.")


def _review_rule(review: Review) -> str:
    paragraph = "34.7.4" if review.annual else "34.7.2" if review.ordinal == 1 else "34.7.3"
    return _("Article %(paragraph)s") % {"paragraph": paragraph}


def _end(position: Position, entries: list[Entry], today: date, language: str) -> Fact | None:
    if position.term_end is None or position.state == State.ENDED:
        return None
    if position.state == State.EXTENDED:
        words = _("In %(time)s, if it is not extended again.")
    else:
        words = _("In %(time)s, if nothing is confirmed before.")
    words %= {"time": span_words(today, position.term_end)}
    rule = _("Article %(paragraph)s") % {"paragraph": "34.7.1"}
    end = position.term_end
    slug = _coming(entries, Kind.LEGAL_DEADLINE, end, end)
    return Fact(_("End of the term"), in_day_words(end, language), words, rule=rule, slug=slug)


def span_words(first: date, last: date) -> str:
    """The whole years and months from one day to a later one, in the active language; days under a month."""
    months = (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)
    years, months = divmod(max(months, 0), 12)
    if not years and not months:
        days = (last - first).days
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    parts = []
    if years:
        parts.append(ngettext("%(n)s year", "%(n)s years", years) % {"n": years})
    if months:
        parts.append(ngettext("%(n)s month", "%(n)s months", months) % {"n": months})
    return _(" and ").join(parts)
