"""`make bench`: how long the pure parts take, each beside the least that any way of doing it must cost.

The two are measured in turns in the same run, so that a busy machine slows both alike: the ratio can be compared
between runs and machines, the milliseconds cannot. Medians; text widths and dates are in their caches, as in a server
that has answered before. No test depends on a figure.
"""

import argparse
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from urllib.parse import parse_qs, parse_qsl, urlencode

from timeline.layout import Viewport, lay_out
from timeline.layout.viewport import opening
from timeline.layout.widths import width
from timeline.query import canonical, parse
from tracker import edtf
from tracker.brief import Brief
from tracker.vocabulary import Country, Kind, Significance, Status, Zoom

TODAY = date(2026, 11, 22)
SEED = 34_7
SIZES = (130, 2829)
SECONDS = 2.5  # for each row
ROUNDS = 400  # at most
WORDS = (
    "First",
    "joint",
    "review",
    "25%",
    "car",
    "tariffs",
    "révision",
    "acier",
    "árbitros",
    "talks",
    "round",
    "dairy",
)
QUERY = "lanes=kind&end=2027-09-30&start=2025-01-01&q=acero&kind=hearing,dispute&country=only:US-CA,mx&from=2025-06"


@dataclass(frozen=True)
class Row:
    """What is measured, and its ceiling: what is left when all that can be spared is."""

    name: str
    deed: Callable[[], object]
    ceiling: Callable[[], object]


class Params(dict):
    """The parameters of a query string, as the grammar takes them."""

    def lists(self):
        return self.items()


def generated(count: int) -> list[Brief]:
    """So many events, the same in every run: all within the twenty years about today, most of them near to it."""
    chance = random.Random(SEED)
    all_three = tuple(Country)
    groups = (all_three, all_three, all_three[:1], all_three[1:2], all_three[2:], all_three[:2], all_three[1:])
    found = []
    for event in range(1, count + 1):
        day = TODAY + timedelta(days=int(min(max(chance.gauss(-150, 500), -4000), 2000)))
        later = day + timedelta(days=chance.randrange(10, 200))
        when = chance.choices(
            (
                f"{day}",
                f"{day:%Y-%m}",
                f"{day:%Y}",
                f"{day}~",
                f"{day}/{later}",
                f"{day:%Y-%m}/..",
                f"[{day}..{later}]",
            ),
            (70, 8, 3, 4, 9, 3, 3),
        )[0]
        label = " ".join(chance.choices(WORDS, k=chance.randrange(2, 7)))[:32] + f" {event}"
        moved = (edtf.parse(f"{day - timedelta(days=60)}"),) if chance.random() < 0.1 else ()
        status = Status.OCCURRED if day <= TODAY else chance.choice((Status.SCHEDULED, Status.EXPECTED))
        significance = Significance(chance.choices((1, 2, 3), (70, 24, 6))[0])
        found.append(
            Brief(
                event, f"e{event}", label, "en", edtf.parse(when), status, chance.choice(tuple(Kind)), significance,
                chance.choice(groups), (), moved,
            )
        )  # fmt: skip
    return found


def least(briefs: list[Brief], viewport: Viewport) -> int:
    """The least that any layout must do: pick what the window shows, sort it by date, add up the label widths."""
    shown = [brief for brief in briefs if viewport.shows(brief.date)]
    shown.sort(key=lambda brief: (brief.date.sort_key, brief.event))
    return sum(width(brief.label) for brief in shown)


def rows() -> Iterator[Row]:
    """What is measured; one more is one more `yield`."""
    for count in SIZES:
        briefs = generated(count)
        for zoom in (Zoom.DECADE, Zoom.YEAR):
            viewport = opening(TODAY, zoom)
            shown = lay_out(briefs, viewport, today=TODAY).count
            yield Row(
                f"layout, {zoom}: {shown:,} of {count:,} events",
                lambda briefs=briefs, viewport=viewport: lay_out(briefs, viewport, today=TODAY),
                lambda briefs=briefs, viewport=viewport: least(briefs, viewport),
            )
    yield Row(
        f"query of {len(QUERY)} signs, read and written",
        lambda: canonical(parse(Params(parse_qs(QUERY)), topics=tuple, actors=tuple)),
        lambda: urlencode(parse_qsl(QUERY)),
    )


def timed(deed: Callable[[], object]) -> float:
    """How many milliseconds it takes."""
    begun = time.perf_counter()
    deed()
    return (time.perf_counter() - begun) * 1000


def measured(row: Row, *, rounds: int = ROUNDS, seconds: float = SECONDS) -> tuple[float, float]:
    """The medians of deed and ceiling, taken in turns until either limit is reached, once at least."""
    timed(row.deed), timed(row.ceiling)
    end, deeds, ceilings = time.perf_counter() + seconds, [], []
    while not deeds or (len(deeds) < rounds and time.perf_counter() < end):
        ceilings.append(timed(row.ceiling))
        deeds.append(timed(row.deed))
    return median(deeds), median(ceilings)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="make bench", description="How long the pure parts take.")
    parser.add_argument("--quick", action="store_true", help="one round each: only to see that it runs")
    rounds = 1 if parser.parse_args(arguments).quick else ROUNDS
    print("Ceiling of a layout: picking what the window shows, sorting it by date, adding up the widths of the labels.")
    print("Ceiling of a query: the standard library reads and writes the same text, without looking at it.")
    print(f"\n{'':48}{'median':>10}{'ceiling':>10}{'ratio':>8}")
    for row in rows():
        deed, ceiling = measured(row, rounds=rounds)
        print(f"{row.name:48}{deed:7.2f} ms{ceiling:7.3f} ms{deed / ceiling:8.1f}")


if __name__ == "__main__":
    main()
