"""What a page was opened with, carried in the page itself: the saved version, a mark for each value, and the open
questions of a merge. Signed, so that what comes back is what went out."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from django.core import signing
from django.forms.formsets import TOTAL_FORM_COUNT
from django.http import QueryDict

from tracker.admin.merge.page_values import Values, count_of
from tracker.merging import Side

FIELD = "opened"
# Names the choice of one question; the number is its place in `Opened.questions`.
CHOICE = "merge-{}"
# Without an age: a page that was left open over the holidays may still be saved.
_SALT = "tracker.admin.merge.opened"


@dataclass(frozen=True)
class Question:
    """One value, or one row, that two people left differently.

    `key` is its list, row and field; `where` and `what` name it in words, `mine_words` and `saved_words` are its sides
    in words. `mine` and `saved` are the inputs that make it so, `shown` the inputs as the page shows them. `again` is
    a row to be entered anew if mine goes on: the prefix of its list, and its inputs without prefix. `side` is whose
    goes on as it stands; for BOTH somebody has to choose.
    """

    key: tuple[str, str, str]
    where: str
    what: str
    mine_words: str
    saved_words: str
    side: str
    mine: Values
    saved: Values
    shown: Values
    again: tuple[str, Values] | None = None

    @property
    def conflict(self) -> bool:
        return self.side == Side.BOTH


@dataclass(frozen=True)
class Opened:
    """`edition` names what was saved when the page was made; `marks` are those of its values by list, row and field."""

    edition: str
    marks: dict[str, dict[str, dict[str, str]]]
    questions: tuple[Question, ...] = ()


def sealed(opened: Opened, name: str) -> str:
    """The text of the hidden input; `name` says of what, and opens no other page's."""
    return signing.dumps(asdict(opened), salt=f"{_SALT}.{name}", compress=True)


def unsealed(data: QueryDict, name: str) -> Opened | None:
    """What the page was opened with; None if it does not say, or if somebody wrote that themselves."""
    try:
        found = signing.loads(data.get(FIELD, ""), salt=f"{_SALT}.{name}")
    except signing.BadSignature:
        return None
    questions = [Question(**question | {"key": tuple(question["key"])}) for question in found.pop("questions")]
    return Opened(**found, questions=tuple(questions))


def decided(data: QueryDict, questions: Iterable[Question]) -> tuple[QueryDict, tuple[Question, ...]]:
    """The inputs with the choices put into effect, and the questions that wait for an answer.

    What somebody wrote into the form after the question was asked is the answer.
    """
    data, waiting = data.copy(), []
    for number, question in enumerate(questions):
        side = data.pop(CHOICE.format(number), [question.side])[-1]
        if any(_plain(data.getlist(name)) != _plain(value) for name, value in question.shown.items()):
            continue
        if side not in (Side.MINE, Side.SAVED):
            waiting.append(replace(question, side=Side.BOTH))
            continue
        for name, value in getattr(question, side).items():
            put(data, name, value)
        if question.again and side == Side.MINE:
            add_row(data, *question.again)
    return data, tuple(waiting)


def add_row(data: QueryDict, prefix: str, values: Values) -> None:
    """Put a new row at the end of a list."""
    index = count_of(data, prefix)
    data[f"{prefix}-{TOTAL_FORM_COUNT}"] = str(index + 1)
    for name, value in values.items():
        put(data, f"{prefix}-{index}-{name}", value)


def put(data: QueryDict, name: str, value: list[str]) -> None:
    """Make the input say this; an empty value is an input that is not sent."""
    if value:
        data.setlist(name, value)
    else:
        data.pop(name, None)


def _plain(raw: list[str]) -> list[str]:
    return [one.replace("\r\n", "\n").strip() for one in raw]
