"""Two people at one page: what both wrote is merged value by value and row by row, and told as questions."""

import copy
import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME, INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from translated_fields import show_language_code

from tracker.admin.merge.opened import Opened, Question, put
from tracker.admin.merge.page_values import (
    Row,
    Values,
    compared,
    count_of,
    is_refused,
    marks,
    rows_shown,
    rows_typed,
    shown,
    typed,
)
from tracker.merging import Side, differing

NONE = "–"
# More rows than any list of the desk takes.
MOST_ROWS = 2000
# The marks of a page: by list, row and field; the form itself is the list and the row without a name.
Marks = dict[str, dict[str, dict[str, str]]]


def page_marks(form, formsets) -> Marks:
    """The marks of what the database has, from the unbound forms of a page."""
    rows = {formset.prefix: rows_shown(formset).items() for formset in formsets}
    lists = {prefix: {key: marks(row.form, row.values) for key, row in found} for prefix, found in rows.items()}
    return {"": {"": marks(form, shown(form))}} | lists


class Merge:
    """`form` and `formsets` are unbound and show what is saved now, `data` is what the other page sent, and `base` has
    the marks of what it was opened with, or is None. Afterwards `data` is the page that says what both said, and
    `questions` tell where the two differ; where both changed one value, `data` has what was sent."""

    def __init__(self, form, formsets, data: QueryDict, base: Marks | None):
        self.data = data.copy()
        self.base = copy.deepcopy(base)
        self.questions: list[Question] = []
        self._ask_fields("", ("", ""), form, typed(form, data), shown(form), "")
        for formset in formsets:
            self._merge_rows(formset, data)

    def opened(self, edition: str, form, formsets, waiting: tuple[Question, ...]) -> Opened:
        """What the merged page is opened with; rows that wait for a decision since an earlier merge still do."""
        again = [question for question in waiting if question.again]
        return Opened(edition, page_marks(form, formsets), (*self.questions, *again))

    def _ask_fields(self, where: str, at: tuple[str, str], form, mine: Values, saved: Values, prefix: str) -> None:
        base = self._base(*at)
        for key, side in differing(base, marks(form, mine), marks(form, saved)).items():
            name = str(key)
            html = f"{prefix}-{name}" if prefix else form.add_prefix(name)
            kept = saved[name] if side is Side.SAVED else mine[name]
            put(self.data, html, kept)
            kind = form.fields[name]
            if side is Side.SAVED and is_refused(kind, mine[name]):
                # As the stage of an event that was published until the other changed it: nobody can go back to it.
                continue
            self._ask(
                (*at, name),
                where,
                _label(kind, name),
                (_words(kind, mine[name]), _words(kind, saved[name])),
                side,
                mine={html: mine[name]},
                saved={html: saved[name]},
                shown={html: kept},
            )

    def _merge_rows(self, formset, data: QueryDict) -> None:
        known = rows_shown(formset)
        there = {row.key for row in rows_typed(formset, data, {})}
        sent = rows_typed(formset, data, {key: row for key, row in known.items() if key not in there})
        mine = {row.key: row for row in sent}
        rest = self._clear(formset.prefix)
        for row in known.values():
            self._merge_row(formset, row, mine.get(row.key), rest)
        total = len(known)
        for row in sent:
            if row.key not in known and not self._is_removed(formset, row):
                self._write(f"{formset.prefix}-{total}", row.values, rest.get(row.index, {}))
                total += 1
        put(self.data, f"{formset.prefix}-{TOTAL_FORM_COUNT}", [str(total)])
        put(self.data, f"{formset.prefix}-{INITIAL_FORM_COUNT}", [str(formset.initial_form_count())])

    def _merge_row(self, formset, row: Row, mine: Row | None, rest: dict[int, Values]) -> None:
        """A row that the database has: fields of both, or the question whether it stays."""
        prefix, at = f"{formset.prefix}-{row.index}", (formset.prefix, row.key)
        self._write(prefix, row.values, rest.get(mine.index, {}) if mine else {})
        where = _name(formset, row)
        stays: dict[str, list[str]] = {f"{prefix}-{DELETION_FIELD_NAME}": []}
        goes = {f"{prefix}-{DELETION_FIELD_NAME}": ["on"]}
        if mine is None:
            if row.saved and not self._base(*at):
                words = (_("not on your page"), _in_short(row))
                self._ask((*at, ""), where, _("row added"), words, Side.SAVED, mine=goes, saved=stays, shown=stays)
        elif mine.deleted and row.saved:
            same = self._base(*at) == marks(row.form, row.values)
            words, side = (_("deleted"), _in_short(row)), Side.MINE if same else Side.BOTH
            for name, value in (goes if same else stays).items():
                put(self.data, name, value)
            self._ask((*at, ""), where, _("row"), words, side, mine=goes, saved=stays, shown=goes if same else stays)
        else:
            if self.base is not None and not self._base(*at):
                # Both added it, and both began with an empty row.
                self.base.setdefault(formset.prefix, {})[row.key] = marks(formset.empty_form, shown(formset.empty_form))
            self._ask_fields(where, at, row.form, mine.values, row.values, prefix)

    def _is_removed(self, formset, row: Row) -> bool:
        """Whether the row was there when the page was opened and is gone; then asks whether it comes back."""
        if row.key.startswith("+") or getattr(formset, "every", None):
            return False
        if not row.deleted:
            same = self._base(formset.prefix, row.key) == marks(row.form, row.values)
            values = row.values | {formset.model._meta.pk.name: [""]}
            self._ask(
                (formset.prefix, row.key, ""),
                capfirst(formset.model._meta.verbose_name),
                _("row"),
                (_in_short(row), _("removed")),
                Side.SAVED if same else Side.BOTH,
                again=(formset.prefix, values),
            )
        return True

    def _ask(self, key, where, what, words, side, *, mine=(), saved=(), shown=(), again=None) -> None:
        where, what, mine_words, saved_words = (str(text) for text in (where, what, *words))
        inputs = (dict(mine), dict(saved), dict(shown))
        self.questions.append(Question(key, where, what, mine_words, saved_words, side, *inputs, again))

    def _base(self, prefix: str, key: str) -> dict[str, str] | None:
        return None if self.base is None else self.base.get(prefix, {}).get(key, {})

    def _clear(self, prefix: str) -> dict[int, Values]:
        """Takes the rows of a list out of `data`; gives their inputs by row."""
        found: dict[int, Values] = {}
        for name in list(self.data):
            if match := re.fullmatch(rf"{re.escape(prefix)}-([0-9]{{1,6}})-(.+)", name, re.ASCII | re.DOTALL):
                found.setdefault(int(match[1]), {})[match[2]] = self.data.pop(name)
        return found

    def _write(self, prefix: str, values: Values, rest: Values) -> None:
        for name, value in (rest | values).items():
            put(self.data, f"{prefix}-{name}", value)


def without(marked: Marks | None, waiting: tuple[Question, ...]) -> Marks | None:
    """The marks without those of values that somebody was asked about and did not answer: they are asked again."""
    if marked is None:
        return None
    left_out = {question.key for question in waiting}
    return {
        prefix: {
            key: {name: mark for name, mark in row.items() if (prefix, key, name) not in left_out}
            for key, row in rows.items()
        }
        for prefix, rows in marked.items()
    }


def entered_anew(data: QueryDict, lists) -> QueryDict:
    """The page of a row that is gone as the page of a new one: its lists (classes of formsets) have no saved rows."""
    data = data.copy()
    for formset in lists:
        prefix = formset.get_default_prefix()
        put(data, f"{prefix}-{INITIAL_FORM_COUNT}", ["0"])
        for index in range(min(count_of(data, prefix), MOST_ROWS)):
            for name in (formset.model._meta.pk.name, formset.fk.name):
                put(data, f"{prefix}-{index}-{name}", [""])
    return data


def _name(formset, row: Row) -> str:
    form: Any = row.form
    words = getattr(form, "language_name", "")
    return words or f"{capfirst(formset.model._meta.verbose_name)}: {form.instance}"


def _in_short(row: Row) -> str:
    return "\n".join(_lines(row))


def _label(kind, name: str) -> str:
    """What the page calls a field: one that stands in three languages says which."""
    with show_language_code(True):
        return str(capfirst(kind.label or name))


def _lines(row: Row) -> Iterator[str]:
    for name in compared(row.form):
        kind, raw = row.form.fields[name], row.values.get(name, [])
        if any(raw):
            yield f"{_label(kind, name)}: {_words(kind, raw)}"


def _words(kind: forms.Field, raw: list[str]) -> str:
    """A value for people to read."""
    if not any(raw):
        return NONE
    if isinstance(kind, forms.ModelMultipleChoiceField):
        return ", ".join(_chosen(kind, raw))
    if isinstance(kind, forms.ModelChoiceField):
        return _referred(kind, raw[0])
    if isinstance(kind, forms.ChoiceField):
        return ", ".join(_chosen(kind, raw))
    if isinstance(kind, forms.BooleanField):
        return _("yes")
    return ", ".join(raw)


def _chosen(kind: Any, raw: list[str]) -> list[str]:
    names = {str(key): str(words) for key, words in kind.choices}
    return [names.get(one, one) for one in raw]


def _referred(kind: forms.ModelChoiceField, key: str) -> str:
    try:
        return str(kind.label_from_instance(kind.to_python(key)))
    except forms.ValidationError:
        return key
