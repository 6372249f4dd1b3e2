"""What a record for measuring says: of every event three statements, made from a number alone. Pure.

Whatever their number, the events lie within the same twenty years, three quarters of them before the end of 2026, and
every statement has a stamp of its own before `LATEST`. The same number gives the same statements on any machine.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from tracker.edtf import Edtf, parse
from tracker.vocabulary import ChangeClass, Status

FIRST, TURN, LAST = date(2017, 1, 1), date(2026, 12, 31), date(2036, 12, 31)
# Beyond this day nothing has happened yet: what lies later is announced or expected.
LATEST = date(2026, 10, 31)
STATEMENTS = 3
MOST = 300_000  # events: their stamps differ by the microsecond
SEED = 34_7
Day = date  # by a second name: a field below is called `date`, which a checker of types would take for it

# How exact dates are, in hundredths of all; those of the shipped record, rounded.
_DATES = {"{day}": 80, "{day}/{later}": 7, "{month}": 7, "{day}~": 2, "{year}-{quarter}": 2, "{day}/..": 1, "{year}": 1}


@dataclass(frozen=True, slots=True)
class Said:
    """One statement: its stamp, from which it is known and recorded; what it says of the date; `moved`: the date that
    it no longer says, announced on the day of the first statement. `template`: which event of the shipped record it
    takes its words from, counted from 0; `before`: the event that it follows, 0 for none."""

    event: int
    template: int
    number: int
    stamp: datetime
    next: datetime | None
    date: str
    span: Edtf
    status: Status
    change: ChangeClass
    moved: str
    announced: Day
    before: int


def plan(events: int, templates: int, anchors: dict[int, str]) -> Iterator[Said]:
    """Three statements for each of so many events, event by event. `anchors` are templates with acts, and the dates of
    those: each is told once, by the first events, as it was; the others over and over. ValueError for a number of
    events that is not from 1 to 300,000."""
    if not 0 < events <= MOST:
        raise ValueError(f"{events} events; allowed: a number from 1 to {MOST}")
    told = sorted(anchors)
    others = [number for number in range(templates) if number not in anchors]
    for event in range(1, events + 1):
        dice = random.Random(SEED * 1_000_003 + event)
        if event <= len(told):
            template = told[event - 1]
            yield from _statements(event, template, anchors[template], dice, moves=False)
            continue
        template = others[(event - len(told) - 1) % len(others)]
        yield from _statements(event, template, _date(dice), dice, moves=dice.random() < 0.3)


def _date(dice: random.Random) -> str:
    first, last = (FIRST, TURN) if dice.random() < 0.75 else (TURN + timedelta(days=1), LAST)
    day = first + timedelta(days=dice.randrange((last - first).days + 1))
    form = dice.choices(list(_DATES), list(_DATES.values()))[0]
    later = day + timedelta(days=dice.randint(1, 45))
    return form.format(day=day, later=later, month=f"{day:%Y-%m}", year=day.year, quarter=33 + (day.month - 1) // 3)


def _statements(event: int, template: int, text: str, dice: random.Random, *, moves: bool) -> Iterator[Said]:
    held = parse(text)
    day, _ = held.ends
    happened = day <= LATEST
    last = day if happened else LATEST - timedelta(days=dice.randrange(365))
    back = dice.randint(120, 400)
    days = (last - timedelta(days=back), last - timedelta(days=dice.randint(10, back - 10)), last)
    stamps = [_stamp(one, STATEMENTS * event + place, dice) for place, one in enumerate(days)]
    earlier = parse(f"{day - timedelta(days=dice.randint(20, 90))}") if moves else held
    ahead = Status.SCHEDULED if held.is_day else Status.EXPECTED
    moved = ChangeClass.DATE_MOVED if moves else ChangeClass.DETAILS
    changes = (ChangeClass.NEW, moved, ChangeClass.STATUS_CHANGED if happened else ChangeClass.DETAILS)
    for place, stamp in enumerate(stamps):
        span = earlier if place == 0 else held
        yield Said(
            event=event,
            template=template,
            number=place + 1,
            stamp=stamp,
            next=stamps[place + 1] if place + 1 < STATEMENTS else None,
            date=span.text,
            span=span,
            status=Status.OCCURRED if happened and place == STATEMENTS - 1 else ahead,
            change=changes[place],
            moved=earlier.text if moves and place else "",
            announced=days[0],
            before=event - 1 if event % 3 == 0 and event > 1 else 0,
        )


def _stamp(day: date, place: int, dice: random.Random) -> datetime:
    return datetime.combine(day, time(), UTC) + timedelta(
        seconds=dice.randrange(86_400), microseconds=place % 1_000_000
    )
