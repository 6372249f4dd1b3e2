"""Planning: what importing each staged row would do, some hundred rows a step, so that no request is long.

A row becomes new, changed, same or faulty, with what it would write and what that changes. Nothing of the desk is
written. After the last step, what only the whole file can tell is looked at (`settling`).
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.columns import WORDS
from tracker.freezing import with_rows
from tracker.given import given
from tracker.importing import matching, reading, settling, translating
from tracker.importing.catalogue import Catalogue, catalogue, sources
from tracker.importing.columns import COLUMNS, KEYS, NEEDED
from tracker.importing.documents import document
from tracker.importing.faults import Fault
from tracker.importing.reading import Said
from tracker.importing.rows import QUOTING
from tracker.models.desk import Event
from tracker.models.importing import Format, ImportBatch, ImportRow, ImportState, Verdict
from tracker.sources import address
from tracker.vocabulary import Language, TextState

STEP = 500
_PLANNED = (
    "verdict",
    "title",
    "slug",
    "origin",
    "event",
    "version",
    "said",
    "writes",
    "differences",
    "faults",
    "warnings",
)


@transaction.atomic
def plan_next(batch: ImportBatch, *, at: datetime, step: int = STEP) -> ImportBatch:
    """Plan the next rows of the batch; the last step settles it. Returns it as it then is. Of two steps at the same
    time the second waits and goes on after the first."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != ImportState.STAGED:
        return batch
    rows = list(batch.rows.filter(verdict="").order_by("number")[:step])
    if rows:
        Step(batch, rows, at).plan()
        for row in rows:
            # Of a row that is there only what is named is written: the rest need not be sent again.
            row.cells = {}
        ImportRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=_PLANNED)
    if len(rows) < step:
        settling.settle(batch)
        batch.state = ImportState.PLANNED
        batch.save(update_fields=["state"])
    return batch


class Step:
    """Some rows, and what the desk knows of what they name: asked once for all of them."""

    def __init__(self, batch: ImportBatch, rows: list[ImportRow], at: datetime):
        self.batch, self.rows = batch, rows
        self.catalogue: Catalogue = catalogue(at.astimezone(ZoneInfo(settings.RECORD_ZONE)).date())

    def plan(self) -> None:
        said = [self._read(row) for row in self.rows]
        self._match(said)
        new = [one.values for row, one in zip(self.rows, said, strict=True) if row.event is None]
        self.slugs = matching.Slugs(self.batch, new)
        self.known = sources(self._addresses(said))
        events = with_rows(Event.objects.filter(pk__in={row.event for row in self.rows if row.event}))
        self.documents = {event.pk: document(event) for event in events}
        self.resembling = matching.Resembling(map(matching.first_day, new))
        for row, one in zip(self.rows, said, strict=True):
            self._plan(row, one)

    def _read(self, row: ImportRow) -> Said:
        kept = [fault for fault in row.faults if fault.get("cell")]
        cells = {name: value for name, value in row.cells.items() if name not in {fault["column"] for fault in kept}}
        row.said, row.origin = {}, ""
        if self.batch.is_foreign:
            said, row.said, row.origin = translating.read(cells, self.batch.format, self.batch.defaults, self.catalogue)
        else:
            said = reading.read(cells, self.catalogue, guarded=self.batch.format in (Format.CSV, Format.XLSX))
        said.faults[:0] = kept
        return said

    def _match(self, said: list[Said]) -> None:
        origins = matching.origins(row.origin for row in self.rows if row.origin)
        known = matching.Known((one.values.get("id") for one in said), (one.values.get("slug") for one in said))
        self.last_said = {}
        for row, one in zip(self.rows, said, strict=True):
            origin = origins.get(row.origin) if row.origin else None
            row.event = origin.event_id if origin else None
            if origin:
                self.last_said[row.pk] = origin.said
            elif not row.origin:
                try:
                    row.event = known.event(one.values)
                except Fault as fault:
                    one.fault(fault.column, one.values.get(fault.column), str(fault))

    def _addresses(self, said: list[Said]) -> set[str]:
        found = {source["url"] for one in said for source in one.values.get("sources", [])}
        rows = (row for one in said for name in QUOTING for row in one.values.get(name, []))
        return found | {row["source"] for row in rows if row["source"]}

    def _plan(self, row: ImportRow, said: Said) -> None:
        current = self.documents.get(row.event)
        values = {name: value for name, value in said.values.items() if name not in KEYS}
        if current is not None:
            self._compare_with(row, said, values, current)
            row.slug, row.version = current["slug"], int(current["version"])
        else:
            self._complete(row, said, values)
        self._describe_sources(row, said, values, current)
        before = current or {name: column.empty for name, column in COLUMNS.items()}
        reading.check_together(said, before | values)
        row.writes = {name: values[name] for name in COLUMNS if name in values and values[name] != before[name]}
        if current is not None:
            self._make_stale(row, values, current)
        row.differences = [{"field": name, "old": before[name], "new": new} for name, new in row.writes.items()]
        row.title = self._title(values, current)
        row.faults, row.warnings = said.faults, said.warnings
        row.verdict = self._verdict(row, said)
        if row.verdict == Verdict.CHANGED:
            self._check_version(row, said, given(current))
        elif row.verdict == Verdict.NEW and (words := self.resembling.warning(values)):
            said.warn("", row.title, words)

    def _verdict(self, row: ImportRow, said: Said) -> str:
        if said.faults:
            return Verdict.FAULTY
        if row.event is None:
            return Verdict.NEW
        return Verdict.CHANGED if row.writes else Verdict.SAME

    def _compare_with(self, row: ImportRow, said: Said, values: dict[str, Any], current: dict[str, Any]) -> None:
        """Of an event that the desk has, a foreign row writes only what its file says otherwise than the last one;
        of our own, what a text leaves to the desk stays."""
        if row.pk in self.last_said:
            last = self.last_said[row.pk]
            translating.keep_what_is_news(values, said, row.said, last, current)
        for language in Language:
            if not values.get(f"state_{language}"):
                values[f"state_{language}"] = self._state_unsaid(values, current, language)
            self._settle_state(values, current, language)
        for name in (*NEEDED, "significance"):
            if values.get(name) == "":
                said.fault(name, "", _("This may not be empty."))

    def _state_unsaid(self, values: dict[str, Any], current: dict[str, Any], language: str) -> str:
        """The state of a text of which the file says none: other words of a translation wait for a review, as they do
        when they are typed; English is the original, and reviewed by whoever imports it."""
        names = [f"{part}_{language}" for part in WORDS]
        if language != Language.ENGLISH and any(values.get(name, current[name]) != current[name] for name in names):
            return TextState.DRAFT.value
        return current[f"state_{language}"]

    def _settle_state(self, values: dict[str, Any], current: dict[str, Any], language: str) -> None:
        """A language without a title has no state; a new one is a draft unless the file says more."""
        title = values.get(f"title_{language}", current[f"title_{language}"])
        if not title:
            values[f"state_{language}"] = ""
        elif not values.get(f"state_{language}", current[f"state_{language}"]):
            values[f"state_{language}"] = TextState.DRAFT.value

    def _complete(self, row: ImportRow, said: Said, values: dict[str, Any]) -> None:
        """What a new event gets that the row does not say, and what it must say."""
        row.version = None
        if row.origin:
            values |= translating.defaults(self.batch, self.catalogue, values)
        faulty = {fault["column"] for fault in said.faults}
        if row.origin and "date" in faulty:
            # It follows from the day, which is told already.
            faulty.add("status")
        for name in NEEDED:
            if not values.get(name) and name not in faulty:
                more = _(" Choose one for the whole file when you send it.") if row.origin and name == "kind" else ""
                said.fault(name, "", _("A new event needs this.") + more)
        values.setdefault("significance", "")
        values["significance"] = values["significance"] or "minor"
        nothing = dict.fromkeys(COLUMNS, "")
        for language in Language:
            self._settle_state(values, nothing, language)
        row.slug = said.values.get("slug") or ""
        try:
            if row.slug:
                self.slugs.check(row.slug)
            elif not said.faults:
                row.slug = self.slugs.propose(values)
        except Fault as fault:
            said.fault(fault.column, row.slug, str(fault))

    def _describe_sources(
        self, row: ImportRow, said: Said, values: dict[str, Any], current: dict[str, Any] | None
    ) -> None:
        """Let each source say what the desk knows of its document; a new one must say it itself."""
        for source in values.get("sources", []):
            known = self.known.get(source["url"])
            if known is None:
                source["language"] = source["language"] or "en"
                if not source["publisher"] or not source["tier"]:
                    words = _("The desk does not know this source: say its publisher and its tier.")
                    said.fault("sources", source["url"], words)
                continue
            for key, told in known.items():
                # Another program knows the address alone: the rest was proposed.
                if key != "url" and not row.origin and source[key] and source[key] != told:
                    words = _("The desk says of this source “%(name)s: %(told)s”. Correct it on the source’s own page.")
                    said.fault("sources", f"{key}: {source[key]}", words % {"name": key, "told": told})
                source[key] = told
        own = values.get("sources", current["sources"] if current else [])
        cited = {address.key(source["url"]): source["url"] for source in own}
        for name, sentence in QUOTING.items():
            for one in values.get(name, []):
                if one["source"]:
                    url = self.known.get(one["source"], {}).get("url") or cited.get(address.key(one["source"]))
                    if url is None:
                        said.fault(name, one["source"], str(sentence))
                    one["source"] = url or one["source"]

    def _make_stale(self, row: ImportRow, values: dict[str, Any], current: dict[str, Any]) -> None:
        """As when the English is changed at the desk: the reviewed translations that stay as they are become stale."""
        if not any(f"{part}_en" in row.writes for part in WORDS):
            return
        for language in Language:
            touched = any(f"{part}_{language}" in row.writes for part in (*WORDS, "state"))
            reviewed = current[f"state_{language}"] == TextState.REVIEWED
            if language != Language.ENGLISH and reviewed and not touched:
                row.writes[f"state_{language}"] = TextState.STALE.value

    def _check_version(self, row: ImportRow, said: Said, current: dict[str, Any]) -> None:
        exported = said.values.get("version")
        if exported and exported != current["version"]:
            said.fault(
                "version",
                exported,
                _(
                    "Somebody saved this event after it was exported: it was version %(exported)s and is now "
                    "%(now)s. Export it anew; or empty this cell, to write over what was done since."
                )
                % {"exported": exported, "now": current["version"]},
            )
            row.verdict = Verdict.FAULTY
        elif not exported and not row.origin:
            words = _("The file does not say which version it was: what was done since is written over.")
            said.warn("version", "", words)

    def _title(self, values: dict[str, Any], current: dict[str, Any] | None) -> str:
        rows = [values, current or {}]
        titles = [told.get(f"title_{language}") for language in Language for told in rows]
        return next((title for title in titles if title), "")[:200]
