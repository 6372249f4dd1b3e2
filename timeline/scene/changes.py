"""What changed: each statement with what stood before it, day by day, as the public could know it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from timeline.scene.difference import Difference, Part, difference
from tracker.edtf import Edtf, parse
from tracker.entry import Entry
from tracker.given import given
from tracker.models.record import Revision
from tracker.moment import Moment
from tracker.query import Query
from tracker.vocabulary import ChangeClass, Language, LinkType

# Parts no longer than this stand in the row, if they are no more than that; else they unfold.
SHORT, FEW = 160, 2
_TICK = timedelta(microseconds=1)

Titles = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One statement as a change.

    `known` is from when the public could know it. `classes` are those to be shown. `wording` is in the reader's
    language, or in another where nothing changes in that one. `entered`: when it came to the record, if that was days
    later; `corrected`: the days of the past of which alone it speaks. `elsewhere`: what changes is said in
    other languages alone.
    """

    row: Revision
    title: Entry | None
    difference: Difference
    classes: tuple[ChangeClass, ...]
    wording: tuple[Part, ...]
    entered: datetime | None
    corrected: Edtf | None
    elsewhere: bool = False

    @property
    def known(self) -> datetime:
        return self.row.known.lower

    @property
    def again(self) -> bool:
        """Whether it says, in this language, what was said before."""
        one = self.difference
        return bool(one.before and one.after) and not (one.parts or self.wording)

    @property
    def parts(self) -> tuple[Part, ...]:
        """What changes beside the date, the status and the sources."""
        return (*self.wording, *self.difference.details)

    @property
    def in_the_row(self) -> tuple[Part, ...]:
        """The parts that are told in the row: the short ones, if there are not many."""
        return tuple(filter(_is_short, self.parts)) if len(self.parts) <= FEW else ()

    @property
    def folded(self) -> tuple[Part, ...]:
        """The parts that unfold."""
        return tuple(part for part in self.parts if part not in self.in_the_row)

    @property
    def folded_names(self) -> tuple[str, ...]:
        """What the folded parts are called, each once."""
        return tuple(dict.fromkeys(str(part.name) for part in self.folded))

    @property
    def sources_added(self) -> tuple[Part, ...]:
        return tuple(part for part in self.difference.sources if part.new)

    @property
    def sources_removed(self) -> tuple[Part, ...]:
        return tuple(part for part in self.difference.sources if not part.new)


def _is_short(part: Part) -> bool:
    """Whether a part is told at a glance. What was announced goes with a date that moved, and is told by that."""
    words = "".join(piece.text for piece in part.pieces)
    return part.key != "announced" and len(words) <= SHORT and "\n" not in words


@dataclass(frozen=True, slots=True)
class Day:
    """The changes of one day of the record's zone."""

    day: date
    changes: tuple[Change, ...]


def asked_since(query: Query) -> date | datetime | None:
    """The `since` of a query as its day or instant."""
    if not query.since:
        return None
    instant = datetime.fromisoformat(query.since) if "T" in query.since else None
    return instant or date.fromisoformat(query.since)


def links_told(rows: Sequence[Revision], histories: Mapping[int, Sequence[Revision]], moment: Moment) -> set[int]:
    """The events whose titles the links of these changes need: those that come, go, or change their type."""
    found = set()
    for row in rows:
        earlier = before(row, histories[row.event], moment)
        if row.retracted or earlier is None or earlier.retracted:
            continue
        old, new = (_links(one) for one in (earlier, row))
        found |= {event for _type, event in old ^ new}
    return found


def _links(row: Revision) -> set[tuple[LinkType, int]]:
    return {(link["type"], link["event"]) for link in row.content["links"]}


def before(row: Revision, rows: Iterable[Revision], moment: Moment) -> Revision | None:
    """What stood before a statement appeared, a retraction included: of the event's history, what the record held just
    before. A correction of the past is compared with what was said of that past; and no reader is shown what the
    public knew only after the moment that they look from."""
    recorded = row.appears - _TICK
    past = row.known.upper is not None and row.known.upper <= row.appears
    known = row.known.lower if past else min(recorded, moment.known)
    return next((one for one in rows if _within(one.known, known) and _within(one.recorded, recorded)), None)


def _within(stretch, instant: datetime) -> bool:
    return stretch.lower <= instant and (stretch.upper is None or instant < stretch.upper)


def by_event(rows: Iterable[Revision]) -> dict[int, list[Revision]]:
    """The rows of several events, those of each in their order."""
    found: dict[int, list[Revision]] = {}
    for row in rows:
        found.setdefault(row.event, []).append(row)
    return found


def days(
    rows: Sequence[Revision],
    histories: Mapping[int, Sequence[Revision]],
    query: Query,
    moment: Moment,
    language: str,
    titles: Titles,
) -> tuple[Day, ...]:
    """The changes of a page by day. `rows` come in order, `histories` are those of their events, `titles` those of
    linked events; `language` must be the active one."""
    translated = ChangeClass.TRANSLATION in query.change

    def told(row: Revision) -> Change:
        return change(row, histories[row.event], moment, language, titles, translated=translated)

    def day(row: Revision) -> date:
        return row.known.lower.astimezone(moment.zone).date()

    return tuple(Day(one, tuple(map(told, some))) for one, some in groupby(rows, key=day))


def change(
    row: Revision, rows: Sequence[Revision], moment: Moment, language: str, titles: Titles, *, translated: bool = False
) -> Change:
    """One statement as a change. `translated`: the texts of all languages are asked for."""
    earlier = before(row, rows, moment)
    old = earlier.entry(language) if earlier and not earlier.retracted else None
    new = None if row.retracted else row.entry(language)
    shown = difference(old, new, language, titles)
    same = bool(old and new) and not shown.parts
    alone = list(row.classes) == [ChangeClass.TRANSLATION]
    return Change(
        row,
        shown.entry or _last_said(row, rows, language),
        shown,
        shown_classes(row.classes),
        _wording(shown, earlier, row, language, every=translated or alone),
        _entered(row, moment),
        _corrected(row, moment),
        elsewhere=same
        and any(difference(given(earlier).entry(code), row.entry(code), language).parts for code in Language),
    )


def shown_classes(classes: Iterable[str]) -> tuple[ChangeClass, ...]:
    """The classes without "translation", which is told only where it is all that changed (rule 13)."""
    found = tuple(ChangeClass(one) for one in classes)
    return tuple(one for one in found if one != ChangeClass.TRANSLATION) or found


def _last_said(row: Revision, rows: Sequence[Revision], language: str) -> Entry | None:
    """What an event that was retracted twice was last called."""
    said = [one for one in rows if not one.retracted and one.appears < row.appears]
    return said[-1].entry(language) if said else None


def _wording(
    shown: Difference, earlier: Revision | None, row: Revision, language: str, *, every: bool
) -> tuple[Part, ...]:
    """The words that changed in the reader's language; where nothing did, in English; `every`: in all languages."""
    if shown.before is None or shown.after is None or earlier is None:
        return ()
    found = list(shown.wording)
    for code in (one.value for one in Language if one != language):
        if (found and not every) or (code != Language.ENGLISH and not every):
            continue
        texts = [one.content["texts"].get(code) for one in (earlier, row)]
        if texts[0] != texts[1] and all(texts):
            found += difference(earlier.entry(code), row.entry(code), language).wording
    return tuple(found)


def _entered(row: Revision, moment: Moment) -> datetime | None:
    """When it came to the record, if the public could know it on an earlier day. What was there when the record began
    is not told: all of it was entered then."""
    known, stated, began = (at.astimezone(moment.zone).date() for at in (row.known.lower, row.stated, row.began))
    return row.stated if stated > known and stated > began else None


def _corrected(row: Revision, moment: Moment) -> Edtf | None:
    upper = row.known.upper
    if upper is None or upper > row.appears:
        return None
    first, last = (at.astimezone(moment.zone).date() for at in (row.known.lower, upper - _TICK))
    return parse(f"{first}" if first == last else f"{first}/{last}")
