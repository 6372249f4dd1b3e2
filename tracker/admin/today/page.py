"""The first page of the desk: how much stands where, what waits for review, what needs attention, what comes next."""

from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Count, F, Model, OuterRef, Subquery, Value, Window
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.timesince import timesince, timeuntil
from django.utils.translation import gettext as _

from tracker import edtf
from tracker.admin.event.columns import date_in_words, short_day
from tracker.admin.moments import RECORD_ZONE, day_in_words
from tracker.admin.permissions import may_publish
from tracker.admin.standing import STATES, listed, state
from tracker.admin.today.attention import Attention, for_user
from tracker.admin.today.coming import coming
from tracker.admin.today.settling import to_settle, with_what_is_to_settle
from tracker.date_words import in_words
from tracker.labels import COUNTRIES
from tracker.models.catalogue import Source
from tracker.models.desk import Event, EventText
from tracker.models.record import Revision
from tracker.vocabulary import Country, Kind, Language, Stage

ROWS = 10
EXAMPLES = 2


def today(user, language: str, now: datetime) -> dict[str, Any]:
    """What the page shows to the user at the moment; nothing of events to whoever may not see them."""
    day = now.astimezone(RECORD_ZONE).date()
    named = _("%(weekday)s, %(day)s") % {"weekday": WEEKDAYS[day.weekday()], "day": day_in_words(day)}
    shown: dict[str, Any] = {"day": named}
    if not user.has_perm("tracker.view_event"):
        return shown
    publishes = may_publish(user)
    return shown | {
        "counts": _counts(language),
        "publishes": publishes,
        # Who publishes looks at what the others sent; who writes looks at their own first.
        "own": [] if publishes else _own(user),
        "review": _in_review(day),
        "attention": _attentions(for_user(user), now),
        "coming": coming(day),
    }


def _counts(language: str) -> dict[str, Any]:
    """Published, scheduled to publish, and the newest date of what has begun, of the record."""
    public = Revision.objects.open().filter(retracted=False)
    shown = public.filter(known__contains=Now())
    happened = shown.filter(day__lte=Now(), status="occurred").order_by("-day", "-event")
    newest = happened.values_list("content__date", flat=True).first()
    return {
        "published": shown.count(),
        "scheduled": public.filter(known__startswith__gt=Now()).count(),
        "newest": in_words(edtf.parse(newest), language) if newest else "",
    }


def _own(user) -> list[dict]:
    """What the user saved last and has not been published, newest first."""
    events = listed(Event.objects.filter(changed_by=user).exclude(stage=Stage.DONE)).order_by("-changed_at", "pk")
    return [
        {**_row(event), "state": STATES[state(event)], "saved": _day_of(event.changed_at)} for event in events[:ROWS]
    ]


def _in_review(day: date) -> dict[str, Any]:
    """The events in review, what was saved last first, and how many there are."""
    review = with_what_is_to_settle(Event.objects.filter(stage=Stage.REVIEW)).annotate(total=Window(Count("*")))
    events = list(review.order_by("-changed_at", "pk")[:ROWS])
    return {
        "total": events[0].total if events else 0,
        "rows": [{**_row(event), "to_settle": to_settle(event, day)} for event in events],
    }


def _row(event: Event) -> dict[str, Any]:
    return {
        "event": event,
        "family": Kind(event.kind).family,
        "date": date_in_words(event),
        "countries": ", ".join(str(COUNTRIES[code]) for code in Country if code in event.countries),
    }


def _attentions(ones: list[Attention], now: datetime) -> list[dict[str, Any]]:
    """Of each number, oldest and first examples, by one query; what is about nothing is left out."""
    found = [(one, rows) for one in ones if (rows := _first_of(one, now))]
    called: dict[type[Model], dict[int, str]] = {}
    # Of the examples alone: asked within the queries, it would be asked for every row that is counted.
    for model in {one.model for one, _rows in found}:
        keys = [row["pk"] for one, rows in found if one.model is model for row in rows]
        named = model._default_manager.filter(pk__in=keys).order_by()
        called[model] = dict(named.values_list("pk", _called(model)))
    return [_attention(one, rows, called[one.model], now) for one, rows in found]


def _first_of(one: Attention, now: datetime) -> list[dict[str, Any]]:
    since = one.since if one.since is not None else Value(None, output_field=CharField())
    rows = one.all(now).annotate(age=since, total=Window(Count("*")))
    return list(rows.order_by(F("age").asc(nulls_last=True), "pk").values("pk", "age", "total")[: EXAMPLES + 1])


def _attention(one: Attention, rows: list[dict[str, Any]], called: dict[int, str], now: datetime) -> dict[str, Any]:
    total, oldest = rows[0]["total"], rows[0]["age"]
    address = reverse(f"admin:tracker_{one.model._meta.model_name}_changelist")
    return {
        "words": one.words,
        "address": f"{address}?attention={one.name}",
        "total": total,
        "examples": _examples([called[row["pk"]] for row in rows], total),
        "oldest": short_day(_day_of(oldest)) if oldest else "",
        "age": _age(oldest, now) if oldest else "",
    }


def _called(model: type[Model]):
    """What a row is called in a list of examples, as short as can be."""
    if model is Event:
        english = EventText.objects.filter(event=OuterRef("pk"), language=Language.ENGLISH).order_by()
        return Coalesce(Subquery(english.values("label")[:1]), F("slug"), output_field=CharField())
    return F("publisher") if model is Source else F("citation_en")


def _examples(called: list[str], total: int) -> str:
    # Several sources may be of one publisher.
    named = list(dict.fromkeys(called[:EXAMPLES]))
    more = total - len(called[:EXAMPLES])
    return (
        _("%(examples)s and %(more)d more") % {"examples": "; ".join(named), "more": more} if more else "; ".join(named)
    )


def _day_of(moment: date | datetime) -> date:
    return moment.astimezone(RECORD_ZONE).date() if isinstance(moment, datetime) else moment


def _age(oldest: date | datetime, now: datetime) -> str:
    """How long ago it was, or how soon it will be, in the largest unit alone."""
    day, current = _day_of(oldest), now.astimezone(RECORD_ZONE).date()
    if day == current:
        return _("today")
    words = timesince(day, current, depth=1) if day < current else timeuntil(day, current, depth=1)
    return _("%(time)s ago") % {"time": words} if day < current else _("in %(time)s") % {"time": words}
