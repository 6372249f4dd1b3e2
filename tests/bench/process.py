"""Part 7: a second start, and the memory of a web process under mixed requests."""

import random
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import psutil

from tests.bench.figures import Figure, beside, plain
from tests.bench.measuring import in_turns, sample
from tests.bench.records import ROOT, SHIPPED, environment, record
from tests.bench.site import Site, served
from tests.serving import free_port, wait_for

AT_ONCE, FIRST = 8, 2_000
SEED = 34_7
MB = 1024 * 1024
# Of a thousand requests how many ask for what: pages and their pieces mostly, files of programs, documents rarely.
MIX = {
    "/": 200, "/results/": 150, "/?country={country}": 60, "/?start={year}-01-01&end={year}-12-31": 60,
    "/?q={word}": 40, "/es/": 40, "/fr/": 40, "/?as_of={past}-06-01": 30, "/clock/": 30, "/changes/": 30,
    "/redline/": 10, "/slips/": 10, "/corrections/": 5, "/about/": 5, "/share/": 5, "/embed/": 80,
    "/embed/?look=list": 20, "/events.ics": 50, "/feed.atom": 30, "/feed.json": 10, "/changes.atom": 10,
    "/api/v1/events/": 30, "/api/v1/events/?country={country}": 10, "/api/v1/changes/": 5, "/api/v1/clock/": 5,
    "/events.json": 10, "/events.csv": 5, "/picture.png": 5, "/sitemap.xml": 2, "/events.svg": 2,
    "/events.jsonld": 1, "/events.ndjson": 1, "/events.xlsx?country={country}": 1, "/events.docx?country={country}": 1,
    "/events.pptx?country={country}": 1, "/events.zip?country={country}": 1,
}  # fmt: skip


def measured(sizes: list[int], *, requests: int = 10_000) -> tuple[list[Figure], list[str]]:
    """The figures, and what was left out and why."""
    return [*_starts(), *_memory(requests)], []


def mix(count: int) -> Iterator[str]:
    """So many addresses, the same in every run."""
    dice = random.Random(SEED)
    for path in dice.choices(list(MIX), list(MIX.values()), k=count):
        yield path.format(
            country=dice.choice(("CA", "US", "MX")),
            year=dice.randint(2018, 2027),
            past=dice.randint(2018, 2025),
            word=dice.choice(("steel", "review")),
        )


def _starts() -> Iterator[Figure]:
    """`make run` after the first one, until it answers: beside Python loading Django and the site."""
    name = record(SHIPPED)

    def start() -> float:
        port = free_port()
        values = environment(name, port) | {"DJANGO_SETTINGS_MODULE": "tracker.settings", "VENV": ".venv"}
        begun = time.perf_counter()
        process = subprocess.Popen(
            ["make", "run"], cwd=ROOT, env=values, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip
        wait_for(f"http://127.0.0.1:{port}/health/ready", process)
        took = time.perf_counter() - begun
        for child in [*psutil.Process(process.pid).children(recursive=True), process]:
            child.send_signal(signal.SIGINT)
        process.wait(60)
        process.stderr.close()
        return took

    def load() -> float:
        begun = time.perf_counter()
        command = [".venv/bin/python", "-c", "import tracker.wsgi"]
        subprocess.run(command, cwd=ROOT, env=environment(name), check=True)
        return time.perf_counter() - begun

    start()
    found = in_turns({"run": start, "load": load}, rounds=3, warm=False)
    of = "loading the code once"
    figure = beside("`make run`, the second time, until it answers", found["run"], found["load"], unit="s", of=of)
    yield Figure(figure.name, figure.value, "s", figure.ceiling, of, figure.spread, "under 10 s", figure.value < 10)


def _memory(requests: int) -> Iterator[Figure]:
    with served(record(SHIPPED), WEB_CONCURRENCY="1") as site:
        before = held(site)
        paths = list(mix(requests))
        early = paths[: min(FIRST, requests // 2)]
        failed = ask_all(site, early)
        first = held(site)
        failed += ask_all(site, paths[len(early) :])
        last = held(site)
    kind = f"after {requests:,} mixed requests, {AT_ONCE} at once"
    yield beside(
        f"web process after {len(early):,} requests", sample([first]), sample([before]), unit="MB",
        of="the same process before the first",
    )  # fmt: skip
    yield Figure(f"web process {kind}", last, "MB", before, "the same process before the first", None,
                 "at most 200 MB", last <= 200)  # fmt: skip
    yield plain(
        "growth after the first", (last / first - 1) * 100, "%", most=5, note=f"from {first:.0f} to {last:.0f} MB"
    )
    yield plain("requests that failed", failed, "", most=0)


def held(site: Site) -> float:
    """Megabytes of memory that its process holds: one alone, so that it answers all."""
    return sum(one.memory_info().rss for one in site.workers) / MB


def ask_all(site: Site, paths: list[str]) -> int:
    """Asks for them, several at once; gives how many failed."""
    waiting, failed, lock = iter(paths), [], threading.Lock()

    def ask() -> None:
        while True:
            with lock:
                path = next(waiting, None)
            if path is None:
                return
            try:
                site.fetch(path)
            except (urllib.error.URLError, OSError) as error:
                failed.append(f"{path}: {error}")

    readers = [threading.Thread(target=ask) for _ in range(AT_ONCE)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    for words in failed[:5]:
        print(words, flush=True)
    return len(failed)
