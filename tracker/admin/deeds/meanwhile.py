"""What somebody else did to an event between the showing of a screen and its sending, in words."""

from django.utils.translation import gettext as _

from tracker.admin.moments import moment_in_words
from tracker.models.desk import Event
from tracker.models.record import Revision


def record_changed(event: Event) -> str:
    """Why a deed is refused whose screen showed another record than that of now."""
    words = _("The record of this event changed after you opened this screen. Look at it again.")
    newest = Revision.objects.filter(event=event.pk).order_by("-number", "-id").first()
    if newest is None:
        return words
    return (
        words
        + " "
        + _("Its newest statement is number %(number)d, by %(who)s at %(when)s. Reason: %(reason)s")
        % {
            "number": newest.number,
            "who": newest.by or "–",
            "when": moment_in_words(newest.stated),
            "reason": newest.reason or "–",
        }
    )


def event_changed(event: Event) -> str:
    """Why a deed is refused whose screen showed another copy of the event than the desk's of now."""
    current = Event.objects.select_related("changed_by").get(pk=event.pk)
    return (
        _("The event was changed after you opened this screen. Look at it again.")
        + " "
        + _("%(who)s saved it at %(when)s; what follows is that.")
        % {"who": current.changed_by or _("Somebody else"), "when": moment_in_words(current.changed_at)}
    )


def names_changed() -> str:
    """Why a deed is refused whose screen showed the event with other names than it would state."""
    return _(
        "A source, person, place or topic of this event was changed after you opened this screen. Look at it again."
    )
