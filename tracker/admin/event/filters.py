"""The filters of the list of events. A value that a filter does not know finds nothing."""

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tracker.admin.event.text_states import MISSING, WORDS
from tracker.admin.standing import STATES, has_text, in_state
from tracker.admin.today.attention_filter import TEMPLATE, AttentionFilter
from tracker.labels import COUNTRIES, choices
from tracker.models.catalogue import Topic
from tracker.models.desk import EventTopic
from tracker.vocabulary import Country, Language, TextState

NEEDED = "needed"


class Folded(admin.SimpleListFilter):
    """A filter that is folded until it is used. `narrowed` is asked for known values alone."""

    template = TEMPLATE

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        known = {str(value) for value, _words in self.lookup_choices}
        return self.narrowed(request, queryset, self.value()) if self.value() in known else queryset.none()


class FoldedChoices(admin.ChoicesFieldListFilter):
    """A column with choices, folded until it is used."""

    template = TEMPLATE


class StateFilter(Folded):
    title = _("public state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return choices(STATES)

    def narrowed(self, request, queryset, value):
        return in_state(queryset, value)


class CountryFilter(Folded):
    title = _("country")
    parameter_name = "country"

    def lookups(self, request, model_admin):
        return choices(COUNTRIES)

    def narrowed(self, request, queryset, value):
        return queryset.filter(countries__contains=[Country(value)])


class TopicFilter(Folded):
    title = _("topic")
    parameter_name = "topic"

    def lookups(self, request, model_admin):
        return [(topic.slug, topic.names().get(get_language(), topic.name_en)) for topic in Topic.objects.all()]

    def narrowed(self, request, queryset, value):
        return queryset.filter(Exists(EventTopic.objects.filter(event=OuterRef("pk"), topic__slug=value).order_by()))


class LanguageFilter(Folded):
    """The state of the text in `language`, and all states together in which it is not fit to be read."""

    language = Language.ENGLISH

    def lookups(self, request, model_admin):
        needs = [(NEEDED, _("Needed: missing, draft or stale"))] if self.language != Language.ENGLISH else []
        return needs + list(WORDS.items())

    def narrowed(self, request, queryset, value):
        if value == NEEDED:
            return queryset.exclude(has_text(self.language, state=TextState.REVIEWED))
        if value == MISSING:
            return queryset.exclude(has_text(self.language))
        return queryset.filter(has_text(self.language, state=value))


class EnglishFilter(LanguageFilter):
    title = _("English")
    parameter_name = "en"


class SpanishFilter(LanguageFilter):
    title = _("Spanish")
    parameter_name = "es"
    language = Language.SPANISH


class FrenchFilter(LanguageFilter):
    title = _("French")
    parameter_name = "fr"
    language = Language.FRENCH


class MineFilter(Folded):
    title = _("who saved it last")
    parameter_name = "mine"

    def lookups(self, request, model_admin):
        return [("1", _("Saved by me"))]

    def narrowed(self, request, queryset, value):
        return queryset.filter(changed_by=request.user)


FILTERS = (
    AttentionFilter,
    StateFilter,
    ("stage", FoldedChoices),
    ("status", FoldedChoices),
    EnglishFilter,
    SpanishFilter,
    FrenchFilter,
    CountryFilter,
    TopicFilter,
    ("kind", FoldedChoices),
    ("significance", FoldedChoices),
    MineFilter,
)
