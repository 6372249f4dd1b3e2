"""Ending in order: what a timer or a shutdown ends by SIGTERM takes away what it has begun."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def orderly() -> Iterator[None]:
    """SIGTERM ends the block as Ctrl-C does, so that nothing half is left: status 143, as a shell would say."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
