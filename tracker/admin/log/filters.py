"""The filters of the log: what was done, to which type of thing, by whom, from which day to which."""

from datetime import date, timedelta

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.admin.log.words import type_in_words
from tracker.admin.moments import RECORD_ZONE
from tracker.admin.permissions import hidden_types, may_manage_staff
from tracker.labels import LOG_ACTIONS, choices
from tracker.models import User
from tracker.moment import start_of
from tracker.vocabulary import PRIVATE_ACTIONS


class Chosen(admin.SimpleListFilter):
    """One value of those that are offered; any other narrows nothing."""

    column = ""

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return (cls.parameter_name or "",)

    def queryset(self, request, queryset):
        offered = {str(value) for value, _words in self.lookup_choices}
        return queryset.filter(**{self.column: self.value()}) if self.value() in offered else queryset


class ActionFilter(Chosen):
    title = gettext_lazy("what was done")
    parameter_name = column = "action"

    def lookups(self, request, model_admin):
        hidden = frozenset() if may_manage_staff(request.user) else PRIVATE_ACTIONS
        return choices({action: words for action, words in LOG_ACTIONS.items() if action not in hidden})


class TypeFilter(Chosen):
    title = gettext_lazy("type")
    parameter_name = column = "type"

    def lookups(self, request, model_admin):
        models = [model._meta.model_name for model in model_admin.admin_site._registry]
        hidden = hidden_types(request.user) | {"logrow", "delivery"}
        return sorted((name, type_in_words(name)) for name in models if name not in hidden)


class WhoFilter(Chosen):
    title = gettext_lazy("account")
    parameter_name = "by"
    column = "by_id"

    def lookups(self, request, model_admin):
        return [(str(pk), name) for pk, name in User.objects.order_by("username").values_list("pk", "username")]


class DaysFilter(admin.ListFilter):
    """From a day to a day, both included, in the zone of the record; what is no day is told and narrows nothing."""

    title = gettext_lazy("days")
    template = "admin/tracker/logrow/days.html"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        self.typed = {name: (params.pop(name, None) or [""])[-1] for name in self.names()}

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return ("from", "to")

    def has_output(self):
        return True

    def expected_parameters(self):
        return list(self.names())

    def queryset(self, request, queryset):
        first, last = (_day(self.typed[name]) for name in self.names())
        if first:
            queryset = queryset.filter(at__gte=start_of(first, RECORD_ZONE))
        if last:
            queryset = queryset.filter(at__lt=start_of(last + timedelta(days=1), RECORD_ZONE))
        return queryset

    def choices(self, changelist):
        """One row for the form of the template: what is typed, what is wrong with it, and what else is asked for."""
        kept = [
            (name, value)
            for name, values in changelist.filter_params.items()
            if name not in self.names()
            for value in (values if isinstance(values, list) else [values])
        ]
        wrong = [typed for typed in self.typed.values() if typed and not _day(typed)]
        words = _("“%(typed)s” is no day. Write it like 2026-07-01.") % {"typed": wrong[0][:20]} if wrong else ""
        yield {"typed": self.typed, "kept": kept, "wrong": words, "selected": not any(self.typed.values())}


def _day(text: str) -> date | None:
    """The day, if it is one that the zones of the world can tell."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date(1900, 1, 1) <= day <= date(9000, 1, 1) else None
