"""The pages of what events share: people and bodies, places, topics; sources have a file of their own."""

from typing import Any, ClassVar

from django.contrib import admin
from translated_fields.admin import TranslatedFieldAdmin

from tracker.admin.folding import FoldedSearch
from tracker.admin.hidden_fields import Undescribed
from tracker.admin.log.audited import Audited
from tracker.admin.merge.versioned import SharedRow
from tracker.admin.scripts import Guarded
from tracker.admin.used import Used
from tracker.models.record import Term


class NamedAdmin(Used, SharedRow, Audited, Guarded, FoldedSearch, TranslatedFieldAdmin, admin.ModelAdmin):
    """A row with a slug: proposed from the English name, fixed once the record uses it in addresses."""

    search_fields: ClassVar[Any] = ("slug", "name_en", "name_es", "name_fr")
    ordering: ClassVar[Any] = ("name_en",)
    term = ""

    def fixed(self, obj) -> bool:
        return obj is not None and Term.objects.filter(type=self.term, slug=obj.slug).exists()

    def get_readonly_fields(self, request, obj=None):
        return ("slug",) if self.fixed(obj) else ()

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj is not None else {"slug": ("name_en",)}


class TopicAdmin(NamedAdmin):
    term = Term.TOPIC
    used_as = ("topics",)
    fields = ("name_en", "name_es", "name_fr", "slug", "position")
    list_display = ("name_en", "name_es", "name_fr", "slug", "position")
    ordering = ("position", "slug")


class PlaceAdmin(NamedAdmin):
    used_as = ("place",)
    fields = ("name_en", "name_es", "name_fr", "slug")
    list_display = ("name_en", "name_es", "name_fr", "slug")


class ActorAdmin(NamedAdmin):
    term = Term.ACTOR
    used_as = ("actors", "remarks__actor")
    fields = ("kind", "name_en", "name_es", "name_fr", "slug", "country", "variants")
    list_display = ("name_en", "kind", "country", "slug")
    list_filter = ("kind", "country")
    search_fields = (*NamedAdmin.search_fields, "variants")
    arrays = ("variants",)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in self.arrays:
            field.hidden_widget = Undescribed
        return field
