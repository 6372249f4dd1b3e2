"""Readers in threads of this process, who count what they are answered: for what a load generator cannot tell apart."""

import http.client
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.bench.measuring import Sample, sample

READERS = 8
LANGUAGES = ("", "/es", "/fr")
FACES = ("/", "/changes/", "/clock/", "/slips/", "/embed/", "/events.json", "/events.ics", "/events.csv", "/feed.atom")
FILTERS = ("", "country=MX", "country=CA", "kind=hearing", "from=2024-01", "to=2025-06", "status=scheduled")


@dataclass
class Answers:
    """What all readers were answered: how many of each status (0 for a connection that failed), how many of them from
    a copy that stood in, the milliseconds of each, and what failed."""

    statuses: Counter = field(default_factory=Counter)
    stale: int = 0
    took: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.statuses.values())

    @property
    def times(self) -> Sample:
        return sample(self.took)


def popular(slugs: list[str]) -> list[str]:
    """Some hundred addresses that many ask for, always the same."""
    faces = [f"{language}{face}" for language in LANGUAGES for face in FACES]
    filtered = [f"{face}?{words}" if words else face for face in faces for words in FILTERS]
    return filtered + [f"{language}/events/{slug}/" for language in LANGUAGES for slug in slugs]


def crowd(
    origin: str, addresses: list[str], *, seconds: float, fresh: float, meanwhile: Callable = lambda: None
) -> Answers:
    """Readers for so many seconds, of whom the part `fresh` ask what nobody has asked before. `meanwhile` is done in
    this thread when a quarter of the time is over."""
    answers, lock, end = Answers(), threading.Lock(), time.monotonic() + seconds
    readers = [
        threading.Thread(target=_read, args=(origin, addresses, end, fresh, answers, lock)) for _ in range(READERS)
    ]
    for reader in readers:
        reader.start()
    time.sleep(seconds / 4)
    try:
        meanwhile()
    finally:
        for reader in readers:
            reader.join()
    return answers


def ask(origin: str, path: str) -> tuple[int, dict[str, str]]:
    """One answer over a connection of its own: status and headers, by small letters."""
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=30)
    try:
        return _asked(connection, path)
    finally:
        connection.close()


def _read(origin, addresses, end, fresh, answers, lock) -> None:
    chance, connection = random.Random(), http.client.HTTPConnection(urlsplit(origin).netloc, timeout=30)
    while time.monotonic() < end:
        path = chance.choice(addresses)
        if chance.random() < fresh:
            path = f"/{chance.choice(('', 'events.json'))}?q=word{chance.getrandbits(60)}"
        begun = time.perf_counter()
        try:
            status, headers = _asked(connection, path)
            fault = "" if status == 200 else f"{status} {path}"
        except (OSError, http.client.HTTPException) as error:
            status, headers, fault = 0, {}, f"{type(error).__name__} {path}"
            connection.close()
        took = (time.perf_counter() - begun) * 1000
        with lock:
            answers.statuses[status] += 1
            answers.stale += "x-stale" in headers
            answers.took.append(took)
            answers.failed += [fault] if fault else []
    connection.close()


def _asked(connection, path: str) -> tuple[int, dict[str, str]]:
    connection.request("GET", path, headers={"Accept-Encoding": "gzip, br"})
    answer = connection.getresponse()
    answer.read()  # Raises IncompleteRead for a body that was cut.
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}
