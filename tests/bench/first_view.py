"""Part 1: the first view of a reader on a slow line with a slow machine, at every size; and of an embed."""

from collections.abc import Iterator

from tests.bench.figures import Figure, beside, plain
from tests.bench.measuring import sample
from tests.bench.records import record
from tests.bench.site import served
from tests.bench.slow import chromium, view

SIZES = [50, 500, 5_000, 100_000]
ROUNDS = 5
KB = 1000
# Milliseconds to the first event of the best of its kind, on such a machine, by the size of the record.
PEERS = {50: 1_946, 500: 2_544, 5_000: 7_184}
OF = "a bare list with one stylesheet"


def measured(sizes: list[int], *, rounds: int = ROUNDS) -> tuple[list[Figure], list[str]]:
    """The figures, and what was left out and why."""
    try:
        with chromium() as browser:
            return [figure for size in sizes for figure in _at(browser, size, rounds)], []
    except FileNotFoundError as missing:
        return [], [str(missing)]


def _at(browser, size: int, rounds: int) -> Iterator[Figure]:
    with served(record(size)) as site:
        for path in ("/", "/embed/", "/bench/list"):
            site.fetch(path)
        seen = {path: [] for path in ("/", "/bench/list")}
        for _ in range(rounds):
            for path, views in seen.items():
                views.append(view(browser, site.url + path))
        embed = view(browser, f"{site.url}/embed/")
    mine, bare = seen.values()
    words = f"{size:,} events"
    painted, ceiling = (sample(one["painted"] for one in views) for views in (mine, bare))
    yield plain(f"bytes, {words}", mine[0]["bytes"] / KB, "KB", most=45)
    yield plain(f"requests, {words}", mine[0]["requests"], "", most=5)
    yield beside(f"LCP, slow, {words}", painted, ceiling, unit="ms", of=OF, most=1.5)
    if size in PEERS:
        half = PEERS[size] / 2
        yield plain(f"LCP, slow, {words}", painted.median, "ms", most=half, note="half of the best of its kind")
    yield beside(f"first paint, slow, {words}", *(sample(one["first"] for one in views) for views in (mine, bare)),
                 unit="ms", of=OF)  # fmt: skip
    yield plain(f"blocking time, slow, {words}", sample(one["blocked"] for one in mine).median, "ms", most=50)
    yield plain(f"bytes of an embed, {words}", embed["bytes"] / KB, "KB", most=30)
