"""The pure parts: layout and grammar, each beside the least that any way of doing it must cost.

Text widths and dates are in their caches, as in a server that has answered before.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import parse_qs, parse_qsl, urlencode

from tests.bench.figures import Figure, beside
from tests.bench.measuring import in_turns, timed
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


def measured(sizes: list[int], *, rounds: int = ROUNDS) -> tuple[list[Figure], list[str]]:
    """The figures; `sizes` mean nothing here."""
    return [_figure(row, rounds) for row in rows()], []


def _figure(row: Row, rounds: int) -> Figure:
    found = in_turns(
        {"ceiling": lambda: timed(row.ceiling), "deed": lambda: timed(row.deed)}, rounds=rounds, seconds=SECONDS
    )
    return beside(row.name, found["deed"], found["ceiling"], unit="ms", of="the least that it must cost")
