"""Finding the sources that the desk knows for addresses, and holding the list of sources while one is added."""

from collections.abc import Iterable

from django.db import connection

from tracker.models.catalogue import Source
from tracker.same_address import host, key_digest

# Any number that no other program uses as advisory lock in this database.
SOURCES_LOCK = 0x75736D6363


def known(url: str) -> Source | None:
    """The source with this address in any of its spellings; the very same spelling first. None if there is none."""
    if not host(url):
        return Source.objects.filter(url=url).first()
    found = list(Source.objects.filter(key_digest=key_digest(url)).order_by("pk"))
    return next((row for row in found if row.url == url), found[0] if found else None)


def known_ids(digests: Iterable[str]) -> dict[str, int]:
    """The number of the source of each address that the desk has, by the digest of its key; of several the oldest."""
    rows = Source.objects.filter(key_digest__in=set(digests)).order_by("-pk")
    return dict(rows.values_list("key_digest", "pk"))


def hold_sources() -> None:
    """Let no other transaction add a source until this one ends: of two that add the same address at once, the second
    then finds the first's. Ask `known` again afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [SOURCES_LOCK])
