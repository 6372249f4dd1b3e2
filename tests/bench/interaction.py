"""Part 2: a zoom, a pan, a filter, a detail in the slow browser: what is sent, and how long the reader waits."""

from collections.abc import Iterator

from tests.bench.figures import Figure, plain, within
from tests.bench.measuring import Sample, sample
from tests.bench.records import record
from tests.bench.site import Site, served
from tests.bench.slow import LATENCY, SPEED, chromium, slow_page

SIZES = [500, 100_000]
ROUNDS = 5
KB = 1000
# What is done on the page, as its script would see it done by hand.
DEEDS = {
    "zoom": "document.querySelector('#zoom-decade').click()",
    "pan": "document.querySelector('#earlier').click()",
    "filter": "document.querySelector('#country-1').checked = true, document.querySelector('#show').click()",
    "detail": "document.querySelector('.rows a.title').click()",
}
BARE = "document.querySelector('a').click()"
# Milliseconds from the deed until the browser has drawn what came.
WAIT = """() => new Promise((done, fail) => {
    setTimeout(() => fail(new Error('Nothing was drawn within a minute.')), 60000);
    const begun = performance.now();
    const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun)));
    document.addEventListener('htmx:afterSettle', drawn, {once: true});
    DEED; })"""


def measured(sizes: list[int], *, rounds: int = ROUNDS) -> tuple[list[Figure], list[str]]:
    """The figures, and what was left out and why."""
    try:
        with chromium() as browser:
            return [figure for size in sizes for figure in _at(browser, size, rounds)], []
    except FileNotFoundError as missing:
        return [], [str(missing)]


def _at(browser, size: int, rounds: int) -> Iterator[Figure]:
    with served(record(size)) as site:
        for name, deed in DEEDS.items():
            taken, bare = [], []
            for _ in range(rounds):
                bare.append(done(browser, site, "/bench/swap", BARE))
                taken.append(done(browser, site, "/", deed))
            yield from _figures(f"{name}, {size:,} events", taken, bare)


def _figures(words: str, taken: list[dict], bare: list[dict]) -> Iterator[Figure]:
    yield plain(f"{words}: requests", max(one["requests"] for one in taken), "", most=1)
    yield plain(f"{words}: bytes", max(one["bytes"] for one in taken) / KB, "KB", most=15)
    of = "a link that swaps one word"
    yield within(f"{words}: waiting", _waiting(taken), unit="ms", most=150, ceiling=_waiting(bare), of=of)


def _waiting(taken: list[dict]) -> Sample:
    """Beyond one round trip and the transfer."""
    return sample(one["ms"] - LATENCY - one["bytes"] / SPEED * 1000 for one in taken)


def done(browser, site: Site, path: str, deed: str) -> dict[str, float]:
    """One deed on a page that is at rest: milliseconds, bytes, requests."""
    with slow_page(browser) as (page, sent):
        page.goto(site.url + path, wait_until="networkidle", timeout=120_000)
        page.wait_for_timeout(1500)  # The scripts take up the page, and the icon comes.
        bytes_before, requests_before = sent.total, len(sent.addresses)
        took = page.evaluate(WAIT.replace("DEED", deed))
        page.wait_for_timeout(300)
        return {
            "ms": took,
            "bytes": sent.total - bytes_before,
            "requests": len(sent.addresses) - requests_before,
        }
