"""The answers that this process keeps: those asked for last, within so many bytes."""

from collections import OrderedDict
from threading import Lock

from django.conf import settings

from timeline.kept.answer import Answer

ONE = 1_048_576  # bytes: a larger one would take the place of many


class Process:
    """Answers by their slots, for many threads. `settings.KEPT_BYTES` in all; 0 keeps none."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, slot: str) -> Answer | None:
        with self._lock:
            answer = self._answers.get(slot)
            if answer is not None:
                self._answers.move_to_end(slot)
            return answer

    def put(self, slot: str, answer: Answer) -> None:
        """Keep it in place of what was kept under the slot, and let go of what was asked for longest ago."""
        with self._lock:
            before = self._answers.pop(slot, None)
            self._bytes -= before.size if before else 0
            if answer.size > min(ONE, settings.KEPT_BYTES):
                return
            self._answers[slot] = answer
            self._bytes += answer.size
            while self._bytes > settings.KEPT_BYTES:
                self._bytes -= self._answers.popitem(last=False)[1].size

    def clear(self) -> None:
        with self._lock:
            self._answers.clear()
            self._bytes = 0


PROCESS = Process()
