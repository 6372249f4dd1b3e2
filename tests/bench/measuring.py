"""Measuring in turns: deed and ceiling in the same run, medians and spread. Pure.

What is compared is taken in turns, so that a busy machine slows all alike: their ratio can be compared between runs
and machines, the times cannot.
"""

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Sample:
    """Values of one thing measured several times, in any unit; one value at least."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.values)

    @property
    def p95(self) -> float:
        return self.quantile(0.95)

    @property
    def spread(self) -> tuple[float, float]:
        """Between which values the middle half lies."""
        return self.quantile(0.25), self.quantile(0.75)

    def quantile(self, part: float) -> float:
        """The smallest value that so large a part of all does not exceed (the nearest rank)."""
        return sorted(self.values)[max(0, math.ceil(part * len(self.values)) - 1)]


def sample(values: Iterable[float]) -> Sample:
    return Sample(tuple(values))


def timed(deed: Callable[[], object]) -> float:
    """How many milliseconds it takes."""
    begun = time.perf_counter()
    deed()
    return (time.perf_counter() - begun) * 1000


def in_turns(
    measures: dict[str, Callable[[], float]], *, rounds: int, seconds: float = math.inf, warm: bool = True
) -> dict[str, Sample]:
    """Each measure's values, taken in turns until either limit is reached, once at least. A measure gives its own
    value: milliseconds, or requests in a second. `warm`: each once before, uncounted."""
    if warm:
        for measure in measures.values():
            measure()
    end, found = time.perf_counter() + seconds, {name: [] for name in measures}
    for done in range(rounds):
        if done and time.perf_counter() > end:
            break
        for name, measure in measures.items():
            found[name].append(measure())
    return {name: sample(values) for name, values in found.items()}
