"""Three-way merging: what two people made of the same values, and what comes of it."""

from collections.abc import Hashable, Mapping
from enum import StrEnum
from typing import Any

Values = Mapping[Any, Any]


class Side(StrEnum):
    """Whose value goes on where the two differ; BOTH is for people to decide."""

    MINE = "mine"
    SAVED = "saved"
    BOTH = "both"


def differing(base: Values | None, mine: Values, saved: Values) -> dict[Hashable, Side]:
    """Where `mine` and `saved` differ, and who of the two changed what stood in `base`.

    A key that is missing stands for None. Where nobody knows what both began with, `base` is None: what differs is
    for people to decide.
    """
    return {key: _changed_by(base, key, mine, saved) for key in _keys(mine, saved) if mine.get(key) != saved.get(key)}


def _keys(mine: Values, saved: Values) -> list[Any]:
    return [*mine, *(key for key in saved if key not in mine)]


def _changed_by(base: Values | None, key: Hashable, mine: Values, saved: Values) -> Side:
    if base is None:
        return Side.BOTH
    if mine.get(key) == base.get(key):
        return Side.SAVED
    return Side.MINE if saved.get(key) == base.get(key) else Side.BOTH
