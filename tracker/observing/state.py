"""What is measured only when somebody asks for the metrics: the databases, the record's age, the replicas, webhooks,
copies of the record, room on the disks, and the web processes."""

import math
import os
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import psutil
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from tracker.models.sharing import Delivery
from tracker.models.standing import standing
from tracker.observing import following, restore_test, room, sharing
from tracker.observing.probe import takes_changes
from tracker.vocabulary import DeliveryState

BACKUPS = "tracker-*.backup"


class State(Collector):
    """A collector of prometheus_client; `at` is the aware instant that ages are counted to. What cannot be told, the
    database being away, is left out: an alert asks `tracker_database_up`."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def collect(self) -> Iterator[Metric]:
        yield _info()
        yield from _databases()
        for ask in (self._version, _deliveries):
            try:
                yield from ask()
            except Error:
                continue
        yield from _replicas()
        yield from self._backups()
        disk = GaugeMetricFamily("tracker_disk_free_bytes", "Bytes that may still be written.", labels=["folder"])
        for name, free in room.free().items():
            disk.add_metric([name], free)
        yield disk
        yield from _processes()

    def _version(self) -> Iterator[Metric]:
        age = GaugeMetricFamily(
            "tracker_version_age_seconds",
            "Seconds since the newest statement was written down on the record.",
            labels=[],
        )
        recorded = standing(self._at).version.recorded
        if recorded is not None:
            age.add_metric([], (self._at - recorded).total_seconds())
        yield age

    def _backups(self) -> Iterator[Metric]:
        """Without any, the age is infinite, so that the alert on it needs no second one for its absence."""
        newest = _newest(settings.BACKUP_DIR.glob(BACKUPS))
        age = math.inf if newest is None else max(0.0, self._at.timestamp() - newest)
        yield GaugeMetricFamily("tracker_backup_age_seconds", "Seconds since the newest backup was written.", age)
        tested = restore_test.last(settings.BACKUP_DIR)
        age = math.inf if tested is None else max(0.0, (self._at - tested.at).total_seconds())
        yield GaugeMetricFamily(
            "tracker_restore_test_age_seconds", "Seconds since a backup was restored for a test.", age
        )
        good = GaugeMetricFamily(
            "tracker_restore_test_good", "Whether the backup last restored for a test came back as it was.", labels=[]
        )
        if tested is not None:
            good.add_metric([], tested.good)
        yield good


def _info() -> Metric:
    info = GaugeMetricFamily("tracker_info", "The release that answers.", labels=["release"])
    info.add_metric([settings.RELEASE], 1)
    return info


def _answers(alias: str) -> int:
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("select 1")
    except Error:
        return 0
    return 1


def _databases() -> Iterator[Metric]:
    up = GaugeMetricFamily("tracker_database_up", "Whether a database answers.", labels=["database"])
    writable = GaugeMetricFamily("tracker_database_writable", "Whether the primary takes changes.", labels=[])
    try:
        writable.add_metric([], takes_changes())
    except Error:
        up.add_metric([DEFAULT_DB_ALIAS], 0)
    else:
        up.add_metric([DEFAULT_DB_ALIAS], 1)
    for alias in settings.REPLICAS:
        up.add_metric([alias], _answers(alias))
    yield up
    yield writable


def _newest(files: Iterator[Path]) -> float | None:
    """When the newest of them was written, in seconds of the epoch."""
    times = []
    try:
        for file in files:
            times.append(file.stat().st_mtime)
    except OSError:
        pass  # One was just taken away, or nobody may look.
    return max(times, default=None)


def _deliveries() -> Iterator[Metric]:
    states = Delivery.objects.by_state()
    waiting = states.pop(DeliveryState.WAITING, 0)
    told = CounterMetricFamily(
        "tracker_webhook_deliveries", "Messages to webhooks that came to an end, by how.", labels=["state"]
    )
    for state in DeliveryState:
        if state != DeliveryState.WAITING:
            told.add_metric([state.value], states.get(state, 0))
    yield told
    yield GaugeMetricFamily("tracker_webhook_waiting", "Messages to webhooks that wait to be sent.", waiting)


def _replicas() -> Iterator[Metric]:
    lag = GaugeMetricFamily(
        "tracker_replica_lag_seconds",
        "Seconds that a replica is behind; of one that follows no more, the age of what it got last.",
        labels=["replica"],
    )
    follows = GaugeMetricFamily("tracker_replica_follows", "Whether a replica gets the changes.", labels=["replica"])
    for one in following.replicas():
        follows.add_metric([one.alias], one.follows)
        if one.seconds is not None:
            lag.add_metric([one.alias], one.seconds)
    yield lag
    yield follows


def _processes() -> Iterator[Metric]:
    """The web processes of this server, by the number of their place: 001, 002, …"""
    folder = sharing.folder()
    held = sharing.processes(folder) if folder else iter([("001", os.getpid())])
    help_texts: dict[str, tuple[str, Callable[[psutil.Process], float]]] = {
        "tracker_process_resident_memory_bytes": ("Memory of a web process.", lambda one: one.memory_info().rss),
        "tracker_process_threads": ("Threads of a web process.", lambda one: one.num_threads()),
        "tracker_process_age_seconds": ("Seconds since it began.", lambda one: time.time() - one.create_time()),
    }
    found = {name: GaugeMetricFamily(name, text, labels=["process"]) for name, (text, _ask) in help_texts.items()}
    spent = CounterMetricFamily("tracker_process_cpu_seconds", "Processor time of a web process.", labels=["process"])
    for number, pid in held:
        try:
            process = psutil.Process(pid)
            times = process.cpu_times()
            values = {name: ask(process) for name, (_text, ask) in help_texts.items()}
        except psutil.Error:
            continue  # Lost; its place will be taken by the next one.
        for name, value in values.items():
            found[name].add_metric([number], value)
        spent.add_metric([number], times.user + times.system)
    yield from found.values()
    yield spent
