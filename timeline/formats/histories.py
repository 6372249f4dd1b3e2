"""The rows of one event as the public may know them: no end that lies ahead, and no trace of what never showed.

A scheduled statement closes the row of the one before it and adds a remainder, though no reader sees a difference
until its moment has come; and none ever, if it is taken back before. What follows here joins such rows again, by one
law: a reader's moment is a pair (A, P) with A ≤ P (docs/record.md, rule 9), so an end of `known` says nothing to those
who read the record of before it. The rows that come out give every such reader just what the rows that went in gave.

Pure: rows are any values with `number`, `pk`, and the ranges `known` and `recorded` (`lower`, and `upper` or None).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

Instant = Any


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with the ranges that may be told of it; None is open. `pk`: of the row that it comes from; None of
    the second part of a row that is told in two."""

    row: Any
    pk: int | None
    known_from: Instant
    known_until: Instant | None
    recorded_from: Instant
    recorded_until: Instant | None

    @property
    def statement(self) -> tuple[Any, ...]:
        return self.row.number, self.known_from, self.known_until


def told(rows: Iterable[Any], known: Instant, recorded: Instant) -> list[Told]:
    """All rows of one event that a reader of (known, recorded) may know of, as they may be told, in the order in which
    they came onto the record."""
    rows = list(rows)
    parts = sorted(
        (part for row in rows for part in _parts(row, rows, known, recorded)),
        key=lambda part: (part.recorded_from, part.known_from, part.pk),
    )
    joined: dict[tuple[Any, ...], list[Told]] = {}
    for part in parts:
        before = joined.setdefault(part.statement, [])
        if before and before[-1].recorded_until == part.recorded_from:
            before[-1] = replace(before[-1], recorded_until=part.recorded_until)
        else:
            before.append(part)
    made = sorted(
        (part for same in joined.values() for part in same), key=lambda part: (part.recorded_from, part.known_from)
    )
    return list(_each_row_once(made))


def _parts(row: Any, rows: list[Any], known: Instant, recorded: Instant) -> Iterator[Told]:
    """The row as one part, or as two: while the end of what it says was still to come and nobody could know of what
    comes then, and after."""
    begins, ends = row.recorded.lower, row.recorded.upper
    if ends is not None and ends > recorded:
        ends = None
    until = row.known.upper
    if until is not None and until > known:
        until = None
    whole = Told(row, row.pk, row.known.lower, until, begins, ends)
    if until is None or until <= begins:
        yield whole
        return
    # From when on the record has what comes then, as far as somebody ever saw that.
    split = max(begins, min([until, *(one.recorded.lower for one in rows if _follows(one, row))]))
    if split > begins:
        yield replace(whole, known_until=None, recorded_until=split if ends is None else min(split, ends))
    if ends is None or split < ends:
        yield replace(whole, recorded_from=split)


def _follows(one: Any, row: Any) -> bool:
    """Whether a row says what comes when the other ends, on the record of the same time."""
    same_time = (one.recorded.upper is None or one.recorded.upper > row.recorded.lower) and (
        row.recorded.upper is None or row.recorded.upper > one.recorded.lower
    )
    return one.known.lower == row.known.upper and same_time


def _each_row_once(parts: Iterable[Told]) -> Iterator[Told]:
    seen = set()
    for part in parts:
        yield replace(part, pk=None) if part.pk in seen else part
        seen.add(part.pk)
