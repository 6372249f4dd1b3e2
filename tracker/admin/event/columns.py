"""The columns of the list of events. No column asks the database for a row."""

from datetime import date

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tracker.admin.event.text_states import marks
from tracker.admin.mixed import Page
from tracker.admin.moments import RECORD_ZONE
from tracker.admin.standing import STATES, State, state
from tracker.date_words import in_words
from tracker.edtf import parse
from tracker.labels import COUNTRIES
from tracker.vocabulary import Country, Language


def date_in_words(event) -> str:
    """The event's date in the language of the desk."""
    return in_words(parse(event.date), get_language(), style="short")


def short_day(day: date) -> str:
    """A calendar day in the language of the desk, months cut short."""
    return in_words(parse(day.isoformat()), get_language(), style="short")


def country_columns(event) -> str:
    """CA US MX in three fixed places, a dot for a country that is not concerned (drawing, section 3)."""
    places = (
        (code if code in event.countries else "·", COUNTRIES[code] if code in event.countries else "")
        for code in Country
    )
    return format_html(
        '<span class="countries">{}</span>', format_html_join("", '<span title="{1}">{0}</span>', places)
    )


class Columns(Page):
    """The list and its columns, for events as `standing.listed` annotates them."""

    def changelist_view(self, request, extra_context=None):
        named = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, named | (extra_context or {}))

    def get_changelist_instance(self, request):
        try:
            return super().get_changelist_instance(request)
        except (OverflowError, ValueError) as error:
            # A year that no calendar has, in the address of a day.
            raise IncorrectLookupParameters(error) from error

    @admin.display(description=_("title"), ordering="title_en")
    def title(self, event):
        return event.title_en or event.slug

    @admin.display(description=_("date"), ordering="earliest")
    def when(self, event):
        return date_in_words(event)

    @admin.display(description=_("countries, kind"), ordering="kind")
    def parties(self, event):
        return format_html("{} <small>{}</small>", country_columns(event), event.get_kind_display())

    @admin.display(description=_("state"), ordering="stage")
    def public_state(self, event):
        now = state(event)
        more = _("a change is scheduled") if event.waits_for and now != State.SCHEDULED else ""
        return format_html('<span class="state state-{}">{}</span> {}', now, STATES[now], more)

    @admin.display(description=_("sources"), ordering="source_count")
    def source_words(self, event):
        if not event.official_count:
            return event.source_count
        official = _("(%(official)d official)") % {"official": event.official_count}
        return format_html("{} <small>{}</small>", event.source_count, official)

    @admin.display(description=_("texts"))
    def texts_in_short(self, event):
        return marks({code: getattr(event, f"state_{code}") for code in Language})

    @admin.display(description=_("saved"), ordering="changed_at")
    def saved(self, event):
        day = short_day(event.changed_at.astimezone(RECORD_ZONE).date())
        number = _("version %(number)d") % {"number": event.version}
        who = f"{number}, {event.changed_by}" if event.changed_by else number
        return format_html('<span class="nowrap">{}</span> <small>{}</small>', day, who)
