"""What the places of a sentence make: the EDTF text of a point, a period or one day in a window."""

from collections.abc import Callable
from datetime import date

from tracker.date_reading.faults import Reason, Unread
from tracker.date_reading.places import Place
from tracker.edtf import Precision, parse

Doubt = tuple[bool, bool]  # about, uncertain
Given = tuple[Place, Doubt, Doubt]  # a place, with the doubts of its beginning and of its end
_MARKS = {(False, False): "", (True, False): "~", (False, True): "?", (True, True): "%"}


def _marked(text: str, doubt: Doubt) -> str:
    """A point with a doubt beside those that it has."""
    value = parse(text).point
    return value.text + _MARKS[value.approximate or doubt[0], value.uncertain or doubt[1]]


def _alone(given: Given) -> str:
    place, start, end = given
    if place.first == place.last:
        return _marked(_marked(place.first, start), end)
    return f"[{_marked(place.first, start)}..{_marked(place.last, end)}]"


def window(one: Given, other: Given) -> str:
    return f"[{_marked(one[0].lower, one[1])}..{_marked(other[0].upper, other[2])}]"


def neighbours(one: Given, other: Given) -> str:
    _refuse_apart(one, other)
    return window(one, other)


def _period(one: Given, other: Given) -> str:
    return f"{_marked(one[0].whole, one[1])}/{_marked(other[0].whole, other[2])}"


def _both(one: Given, other: Given) -> str:
    _refuse_apart(one, other)
    return _period(one, other)


def _refuse_apart(one: Given, other: Given) -> None:
    """Two dates with days between them are neither one date nor a choice that EDTF can say."""
    if (other[0].earliest - one[0].latest).days > 1:
        raise Unread(Reason.NOT_NEIGHBOURS)


def _from(given: Given) -> str:
    return f"{_marked(given[0].whole, given[1])}/.."


def _until(given: Given) -> str:
    return f"../{_marked(given[0].whole, given[2])}"


def _by(given: Given) -> str:
    return f"[..{_marked(given[0].upper, given[2])}]"


def _not_before(given: Given) -> str:
    return f"[{_marked(given[0].lower, given[1])}..]"


def _before(given: Given) -> str:
    place, _, doubt = given
    if place.edge == "end":
        return _by(given)
    return f"[..{_marked(_beside(place.first, -1), doubt)}]"


def _after(given: Given) -> str:
    place, doubt, _ = given
    return f"[{_marked(_beside(place.upper, 1), doubt)}..]"


def _beside(text: str, step: int) -> str:
    """The day before (-1) or after (1) a point, or beside what is coarser the month or year."""
    value = parse(text).point
    if value.precision is Precision.YEAR:
        return str(value.first.year + step)
    edge = value.last if step == 1 else value.first
    day = date.fromordinal(edge.toordinal() + step)
    return day.isoformat() if value.precision is Precision.DAY else f"{day:%Y-%m}"


# What stands before, between and after the sides, and what the sides then make.
FORMS: dict[tuple[str | None, str | None, str | None], Callable[..., str]] = {
    (None, None, None): _alone,
    (None, "dash", None): _period,
    (None, "to", None): _period,
    (None, "or", None): neighbours,
    (None, "and", None): _both,
    ("between", "and", None): window,
    ("between", "or", None): window,
    ("between", "to", None): window,
    ("between", "dash", None): window,
    ("from", "to", None): _period,
    ("from", "dash", None): _period,
    ("from", None, None): _from,
    ("from", None, "onward"): _from,
    (None, None, "onward"): _from,
    ("until", None, None): _until,
    ("by", None, None): _by,
    ("before", None, None): _before,
    ("after", None, None): _after,
    ("not before", None, None): _not_before,
    (None, None, "or after"): _not_before,
    (None, None, "or before"): _by,
}
