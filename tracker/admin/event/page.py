"""The page of events: list, form, and the way to the deeds. Saving changes the desk's copy and never the record."""

from django.contrib import admin
from django.urls import path
from django.utils.translation import gettext_lazy as _
from translated_fields.admin import TranslatedFieldAdmin

from tracker.admin.bulk_screen import Bulk
from tracker.admin.deeds.history import history_of
from tracker.admin.deeds.screen import deed_screen
from tracker.admin.deeds.table import DEEDS, offered
from tracker.admin.event.announced import AnnouncedInline
from tracker.admin.event.citations import CitationInline
from tracker.admin.event.columns import Columns
from tracker.admin.event.date_field import Dated
from tracker.admin.event.filters import FILTERS
from tracker.admin.event.form import EventForm
from tracker.admin.event.remarks import RemarkInline
from tracker.admin.event.review import Reviewing, without_reviews
from tracker.admin.event.rows import (
    ActInline,
    LinkInline,
    ParticipationInline,
    TopicInline,
)
from tracker.admin.event.rule_field import Ruled
from tracker.admin.event.search import searched
from tracker.admin.event.sections import Folding
from tracker.admin.event.similar import Similar
from tracker.admin.event.texts import TextInline
from tracker.admin.files.exporting import Exporting
from tracker.admin.files.importing import Importing
from tracker.admin.log.audited import Audited
from tracker.admin.merge.edition import count_the_save
from tracker.admin.merge.versioned import Shared
from tracker.admin.moments import moment_in_words
from tracker.admin.pages import Paged
from tracker.admin.permissions import may_publish
from tracker.admin.scripts import Guarded
from tracker.admin.standing import STATES, listed, state
from tracker.admin.suggestions import LEFT_OUT, Suggesting, is_id
from tracker.models.record import Address, Revision
from tracker.stages import settle


class EventAdmin(
    Shared,
    Folding,
    Audited,
    Guarded,
    Suggesting,
    Bulk,
    Reviewing,
    Dated,
    Ruled,
    Similar,
    Importing,
    Exporting,
    Columns,
    Paged,
    TranslatedFieldAdmin,
    admin.ModelAdmin,
):
    form = EventForm
    list_display = ("title", "when", "parties", "public_state", "status", "texts_in_short", "source_words", "saved")
    list_filter = FILTERS
    list_select_related = ("changed_by",)
    date_hierarchy = "earliest"
    list_per_page = 50
    ordering = ("-earliest", "-pk")
    # What is searched is said by `event_search`; without a field there would be no box.
    search_fields = ("slug",)
    search_help_text = _("Texts in any language, slug, place, topic, person or body, source. Accents do not matter.")
    fieldsets = (
        (_("When"), {"fields": ("date", ("clock_time", "zone"))}),
        (_("What"), {"fields": ("kind", "status", "significance", "rule")}),
        (_("Where"), {"fields": ("countries", "place")}),
        (_("At the desk"), {"fields": ("stage", "slug", "desk_note"), "classes": ("at-the-desk",)}),
    )
    radio_fields = {"status": admin.HORIZONTAL, "significance": admin.HORIZONTAL, "stage": admin.HORIZONTAL}
    autocomplete_fields = ("place",)
    inlines = (
        TextInline,
        TopicInline,
        CitationInline,
        ParticipationInline,
        RemarkInline,
        AnnouncedInline,
        ActInline,
        LinkInline,
    )

    def get_queryset(self, request):
        return listed(super().get_queryset(request))

    def get_search_results(self, request, queryset, search_term):
        left_out = request.GET.get(LEFT_OUT, "")
        if is_id(left_out):
            queryset = queryset.exclude(pk=left_out)
        return searched(queryset, search_term), False

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
                "waits_for": moment_in_words(event.waits_for) if event.waits_for else "",
                "deeds": offered(event) if may_publish(request.user) else (),
            }
        return super().change_view(request, object_id, form_url, context)

    def construct_change_message(self, request, form, formsets, add=False):
        changes = super().construct_change_message(request, form, formsets, add)
        return changes if add else without_reviews(changes, request.POST)

    def save_model(self, request, obj, form, change):
        # What nobody changed is not saved: it would refuse somebody else's work for nothing.
        if not change or form.changed_data:
            obj.changed_by = request.user
            super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        event = form.instance
        rows_changed = any(formset.has_changed() for formset in formsets)
        if change and (form.changed_data or rows_changed):
            count_the_save(event, form.cleaned_data["version"], request.user)
        if change:
            # What the desk has may no longer be what the record says; or it is that, whatever an old page says.
            settle(event)
        # For the messages and the log.
        event.title_en = event.texts.filter(language="en").values_list("title", flat=True).first()
