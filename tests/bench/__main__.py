"""`make bench`: every figure beside a ceiling of the same run; writes benchmarks/RESULTS.md.

`PART=warm,cold` runs some parts, `SIZES=50,500` other sizes of the record; the results of parts that are not run stay.
The figures are for people: no test depends on one.
"""

import argparse
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import (
    cluster,
    cold,
    first_view,
    growth,
    interaction,
    machine,
    process,
    pure,
    records,
    report,
    warm,
    writes,
)
from tests.bench.figures import as_json

FOLDER = records.ROOT / "benchmarks"
LARGE = 100_000
# Each part, and the sizes of the record that it takes.
PARTS: dict[str, tuple[Callable, list[int]]] = {
    "pure": (pure.measured, []),
    "process": (process.measured, [records.SHIPPED]),
    "warm": (warm.measured, [records.SHIPPED]),
    "cold": (cold.measured, [records.SHIPPED, LARGE]),
    "first_view": (first_view.measured, first_view.SIZES),
    "interaction": (interaction.measured, interaction.SIZES),
    "growth": (growth.measured, growth.SIZES),
    "writes": (writes.measured, [LARGE]),
    "cluster": (cluster.measured, []),
}


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--part", default="", help=f"by commas, of: {', '.join(PARTS)}")
    parser.add_argument("--sizes", default="", help="numbers of events by commas; 0 for the shipped record")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where RESULTS.md is written")
    chosen = parser.parse_args(arguments)
    names = [name for name in chosen.part.split(",") if name] or list(PARTS)
    if unknown := set(names) - PARTS.keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    try:
        for name in names:
            run(name, [int(size) for size in chosen.sizes.split(",") if size], chosen.folder)
    finally:
        records.end()


def run(name: str, sizes: list[int], folder: Path, **limits: int) -> None:
    """Measures a part, prints its table, and writes the results anew."""
    measure, usual = PARTS[name]
    begun = time.monotonic()
    print(f"\n{report.PARTS[name][0]}", flush=True)
    figures, skipped = measure(sizes or usual, **limits)
    for figure in figures:
        print("  " + report.row(figure).strip("| "), flush=True)
    for sentence in skipped:
        print(f"  Not measured: {sentence}", flush=True)
    print(f"  ({time.monotonic() - begun:.0f} s)", flush=True)
    write(folder, name, {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": machine.words(),
        "figures": [as_json(figure) for figure in figures],
        "skipped": skipped,
    })  # fmt: skip


def write(folder: Path, name: str, part: dict) -> None:
    """Keeps what a part found beside what the others found before, as figures and as a page."""
    folder.mkdir(exist_ok=True)
    file = folder / "figures.json"
    stored = json.loads(file.read_text()) if file.exists() else {}
    stored[name] = part
    file.write_text(json.dumps(stored, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    (folder / "RESULTS.md").write_text(report.markdown(stored))


if __name__ == "__main__":
    main()
