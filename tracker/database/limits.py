"""How long a statement may take, and how long it may wait for a lock, by whom it serves; kept by the server.

A reader's statement that takes half a minute helps nobody and holds a thread; the next one is made of what is kept. An
editor's may take its time (an import of ten thousand rows), but one that waits for another's is to be told, and not
held until the browser gives up. Commands, and whatever is no request, have the server's own limits.
"""

from contextvars import ContextVar

READERS, DESK, NOBODY = "readers", "desk", ""
_SECONDS = {READERS: {"statement_timeout": 30, "lock_timeout": 10}, DESK: {"lock_timeout": 30}, NOBODY: {}}
_NAMES = ("statement_timeout", "lock_timeout")
_whom: ContextVar[str] = ContextVar("whom", default=NOBODY)


def begin(whom: str) -> None:
    """A request of a reader, or of the desk, begins."""
    _whom.set(whom)


def end() -> None:
    """It has ended."""
    _whom.set(NOBODY)


def whom() -> str:
    """Whom the present statements serve."""
    return _whom.get()


def setting(whom: str) -> str:
    """The SQL that gives a session the limits of one of them."""
    seconds = _SECONDS[whom]
    return "; ".join(f"set {name} to " + (f"'{seconds[name]}s'" if name in seconds else "default") for name in _NAMES)
