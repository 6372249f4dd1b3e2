"""How long a session at the desk lasts: so long after the last thing that was done, and so long in all."""

from enum import StrEnum

from django.conf import settings

BEGAN, SEEN = "desk-began", "desk-seen"
# The last sight is written at most this often, in seconds: a page should not cost a write.
STEP = 60


class Cause(StrEnum):
    IDLE = "idle"
    OVER = "over"


def ended(*, now: float, began: float, seen: float, idle: int, most: int) -> Cause | None:
    """Why a session is no longer good, if so. Unix times; `idle` and `most` in seconds."""
    if now - began >= most:
        return Cause.OVER
    return Cause.IDLE if now - seen >= idle else None


def begin(request, *, now: float) -> None:
    """Marks in the session when it began."""
    request.session[BEGAN] = request.session[SEEN] = now


def still_good(request, *, now: float, counts: bool) -> Cause | None:
    """Why the request's session is no longer good. If it is, and the request `counts` as work, marks that it is seen.
    A session without marks begins here."""
    session = request.session
    began, seen = session.get(BEGAN), session.get(SEEN)
    if began is None or seen is None:
        begin(request, now=now)
        return None
    cause = ended(now=now, began=began, seen=seen, idle=settings.DESK_IDLE, most=settings.SESSION_COOKIE_AGE)
    if cause is None and counts and now - seen >= STEP:
        session[SEEN] = now
    return cause
