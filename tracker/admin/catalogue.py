"""The pages of what events share: sources, people and bodies, places, topics."""

from django.contrib import admin
from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from translated_fields.admin import TranslatedFieldAdmin

from tracker.admin.folding import FoldedSearch
from tracker.admin.scripts import Guarded
from tracker.models.record import Term


class NamedAdmin(Guarded, FoldedSearch, TranslatedFieldAdmin, admin.ModelAdmin):
    """A row with a slug: proposed from the English name, fixed once the record uses it in addresses."""

    search_fields = ("slug", "name_en", "name_es", "name_fr")
    ordering = ("name_en",)
    term = ""

    def fixed(self, obj) -> bool:
        return obj is not None and Term.objects.filter(type=self.term, slug=obj.slug).exists()

    def get_readonly_fields(self, request, obj=None):
        return ("slug",) if self.fixed(obj) else ()

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj is not None else {"slug": ("name_en",)}


class TopicAdmin(NamedAdmin):
    term = Term.TOPIC
    fields = ("name_en", "name_es", "name_fr", "slug", "position")
    list_display = ("name_en", "name_es", "name_fr", "slug", "position")
    ordering = ("position", "slug")


class PlaceAdmin(NamedAdmin):
    fields = ("name_en", "name_es", "name_fr", "slug")
    list_display = ("name_en", "name_es", "name_fr", "slug")


class ActorAdmin(NamedAdmin):
    term = Term.ACTOR
    fields = ("kind", "name_en", "name_es", "name_fr", "slug", "country", "variants")
    list_display = ("name_en", "kind", "country", "slug")
    list_filter = ("kind", "country")
    search_fields = (*NamedAdmin.search_fields, "variants")
    arrays = ("variants",)


class SourceAdmin(Guarded, FoldedSearch, admin.ModelAdmin):
    list_display = ("name", "publisher", "tier", "language", "published", "cited_by")
    list_filter = ("tier", "language")
    search_fields = ("publisher", "title", "url")
    ordering = ("publisher", "title", "pk")
    fields = (
        "publisher",
        "title",
        "url",
        ("published", "language", "tier"),
        "archived_url",
        ("checked_at", "check_result"),
    )
    readonly_fields = ("checked_at", "check_result")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(events_count=Count("citation"))

    @admin.display(description=_("title"), ordering="title")
    def name(self, source):
        return source.title or source.url

    @admin.display(description=_("events"), ordering="events_count")
    def cited_by(self, source):
        return source.events_count
