"""Beyond one machine, on one: a primary and two standbys, a store, two web processes, nginx. What readers are answered
while each of them is killed, how many queries the store saves, how much two processes give beside one.

Run as a program (`python -m tests.bench.cluster`), or as a part of the bench by `measured`. Three to five minutes.
"""

import json
import shutil
import signal
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import report
from tests.bench.crowd import Answers, ask, crowd, popular
from tests.bench.figures import Figure, beside, plain
from tests.bench.machines import Cluster, cluster, kill_server
from tests.bench.measuring import in_turns, sample
from tests.bench.site import find_wrk, load
from tests.replication import caught_up, scalar

FRESH = 0.3  # The part of the readers that ask what nobody has asked: only those reach a database.
# An editor who publishes an event anew every other second: with each, all that was kept is of an older version.
EDITOR = """
import time
from tracker.models.desk import Event
from tracker.publishing import publish
for event in Event.objects.order_by("-pk")[:{count}]:
    event.significance = 1 if event.significance != 1 else 2
    event.save()
    publish(event)
    time.sleep(2)
"""
NEW = """
local n = {start}
request = function() n = n + 1; return wrk.format("GET", "/events.json?q=word" .. n) end
"""


def measured(sizes: list[int], **limits: float) -> tuple[list[Figure], list[str]]:
    """The figures, and what was left out and why. Limits: `seconds` for each loss, `load_seconds` for each load,
    `rounds` of those."""
    found = list(told(**limits))
    return [one for one in found if isinstance(one, Figure)], [one for one in found if isinstance(one, str)]


def told(*, seconds: float = 12, load_seconds: float = 2, rounds: int = 3) -> Iterator[Figure | str]:
    """The same one after the other, as they are found."""
    if shutil.which("nginx") is None:
        yield "a small cluster: no nginx was found (apt-get install nginx)."
        return
    with cluster() as made:
        if find_wrk():
            yield from _throughput(made, load_seconds, rounds)
        else:
            yield "requests a second: no wrk was found (apt-get install wrk)."
        if made.store:
            yield from _store(made)
        else:
            yield "the shared store: no redis-server was found (apt-get install redis-server)."
        yield from _losses(made, seconds)


def _losses(made: Cluster, seconds: float) -> Iterator[Figure]:
    """What readers are answered while something is lost and an editor publishes."""
    addresses = popular(_slugs(made))

    def during(name: str, meanwhile: Callable) -> Iterator[Figure]:
        editor = made.manage("shell", "-c", EDITOR.format(count=int(seconds / 2)))
        answers = crowd(made.origin, addresses, seconds=seconds, fresh=FRESH, meanwhile=meanwhile)
        editor.communicate()
        yield from _answered(name, answers)

    yield from during("nothing is lost", lambda: None)
    yield plain("from a deed to both standbys", _lag(made), "ms")
    yield from during("a replica is killed", lambda: kill_server(made.standbys[0]))
    if made.store:
        yield from during("the store is killed", made.store.kill)

    def web_process() -> None:
        made.web[1].kill()
        time.sleep(seconds / 4)
        made.start_web(1)

    yield from during("a web process is killed, and started again", web_process)
    yield from during("the other replica is killed too", lambda: kill_server(made.standbys[1]))


def _answered(name: str, answers: Answers) -> Iterator[Figure]:
    for fault in answers.failed[:3]:
        print(f"  {name}: {fault}", flush=True)
    note = f"{answers.total:,} requests"
    yield plain(f"{name}: failed", len(answers.failed), "requests", most=0, note=note)
    yield plain(f"{name}: median", answers.times.median, "ms")
    yield plain(f"{name}: 99 of 100 within", answers.times.quantile(0.99), "ms")


def _lag(made: Cluster) -> float:
    """Milliseconds until both standbys have replayed what was just written."""
    values = []
    for _ in range(10):
        scalar(made.primary, "select pg_current_wal_lsn() from (select pg_logical_emit_message(true, 'bench', 'x')) x")
        values.append(max(caught_up(made.primary, follower) for follower in made.standbys) * 1000)
    return sample(values).median


def _store(made: Cluster) -> Iterator[Figure]:
    """Queries that a thousand requests cost all databases together, when two processes are asked the same addresses."""
    addresses, words = popular(_slugs(made)), "queries for 1,000 different addresses, asked of two processes"
    _publish(made)
    with_store = _queries(made, addresses)
    made.store.kill()
    _publish(made)
    without = _queries(made, addresses)
    made.start_store()
    time.sleep(6)  # A store that failed is left alone for five.
    yield Figure(f"{words}, with the store", with_store, "queries", without, "the same without it")


def _queries(made: Cluster, addresses: list[str]) -> float:
    begun = _transactions(made)
    for port in made.ports:
        for address in addresses:
            ask(f"http://127.0.0.1:{port}", address)
    return (_transactions(made) - begun) / len(addresses) / len(made.ports) * 1000


def _transactions(made: Cluster) -> int:
    """How many there were on all servers: outside a deed each query is one."""
    time.sleep(2.5)  # A server tells of its work once a second, when it rests.
    count = "select sum(xact_commit) from pg_stat_database where datname = 'tracker'"
    return sum(int(scalar(server, count)) for server in (made.primary, *made.standbys))


def _throughput(made: Cluster, seconds: float, rounds: int) -> Iterator[Figure]:
    """Requests a second: of a page that is kept, and of searches that nobody has asked before: a database's work."""
    direct = f"http://127.0.0.1:{made.ports[0]}"
    bare, front = f"http://127.0.0.1:{made.bare}", made.origin
    coding = {"Accept-Encoding": "gzip"}
    kept = {name: load(f"{origin}/", seconds=seconds, headers=coding) for name, origin in {
        "one process": direct, "two processes behind nginx that keeps nothing": bare, "nginx as shipped": front,
    }.items()}  # fmt: skip
    found = in_turns(kept, rounds=rounds)
    one = found.pop("one process")
    yield plain("the timeline page, kept: one process", one.median, "requests/s")
    for name, taken in found.items():
        yield beside(f"the timeline page, kept: {name}", taken, one, unit="requests/s", of="one process")
    with tempfile.TemporaryDirectory() as folder:
        found = in_turns({
            name: _new(origin, folder, seconds) for name, origin in {"one": direct, "two": bare}.items()
        }, rounds=rounds)  # fmt: skip
    yield beside(
        "searches that nobody asked before: two processes behind nginx",
        found["two"],
        found["one"],
        unit="requests/s",
        of="one process",
    )


def _new(origin: str, folder: str, seconds: float) -> Callable[[], float]:
    """A measure with addresses that are new each time."""

    def measure() -> float:
        script = Path(folder) / "new.lua"
        script.write_text(NEW.format(start=time.time_ns() // 1000))
        return load(origin, seconds=seconds, headers={"Accept-Encoding": "gzip"}, script=str(script))()

    return measure


def _publish(made: Cluster) -> None:
    """A deed, so that all that was kept is of an older version; waited for until every replica has it."""
    editor = made.manage("shell", "-c", EDITOR.format(count=1))
    if editor.wait(60):
        raise RuntimeError(editor.communicate()[1])
    editor.communicate()
    for follower in made.standbys:
        caught_up(made.primary, follower)
    time.sleep(1.1)  # What the record stands at is kept for a second.


def _slugs(made: Cluster) -> list[str]:
    with urllib.request.urlopen(f"{made.origin}/events.json?limit=100", timeout=60) as answer:
        return [one["slug"] for one in json.load(answer)["events"]]


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # Also then all that was started is ended.
    begun = time.monotonic()
    for one in told():
        words = f"Not measured: {one}" if isinstance(one, str) else report.row(one).strip("| ")
        print(f"  {words}", flush=True)
    print(f"  ({time.monotonic() - begun:.0f} s)", flush=True)


if __name__ == "__main__":
    main()
