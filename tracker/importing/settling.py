"""What only the whole file can tell: rows that are one event, sources told in two ways, links that lead nowhere."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _

from tracker.importing.catalogue import DOCUMENT
from tracker.importing.reading import remark
from tracker.models.desk import Event
from tracker.models.importing import ImportBatch, ImportRow, Verdict
from tracker.sources import address

Faults = dict[int, list[dict[str, str]]]


def settle(batch: ImportBatch) -> None:
    """Let the planned rows of the batch that do not fit together become faulty."""
    rows = list(
        batch.rows.only("pk", "batch", "line", "verdict", "slug", "event", "origin", "writes").order_by("number")
    )
    found: Faults = defaultdict(list)
    for check in (_twice, _told_in_two_ways, _leading_nowhere):
        for row, fault in check(rows):
            found[row.pk].append(fault)
    faulty = list(batch.rows.filter(pk__in=found))
    for row in faulty:
        row.faults = [*row.faults, *found[row.pk]]
        row.verdict = Verdict.FAULTY
    ImportRow.objects.bulk_update(faulty, ["faults", "verdict"], batch_size=500)


def _twice(rows: list[ImportRow]) -> Iterator[tuple[ImportRow, dict]]:
    keys: tuple[tuple[str, Callable[[ImportRow], object]], ...] = (
        ("id", lambda row: row.event),
        ("slug", lambda row: row.slug if row.event is None else ""),
        ("", lambda row: row.origin if row.event is None else ""),
    )
    for column, key in keys:
        same = defaultdict(list)
        for row in rows:
            if key(row):
                same[key(row)].append(row)
        for row, others in ((row, group) for group in same.values() if len(group) > 1 for row in group):
            lines = ", ".join(str(one.line) for one in others)
            words = _("This event stands several times in the file: in %(lines)s.") % {"lines": lines}
            yield row, remark(column, row.slug or row.origin, words)


def _told_in_two_ways(rows: list[ImportRow]) -> Iterator[tuple[ImportRow, dict]]:
    first: dict[str, tuple[ImportRow, dict]] = {}
    for row in rows:
        for source in row.writes.get("sources", []):
            told = {key: source[key] for key in DOCUMENT if key != "url"}
            before, then = first.setdefault(address.key(source["url"]), (row, told))
            if then != told:
                key = next(key for key in told if told[key] != then[key])
                words = _("The row in line %(line)d says of this source “%(name)s: %(told)s”.") % {
                    "line": before.line,
                    "name": key,
                    "told": then[key],
                }
                yield row, remark("sources", f"{source['url']}, {key}: {told[key]}", words)


def _leading_nowhere(rows: list[ImportRow]) -> Iterator[tuple[ImportRow, dict]]:
    wanted = {link["to"] for row in rows for link in row.writes.get("links", [])}
    known = set(Event.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    known |= {row.slug for row in rows if row.verdict != Verdict.FAULTY}
    for row in rows:
        for link in row.writes.get("links", []):
            if link["to"] == row.slug:
                yield row, remark("links", link["to"], _("An event has no link to itself."))
            elif link["to"] not in known:
                yield row, remark("links", link["to"], _("Neither the desk nor the file has an event with this slug."))
