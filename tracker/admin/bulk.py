"""What can be done to several events at once, each as data: its words, whom it is for, which events it leaves out, and
what it does to one. The record is never touched."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tracker.admin.permissions import may_review
from tracker.admin.standing import Asked, listed
from tracker.auditing import difference, note
from tracker.models.desk import Event, Link
from tracker.models.record import Revision
from tracker.reviewing import review
from tracker.snapshot import snapshot
from tracker.stages import settle
from tracker.vocabulary import Language, LogAction, Stage, TextState


@dataclass(frozen=True)
class Doer:
    """Who does it, when, and from which address."""

    by: Any
    at: datetime
    address: str | None


@dataclass(frozen=True)
class BulkAct:
    """`obstacle(event)` says in words why an event is left as it is, or nothing; `act(event, doer)` does it within the
    transaction that holds the row; `words` stands in the menu and on the button, `done` takes a number of events."""

    name: str
    words: Any
    done: Any
    permitted: Callable[[Any], bool]
    obstacle: Callable[[Event], str]
    act: Callable[[Event, Doer], None]
    removes: bool = False

    @property
    def address(self) -> str:
        """The name of its screen's address."""
        return f"admin:tracker_event_bulk_{self.name}"


def chosen(pks) -> QuerySet:
    """The events of these ids, listed, with what the acts ask: `stated` (the record ever spoke of it) and `pointed_to`
    (another event links to it)."""
    return listed(Event.objects.filter(pk__in=pks)).annotate(
        stated=Exists(Revision.objects.filter(event=OuterRef("pk")).order_by()),
        pointed_to=Exists(Link.objects.filter(to=OuterRef("pk")).order_by()),
    )


def _count_the_save(event: Event, doer: Doer, **fields) -> None:
    rows = Event.objects.filter(pk=event.pk)
    rows.update(version=F("version") + 1, changed_by=doer.by, changed_at=doer.at, **fields)


def _may_change(user) -> bool:
    return user.has_perm("tracker.change_event")


def _to_stage(stage: Stage) -> Callable[[Event, Doer], None]:
    def act(event: Event, doer: Doer) -> None:
        _count_the_save(event, doer, stage=stage)
        changes = [{"field": "stage", "old": event.stage, "new": stage}]
        note(LogAction.CHANGED, by=doer.by, about=event, changes=changes, address=doer.address, at=doer.at)

    return act


def _cannot_go_to_review(event: Event) -> str:
    if event.stage == Stage.REVIEW:
        return _("It is in review already.")
    return _("Nothing of it is to be reviewed: it is published as it stands.") if event.stage == Stage.DONE else ""


def _cannot_go_back(event: Event) -> str:
    return "" if event.stage == Stage.REVIEW else _("It is not in review.")


def _cannot_be_reviewed(language: Language) -> Callable[[Event], str]:
    def obstacle(event: Event) -> str:
        state = getattr(event, f"state_{language}")
        if state is None:
            return _("It has no text in this language.")
        return _("Its text is reviewed already.") if state == TextState.REVIEWED else ""

    return obstacle


def _review(language: Language) -> Callable[[Event, Doer], None]:
    def act(event: Event, doer: Doer) -> None:
        text = event.texts.get(language=language)
        # The title is for the log.
        text.event = event
        review(text, by=doer.by, at=doer.at, address=doer.address)
        _count_the_save(event, doer)
        settle(event)

    return act


def _cannot_be_deleted(event: Asked) -> str:
    if event.stated:
        return _("The record has spoken of it: retract it instead.")
    return _("Another event links to it: remove that link first.") if event.pointed_to else ""


def _delete(event: Event, doer: Doer) -> None:
    changes = difference(snapshot(event), {})
    note(LogAction.DELETED, by=doer.by, about=event, changes=changes, address=doer.address, at=doer.at)
    event.delete()


def _reviewed(language: Language, words, done) -> BulkAct:
    return BulkAct(f"review-{language}", words, done, may_review, _cannot_be_reviewed(language), _review(language))


BULK_ACTS = {
    act.name: act
    for act in (
        BulkAct(
            "to-review",
            gettext_lazy("Send to review"),
            gettext_lazy("Sent to review: %d."),
            _may_change,
            _cannot_go_to_review,
            _to_stage(Stage.REVIEW),
        ),
        BulkAct(
            "to-draft",
            gettext_lazy("Back to draft"),
            gettext_lazy("Back to draft: %d."),
            _may_change,
            _cannot_go_back,
            _to_stage(Stage.DRAFT),
        ),
        _reviewed(
            Language.SPANISH, gettext_lazy("Mark the Spanish as reviewed"), gettext_lazy("Spanish reviewed: %d.")
        ),
        _reviewed(Language.FRENCH, gettext_lazy("Mark the French as reviewed"), gettext_lazy("French reviewed: %d.")),
        BulkAct(
            "delete",
            gettext_lazy("Delete drafts"),
            pgettext_lazy("number of drafts", "Deleted: %d."),
            lambda user: user.has_perm("tracker.delete_event"),
            _cannot_be_deleted,
            _delete,
            removes=True,
        ),
    )
}


def bulk_acts_of(user) -> list[BulkAct]:
    """The acts that the user may do."""
    return [act for act in BULK_ACTS.values() if act.permitted(user)]
