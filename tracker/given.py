"""What must be there: a value that may be missing by its type, and never is where it is asked for."""

from typing import TypeVar

Value = TypeVar("Value")


def given(value: Value | None) -> Value:
    """The value itself. None is a fault of the program: ValueError, where it shows first."""
    if value is None:
        raise ValueError("a value is missing that is always given here")
    return value
