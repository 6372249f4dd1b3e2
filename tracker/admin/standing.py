"""How the desk's events stand on the record: annotations for lists, and the one state that sums them up."""

from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, F, Manager, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now
from django.utils.translation import pgettext_lazy

from tracker.models.desk import Citation, EventText
from tracker.models.record import Revision
from tracker.vocabulary import Language, Stage, Tier


class State(StrEnum):
    """Stage of the desk's copy and state of the record in one word."""

    DRAFT = "draft"
    REVIEW = "review"
    PUBLISHED = "published"
    CHANGED = "changed"
    SCHEDULED = "scheduled"
    RETRACTED = "retracted"


STATES = {
    State.DRAFT: pgettext_lazy("state of an event", "Draft"),
    State.REVIEW: pgettext_lazy("state of an event", "In review"),
    State.PUBLISHED: pgettext_lazy("state of an event", "Published"),
    State.CHANGED: pgettext_lazy("state of an event", "Changed since published"),
    State.SCHEDULED: pgettext_lazy("state of an event", "Scheduled to publish"),
    State.RETRACTED: pgettext_lazy("state of an event", "Retracted"),
}


def _stated(**conditions) -> Exists:
    return Exists(Revision.objects.open().filter(event=OuterRef("pk"), **conditions).order_by())


# How an event stands, for narrowing a list: joined with the record at once, where what `listed` annotates would be
# asked for each event of the desk.
PUBLIC = _stated(known__contains=Now(), retracted=False)
RETRACTED = _stated(known__contains=Now(), retracted=True)
WAITS = _stated(known__startswith__gt=Now())
# Said now or from a moment to come on: the last stretch of a course is open-ended, whatever corrects what lies before.
SAID = _stated(known__upper_inf=True, retracted=False)


def has_text(language: str, **conditions) -> Exists:
    """Whether the event has a text in the language."""
    return Exists(EventText.objects.filter(event=OuterRef("pk"), language=language, **conditions).order_by())


Asked = Any  # an event with what a question tells of it beside its columns, which no class declares


def titled(events: QuerySet | Manager) -> QuerySet:
    """The events with `title_en`, which is also what `str(event)` says."""
    english = EventText.objects.filter(event=OuterRef("pk"), language="en").order_by()
    return events.annotate(title_en=Subquery(english.values("title")[:1]))


def listed(events: QuerySet) -> QuerySet:
    """The titled events with `source_count`, `official_count`, `retracted` (None: nothing is public), `waits_for` (the
    moment of a scheduled statement, or None) and `state_en`, `state_es`, `state_fr` (of a text; None: missing), in the
    query of the events themselves."""
    now = Revision.objects.open().filter(event=OuterRef("pk"), known__contains=Now()).order_by()
    later = Revision.objects.open().filter(event=OuterRef("pk"), known__startswith__gt=Now()).order_by()
    cited = Citation.objects.filter(event=OuterRef("pk")).order_by().values("event")
    official = cited.filter(source__tier=Tier.PRIMARY)
    texts = EventText.objects.filter(event=OuterRef("pk")).order_by()
    return titled(events).annotate(
        source_count=Coalesce(Subquery(cited.annotate(rows=Count("*")).values("rows")), 0),
        official_count=Coalesce(Subquery(official.annotate(rows=Count("*")).values("rows")), 0),
        retracted=Subquery(now.values("retracted")[:1]),
        waits_for=Subquery(later.values(moment=F("known__startswith"))[:1]),
        **{f"state_{code}": Subquery(texts.filter(language=code).values("state")[:1]) for code in Language},
    )


def state(event: Asked) -> State:
    """The state of a listed event."""
    if event.retracted:
        return State.RETRACTED
    if event.retracted is False:
        return State.PUBLISHED if event.stage == Stage.DONE else State.CHANGED
    if event.waits_for:
        return State.SCHEDULED
    return State.REVIEW if event.stage == Stage.REVIEW else State.DRAFT


def in_state(events: QuerySet, wanted: str) -> QuerySet:
    """The events in a state. `published` has those that changed since; `scheduled` all with a statement that waits; an
    unknown state narrows nothing."""
    never = events.filter(~PUBLIC, ~RETRACTED, ~WAITS)
    states: dict[str, QuerySet] = {
        State.DRAFT: never.exclude(stage=Stage.REVIEW),
        State.REVIEW: never.filter(stage=Stage.REVIEW),
        State.PUBLISHED: events.filter(PUBLIC),
        State.CHANGED: events.exclude(stage=Stage.DONE).filter(PUBLIC),
        State.SCHEDULED: events.filter(WAITS),
        State.RETRACTED: events.filter(RETRACTED),
    }
    return states.get(wanted, events)
