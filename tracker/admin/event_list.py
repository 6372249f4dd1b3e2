"""The list of events: its columns and its filters. No column asks the database for a row."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tracker import edtf
from tracker.admin.standing import STATES, State, in_state, state
from tracker.date_words import in_words
from tracker.labels import COUNTRIES, choices
from tracker.models.desk import EventText
from tracker.vocabulary import Country


def date_in_words(event) -> str:
    """The event's date in the language of the desk."""
    return in_words(edtf.parse(event.date), get_language(), style="short")


def country_columns(event) -> str:
    """CA US MX in three fixed places, a dot for a country that is not concerned (drawing, section 3)."""
    places = (
        (code if code in event.countries else "·", COUNTRIES[code] if code in event.countries else "")
        for code in Country
    )
    return format_html(
        '<span class="countries">{}</span>', format_html_join("", '<span title="{1}">{0}</span>', places)
    )


class Columns:
    """The columns of the list, for events as `standing.listed` annotates them."""

    @admin.display(description=_("title"), ordering="title_en")
    def title(self, event):
        return event.title_en or event.slug

    @admin.display(description=_("date"), ordering="earliest")
    def when(self, event):
        return date_in_words(event)

    @admin.display(description=_("countries"))
    def parties(self, event):
        return country_columns(event)

    @admin.display(description=_("state"), ordering="stage")
    def public_state(self, event):
        now = state(event)
        more = _("a change is scheduled") if event.waits_for and now != State.SCHEDULED else ""
        return format_html('<span class="state state-{}">{}</span> {}', now, STATES[now], more)

    @admin.display(description=_("sources"), ordering="source_count")
    def source_words(self, event):
        if not event.official_count:
            return event.source_count
        return _("%(count)d (%(official)d official)") % {
            "count": event.source_count,
            "official": event.official_count,
        }


class StateFilter(admin.SimpleListFilter):
    title = _("public state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return choices(STATES)

    def queryset(self, request, queryset):
        return in_state(queryset, self.value())


class CountryFilter(admin.SimpleListFilter):
    title = _("country")
    parameter_name = "country"

    def lookups(self, request, model_admin):
        return choices(COUNTRIES)

    def queryset(self, request, queryset):
        return queryset.filter(countries__contains=[self.value()]) if self.value() else queryset


class MissingLanguageFilter(admin.SimpleListFilter):
    title = _("language missing")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return EventText._meta.get_field("language").choices

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        text = EventText.objects.filter(event=OuterRef("pk"), language=self.value())
        return queryset.filter(~Exists(text))
