"""Two days compared: every event of which the public knew something else at the end of the one than of the other."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from timeline.layout.axis import Tick, Unit
from timeline.layout.redline import Heap, Piece, lay_out
from timeline.layout.redline import Redline as Drawn
from timeline.scene.drawing import tick_words
from timeline.scene.redline_item import Item, as_read, drawn, item
from timeline.scene.redline_pairs import Pair
from tracker.date_words import in_words
from tracker.edtf import parse
from tracker.labels import CHANGES
from tracker.moment import Moment
from tracker.vocabulary import ChangeClass

ROOM_FOR_YEAR = 110  # per mille of the plot, on the narrowest screen that has a drawing 65 pixels


@dataclass(frozen=True, slots=True)
class Drawing:
    """The drawing with the words of its scale, and each piece with its event; a heap has none of its own."""

    drawn: Drawn
    ticks: tuple[tuple[Tick, str], ...]
    pieces: tuple[tuple[Piece | Heap, Item | None], ...]


@dataclass(frozen=True, slots=True)
class Redline:
    """What differs, what was spoken of last standing first. `differing` events differ, of whatever class; `more`: there
    are others. `alike` of the events asked for do not differ. `counts`: how many events of each class. `drawing` is
    None where there is nothing to draw."""

    items: tuple[Item, ...]
    differing: int
    alike: int
    more: bool
    counts: tuple[tuple[str, int], ...]
    drawing: Drawing | None


def redline(
    compared: Sequence[Pair],
    earlier: Moment,
    later: Moment,
    language: str,
    *,
    titles: Mapping[int, str],
    alike: int,
    more: bool = False,
    classes: Iterable[ChangeClass] = (),
) -> Redline:
    """The pairs as what differs between two days. `titles` are those of linked events; `alike`: of how many events
    nothing was said; `classes` are the only ones to be told, if there are any. `language` must be the active one."""
    told = [one for pair in compared if (one := item(pair, earlier, later, language, titles))]
    told.sort(key=lambda one: (one.known, one.entry.event), reverse=True)
    wanted = {as_read(one) for one in classes}
    items = tuple(one for one in told if not wanted or wanted & set(one.classes))
    found = Counter(kind for one in told for kind in one.classes)
    return Redline(
        items=items,
        differing=len(told),
        alike=alike + len(compared) - len(told),
        more=more,
        counts=tuple((str(words), found[kind]) for kind, words in CHANGES.items() if found[kind]),
        drawing=_drawing(items, earlier.today, later.today, language) if items else None,
    )


def _drawing(items: tuple[Item, ...], first: date, last: date, language: str) -> Drawing:
    laid = lay_out([drawn(one) for one in items], first, last)
    by_event = {one.entry.event: one for one in items}
    pieces = ((one, by_event[one.compared.brief.event] if isinstance(one, Piece) else None) for one in laid.pieces)
    return Drawing(laid, tuple(_scale(laid.ticks, language)), tuple(pieces))


def _scale(ticks: Sequence[Tick], language: str) -> Iterable[tuple[Tick, str]]:
    """The ticks with their words; the first month says its year too, where it has room."""
    for number, tick in enumerate(ticks):
        roomy = len(ticks) > 1 and ticks[1].x - ticks[0].x >= ROOM_FOR_YEAR
        if number == 0 and tick.unit == Unit.MONTH and roomy:
            yield tick, in_words(parse(f"{tick.day:%Y-%m}"), language, style="short")
        else:
            yield tick, tick_words(tick, language)
