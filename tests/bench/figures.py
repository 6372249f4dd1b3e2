"""What a part of the bench found: figures, each with its ceiling, its target, and whether it is met. Pure."""

from dataclasses import asdict, dataclass

from tests.bench.measuring import Sample


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of a table. `ceiling` is the best that could be had, `of` says of what, both measured in the same run;
    `target` is what is to be reached, in words, empty where nothing is; `met` is None without one."""

    name: str
    value: float
    unit: str = ""
    ceiling: float | None = None
    of: str = ""
    spread: tuple[float, float] | None = None
    target: str = ""
    met: bool | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.value / self.ceiling if self.ceiling else None


def plain(name: str, value: float, unit: str, *, most: float | None = None, note: str = "") -> Figure:
    """A figure with a target of its own: no more than `most`."""
    target = "" if most is None else f"at most {number(most)} {unit}".strip()
    return Figure(name, value, unit, target=target, met=None if most is None else value <= most, note=note)


def beside(
    name: str,
    value: Sample,
    ceiling: Sample,
    *,
    unit: str,
    of: str,
    most: float | None = None,
    least: float | None = None,
    note: str = "",
) -> Figure:
    """A figure beside its ceiling, both medians: the ratio is to be no more than `most`, or no less than `least`."""
    ratio = value.median / ceiling.median if ceiling.median else 0
    target, met = "", None
    if most is not None:
        target, met = f"at most {most:g} times", ratio <= most
    if least is not None:
        target, met = f"at least {least:g} of it", ratio >= least
    return Figure(name, value.median, unit, ceiling.median, of, value.spread, target, met, note)


def within(name: str, value: Sample, *, unit: str, most: float, ceiling: Sample, of: str, note: str = "") -> Figure:
    """A figure beside its ceiling whose target is a number of its own."""
    return Figure(
        name,
        value.median,
        unit,
        ceiling.median,
        of,
        value.spread,
        f"at most {number(most)} {unit}",
        value.median <= most,
        note,
    )


def number(value: float) -> str:
    """As many digits as mean something."""
    size = abs(value)
    if size >= 100:
        return f"{value:,.0f}"
    if size >= 10:
        return f"{value:.1f}".removesuffix(".0")
    return f"{value:.2f}".rstrip("0").rstrip(".") or "0"


def as_json(figure: Figure) -> dict:
    """Only what is said of it."""
    return {key: value for key, value in asdict(figure).items() if value not in (None, "")}


def from_json(found: dict) -> Figure:
    return Figure(**found | ({"spread": tuple(found["spread"])} if "spread" in found else {}))
