"""What only the whole file can tell: rows that are one event, sources told in two ways, links that lead nowhere."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from tracker.importing.catalogue import DOCUMENT
from tracker.importing.pieces import pieces
from tracker.importing.reading import remark
from tracker.models.desk import Event
from tracker.models.importing import ImportBatch, ImportRow, Verdict
from tracker.same_address import key_digest
from tracker.sources import address

Faults = dict[int, list[dict[str, str]]]


def settle(batch: ImportBatch) -> None:
    """Let the planned rows of the batch that do not fit together become faulty. Some hundred rows are held at a time,
    and of each source the digest of what is said of it."""
    found: Faults = defaultdict(list)
    for check in (_twice, _told_in_two_ways, _leading_nowhere):
        for row, fault in check(batch.rows.all()):
            found[row.number].append(fault)
    for piece in pieces(batch.rows.filter(number__in=list(found)).only("batch", "number", "faults", "verdict")):
        for row in piece:
            row.faults = [*row.faults, *found[row.number]]
            row.verdict = Verdict.FAULTY
        ImportRow.objects.bulk_update(piece, ["faults", "verdict"])


def _twice(rows: QuerySet) -> Iterator[tuple[ImportRow, dict]]:
    new = rows.filter(event__isnull=True)
    for column, asked, name in (
        ("id", rows.filter(event__isnull=False), "event"),
        ("slug", new.exclude(slug=""), "slug"),
        ("", new.exclude(origin=""), "origin"),
    ):
        # Asked first: of rows that have just come the planner knows nothing, and would count them for each row anew.
        grouped = asked.order_by().values(name).annotate(count=Count("pk")).filter(count__gt=1)
        several = list(grouped.values_list(name, flat=True))
        same = defaultdict(list)
        for row in asked.filter(**{f"{name}__in": several}).only("batch", "number", "line", "slug", "event", "origin"):
            same[getattr(row, name)].append(row)
        for row, others in ((row, group) for group in same.values() for row in group):
            lines = ", ".join(str(one.line) for one in others)
            words = _("This event stands several times in the file: in %(lines)s.") % {"lines": lines}
            yield row, remark(column, row.slug or row.origin, words)


def _told_in_two_ways(rows: QuerySet) -> Iterator[tuple[ImportRow, dict]]:
    first: dict[str, tuple[int, bytes]] = {}
    for piece in pieces(rows.filter(writes__has_key="sources").only("batch", "number", "line", "writes")):
        for row in piece:
            for source in row.writes["sources"]:
                told = _told(source)
                number, then = first.setdefault(key_digest(source["url"]), (row.number, _digest(told)))
                if then != _digest(told):
                    yield row, _in_two_ways(rows.get(number=number), source, told)


def _told(source: dict[str, str]) -> dict[str, str]:
    return {key: source[key] for key in DOCUMENT if key != "url"}


def _digest(told: dict[str, str]) -> bytes:
    return hashlib.blake2b(json.dumps(told).encode(), digest_size=16).digest()


def _in_two_ways(before: ImportRow, source: dict[str, str], told: dict[str, str]) -> dict:
    """What is said of a source in a row, where `before` is the first row that told it otherwise."""
    key = address.key(source["url"])
    then = next(_told(one) for one in before.writes["sources"] if address.key(one["url"]) == key)
    name = next(name for name in told if told[name] != then[name])
    words = _("The row in line %(line)d says of this source “%(name)s: %(told)s”.") % {
        "line": before.line,
        "name": name,
        "told": then[name],
    }
    return remark("sources", f"{source['url']}, {name}: {told[name]}", words)


def _leading_nowhere(rows: QuerySet) -> Iterator[tuple[ImportRow, dict]]:
    sound = rows.exclude(verdict=Verdict.FAULTY)
    for piece in pieces(rows.filter(writes__has_key="links").only("batch", "number", "slug", "writes")):
        wanted = {link["to"] for row in piece for link in row.writes["links"]}
        known = set(Event.objects.filter(slug__in=wanted).values_list("slug", flat=True))
        known |= set(sound.filter(slug__in=wanted).values_list("slug", flat=True))
        for row in piece:
            for link in row.writes["links"]:
                if link["to"] == row.slug:
                    yield row, remark("links", link["to"], _("An event has no link to itself."))
                elif link["to"] not in known:
                    words = _("Neither the desk nor the file has an event with this slug.")
                    yield row, remark("links", link["to"], words)
