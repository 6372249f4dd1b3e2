"""Part 4: the first answers after a publication, before anything of the new version is kept."""

from collections.abc import Iterator

from tests.bench.asker import asker
from tests.bench.figures import Figure, plain, within
from tests.bench.measuring import sample
from tests.bench.records import SHIPPED, copy

# What a first answer may take in milliseconds, by the size of the record; counts for filters and strip stand apart.
MOST = {SHIPPED: 60, 100_000: 120}
COUNTS, QUERIES = 400, 6
BARE = "/bench/rows"


def measured(sizes: list[int], *, rounds: int = 12) -> tuple[list[Figure], list[str]]:
    """The figures, and what was left out and why."""
    return [figure for size in sizes for figure in _cold(size, rounds)], []


def _cold(size: int, rounds: int) -> Iterator[Figure]:
    words = f"{size:,} events" if size else "the shipped record"
    first, bare, counting, second, queries = [], [], [], [], []
    with copy(size) as name, asker(name) as site:
        site.ask("/"), site.ask(BARE)
        number = site.first_event()
        for place in range(rounds):
            site.publish(number + place % 5)
            bare.append(site.ask(BARE)["ms"])
            page = site.ask("/")
            first.append(page["ms"] - page["counting"])
            counting.append(page["counting"])
            queries.append(page["queries"])
            # Another window of the same version: what was counted is kept by now.
            second.append(site.ask(f"/?start=2025-01-{place % 28 + 1:02}&end=2026-06-30")["ms"])
    of = "fifty rows from the same database through a bare template"
    most = MOST[min(MOST, key=lambda one: abs(one - size))]
    yield within(f"first answer without the counts, {words}", sample(first), unit="ms", most=most,
                 ceiling=sample(bare), of=of)  # fmt: skip
    yield plain(f"the counts, once a version, {words}", sample(counting).median, "ms", most=COUNTS)
    yield plain(f"queries of the first answer, {words}", max(queries), "", most=QUERIES)
    yield within(f"another window of that version, {words}", sample(second), unit="ms", most=most,
                 ceiling=sample(bare), of=of)  # fmt: skip
