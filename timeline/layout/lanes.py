"""Lanes: which events stand together, in which order, and how many rows they may fill.

By country there are seven lanes, braided: each pair stands beside its two countries, and all three at the head. By
kind there are the four families, each with its own mark. By topic an event stands in the lane of its first topic.
"""

from collections.abc import Iterable

from tracker.brief import Brief
from tracker.gathered import Crowd
from tracker.vocabulary import Country, Family, Lanes

CA, US, MX = Country
BRAID = ((CA, US, MX), (CA,), (CA, US), (US,), (US, MX), (MX,), (CA, MX))
COUNTRY_KEYS = tuple("-".join(countries) for countries in BRAID)
ROWS = {"country": 3, "kind": 5, "topic": 3}
ROWS_FOR_ALL = 5

_KEYS = dict(zip(BRAID, COUNTRY_KEYS, strict=True))


def lane_of(brief: Brief | Crowd, lanes: Lanes) -> str:
    """The key of the lane that the event stands in: "CA-US", "law", or the slug of a topic ("" without one)."""
    if lanes == Lanes.KIND:
        return brief.kind.family.value if brief.kind else ""
    if lanes == Lanes.TOPIC:
        return brief.topics[0] if brief.topics else ""
    countries = brief.countries
    return _KEYS.get(countries) or _KEYS.get(tuple(one for one in Country if one in countries), "")


def divided(briefs: Iterable[Brief], lanes: Lanes, topics: Iterable[str] = ()) -> dict[str, list[Brief]]:
    """The events by lane, in the order of the lanes; empty lanes are left out. `topics` gives the order of topics;
    those that it does not name come after, by slug; events without any stand last."""
    found: dict[str, list[Brief]] = {}
    for brief in briefs:
        found.setdefault(lane_of(brief, lanes), []).append(brief)
    order = _order(lanes, topics)
    rank = {key: place for place, key in enumerate(order)}
    return {key: found[key] for key in sorted(found, key=lambda key: (rank.get(key, len(rank)), key == "", key))}


def _order(lanes: Lanes, topics: Iterable[str]) -> tuple[str, ...]:
    if lanes == Lanes.KIND:
        return tuple(family.value for family in Family)
    return tuple(topics) if lanes == Lanes.TOPIC else COUNTRY_KEYS


def rows_for(key: str, lanes: Lanes, *, near: bool) -> int:
    """How many rows a lane may fill before its events are folded; one more where the window is `near`."""
    rows = ROWS_FOR_ALL if key == COUNTRY_KEYS[0] else ROWS[lanes]
    return rows + near


def codes_of(brief: Brief, lanes: Lanes) -> str:
    """The countries that follow a label where the lane does not tell them: "CA–US"; none for all three."""
    if lanes == Lanes.COUNTRY or len(brief.countries) == len(Country):
        return ""
    return "–".join(country.value for country in Country if country in brief.countries)
