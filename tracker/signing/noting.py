"""What the log says of signing in. Never a password, a code or a key."""

from tracker.auditing import note
from tracker.given import given
from tracker.observing.meters import meters
from tracker.signing.address import address_of
from tracker.signing.limits import Counted
from tracker.vocabulary import LogAction


def note_failure(request, name: str, *, user=None, method: str = "password") -> None:
    """A name that was typed with a wrong password; or a user whose second factor was wrong."""
    meters().signin_failed(method)
    note(
        LogAction.SIGN_IN_FAILED,
        who=name[:150],
        by=user,
        changes=[_new("method", method)],
        address=address_of(request),
    )


def note_lock(request, name: str, counted: Counted, *, user=None) -> None:
    """That the failures of a name, a client or a second factor are too many, and until when."""
    meters().signin_locked(counted.kind.value)
    changes = [_new("limit", counted.kind.value), _new("until", given(counted.until).isoformat(timespec="seconds"))]
    note(LogAction.LOCKED_OUT, who=name[:150], by=user, changes=changes, address=address_of(request))


def note_sign_in(request, user, methods: list[str]) -> None:
    changes = [_new("method", ", ".join(methods))]
    note(LogAction.SIGNED_IN, by=user, changes=changes, address=address_of(request))


def note_sign_out(request, user, cause: str = "") -> None:
    """`cause` is "idle" or "over" where the session ended by itself."""
    changes = [_new("cause", cause)] if cause else []
    note(LogAction.SIGNED_OUT, by=user, changes=changes, address=address_of(request))


def note_password(request, user) -> None:
    note(LogAction.PASSWORD_CHANGED, by=user, about=user, address=address_of(request))


def note_factor(request, user, action: LogAction, kind: str) -> None:
    """A second factor that was added or removed, or recovery codes made: `kind` is allauth's type."""
    note(action, by=user, about=user, changes=[_new("type", kind)], address=address_of(request))


def _new(field: str, value: str) -> dict:
    return {"field": field, "old": None, "new": value}
