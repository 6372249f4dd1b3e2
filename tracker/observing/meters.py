"""What is counted: requests by face, kept answers, slow queries, failed sign-ins. Right over several processes, for
each of them counts in a file of its own that all read (`sharing`).

Labels are bounded: a face is the name of an address, a method one of seven, a status a number of HTTP's.
"""

from collections.abc import Iterator

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import CounterMetricFamily
from prometheus_client.metrics import MetricWrapperBase
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

# Seconds: a kept answer takes a millisecond, a page some tens, a document or an import seconds.
BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
prometheus_client.disable_created_metrics()


class KeptSums(Collector):
    """tracker_kept_total, summed from what is counted by request: to count twice would cost each request a
    microsecond."""

    def __init__(self, counted: CollectorRegistry) -> None:
        self._counted = counted

    def collect(self) -> Iterator[Metric]:
        sums: dict[str, float] = {}
        for metric in self._counted.collect():
            for sample in metric.samples if metric.name == "tracker_requests" else ():
                if kind := sample.labels["kept"]:
                    sums[kind] = sums.get(kind, 0) + sample.value
        told = CounterMetricFamily(
            "tracker_kept",
            "Answers of public faces, by where they came from: process, shared, made, or stale (a copy, because the "
            "database is away).",
            labels=["kind"],
        )
        for kind in ("process", "shared", "made", "stale"):
            told.add_metric([kind], sums.get(kind, 0))
        yield told


class Meters:
    """The counters of this process. To be made once it is known where they count: `meters`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.registry = registry
        self._requests = Counter(
            "tracker_requests",
            "Requests answered, by face (the name of the address), method, status and where the answer came from.",
            ["face", "method", "status", "kept"],
            registry=registry,
        )
        self._seconds = Histogram(
            "tracker_request_seconds",
            "Seconds from a request to the beginning of its answer, by face.",
            ["face"],
            buckets=BUCKETS,
            registry=registry,
        )
        self._slow = Counter(
            "tracker_slow_queries",
            "Queries to a database that took longer than SLOW_QUERY_MS.",
            ["database"],
            registry=registry,
        )
        self._signin = Counter(
            "tracker_signin_failures",
            "Sign-ins that failed, by what was wrong: password, or a kind of second factor.",
            ["method"],
            registry=registry,
        )
        self._locks = Counter(
            "tracker_signin_locks",
            "Locks after too many failed sign-ins, by what is locked: name, client, code, again.",
            ["kind"],
            registry=registry,
        )
        # To look up a line by its labels takes as long as to count on it three times.
        self._found: dict[tuple[str, ...], MetricWrapperBase] = {}

    def request(self, face: str, method: str, status: int, kept: str, seconds: float) -> None:
        """One request was answered. `kept`: where the answer came from, empty if it is of a kind that nobody keeps."""
        key = (face, method, str(status), kept)
        line = self._found.get(key) or self._find(key, self._requests, key)
        line.inc()  # type: ignore[attr-defined]  # a child of the meter, for these labels
        times = self._found.get((face,)) or self._find((face,), self._seconds, (face,))
        times.observe(seconds)  # type: ignore[attr-defined]  # a child of the meter, for these labels

    def slow_query(self, database: str) -> None:
        """A query of the database of that alias took too long."""
        self._slow.labels(database).inc()

    def signin_failed(self, method: str) -> None:
        """A sign-in failed by its password, or by a second factor of that kind."""
        self._signin.labels(method).inc()

    def signin_locked(self, kind: str) -> None:
        """Too many sign-ins have failed for a name, a client, a factor or a password asked for again."""
        self._locks.labels(kind).inc()

    def _find(self, key: tuple[str, ...], metric: MetricWrapperBase, labels: tuple[str, ...]) -> MetricWrapperBase:
        line = metric.labels(*labels)
        self._found[key] = line
        return line


_meters: Meters | None = None


def meters() -> Meters:
    """The counters of this process, made at the first use: in a web process that is after it has found its place."""
    global _meters
    if _meters is None:
        _meters = Meters(CollectorRegistry())
    return _meters


def forget() -> None:
    """Begin anew at nought, as a process that has just started."""
    global _meters
    _meters = None
