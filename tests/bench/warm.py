"""Part 3: requests a second while the record stands as it is, beside a bare answer; behind nginx beside a file."""

from collections.abc import Iterator

from tests.bench.figures import Figure, beside
from tests.bench.measuring import in_turns
from tests.bench.proxy import behind_nginx
from tests.bench.records import record
from tests.bench.site import HOW, Site, find_wrk, load, served

OF = "a bare `ok`"
ROUNDS = 5


def addresses(site: Site) -> dict[str, str]:
    """What is asked: the faces that readers and programs ask for again and again."""
    return {
        "the timeline page": "/",
        "its calendar": "/events.ics",
        "the embed": "/embed/",
        "the API": "/api/v1/events/",
    }


def measured(sizes: list[int], *, seconds: float = 2, rounds: int = ROUNDS) -> tuple[list[Figure], list[str]]:
    """The figures, and what was left out and why. `seconds` for each load."""
    if find_wrk() is None:
        return [], [HOW]
    name = record(sizes[0])
    with served(name) as site:
        found = list(_warm(site, seconds, rounds))
    more, skipped = behind_nginx(name, seconds=seconds, rounds=rounds)
    return found + more, skipped


def _warm(site: Site, seconds: float, rounds: int) -> Iterator[Figure]:
    measures, targets = {"ok": load(f"{site.url}/bench/ok", seconds=seconds)}, {}
    for words, path in addresses(site).items():
        tag = site.fetch(path)[0]["etag"]
        for kind, headers in (
            ("kept, 200", {"Accept-Encoding": "gzip"}),
            ("known, 304", {"Accept-Encoding": "gzip", "If-None-Match": tag}),
        ):
            measures[f"{words}: {kind}"] = load(site.url + path, seconds=seconds, headers=headers)
            targets[f"{words}: {kind}"] = 0.8 if path == "/" else None
    found = in_turns(measures, rounds=rounds, warm=False)
    bare = found.pop("ok")
    for words, taken in found.items():
        yield beside(words, taken, bare, unit="requests/s", of=OF, least=targets[words])
