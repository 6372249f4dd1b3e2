"""The page of events: list, form, and the way to the deeds. Saving changes the desk's copy and never the record."""

from django.contrib import admin
from django.db.models import F
from django.urls import path
from django.utils.translation import gettext_lazy as _
from translated_fields.admin import TranslatedFieldAdmin

from tracker.admin.deed_screen import deed_screen
from tracker.admin.deeds import DEEDS, offered
from tracker.admin.event_form import EventForm
from tracker.admin.event_list import Columns, CountryFilter, MissingLanguageFilter, StateFilter
from tracker.admin.event_rows import (
    ActInline,
    AnnouncedInline,
    CitationInline,
    LinkInline,
    ParticipationInline,
    TopicInline,
)
from tracker.admin.event_texts import TextFormSet, TextInline
from tracker.admin.history import history_of
from tracker.admin.permissions import may_publish
from tracker.admin.standing import STATES, listed, state
from tracker.models.desk import Event
from tracker.models.record import Address, Revision
from tracker.vocabulary import Stage


class EventAdmin(Columns, TranslatedFieldAdmin, admin.ModelAdmin):
    form = EventForm
    list_display = ("title", "when", "kind", "parties", "public_state", "status", "source_words")
    list_filter = (StateFilter, "stage", "status", CountryFilter, MissingLanguageFilter, "kind")
    list_per_page = 50
    ordering = ("-earliest", "-pk")
    search_fields = (
        "slug",
        "texts__title",
        "texts__label",
        "actors__name_en",
        "actors__name_es",
        "actors__name_fr",
        "sources__publisher",
        "sources__title",
        "sources__url",
    )
    search_help_text = _("Title in any language, slug, person or body, source.")
    fieldsets = (
        (_("What"), {"fields": ("kind", "status", "significance")}),
        (_("When"), {"fields": ("date", ("clock_time", "zone"))}),
        (_("Where"), {"fields": ("countries", "place")}),
        (_("At the desk"), {"fields": ("stage", "slug", "desk_note")}),
    )
    radio_fields = {"status": admin.HORIZONTAL, "significance": admin.HORIZONTAL, "stage": admin.HORIZONTAL}
    autocomplete_fields = ("place",)
    inlines = (
        TextInline,
        TopicInline,
        CitationInline,
        ParticipationInline,
        AnnouncedInline,
        ActInline,
        LinkInline,
    )
    # Only drafts can be deleted, one by one: the record keeps what was ever said.
    actions = None

    def get_queryset(self, request):
        return listed(super().get_queryset(request))

    def get_readonly_fields(self, request, obj=None):
        fixed = obj is not None and Address.objects.filter(event=obj.pk, current=True).exists()
        return ("slug",) if fixed else ()

    def has_delete_permission(self, request, obj=None):
        if obj is not None and Revision.objects.filter(event=obj.pk).exists():
            return False
        return super().has_delete_permission(request, obj)

    def get_urls(self):
        screens = [
            path(
                f"<int:event>/{name}/",
                self.admin_site.admin_view(deed_screen(self, deed)),
                name=f"tracker_event_{name}",
            )
            for name, deed in DEEDS.items()
        ]
        return screens + super().get_urls()

    def change_view(self, request, object_id, form_url="", extra_context=None):
        event = self.get_object(request, object_id)
        context = extra_context or {}
        if event is not None:
            context |= {
                "statements": history_of(event),
                "public_state": STATES[state(event)],
                "waits_for": event.waits_for,
                "deeds": offered(event) if may_publish(request.user) else (),
            }
        return super().change_view(request, object_id, form_url, context)

    def save_model(self, request, obj, form, change):
        obj.changed_by = request.user
        if change:
            opened = form.cleaned_data["version"]
            claimed = Event.objects.filter(pk=obj.pk, version=opened).update(version=F("version") + 1)
            if not claimed:
                # EventForm holds the row since it compared the versions.
                raise RuntimeError(f"Event {obj.pk} changed under its own lock")
            obj.version = opened + 1
        super().save_model(request, obj, form, change)

    def save_formset(self, request, form, formset, change):
        if isinstance(formset, TextFormSet):
            formset.by = request.user
        super().save_formset(request, form, formset, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        changed = set(form.changed_data) - {"desk_note"} or any(formset.has_changed() for formset in formsets)
        if form.instance.stage == Stage.DONE and changed:
            # What the desk has is no longer what the record says.
            Event.objects.filter(pk=form.instance.pk).update(stage=Stage.DRAFT)
