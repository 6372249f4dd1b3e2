"""What needs an editor's attention, as one table: its words and its rows. The first page of the desk counts them and
the lists filter by them, so that a number and the list behind it cannot differ."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tracker.admin.moments import RECORD_ZONE
from tracker.admin.permissions import may_review
from tracker.admin.standing import PUBLIC, RETRACTED, SAID, has_text, listed
from tracker.models.catalogue import Source
from tracker.models.desk import Citation, Event, EventText, Link
from tracker.models.record import Revision
from tracker.models.remark import Remark
from tracker.models.rules import Rule
from tracker.vocabulary import CheckResult, Kind, LinkType, Stage, Status, TextState, Tier

WEEK = timedelta(days=7)
# Two checks in a row that failed: one may be the other side's bad day.
FAILURES = 2
# The texts that readers may rely on, or will once they are reviewed.
SOUND = (TextState.DRAFT, TextState.REVIEWED)

# What readers see or will see by itself, and everything but what was taken back from them.
ON_RECORD = Q(SAID) & ~Q(RETRACTED)
NOT_RETRACTED = ~Q(RETRACTED)
STARTS = Coalesce(F("earliest"), F("latest"))


@dataclass(frozen=True)
class Attention:
    """`condition` narrows the rows of `model` at a moment (aware) whose day in the zone of the record is given; events
    are as `standing.listed` annotates them. `since` is the day or moment of a row that counts for its age, None where
    there is none; `permitted` says who can do something about it."""

    name: str
    words: Any
    condition: Callable[[datetime, date], Q]
    since: Any = None
    model: type[Model] = Event
    permitted: Callable[[Any], bool] = lambda user: user.has_perm("tracker.view_event")

    def found(self, rows: QuerySet, now: datetime) -> QuerySet:
        """Those of the rows that it is about."""
        return rows.filter(self.condition(now, now.astimezone(RECORD_ZONE).date()))

    def all(self, now: datetime) -> QuerySet:
        """All rows that it is about."""
        rows = self.model._default_manager.all()
        return self.found(listed(rows) if self.model is Event else rows, now)


def _of_event(model: type[Model], **conditions) -> Exists:
    return Exists(model._default_manager.filter(event=OuterRef("pk"), **conditions).order_by())


def _passed(now, today) -> Q:
    open_ = Q(status__in=[Status.SCHEDULED, Status.EXPECTED], latest__lt=today)
    return NOT_RETRACTED & open_ & ~Q(kind=Kind.LEGAL_DEADLINE)


def _overdue(now, today) -> Q:
    met = Exists(Link.objects.filter(to=OuterRef("pk"), type=LinkType.MEETS).order_by())
    settled = Q(status__in=[Status.OCCURRED, Status.CANCELLED])
    return NOT_RETRACTED & Q(kind=Kind.LEGAL_DEADLINE, latest__lt=today) & ~settled & Q(~met)


def _uncertain(now, today) -> Q:
    # Marked as uncertain, or one day of several although it is over.
    return NOT_RETRACTED & (Q(date__regex="[?%]") | Q(date__startswith="[", status=Status.OCCURRED))


def _unverified(now, today) -> Q:
    return ON_RECORD & Q(_of_event(Citation)) & ~Q(_of_event(Citation, accessed_on__isnull=False))


def _single(now, today) -> Q:
    cited = Citation.objects.order_by().values("event").annotate(rows=Count("*"))
    return ON_RECORD & Q(pk__in=cited.filter(rows=1).values("event"))


def _unofficial(now, today) -> Q:
    return ON_RECORD & Q(_of_event(Citation)) & ~Q(_of_event(Citation, source__tier=Tier.PRIMARY))


def _soon(now, today) -> Q:
    waiting = Revision.objects.open().filter(known__startswith__gt=now, known__startswith__lte=now + WEEK)
    return Q(pk__in=waiting.order_by().values("event"))


def _unsourced(now, today) -> Q:
    # Nothing is published so; the source was taken from the event, or never added to it.
    own = Citation.objects.filter(event=OuterRef("event"), source=OuterRef("source")).order_by()
    stray = Remark.objects.filter(~Exists(own), event=OuterRef("pk")).order_by()
    return NOT_RETRACTED & Q(Exists(stray))


def _cited() -> Exists:
    return Exists(Citation.objects.filter(source=OuterRef("pk")).order_by())


def _dead(now, today) -> Q:
    failed = Q(check_result__in=[CheckResult.GONE, CheckResult.UNREACHABLE], check_failures__gte=FAILURES)
    return failed & Q(_cited())


def _of_language(code: str, needed: Any, waiting: Any) -> tuple[Attention, Attention]:
    """The two attentions of a translation: nothing valid to read, and something that nobody has reviewed."""
    stale = EventText.objects.filter(event=OuterRef("pk"), language=code).order_by().values("stale_since")[:1]
    return (
        Attention(
            f"{code}-needed",
            needed,
            lambda now, today: ON_RECORD & ~Q(has_text(code, state__in=SOUND)),
            since=Coalesce(Subquery(stale), F("changed_at")),
        ),
        Attention(
            f"{code}-review",
            waiting,
            lambda now, today: ON_RECORD & Q(has_text(code, state=TextState.DRAFT)),
            since=F("changed_at"),
            permitted=may_review,
        ),
    )


ATTENTIONS = (
    Attention("passed", _("Date passed, still scheduled or expected"), _passed, since=F("latest")),
    Attention("deadline", _("Legal deadline with no outcome"), _overdue, since=F("latest")),
    Attention(
        "soon",
        _("Publishes by itself within a week"),
        _soon,
        since=F("waits_for"),
    ),
    Attention(
        "review",
        _("In review for more than a week"),
        lambda now, today: NOT_RETRACTED & Q(stage=Stage.REVIEW, changed_at__lt=now - WEEK),
        since=F("changed_at"),
    ),
    Attention(
        "unpublished",
        _("Changed more than a week ago, not published"),
        lambda now, today: Q(PUBLIC) & Q(stage=Stage.DRAFT, changed_at__lt=now - WEEK),
        since=F("changed_at"),
    ),
    Attention("uncertain", _("Day uncertain or disputed"), _uncertain, since=STARTS),
    Attention("unverified", _("Unverified: no source has a day on which it was read"), _unverified, since=STARTS),
    Attention("single", _("One source only"), _single, since=STARTS),
    Attention(
        "unofficial",
        _("No official source"),
        _unofficial,
        since=STARTS,
    ),
    Attention("unsourced", _("What a government said rests on none of the event’s sources"), _unsourced, since=STARTS),
    Attention(
        "dead",
        _("Sources whose address is dead"),
        _dead,
        since=F("checked_at"),
        model=Source,
        permitted=lambda user: user.has_perm("tracker.view_source"),
    ),
    Attention(
        "untitled",
        _("Sources without a title"),
        lambda now, today: Q(title="") & Q(_cited()),
        model=Source,
        permitted=lambda user: user.has_perm("tracker.view_source"),
    ),
    Attention(
        "en-review",
        _("English to review"),
        lambda now, today: NOT_RETRACTED & Q(has_text("en", state=TextState.DRAFT)),
        since=F("changed_at"),
        permitted=may_review,
    ),
    *_of_language("es", _("Spanish missing or stale"), _("Spanish to review")),
    *_of_language("fr", _("French missing or stale"), _("French to review")),
    Attention(
        "unchecked",
        _("Rules not checked against the official text"),
        lambda now, today: Q(checked=False),
        model=Rule,
        permitted=lambda user: user.has_perm("tracker.change_rule"),
    ),
)


def for_user(user, model: type[Model] | None = None) -> list[Attention]:
    """The attentions that the user may see and do something about, of one model or of all."""
    return [one for one in ATTENTIONS if one.permitted(user) and model in (None, one.model)]
