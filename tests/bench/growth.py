"""Part 5: what the same questions cost as the record grows, at addresses that nobody asked for before."""

from collections.abc import Iterator
from datetime import date, timedelta

from tests.bench.asker import asker
from tests.bench.figures import Figure, plain
from tests.bench.measuring import Sample, sample
from tests.bench.records import record

SIZES = [1_000, 10_000, 100_000]
FIRST, LAST = date(2017, 1, 1), date(2036, 12, 31)
SHOWN = 1_000  # The window of a record of so many events is the whole of its twenty years.
ADDRESSES = 30
WORDS = (
    "steel", "acero", "review", "revisión", "tariff", "panel", "hearing", "audience", "dairy", "labour", "energy",
    "rules", "mexico", "canada", "council", "commission", "notice", "comments", "quota", "autos",
)  # fmt: skip


def questions(size: int, place: int) -> dict[str, str]:
    """The addresses of the n-th round, by what is asked; no two rounds give the same. Windows are so long that they
    show equally many events at any size."""
    days = (LAST - FIRST).days
    length = max(8, days * SHOWN // max(size, SHOWN) // 4)
    start = FIRST + timedelta(days=round(place * (days * 0.45 - length) / ADDRESSES))
    end = start + timedelta(days=length)
    window, dates = f"start={start}&end={end}", f"from={start}&to={end}"
    known = date(2026, 1, 1) + timedelta(days=place * 9)
    word, country = WORDS[place % len(WORDS)], ("CA", "US", "MX")[place % 3]
    return {
        "the page": f"/?{window}&{dates}",
        "the page of all, one country": f"/?country={country}&{window}",
        "as of a day": f"/?as_of={known}&{window}&{dates}",
        "pinned": f"/?recorded={known}T12:00:00.{place:06}Z&{window}&{dates}",
        "search": f"/?q={word}+{place + 1}&{dates}",
        "search over all": f"/?q={word}&limit={place + 10}",
        "redline": f"/redline/?a={known - timedelta(days=max(1, 30 * SHOWN // size))}&b={known}",
        "changes": f"/changes/?since={known}&limit={20 + place}",
        "calendar": f"/events.ics?{dates}",
        "the API": f"/api/v1/events/?{dates}&limit=100",
        "feed": f"/feed.atom?{dates}",
    }


def measured(sizes: list[int], *, rounds: int = ADDRESSES) -> tuple[list[Figure], list[str]]:
    """The figures, and what was left out and why. `sizes` from the smallest to the largest."""
    asked = {size: _asked(size, rounds) for size in sizes}
    return list(_figures(asked, sizes)), []


def _asked(size: int, rounds: int) -> dict[str, list[dict]]:
    """Of each question its answers."""
    with asker(record(size)) as site:
        for address in questions(size, rounds).values():
            site.ask(address)
        found: dict[str, list[dict]] = {}
        slugs = _slugs(site)
        for place in range(rounds):
            addresses = questions(size, place) | {"one event": f"/events/{slugs[place % len(slugs)]}/"}
            for name, address in addresses.items():
                # The plan of a query is asked for after the answer was timed.
                found.setdefault(name, []).append(site.ask(address, explain=place < 3))
        return found


def _slugs(site) -> list[str]:
    """Of events that the site tells first, for their own pages."""
    return [event["slug"] for event in site.read("/api/v1/events/?limit=60")["events"]]


def _figures(asked: dict[int, dict[str, list[dict]]], sizes: list[int]) -> Iterator[Figure]:
    base = asked[sizes[0]]
    for name, answers in base.items():
        first = _sample(answers, "ms")
        yield Figure(f"{name}, {sizes[0]:,} events", first.p95, "ms", spread=first.spread, note=_middle(first))
        for size in sizes[1:]:
            mine, ratio = _sample(asked[size][name], "ms"), 0.0
            ratio = mine.p95 / first.p95
            yield Figure(f"{name}, {size:,} events", mine.p95, "ms", first.p95, "the smallest record", mine.spread,
                         "at most 3 times", ratio <= 3, _middle(mine))  # fmt: skip
        last, least = (_sample(one[name], "bytes").median for one in (asked[sizes[-1]], base))
        grown = last / least
        yield Figure(f"{name}, bytes as sent", last, "B", least, "the smallest record", None, "at most 1.2 times",
                     grown <= 1.2)  # fmt: skip
    scans = {words for found in asked[sizes[-1]].values() for one in found for words in one.get("scans", ())}
    for words in sorted(scans):
        print(f"Whole scan:   {words}", flush=True)
    yield plain(f"queries that read all revisions, {sizes[-1]:,} events", len(scans), "", most=0)


def _sample(answers: list[dict], what: str) -> Sample:
    return sample(one[what] for one in answers)


def _middle(taken: Sample) -> str:
    return f"95th percentile; median {taken.median:.0f}"
