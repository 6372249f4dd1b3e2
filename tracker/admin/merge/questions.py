"""The questions of a merge as the page shows them: both sides beside each other, the words that differ marked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tracker.admin.merge.opened import CHOICE, Question
from tracker.merging import Side
from tracker.worddiff import How, worddiff


@dataclass(frozen=True)
class Shown:
    """A question with the name of its choice; `mine` and `saved` are pieces of text, each with whether it differs."""

    name: str
    question: Question
    mine: list[tuple[str, bool]]
    saved: list[tuple[str, bool]]

    @property
    def by(self) -> str:
        """Who changed it, in words."""
        return {
            Side.MINE: _("changed by you alone"),
            Side.SAVED: _("changed by the other alone"),
            Side.BOTH: _("changed by both: choose"),
        }[Side(self.question.side)]

    @property
    def keeps_mine(self) -> bool:
        return self.question.side == Side.MINE

    @property
    def takes_saved(self) -> bool:
        return self.question.side == Side.SAVED


def in_table(questions: Iterable[Question]) -> list[Shown]:
    """The rows of the table, in the order of the questions."""
    return [_in_table(CHOICE.format(number), question) for number, question in enumerate(questions)]


def _in_table(name: str, question: Question) -> Shown:
    pieces = worddiff(question.saved_words, question.mine_words)
    return Shown(
        name,
        question,
        [(piece.text, piece.how is How.ADDED) for piece in pieces if piece.how is not How.REMOVED],
        [(piece.text, piece.how is How.REMOVED) for piece in pieces if piece.how is not How.ADDED],
    )
