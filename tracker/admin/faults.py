"""The faults of a form in one list at the top of its page, each a link to its field."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import capfirst


@dataclass(frozen=True)
class Fault:
    """`anchor` is the id of the field, `name` what it is called on the page, `words` what is wrong."""

    anchor: str
    name: str
    words: str


def faults(form, formsets) -> list[Fault]:
    """What keeps a sent page from being saved, field by field, in the order of the page's forms. What is said of a form
    as a whole stands at its head already and is not among them."""
    found = list(_of(form, ""))
    for formset in formsets:
        for number, row in enumerate(formset.forms, start=1):
            name = getattr(row, "language_name", "") or f"{capfirst(formset.model._meta.verbose_name)} {number}"
            found += _of(row, f"{name}: ")
    return found


def _of(form, before: str) -> Iterator[Fault]:
    if not form.is_bound:
        return
    for name, errors in form.errors.items():
        if name in form.fields and not form[name].is_hidden:
            bound = form[name]
            yield Fault(bound.id_for_label or bound.auto_id, f"{before}{capfirst(bound.label)}", " ".join(errors))
