"""A slow browser: Chromium with a processor four times slower, 1.6 Mbps and 150 ms for each request."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import HOW, find_chromium, flags

LATENCY, SPEED = 150, 1_600_000 / 8  # milliseconds for each request; bytes a second
SLOWER = 4
AFTER = 2_000  # milliseconds after loading in which tasks still count
# Set before anything of the page runs; the policy of the page does not concern it.
WATCH = """
window.bench = {painted: 0, long: []};
new PerformanceObserver(list => { for (const one of list.getEntries()) bench.painted = one.startTime; })
    .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(list => { bench.long.push(...list.getEntries().map(one => [one.startTime, one.duration])); })
    .observe({type: 'longtask', buffered: true});
"""
READ = """() => {
    const first = (performance.getEntriesByName('first-contentful-paint')[0] || {startTime: 0}).startTime;
    const tasks = bench.long.filter(([start, length]) => start + length > first);
    return {painted: bench.painted, first,
            blocked: tasks.reduce((sum, [start, length]) => sum + Math.max(0, length - 50), 0)}; }"""


@dataclass
class Sent:
    """What the network brought: of each request its address and the bytes as they were sent."""

    bytes: dict[str, float] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)

    def note(self, address: str) -> None:
        """What is within the page is no request, and the icon is asked for once, whatever the address turns to: a
        browser with a cache does not ask again."""
        if not address.startswith("data:") and address not in self.addresses:
            self.addresses.append(address)

    @property
    def total(self) -> float:
        return sum(self.bytes.values())


@contextmanager
def chromium() -> Iterator[Browser]:
    """Raises FileNotFoundError, in words, without one."""
    path = find_chromium()
    if path is None:
        raise FileNotFoundError(HOW)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags())
        yield browser
        browser.close()


@contextmanager
def slow_page(browser: Browser, *, width: int = 1280) -> Iterator[tuple[Page, Sent]]:
    """A page in a browser that was nowhere yet, and what it gets from the network."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page, sent = context.new_page(), Sent()
    talk = context.new_cdp_session(page)
    talk.send("Network.enable")
    speed = {"downloadThroughput": SPEED, "uploadThroughput": SPEED, "latency": LATENCY, "offline": False}
    talk.send("Network.emulateNetworkConditions", speed)
    talk.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    talk.on("Network.requestWillBeSent", lambda said: sent.note(said["request"]["url"]))
    talk.on("Network.loadingFinished", lambda said: sent.bytes.update({said["requestId"]: said["encodedDataLength"]}))
    page.add_init_script(WATCH)
    try:
        yield page, sent
    finally:
        context.close()


def view(browser: Browser, url: str) -> dict[str, float]:
    """A first view: milliseconds to the largest paint and to the first, blocked; bytes, requests."""
    with slow_page(browser) as (page, sent):
        page.goto(url, wait_until="load", timeout=120_000)
        page.wait_for_timeout(AFTER)
        return page.evaluate(READ) | {"bytes": sent.total, "requests": len(sent.addresses)}
