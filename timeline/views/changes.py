"""What changed: the statements of the record by the day they became known."""

from datetime import date, datetime, timedelta

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from timeline.query import BadParameter, BadQuery
from timeline.scene.changes import asked_since, by_event, days, links_told
from timeline.templatetags.words import day
from timeline.views.asked import Asked, face
from timeline.views.years import years_words
from tracker.clock.scenario import FIRST_YEAR
from tracker.models.record import Revision
from tracker.moment import utc_text
from tracker.vocabulary import ChangeClass

LENGTH = 50
MOST_MARKED = 200
PRESETS = ((7, gettext_lazy("Last 7 days")), (30, gettext_lazy("Last 30 days")))


def refused(request, fault: BadQuery, asked: Asked, speaks: str):
    """400: the page without the parameters at fault, each told beside its field, or above the form if it has none."""
    faults = {one.name: one for one in fault.faults}
    return render(request, "changes.html", page(asked) | {"faults": faults}, status=400)


@face("changes", refusal=refused)
def changes(request, asked: Asked):
    """The page."""
    check(asked)
    return render(request, "changes.html", page(asked))


@face("changes-marks", speaks="json")
def marks(request, asked: Asked):
    """Which events changed since a moment, at most 200, the newest first: what a returning reader's marks are made
    from. The words are in the language of the path."""
    since = check(asked)
    if since is None:
        raise BadQuery((BadParameter("since", "", _("a day or an instant: what changed after it")),))
    changed = rows(asked).changed_events(most=MOST_MARKED)
    body = {
        "since": asked.query.since,
        "until": utc_text(asked.pin) if asked.pin else None,
        "total": changed.total,
        "events": [{"event": event, "classes": classes} for event, classes in changed.events],
        "words": visit_words(since, changed.total),
    }
    if changed.more:
        body["more"] = True
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def check(asked: Asked) -> date | datetime | None:
    """The `since` asked for. BadQuery for one that lies in the reader's future, of which nothing can be
    said, or before the years that are looked at."""
    since = asked_since(asked.query)
    if since is None:
        return None
    if since.year < FIRST_YEAR:
        raise BadQuery((BadParameter("since", asked.query.since, years_words()),))
    latest = asked.moment.recorded if isinstance(since, datetime) else asked.moment.today
    if since > latest:
        words = _("a day up to %(day)s, or an instant that has passed") % {"day": asked.moment.today.isoformat()}
        raise BadQuery((BadParameter("since", asked.query.since, words),))
    return since


def rows(asked: Asked):
    """The changes that are asked for."""
    query, moment = asked.query, asked.moment
    since = asked_since(query)
    found = Revision.objects.changes(moment).changed_since(since, moment).of_classes(query.change)
    return found.changes_matching(query, moment, asked.language)


def page(asked: Asked) -> dict:
    """What the page is drawn from."""
    query, moment, language = asked.query, asked.moment, asked.language
    found = rows(asked)
    shown = found.changes_page(query, limit=LENGTH)
    histories = by_event(Revision.objects.histories({row.event for row in shown.rows}, moment))
    linked = links_told(shown.rows, histories, moment)
    titles = {row.event: row.entry(language).text.title for row in asked.rows.of(linked)} if linked else {}
    since = asked_since(query)
    return {
        "asked": asked,
        "days": days(shown.rows, histories, query, moment, language, titles),
        "next": shown.next,
        "total": None if query.cursor else total(asked, found),
        "since": since,
        "by_record": isinstance(since, datetime),
        "presets": presets(asked),
        "compared": compared(asked, since),
        "translations": (ChangeClass.TRANSLATION,),
    }


def total(asked: Asked, found) -> tuple[int, int]:
    """How many changes are asked for, and of how many events; counted once for a version."""
    return asked.kept("changes", found.changes_total, asked.query.since, asked.query.change)


def presets(asked: Asked) -> list[tuple[str, str, bool]]:
    """Stretches that are often asked for: words, `since`, whether it is asked for now."""
    found = [(words, (asked.moment.today - timedelta(days=count)).isoformat()) for count, words in PRESETS]
    return [(str(words), since, since == asked.query.since) for words, since in found]


def compared(asked: Asked, since: date | datetime | None) -> tuple[date, date] | None:
    """The two days whose redline tells the same stretch; None where there is none."""
    if since is None:
        return None
    first = since.astimezone(asked.moment.zone).date() if isinstance(since, datetime) else since
    return (first, asked.moment.today) if first < asked.moment.today else None


def visit_words(since: date | datetime, total: int) -> dict[str, str]:
    """What the marks of a returning reader say."""
    line = ngettext(
        "%(n)s change since your last visit on %(day)s", "%(n)s changes since your last visit on %(day)s", total
    )
    return {
        "line": line % {"n": total, "day": day(since)},
        "none": _("Nothing changed since your last visit on %(day)s.") % {"day": day(since)},
        "new": _("New since your last visit"),
        "changed": _("Changed since your last visit"),
        "read": _("Mark all as read"),
    }
