"""`python -m tests.bench.faces`: every face of the shipped record, its bytes and how long it takes.

Whole answers by Django's own client, in this process, no network: medians of some rounds after one that fills what is
kept, beside the time of a bare answer in the same run. Needs a record: `TRACKER_MODE=test … manage.py prepare`.
"""

import gzip
import time
from statistics import median

import django

django.setup()

from django.test import Client  # noqa: E402

from timeline.formats.registry import FORMATS  # noqa: E402

ROUNDS = 7
BARE = "/health/live"
EVENT = "us-declines-to-confirm-extension"
OTHERS = (
    "",
    "embed/",
    "embed/?look=list",
    "embed/?look=next",
    "share/",
    "feed.atom",
    "feed.json",
    "changes.atom",
    "changes.json",
    "picture.png",
    f"events/{EVENT}/picture.png",
    "api/v1/",
    "api/v1/events/",
    f"api/v1/events/{EVENT}/",
    "api/v1/changes/",
    "api/v1/clock/",
    "api/v1/vocabulary/",
    "api/v1/openapi.json",
    "oembed?url=http%3A%2F%2F127.0.0.1%3A8000%2F",
    "embed.js",
    "sitemap.xml",
    "robots.txt",
)


def asked(client: Client, path: str) -> tuple[int, str, bytes, float]:
    """Status, media type, body and seconds of one answer."""
    start = time.perf_counter()
    answer = client.get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, answer.headers["Content-Type"], body, time.perf_counter() - start


def main() -> None:
    client = Client()
    print(f"{'address':<46}{'status':>7}  {'media type':<40}{'bytes':>10}{'gzip':>10}{'ms':>9}{'bare':>7}")
    for path in [*(f"events.{extension}" for extension in FORMATS), *OTHERS]:
        status, kind, body, _seconds = asked(client, f"/{path}")
        own, bare = [], []
        for _round in range(ROUNDS):
            own.append(asked(client, f"/{path}")[3])
            bare.append(asked(client, BARE)[3])
        small = len(gzip.compress(body, mtime=0))
        print(
            f"/{path:<45}{status:>7}  {kind.partition(';')[0][-38:]:<40}{len(body):>10,}{small:>10,}"
            f"{median(own) * 1000:>9.1f}{median(bare) * 1000:>7.1f}"
        )


if __name__ == "__main__":
    main()
