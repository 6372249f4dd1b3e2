"""The date field of the desk: takes words or EDTF, and shows under it what it understood, while one types and after."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from tracker.admin.mixed import Part
from tracker.admin.suggestions import is_id
from tracker.date_words import in_words
from tracker.edtf import parse
from tracker.models.desk import AnnouncedDate, Event
from tracker.models.fields import EdtfField, today
from tracker.understood import understand

HELP = {
    Event: gettext_lazy(
        "In words (English, Spanish or French) or EDTF: 17 Sept 2025; mid-July 2026; Q3 2026; by the end of 2025; "
        "16 or 17 November 2026; 3–5 December 2025; about July 2026."
    ),
    AnnouncedDate: gettext_lazy("As announced at the time, in words or EDTF."),
}


class DateWidget(forms.TextInput):
    """An input with what is understood of it below. `event` is the id of the event whose own date it is, if it has one;
    `drawn`: whether the answer shows how the timeline will draw it, by the kind and status that the form says."""

    def __init__(self, attrs=None, *, event: str = "", drawn: bool = False):
        super().__init__({"class": "vTextField", "autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.event, self.drawn = event, drawn

    @property
    def media(self):
        return forms.Media(css={"all": ["desk/dates.css", "desk/pen.css"]}, js=["desk/dates.js"])

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        asked = {"drawn": 1} | ({"event": self.event} if self.event else {}) if self.drawn else {}
        address = reverse("preview-date") + (f"?{urlencode(asked)}" if asked else "")
        context["widget"]["attrs"] |= {
            "data-hx-get": address,
            # A field that comes filled in asks once, for its drawing. "change" would ask again when the field is left,
            # and take away a link of the answer while the focus is on it.
            "data-hx-trigger": "input changed delay:300ms" + (", load" if self.drawn and value else ""),
            "data-hx-target": "next .understood",
            # The answer to what was typed last is the one that stays.
            "data-hx-sync": "this:replace",
        }
        if self.drawn:
            context["widget"]["attrs"]["data-hx-include"] = "[name='kind'], [name='status'], [name='significance']"
        return context

    def render(self, name, value, attrs=None, renderer=None):
        field = super().render(name, value, attrs, renderer)
        # A fault stands at the field already, in the list of its errors.
        shown = understand(value if isinstance(value, str) else "", today=today())
        told = render_to_string("admin/date_understood.html", {"understood": shown}) if shown.date else ""
        return format_html(
            '<div class="date-field">{}<div class="understood" aria-live="polite">{}</div></div>', field, told
        )


class Dated(Part):
    """For a page or its rows: fields of dates read words. The page tells which years it assumed."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if isinstance(db_field, EdtfField):
            own = db_field.model is Event
            kwargs["widget"] = DateWidget(event=_event(request) if own else "", drawn=own)
            if db_field.model in HELP:
                kwargs["help_text"] = HELP[db_field.model]
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        rows = [row for formset in formsets for row in formset.forms]
        for one in [form, *rows]:
            for name, field in one.fields.items():
                if getattr(field, "assumed_year", None) and name in one.changed_data:
                    messages.warning(request, _assumed(field.label, one.cleaned_data[name], field.assumed_year))


def _assumed(label: str, date: str, year: int) -> str:
    return _("%(field)s: no year was written, and %(year)d was assumed: %(date)s. Correct it if that is wrong.") % {
        "field": label,
        "year": year,
        "date": in_words(parse(date), get_language()),
    }


def _event(request) -> str:
    """The id of the event that the page is of, or nothing on a page that adds one."""
    asked = request.resolver_match.kwargs.get("object_id", "") if request.resolver_match else ""
    return asked if is_id(asked) else ""
