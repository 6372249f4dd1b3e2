"""Two days compared: what the public could know at the end of the one beside what it could at the end of the other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline.query import BadParameter, BadQuery, canonical
from timeline.scene.redline import Redline
from timeline.scene.redline import redline as scene_of
from timeline.scene.redline_pairs import Pair, pairs
from timeline.templatetags.words import day as day_words
from timeline.views.asked import ZONE, Asked, face, latest_words
from timeline.views.years import far, years_words
from tracker.clock.scenario import FIRST_YEAR
from tracker.edtf import parse
from tracker.given import given
from tracker.models.record import Revision
from tracker.moment import Moment, moment
from tracker.query import Query

MOST = 200
USUAL = timedelta(days=30)
PRESETS = ((7, gettext_lazy("Last 7 days")), (30, gettext_lazy("Last 30 days")), (365, gettext_lazy("Last 12 months")))
# The day of the first joint review, six years after the agreement entered into force (Article 34.7.2).
REVIEW = date(2026, 7, 1)
STYLES = ("", "1")


def refused(request, fault: BadQuery, asked: Asked, speaks: str):
    """400: the form with what was typed, each fault told beside its field, or above the form if it has none."""
    faults = {one.name: _of_a_day(one) if one.name in ("a", "b") else one for one in fault.faults}
    typed = {name: request.GET.get(name, "") for name in ("a", "b")}
    context = {"asked": asked, "faults": faults, "typed": typed, "presets": presets(asked)}
    return render(request, "redline.html", context, status=400)


@face("redline", also=("full",), refusal=refused)
def redline(request, asked: Asked):
    """The page. `full=1` tells all texts with their words struck and inserted."""
    full = style(request.GET.get("full", ""))
    first, last = days(asked)
    asked = replace(asked, query=replace(asked.query, a=first, b=last))
    return render(request, "redline.html", page(asked) | {"full": full})


def page(asked: Asked) -> dict:
    """What the page is drawn from; `asked` names both days. `then` leads to events as known on the second."""
    first, last = given(asked.query.a), given(asked.query.b)
    then = Query(as_of=moments(asked)[1].today, recorded=asked.query.recorded)
    return {
        "asked": asked,
        "redline": compared(asked),
        "stretch": parse(f"{first}/{last}"),
        "typed": {"a": first.isoformat(), "b": last.isoformat()},
        "presets": presets(asked),
        "halves": halves(first, last),
        "most": MOST,
        "then": f"?{canonical(then)}",
        "singly": f"?{singly(asked)}",
    }


def singly(asked: Asked) -> str:
    """The query of the same stretch change by change, up to its last day."""
    query, past = asked.query, given(asked.query.b) < asked.moment.today
    return canonical(query, since=given(query.a).isoformat(), a=None, b=None, as_of=query.b if past else query.as_of)


def style(text: str) -> bool:
    """Whether all texts are asked for. BadQuery for a value that is none of ours."""
    if text not in STYLES:
        raise BadQuery([BadParameter("full", text, "1")])
    return text == "1"


def days(asked: Asked) -> tuple[date, date]:
    """The two days: those asked for, else the last thirty up to the reader's own. BadQuery for days outside of 2017 to
    2100, for a second day that the reader cannot know yet, and for a first one that is not before it."""
    a, b = asked.query.a, asked.query.b
    faults = [
        BadParameter(name, day.isoformat(), years_words()) for name, day in (("a", a), ("b", b)) if day and far(day)
    ]
    last = b or asked.moment.today
    if b and not far(b) and b > (latest := latest_day(asked)):
        words = latest_words(latest) if asked.query.as_of is None else _till(latest)
        faults.append(BadParameter("b", b.isoformat(), words))
    # Of a second day that nobody asked for nothing can be wrong: the first one is then before it, whatever the years.
    earliest = date(FIRST_YEAR, 1, 1) if b else min(date(FIRST_YEAR, 1, 1), last - timedelta(days=1))
    first = a or max(last - USUAL, earliest)
    if not faults and first >= last:
        faults.append(_not_before(first, last, "a" if a else "b"))
    if faults:
        raise BadQuery(faults)
    return first, last


def _of_a_day(fault: BadParameter) -> BadParameter:
    """The fault of a value that is no day, with the years that may be compared: the grammar allows others too."""
    try:
        date.fromisoformat(fault.value)
    except ValueError:
        return BadParameter(fault.name, fault.value, years_words())
    return fault


def _till(day: date) -> str:
    return _("a day up to the one that you look from, %(day)s") % {"day": day.isoformat()}


def _not_before(first: date, last: date, name: str) -> BadParameter:
    if name == "a":
        words = _("a day before the second one, %(day)s") % {"day": last.isoformat()}
        return BadParameter("a", first.isoformat(), words)
    return BadParameter("b", last.isoformat(), _("a day after %(day)s") % {"day": first.isoformat()})


def latest_day(asked: Asked) -> date:
    """The last day that a comparison may end with: the one that the reader looks from; without one tomorrow, as
    everywhere."""
    if asked.query.as_of is not None:
        return asked.query.as_of
    # Of a pinned view too: its days may be later than its pin, from which on nothing differs.
    return asked.moment.now.astimezone(ZONE).date() + timedelta(days=1)


def moments(asked: Asked) -> tuple[Moment, Moment]:
    """The ends of the two days, as the reader's record knows them: of a pinned one no later than its pin."""
    latest = asked.moment.recorded.astimezone(ZONE).date()

    def of(day: date | None) -> Moment:
        as_of = min(given(day), latest)
        return moment(now=asked.moment.now, zone=ZONE, recorded=asked.query.recorded, as_of=as_of)

    return of(asked.query.a), of(asked.query.b)


def compared(asked: Asked) -> Redline:
    """What differs between the two days of the query, of all events or of the one that it opens: two queries, and one
    more where other events are linked."""
    query, language = asked.query, asked.language
    record = Revision.objects.named(query.event) if query.event else Revision.objects
    earlier, later = moments(asked)
    rows = list(record.compared(query, earlier, later, language=language, most=MOST + 1))
    told = sorted(pairs(rows, earlier, later), key=lambda pair: pair.known, reverse=True)[:MOST]
    return scene_of(
        told,
        earlier,
        later,
        language,
        titles=titles(told, later, language),
        alike=asked.kept("alike", record.alike(query, earlier, later, language=language).count, *days_of(asked)),
        more=len({row.event for row in rows}) > MOST,
        classes=query.change,
    )


def days_of(asked: Asked) -> tuple:
    """What the count of what did not change hangs on, beside the filters."""
    return asked.query.a, asked.query.b, asked.query.event, asked.moment.now.astimezone(ZONE).date()


def titles(told: Sequence[Pair], later: Moment, language: str) -> dict[int, str]:
    """The labels of the events that links came or went to, of those that the public knew on the second day."""
    linked = {event for pair in told for event in pair.links}
    rows = Revision.objects.at(later).of(linked)
    return {brief.event: brief.label for brief in rows.briefs(language)} if linked else {}


def presets(asked: Asked) -> list[tuple[str, date, date]]:
    """Stretches that are often asked for: words and the two days."""
    today = asked.moment.today
    found = [(str(words), today - timedelta(days=count), today) for count, words in PRESETS]
    if today > REVIEW:
        words = _("Before and after %(day)s") % {"day": day_words(REVIEW)}
        found.append((words, REVIEW - timedelta(days=1), REVIEW + timedelta(days=1)))
    return found


def halves(first: date, last: date) -> list[tuple[date, date]]:
    """The two halves of a stretch, for one of which more differs than a page tells; none of a single day."""
    middle = first + (last - first) / 2
    return [(first, middle), (middle, last)] if first < middle else []
