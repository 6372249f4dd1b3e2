"""Scenes for the layout: briefs with dates of every form, and the windows they are seen through."""

from dataclasses import dataclass, replace
from datetime import date

from hypothesis import strategies as st

from timeline.layout import Drawing, Viewport, lay_out
from timeline.layout.viewport import FIRST, LAST
from tracker import edtf
from tracker.brief import Brief
from tracker.vocabulary import Country, Kind, Lanes, Significance, Status

CA, US, MX = Country
COUNTRIES = ((CA, US, MX), (CA,), (CA, US), (US,), (US, MX), (MX,), (CA, MX))
TOPICS = ("tariffs", "autos", "dairy")
PLOTS = (560, 760, 1040)
LONGEST = 365 * 60
# As long as they come, with the accents of three languages.
WORDS = "Première révision à trois: acier, aluminium; árbitros y señas"[:60]


def brief(event: int, when: str, label: str = "Talks", *, announced: tuple[str, ...] = (), **changes) -> Brief:
    """A brief with what matters to a test; the rest is that of a lesser meeting of all three, long past."""
    values = {
        "slug": f"e{event}",
        "language": "en",
        "status": Status.OCCURRED,
        "kind": Kind.NEGOTIATION_ROUND,
        "significance": Significance.MINOR,
        "countries": (CA, US, MX),
    } | changes
    said = tuple(edtf.parse(text) for text in announced)
    return Brief(event=event, label=label, date=edtf.parse(when), announced=said, **values)


@dataclass(frozen=True)
class Scene:
    """All that a drawing is made from."""

    briefs: tuple[Brief, ...]
    viewport: Viewport
    today: date
    lanes: Lanes = Lanes.COUNTRY
    plot: int = 1040

    def draw(self, briefs=None, **changes) -> Drawing:
        """The drawing of the scene, or of it with other briefs, another window and so on."""
        scene = replace(self, briefs=self.briefs if briefs is None else tuple(briefs), **changes)
        return lay_out(
            scene.briefs, scene.viewport, today=scene.today, lanes=scene.lanes, topics=TOPICS[:2], plot=scene.plot
        )


def kept(ordinal: int) -> date:
    """The day of an ordinal, within the calendar."""
    return date.fromordinal(min(max(ordinal, FIRST.toordinal()), LAST.toordinal()))


def _month(day: date) -> str:
    return day.isoformat()[:7]


def _quarter(day: date) -> str:
    return f"{day.year:04}-{33 + (day.month - 1) // 3}"


def _season(day: date) -> str:
    return f"{day.year:04}-{21 + (day.month - 1) // 3}"


def _year(day: date) -> str:
    return f"{day.year:04}"


PRECISIONS = (date.isoformat, _month, _quarter, _season, _year)
POINTS = tuple(f"{{{at}}}{sign}" for at in range(5) for sign in ("", "~", "?", "%"))
# {0} to {4}: a first day, as a day, month, quarter, season, year; {5} to {9}: a later one.
FORMS = (
    # Weighed: most facts are of a day, and most windows hold many.
    *("{0}",) * 16,
    *POINTS,
    *("{0}/{5}", "{1}/{6}", "{0}~/{7}", "{4}/{5}", "{3}?/{9}", "{0}/..", "{1}/..", "{4}~/..", "../{5}", "../{6}"),
    *("[{0}..{5}]", "[{1}..{6}]", "[{0}..]", "[{4}..]", "[..{5}]", "[..{8}]"),
)


def written(form: str, first: date, later: date) -> str:
    """The EDTF text of a form with these days."""
    return form.format(*(say(first) for say in PRECISIONS), *(say(later) for say in PRECISIONS))


def _day(viewport: Viewport, mille: int) -> date:
    return kept(viewport.start.toordinal() + viewport.days * mille // 1000)


def windows(longest: int = LONGEST) -> st.SearchStrategy[Viewport]:
    """Windows from 8 days to 60 years, short ones as often as long ones; some at the ends of the calendar."""
    starts = st.one_of(
        st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(date.toordinal),
        st.sampled_from((FIRST.toordinal(), LAST.toordinal())),
    )
    lengths = st.one_of(st.integers(8, 90), st.sampled_from((274, 1004, 7305)), st.integers(91, longest))

    def window(start: int, days: int) -> Viewport:
        start = min(start, LAST.toordinal() - days + 1)
        return Viewport(date.fromordinal(start), date.fromordinal(start + days - 1))

    return st.builds(window, starts, lengths.map(lambda days: min(days, longest)))


# How many choices each trait of an event has: its date form, two places on the plot in per mille, and so on. One event
# is drawn as a few bytes and read digit by digit, so that many events cost little.
_CHOICES = (len(FORMS), 1401, 601, len(Significance), len(COUNTRIES), 13, len(Status), 61, 4, 4801)
_BYTES = 8


def _made(event: int, drawn: bytes, viewport: Viewport) -> Brief:
    number, digits = int.from_bytes(drawn), []
    for choices in _CHOICES:
        number, digit = divmod(number, choices)
        digits.append(digit)
    form, at, length, significance, countries, kind, status, letters, topics, announced = digits
    first = _day(viewport, at - 200)
    later = kept(first.toordinal() + viewport.days * length // 1000)
    return brief(
        event,
        written(FORMS[form], first, later),
        WORDS[:letters],
        announced=(_day(viewport, announced - 300).isoformat(),) if announced <= 1600 else (),
        status=tuple(Status)[status],
        kind=tuple(Kind)[kind],
        significance=Significance(significance + 1),
        countries=COUNTRIES[countries],
        topics=TOPICS[:topics][::-1],
    )


def scenes(most: int = 40, viewports: st.SearchStrategy[Viewport] | None = None) -> st.SearchStrategy[Scene]:
    """Scenes of up to some events in and around a window."""

    def scene(viewport: Viewport, events: list[bytes], today: int, lanes: Lanes, plot: int) -> Scene:
        briefs = tuple(_made(number, drawn, viewport) for number, drawn in enumerate(events, 1))
        return Scene(briefs, viewport, _day(viewport, today), lanes, plot)

    event = st.binary(min_size=_BYTES, max_size=_BYTES)
    crowd = st.binary(min_size=most // 2 * _BYTES, max_size=most * _BYTES).map(
        lambda drawn: [drawn[at : at + _BYTES] for at in range(0, len(drawn), _BYTES)]
    )
    return st.builds(
        scene,
        windows() if viewports is None else viewports,
        st.one_of(st.lists(event, max_size=9), crowd, crowd),
        st.integers(-100, 1100),
        st.sampled_from(Lanes),
        st.sampled_from(PLOTS),
    )
