"""The treaty clock: Article 34.7 by paragraph, as pure rules that know neither Django nor today's date.

Acts go in (`Act`), together with the day the reader asks about; out come where the agreement stands
(`position`), its coming joint reviews (`reviews`) and its legal deadlines (`deadlines`). How the open
points of the text are read is told in `tracker.clock.replay`.
"""

from tracker.clock.acts import PARTIES, Act, ActKind
from tracker.clock.answer import Position, position, reviews
from tracker.clock.duties import Arithmetic, Deadline, Unit, deadlines
from tracker.clock.former import Superseded, superseded
from tracker.clock.months import add_months, add_years
from tracker.clock.rules import Origin, Rule
from tracker.clock.scenario import Step
from tracker.clock.schedule import Review
from tracker.clock.standing import State
from tracker.clock.states import DueState

__all__ = [
    "PARTIES",
    "Act",
    "ActKind",
    "Arithmetic",
    "Deadline",
    "DueState",
    "Origin",
    "Position",
    "Review",
    "Rule",
    "State",
    "Step",
    "Superseded",
    "Unit",
    "add_months",
    "add_years",
    "deadlines",
    "position",
    "reviews",
    "superseded",
]
