"""Confirming a plan: all its rows in one transaction, as drafts, or none. The record is never touched."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.auditing import note
from tracker.importing.faults import Refused
from tracker.importing.writing import Writing
from tracker.models.audit import LogRow
from tracker.models.desk import Event
from tracker.models.importing import ImportBatch, ImportRow, ImportState, Origin, Verdict
from tracker.models.record import Address, Revision
from tracker.stages import settle
from tracker.vocabulary import LogAction, TextState


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
) -> dict[str, int]:
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


def _confirm(batch, by, at, leave_faulty, may_review, address) -> dict[str, int]:
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state == ImportState.DONE:
        raise Refused(_("This file was imported already."))
    if batch.state != ImportState.PLANNED:
        raise Refused(_("The plan is not ready yet."))
    wanted = batch.rows.filter(left_out=False).exclude(verdict=Verdict.SAME).order_by("number")
    rows = list(wanted.defer("cells", "faults", "warnings"))
    faulty = [row for row in rows if row.verdict == Verdict.FAULTY]
    if faulty and not leave_faulty:
        raise Refused(_("There are faulty rows. Leave them out knowingly, or mend the file and send it again."))
    rows = [row for row in rows if row.verdict != Verdict.FAULTY]
    if not rows:
        raise Refused(_("There is nothing to import."))
    _refuse_reviews(rows, may_review)
    _refuse_what_is_outdated(rows)
    _refuse_links_to_what_stays_behind(rows)
    Writing(rows, by=by, at=at).write()
    _settle_stages(rows)
    _remember_origins(batch, rows)
    counts = {verdict: sum(row.verdict == verdict for row in rows) for verdict in (Verdict.NEW, Verdict.CHANGED)}
    _log(batch, rows, counts, by, at, address)
    made = Event.objects.filter(slug=OuterRef("slug")).order_by().values("pk")
    batch.rows.filter(pk__in=[row.pk for row in rows if row.verdict == Verdict.NEW]).update(event=Subquery(made[:1]))
    batch.state, batch.done_at, batch.imported = ImportState.DONE, at, counts
    batch.save(update_fields=["state", "done_at", "imported"])
    return counts


def _refuse_reviews(rows: list[ImportRow], may_review: bool) -> None:
    for row in rows:
        marked = [
            name for name, value in row.writes.items() if name.startswith("state_") and value == TextState.REVIEWED
        ]
        if marked and not may_review:
            raise Refused(
                _("The row in line %(line)d marks a text as reviewed, which your role may not.") % {"line": row.line}
            )


def _refuse_what_is_outdated(rows: list[ImportRow]) -> None:
    """Hold the events, so that nobody saves them meanwhile, and compare their versions with those of the plan."""
    known = [row for row in rows if row.event is not None]
    held = Event.objects.select_for_update().filter(pk__in=[row.event for row in known]).order_by("pk")
    versions = dict(held.values_list("pk", "version"))
    outdated = [row for row in known if versions.get(row.event) != row.version]
    new = {row.slug: row for row in rows if row.event is None}
    taken = {*Event.objects.filter(slug__in=new).values_list("slug", flat=True)}
    taken |= {*Address.objects.filter(slug__in=new).values_list("slug", flat=True)}
    origins = {row.origin: row for row in rows if row.event is None and row.origin}
    come = Origin.objects.filter(key__in=origins).values_list("key", flat=True)
    outdated += [new[slug] for slug in sorted(taken)] + [origins[key] for key in come if origins[key].slug not in taken]
    if outdated:
        raise Outdated(outdated)


def _refuse_links_to_what_stays_behind(rows: list[ImportRow]) -> None:
    slugs = {row.slug for row in rows}
    wanted = {link["to"] for row in rows for link in row.writes.get("links", [])} - slugs
    known = set(Event.objects.filter(slug__in=wanted).values_list("slug", flat=True))
    for row in rows:
        for link in row.writes.get("links", []):
            if link["to"] in wanted - known:
                raise Refused(
                    _("The row in line %(line)d links to “%(slug)s”, which is left out: leave this row out too.")
                    % {"line": row.line, "slug": link["to"]}
                )


def _settle_stages(rows: list[ImportRow]) -> None:
    """What says again what the record says is no draft."""
    changed = [row.event for row in rows if row.verdict == Verdict.CHANGED]
    stated = Revision.objects.open().filter(event__in=changed).order_by().values("event")
    for event in Event.objects.filter(pk__in=stated):
        settle(event)


def _remember_origins(batch: ImportBatch, rows: list[ImportRow]) -> None:
    Origin.objects.bulk_create(
        [Origin(event_id=row.event, key=row.origin, said=row.said) for row in rows if row.origin],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["said"],
    )


def _log(batch: ImportBatch, rows: list[ImportRow], counts: dict, by, at: datetime, address: str | None) -> None:
    actions = {Verdict.NEW: LogAction.ADDED, Verdict.CHANGED: LogAction.CHANGED}
    reason = _("Imported from %(file)s, line %(line)d")
    LogRow.objects.bulk_create(
        [
            LogRow(
                at=at,
                by=by,
                who=by.get_username(),
                action=actions[row.verdict],
                type="event",
                object=str(row.event),
                title=(row.title or row.slug)[:300],
                changes=row.differences,
                reason=reason % {"file": batch.name, "line": row.line},
                address=address,
            )
            for row in rows
        ],
        batch_size=1_000,
    )
    changes = [{"field": verdict.value, "old": None, "new": count} for verdict, count in counts.items()]
    note(LogAction.IMPORTED, by=by, about=batch, changes=changes, address=address, at=at)
