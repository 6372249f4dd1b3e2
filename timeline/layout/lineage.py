"""The lineage of an event: what led to it and what came of it, along the links, step by step.

A link leads from an event to the earlier one that it follows, answers, implements and so on. Siblings are no lineage:
what came of an earlier event by another way is that event's to tell.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

STEPS = 3  # as far as a reader can keep in mind


@dataclass(frozen=True, slots=True)
class Lineage:
    """The events by their permanent ids, each with how many steps away it is: `before` what led to the event, `after`
    what came of it. An event that a circle of links leads back to may be in both; the event itself is in neither."""

    event: int
    before: Mapping[int, int] = field(default_factory=dict)
    after: Mapping[int, int] = field(default_factory=dict)

    @property
    def places(self) -> dict[int, int]:
        """All of them by signed steps: below zero what led to the event, which has 0; the nearer way, if there are
        two."""
        found = {self.event: 0}
        for event, steps in sorted(self.after.items(), key=lambda pair: pair[1]):
            found[event] = steps
        for event, steps in self.before.items():
            if steps <= found.get(event, STEPS + 1):
                found[event] = -steps
        return found


def lineage(event: int, links: Mapping[int, Iterable[int]], steps: int = STEPS) -> Lineage:
    """The lineage of an event along the links of those that are known: `links` gives the permanent ids that each known
    event links to. One that is linked to but not known is left out."""
    back: dict[int, list[int]] = {}
    for one, others in links.items():
        for other in others:
            back.setdefault(other, []).append(one)
    return Lineage(event, _walk(event, links, links, steps), _walk(event, back, links, steps))


def _walk(
    event: int, ways: Mapping[int, Iterable[int]], known: Mapping[int, Iterable[int]], steps: int
) -> dict[int, int]:
    found, edge = {event: 0}, [event]
    for step in range(1, steps + 1):
        reached = dict.fromkeys(other for one in edge for other in ways.get(one, ()))
        edge = [other for other in reached if other in known and other not in found]
        found |= dict.fromkeys(edge, step)
    del found[event]
    return found
