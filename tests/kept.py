"""The answers that are kept: forgotten, as a process that has just started knows none."""

from django.core.cache import caches

from timeline.kept.process import PROCESS
from timeline.kept.shared import ANSWERS, SHARED
from timeline.kept.standing import STANDS


def forget() -> None:
    """Nothing is kept any more, neither by the process nor by the store of all."""
    PROCESS.clear()
    STANDS.forget()
    SHARED.forget()
    caches[ANSWERS].clear()
