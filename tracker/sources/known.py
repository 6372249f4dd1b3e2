"""Finding the source that the desk knows for an address, and holding the list of sources while one is added."""

from django.db import connection
from django.db.models import Q

from tracker.models.catalogue import Source
from tracker.sources.address import host, key

# Any number that no other program uses as advisory lock in this database.
SOURCES_LOCK = 0x75736D6363


def known(url: str) -> Source | None:
    """The source with this address in any of its spellings; the very same spelling first. None if there is none."""
    wanted, name = key(url), host(url)
    if not name:
        return Source.objects.filter(url=url).first()
    # A name in its own letters may stand in the row, or its form in ASCII.
    own = name.encode("ascii").decode("idna") if "xn--" in name else name
    found = [row for row in Source.objects.filter(_holds(name) | _holds(own)).order_by("pk") if key(row.url) == wanted]
    return next((row for row in found if row.url == url), found[0] if found else None)


def _holds(name: str) -> Q:
    return Q(url__icontains=name)


def hold_sources() -> None:
    """Let no other transaction add a source until this one ends: of two that add the same address at once, the second
    then finds the first's. Ask `known` again afterwards."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [SOURCES_LOCK])
