"""Confirming a plan: all its rows in one transaction, as drafts, or none. The record is never touched."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.auditing import note
from tracker.given import given
from tracker.importing.faults import Refused
from tracker.importing.pieces import pieces
from tracker.importing.telling import Written, tell
from tracker.importing.writing import Writing
from tracker.models.audit import LogRow
from tracker.models.desk import Event
from tracker.models.importing import ImportBatch, ImportRow, ImportState, Origin, Verdict
from tracker.models.record import Address, Revision
from tracker.stages import AT_A_TIME, settle_all
from tracker.vocabulary import Language, LogAction, TextState


class Outdated(Refused):
    """The desk changed after the plan was made; `rows` are the ones that it concerns."""

    def __init__(self, rows: list[ImportRow]):
        shown = ", ".join(f"{row.title or row.slug} ({row.line})" for row in rows[:10])
        super().__init__(
            ngettext(
                "The desk changed after this plan was made, and nothing was imported: %(rows)s. Make the plan again.",
                "The desk changed after this plan was made, and nothing was imported. It concerns %(count)d events: "
                "%(rows)s. Make the plan again.",
                len(rows),
            )
            % {"count": len(rows), "rows": shown + ("…" if len(rows) > 10 else "")}
        )
        self.rows = rows


def confirm(
    batch: ImportBatch,
    *,
    by,
    at: datetime,
    leave_faulty: bool,
    may_review: bool,
    address: str | None = None,
) -> dict[Verdict, int]:
    """Write the planned rows that are not left out; faulty ones only stay behind with `leave_faulty`. Returns how many
    were imported by verdict. Raises Refused, and Outdated if an event was saved since the plan; then nothing is
    written. `may_review`: whether `by` may mark texts as reviewed."""
    try:
        with transaction.atomic():
            return _confirm(batch, by, at, leave_faulty, may_review, address)
    except IntegrityError as error:
        # Somebody made an event, or removed what a row names, between the look and the write.
        raise Refused(
            _("The desk changed at this very moment, and nothing was imported. Make the plan again.")
        ) from error


def _confirm(batch, by, at, leave_faulty, may_review, address) -> dict[Verdict, int]:
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == ImportState.DONE:
        raise Refused(_("This file was imported already."))
    if batch.state != ImportState.PLANNED:
        raise Refused(_("The plan is not ready yet."))
    wanted = batch.rows.filter(left_out=False).exclude(verdict=Verdict.SAME)
    if not leave_faulty and wanted.filter(verdict=Verdict.FAULTY).exists():
        raise Refused(_("There are faulty rows. Leave them out knowingly, or mend the file and send it again."))
    rows = wanted.exclude(verdict=Verdict.FAULTY).defer("cells", "faults", "warnings")
    counts = _count(rows)
    if not any(counts.values()):
        raise Refused(_("There is nothing to import."))
    tell(batch, Written(0, sum(counts.values())))
    if not may_review:
        _refuse_reviews(rows)
    _refuse_what_is_outdated(rows)
    _refuse_links_to_what_stays_behind(rows)
    _write(batch, rows, sum(counts.values()), by, at, address)
    batch.state, batch.done_at, batch.imported = ImportState.DONE, at, counts
    batch.save(update_fields=["state", "done_at", "imported"])
    changes = [{"field": verdict.value, "old": None, "new": count} for verdict, count in counts.items()]
    note(LogAction.IMPORTED, by=by, about=batch, changes=changes, address=address, at=at)
    return counts


def _count(rows: QuerySet) -> dict[Verdict, int]:
    found = dict(rows.order_by().values_list("verdict").annotate(count=Count("pk")))
    return {verdict: found.get(verdict.value, 0) for verdict in (Verdict.NEW, Verdict.CHANGED)}


def _write(batch: ImportBatch, rows: QuerySet, total: int, by, at: datetime, address: str | None) -> None:
    """Write the rows, some hundred at a time, which are all that is held of them; then what needs all of them there."""
    writing, written = Writing(by=by, at=at), 0
    for piece in pieces(rows):
        writing.write(piece)
        _remember_origins(piece)
        _log(batch, piece, by, at, address)
        ImportRow.objects.bulk_update([row for row in piece if row.verdict == Verdict.NEW], ["event"])
        written += len(piece)
        tell(batch, Written(written, total))
    for piece in pieces(rows.filter(writes__has_key="links")):
        writing.write_links(piece)
    # What says again what the record says is no draft.
    changed = rows.filter(verdict=Verdict.CHANGED).values("event")
    stated = Revision.objects.open().filter(event__in=changed).order_by("event").distinct()
    settle_all(stated.values_list("event", flat=True).iterator(chunk_size=AT_A_TIME))


def _refuse_reviews(rows: QuerySet) -> None:
    marked = Q(*((f"writes__state_{code}", TextState.REVIEWED.value) for code in Language), _connector=Q.OR)
    if row := rows.filter(marked).order_by("number").first():
        raise Refused(
            _("The row in line %(line)d marks a text as reviewed, which your role may not.") % {"line": row.line}
        )


def _refuse_what_is_outdated(rows: QuerySet) -> None:
    """Hold the events, so that nobody saves them meanwhile, and compare their versions with those of the plan."""
    known, new = rows.filter(event__isnull=False), rows.filter(event__isnull=True)
    held = Event.objects.select_for_update().filter(pk__in=known.values("event")).order_by("pk")
    for _pk in held.values_list("pk").iterator(chunk_size=AT_A_TIME):
        pass
    now = Event.objects.filter(pk=OuterRef("event")).order_by().values("version")
    taken = [Event.objects.filter(slug=OuterRef("slug")), Address.objects.filter(slug=OuterRef("slug"))]
    come = Origin.objects.filter(key=OuterRef("origin"))
    told = ("batch", "line", "title", "slug")
    outdated = [
        *known.exclude(version=Coalesce(Subquery(now), 0)).order_by("number").only(*told),
        *new.filter(Q(*map(_exists, [*taken, come]), _connector=Q.OR)).order_by("number").only(*told),
    ]
    if outdated:
        raise Outdated(outdated)


def _exists(rows: QuerySet) -> Exists:
    return Exists(rows.order_by())


def _refuse_links_to_what_stays_behind(rows: QuerySet) -> None:
    for piece in pieces(rows.filter(writes__has_key="links")):
        wanted = {link["to"] for row in piece for link in row.writes["links"]}
        known = set(rows.filter(slug__in=wanted).values_list("slug", flat=True))
        known |= set(Event.objects.filter(slug__in=wanted).values_list("slug", flat=True))
        for row in piece:
            for link in row.writes["links"]:
                if link["to"] not in known:
                    raise Refused(
                        _("The row in line %(line)d links to “%(slug)s”, which is left out: leave this row out too.")
                        % {"line": row.line, "slug": link["to"]}
                    )


def _remember_origins(rows: list[ImportRow]) -> None:
    Origin.objects.bulk_create(
        [Origin(event_id=given(row.event), key=row.origin, said=row.said) for row in rows if row.origin],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["said"],
    )


def _log(batch: ImportBatch, rows: list[ImportRow], by, at: datetime, address: str | None) -> None:
    actions = {Verdict.NEW: LogAction.ADDED, Verdict.CHANGED: LogAction.CHANGED}
    reason = _("Imported from %(file)s, line %(line)d")
    LogRow.objects.bulk_create(
        LogRow(
            at=at,
            by=by,
            who=by.get_username(),
            action=actions[Verdict(row.verdict)],
            type="event",
            object=str(row.event),
            title=(row.title or row.slug)[:300],
            changes=row.differences,
            reason=reason % {"file": batch.name, "line": row.line},
            address=address,
        )
        for row in rows
    )
