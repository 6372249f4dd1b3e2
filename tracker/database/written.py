"""Whether the present request may have changed the database: what an editor is told when its answer cannot be made.

A commit whose answer was lost may have been done. So what counts is that one was asked for, and not how it ended; a
request that asked for none has saved nothing, and may say so.
"""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

_perhaps: ContextVar[bool] = ContextVar("perhaps_written", default=False)


def begin() -> None:
    """A request begins."""
    _perhaps.set(False)


def note() -> None:
    """It asks for a commit."""
    _perhaps.set(True)


def perhaps() -> bool:
    """Whether it may have changed anything."""
    return _perhaps.get()


def note_alone(execute: Callable, statement: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """One of Django's execute wrappers: a statement outside a transaction is its own commit, unless it only reads."""
    if not context["connection"].in_atomic_block and str(statement).lstrip()[:6].upper() != "SELECT":
        note()
    return execute(statement, params, many, context)
