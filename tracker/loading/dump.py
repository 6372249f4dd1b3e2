"""Loading a dump of the record into an empty store: the same statements, under the same ids, in the same two ranges.

One transaction: all or nothing. The lines are checked and written as they come; the last line tells whether all of
them came. The rules of the agreement have no history and belong to the release: they are those that it ships. The
desk begins with what the record says last of each event (`thawing`).
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from typing import IO, Any

from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, transaction
from psycopg.types.range import TimestamptzRange

from tracker.dump import Line
from tracker.loading.catalogue import write_rules
from tracker.loading.dumped_lines import checked
from tracker.loading.files import read
from tracker.loading.lines import BadDump, lines
from tracker.loading.play import NotEmpty, store_is_empty
from tracker.loading.thawing import thaw
from tracker.models.desk import Event
from tracker.models.record import RECORD_LOCK, Address, Revision, Term
from tracker.moment import utc_text
from tracker.statements import columns_of
from tracker.vocabulary import Language

AT_A_TIME = 500
PROGRESS = 5_000


def load_dump(
    stream: IO[bytes], *, now: datetime | None = None, say: Callable[[str], None] = lambda words: None
) -> dict[Line, int]:
    """Load the dump in the stream. Returns how many lines there were of each kind. `say` hears the progress.

    Raises BadDump, with nothing written, for a file that is no whole dump of a record, is damaged, or breaks a rule of
    the record; NotEmpty. `now`: a record of a later instant is refused; the machine's clock unless given.
    """
    found = lines(stream)
    # What the first line tells is looked at before the store is.
    number, header = next(found)
    header = checked(number, header, None)
    if header["record"] is None:
        raise BadDump(number, "the record in it is empty, or was written while a change was at work: take it anew")
    if header["record"] > (now or datetime.now(UTC)):
        raise BadDump(number, f"its record is of {utc_text(header['record'])}, later than this machine’s clock")
    with transaction.atomic():
        if not store_is_empty() or Address.objects.exists() or Term.objects.exists():
            raise NotEmpty("The store is not empty: a dump is loaded into an empty store only.")
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [RECORD_LOCK])
        written = Writing(header["record"], say)
        for piece in _pieces(found):
            written.write(piece)
        written.finish()
        write_rules(read())
        thaw()
        _let_new_ids_follow()
    return written.counts


def _pieces(found: Iterable[tuple[int, dict]]) -> Iterator[list[tuple[int, dict]]]:
    found = iter(found)
    while piece := list(islice(found, AT_A_TIME)):
        yield piece


class Writing:
    """The lines as rows, many at a time."""

    def __init__(self, newest: datetime, say: Callable[[str], None]):
        self.newest, self.say = newest, say
        self.counts = dict.fromkeys((Line.TERM, Line.ADDRESS, Line.REVISION), 0)
        self.without_id: list[Revision] = []
        self.last_event = 0

    def write(self, piece: list[tuple[int, dict[str, Any]]]) -> None:
        rows: dict[Line, list] = {Line.TERM: [], Line.ADDRESS: [], Line.REVISION: []}
        for number, line in piece:
            made = checked(number, line, self.newest)
            kind = Line(line["line"])
            self.counts[kind] += 1
            if kind == Line.REVISION:
                self._in_order(number, made)
                row = _revision(made)
                (rows[kind] if row.pk else self.without_id).append(row)
                if self.counts[kind] % PROGRESS == 0:
                    self.say(f"{self.counts[kind]} statements loaded")
            else:
                rows[kind].append(_term(made) if kind == Line.TERM else _address(made))
        for kind, model in ((Line.TERM, Term), (Line.ADDRESS, Address), (Line.REVISION, Revision)):
            self._insert(model, rows[kind], piece[0][0], piece[-1][0])

    def _in_order(self, number: int, line: dict[str, Any]) -> None:
        if line["event"] < self.last_event:
            raise BadDump(number, "the lines of an event must stand together, the events by their ids")
        self.last_event = line["event"]

    def finish(self) -> None:
        """What comes after the last line: rows that have no id of their own get one that nothing else has."""
        if not self.counts[Line.REVISION]:
            raise BadDump(1, "the record in it is empty")
        _let_new_ids_follow(Revision)
        self._insert(Revision, self.without_id, 1, sum(self.counts.values()) + 1)

    def _insert(self, model, rows: list, first: int, last: int) -> None:
        try:
            with transaction.atomic():
                model.objects.bulk_create(rows)
        except (IntegrityError, DataError) as error:
            words = str(error).partition("\n")[0]
            raise BadDump(first, f"the lines {first} to {last} break a rule of the record: {words}") from error


def _term(line: dict[str, Any]) -> Term:
    # Which statement brought it is asked only while that waits; nothing of a dump does.
    told = {name: line[name] for name in ("type", "slug", "names", "position", "appears")}
    return Term(**told, event=0, number=0)


def _address(line: dict[str, Any]) -> Address:
    return Address(slug=line["slug"], event=line["event"], current=line["current"])


def _range(line: dict[str, Any]) -> TimestamptzRange:
    return TimestamptzRange(line["from"], line["until"], "[)")


def _revision(line: dict[str, Any]) -> Revision:
    told = {name: line[name] for name in ("event", "number", "stated", "retracted", "reason", "classes", "sequence")}
    content, search = line["content"], line["search"] or {}
    return Revision(
        pk=line["id"],
        known=_range(line["known"]),
        recorded=_range(line["recorded"]),
        slug=line["slug"],
        **told,
        **(columns_of(content) if content is not None else {}),
        **{f"search_{code}": search.get(code) for code in Language},
    )


def _let_new_ids_follow(*models) -> None:
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models) or [Event, Revision]):
            cursor.execute(statement)
