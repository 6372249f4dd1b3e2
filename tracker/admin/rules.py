"""The page of the rules: an editor compares a rule with the official text and says so."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _
from translated_fields.admin import TranslatedFieldAdmin

from tracker.admin.log.audited import Audited
from tracker.admin.merge.versioned import SharedRow
from tracker.admin.scripts import Guarded
from tracker.admin.today.attention_filter import AttentionFilter
from tracker.admin.used import Used
from tracker.models.fields import today


class RuleAdmin(Used, SharedRow, Audited, Guarded, TranslatedFieldAdmin, admin.ModelAdmin):
    """The rules themselves come with the code that applies them: none is added or deleted here."""

    used_as = ("rule",)
    list_display = ("citation_en", "summary_en", "checked", "checked_by", "checked_on")
    list_filter = (AttentionFilter, "checked")
    list_select_related = ("checked_by",)
    search_fields = ("slug", "citation_en", "summary_en")
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    readonly_fields = ("slug", "arithmetic", "checked_by", "checked_on")
    fieldsets = (
        (None, {"fields": ("slug", "position", "citation_en", "citation_es", "citation_fr")}),
        (_("In short"), {"fields": ("summary_en", "summary_es", "summary_fr", "arithmetic")}),
        (_("Left open"), {"fields": ("uncertain_en", "uncertain_es", "uncertain_fr")}),
        (_("Official text"), {"fields": ("address", "read_at", "read", "checked", "checked_by", "checked_on")}),
    )

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        if "checked" in form.changed_data:
            obj.checked_by = request.user if obj.checked else None
            obj.checked_on = today() if obj.checked else None
        super().save_model(request, obj, form, change)
