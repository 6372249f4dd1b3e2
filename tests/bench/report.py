"""The results as Markdown, from the figures of the parts, whenever each was run. Pure."""

from collections.abc import Iterator

from tests.bench.figures import Figure, from_json, number

# The parts in the order of the report: their heading, and what they measure.
PARTS = {
    "first_view": (
        "1. First view",
        "Chromium over the web server: 4 times slower processor, 1.6 Mbps, 150 ms for each request. LCP: largest "
        "contentful paint. Blocking: what tasks last beyond 50 ms each, from the first paint to two seconds after "
        "loading. The ceiling is a bare list of fifty rows with one external stylesheet, from the same server.",
    ),
    "interaction": (
        "2. Interaction",
        "The same slow browser. Waiting is what lies between the click and the paint beyond one round trip and the "
        "transfer of the bytes; the ceiling is that of a link in the bare page that swaps one word by the same htmx.",
    ),
    "warm": (
        "3. Server, warm",
        "Requests a second over 16 connections by wrk, the version of the record unchanged. The ceiling is "
        "`HttpResponse('ok')` behind the same middleware on the same server; behind nginx, the same bytes as a file.",
    ),
    "cold": (
        "4. Server, cold",
        "The first answer after each of several publications, in one process, no network. Counts are the queries that "
        "count facets and the strip. The ceiling is fifty rows read from the same database into a bare template.",
    ),
    "growth": (
        "5. Growth",
        "Different addresses, each asked once, in one process; windows that show equally many events at every size. "
        "The ratio is of the 95th percentiles, to the smallest record's.",
    ),
    "writes": ("6. Writes", "At the largest record, with its desk. The ceiling is one row written and committed."),
    "process": ("7. The process", "`make run` a second time; memory of a web process under mixed requests, 8 at once."),
    "cluster": (
        "Beyond one machine",
        "A primary and two streaming replicas, two web processes, Redis and nginx, all of them and the readers on one "
        "machine: what fails while each part is killed, and what is saved. Ratios are to the line before.",
    ),
    "pure": (
        "Pure parts",
        "Layout: beside picking what the window shows, sorting it by date and adding up the widths of the labels. "
        "Query: beside the standard library, which reads and writes the same text without looking at it.",
    ),
}  # fmt: skip
HEAD = "| | Figure | Spread | Ceiling | Ratio | Target | |\n|---|--:|--:|--:|--:|---|---|"
MARKS = {True: "met", False: "**missed**", None: ""}


def markdown(stored: dict[str, dict]) -> str:
    """The whole file. `stored`: of each part that ever ran, its `date`, the `machine` in words, its `figures`, and
    `skipped`, a list of sentences on what could not be measured."""
    return "\n".join(_lines(stored)) + "\n"


def _lines(stored: dict[str, dict]) -> Iterator[str]:
    yield "# Results of `make bench`"
    yield ""
    yield (
        "Every figure stands beside a ceiling that was measured in the same run, in turns with it: ratios can be "
        "compared between machines, times cannot. Medians; the spread is the middle half."
    )
    judged = [one for part in stored.values() for one in map(from_json, part["figures"]) if one.met is not None]
    yield ""
    yield f"Targets met: {sum(one.met for one in judged)} of {len(judged)}."
    for name, (heading, words) in PARTS.items():
        if name in stored:
            yield from _part(heading, words, stored[name])


def _part(heading: str, words: str, part: dict) -> Iterator[str]:
    yield from ("", f"## {heading}", "", words, "", f"*{part['date']}, {part['machine']}.*", "")
    if part["figures"]:
        yield HEAD
        yield from (row(from_json(one)) for one in part["figures"])
    for sentence in part.get("skipped", ()):
        yield from ("", f"Not measured: {sentence}")


def row(figure: Figure) -> str:
    """One line of a table."""
    spread = "" if figure.spread is None else " to ".join(map(number, figure.spread))
    ceiling = "" if figure.ceiling is None else f"{number(figure.ceiling)} {figure.unit}"
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    name = figure.name + (f" ({figure.note})" if figure.note else "")
    name += f"; beside {figure.of}" if figure.of else ""
    cells = [name, f"{number(figure.value)} {figure.unit}", spread, ceiling, ratio, figure.target, MARKS[figure.met]]
    return "| " + " | ".join(cell.replace("|", "\\|").strip() for cell in cells) + " |"
