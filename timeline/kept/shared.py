"""The store of answers that all processes share (`CACHES["answers"]`): one that is away neither fails nor slows a
request."""

import hashlib
import logging
import time

from django.core.cache import caches
from redis.exceptions import RedisError

from timeline.kept.answer import A_DAY, Answer, from_bytes

ANSWERS = "answers"
MOST = 2_097_152  # bytes of one answer
PAUSE = 5.0  # seconds for which a store that failed is left alone
_log = logging.getLogger(__name__)


class Shared:
    """Answers by their slots. `clock` gives seconds that only grow."""

    def __init__(self, clock=time.monotonic) -> None:
        self._clock = clock
        self._again = 0.0

    def get(self, slot: str) -> Answer | None:
        """The answer kept under a slot, whatever it was made from; None while the store is away or what it holds there
        is none of ours."""
        try:
            kept = caches[ANSWERS].get(slot) if self._clock() >= self._again else None
            return None if kept is None else from_bytes(kept)
        except (RedisError, OSError) as error:
            self._leave_alone(error)
        except (ValueError, LookupError, TypeError):
            pass  # Broken, or another's.
        return None

    def put(self, slot: str, answer: Answer) -> None:
        """Keep it for a day, in place of what was kept under the slot."""
        if answer.size > MOST or self._clock() < self._again:
            return
        try:
            caches[ANSWERS].set(slot, answer.to_bytes(), A_DAY)
        except (RedisError, OSError) as error:
            self._leave_alone(error)

    def forget(self) -> None:
        """Ask the store again at once."""
        self._again = 0.0

    def _leave_alone(self, error: Exception) -> None:
        self._again = self._clock() + PAUSE
        _log.warning("The store of answers is left alone for %d seconds: %s", PAUSE, type(error).__name__)


SHARED = Shared()


class Plain:
    """Bytes as they are, in place of Django's pickles: what another writes into the store is then never run."""

    def dumps(self, value: bytes) -> bytes:
        return value

    def loads(self, value: bytes) -> bytes:
        return value


def key(slot: str, prefix: str, version: int) -> str:
    """The key of a slot in the store (Django's KEY_FUNCTION): of one length and plain signs, whatever the address
    holds; another release or another site's address keeps its answers apart by the prefix."""
    return f"{prefix}:{hashlib.sha256(slot.encode(errors='surrogatepass')).hexdigest()}"
