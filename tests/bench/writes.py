"""Part 6: publishing and importing into a large record."""

from tests.bench.asker import asker
from tests.bench.figures import Figure, plain, within
from tests.bench.measuring import sample
from tests.bench.records import copy

ROWS = 10_000


def measured(sizes: list[int], *, rounds: int = 20, rows: int = ROWS) -> tuple[list[Figure], list[str]]:
    """The figures at the largest of the sizes, and what was left out and why."""
    size = sizes[-1]
    with copy(size) as name, asker(name) as site:
        number = site.first_event()
        site.publish(number)
        published, bare = [], []
        for place in range(rounds):
            bare.append(site.commit())
            published.append(site.publish(number + place % 5))
        imported = site.import_rows(rows)
    of = "one row written and committed"
    return [
        within(f"publish, {size:,} events", sample(published), unit="ms", most=50, ceiling=sample(bare), of=of),
        plain(f"import of {rows:,} rows: read, plan, write", imported["seconds"], "s", most=60),
        plain("longest step of its plan", imported["longest"], "s", note="what the progress waits for"),
        plain("memory of the plan, from its second step to the last", imported["planning"], "MB", most=20),
        plain("memory of the whole import", imported["whole"], "MB", note="its peak over the process before"),
    ], []
