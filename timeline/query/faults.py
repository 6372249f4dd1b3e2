"""The faults of a query string, in words, in the language that is active when they are shown."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

Words = str | Promise

NOT_ALLOWED = _('"{value}" is not allowed')
NOT_KNOWN = _('"{value}" is not known')

_MOST_SHOWN = 60


class Refused(ValueError):
    """A reader's refusal of one text. `problem` has a place for {value}; `allowed` stands in for the words of the
    parameter's row."""

    def __init__(self, problem: Words = NOT_ALLOWED, allowed: Words | None = None):
        super().__init__(problem)
        self.problem, self.allowed = problem, allowed


class BadParameter(ValueError):
    """One fault of one parameter: its `name`, the `value` got and what is `allowed`, in words.

    `value` is safe to show: on one line, at most 60 characters, nothing unprintable. `str()` is one line of plain text.
    """

    def __init__(self, name: str, value: str, allowed: Words, problem: Words = NOT_ALLOWED):
        super().__init__(name, value)
        self.name, self.value = name, _shown(value)
        self._problem, self._allowed = problem, allowed

    @property
    def problem(self) -> str:
        """What is wrong, with the value quoted."""
        return str(self._problem).format(value=self.value)

    @property
    def allowed(self) -> str:
        """What may be written instead."""
        return str(self._allowed)

    def __str__(self) -> str:
        line = gettext("{name}: {problem}; allowed: {allowed}")
        return line.format(name=self.name, problem=self.problem, allowed=self.allowed)


class BadQuery(ValueError):
    """A query string with faults: `faults` holds all of them, `str()` one line for each."""

    def __init__(self, faults: Iterable[BadParameter]):
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


def _shown(value: str) -> str:
    """The value on one line, cut at 60 characters, with U+FFFD for what cannot be printed."""
    cut = value if len(value) <= _MOST_SHOWN else value[: _MOST_SHOWN - 1] + "…"
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in cut)
