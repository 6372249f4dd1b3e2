"""The page of sources: what the desk knows of each document, which events use it, what came of its last check."""

from django.contrib import admin
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tracker.admin.event.date_field import Dated
from tracker.admin.folding import FoldedSearch
from tracker.admin.log.audited import Audited
from tracker.admin.merge.versioned import SharedRow
from tracker.admin.pages import Paged
from tracker.admin.scripts import Guarded
from tracker.admin.sources.asked import source_asked
from tracker.admin.sources.card import card, uses_of
from tracker.admin.sources.check import check_screen
from tracker.admin.sources.filters import FILTERS
from tracker.admin.sources.form import SourceForm
from tracker.admin.used import Used
from tracker.labels import language_name
from tracker.models.desk import Citation

# Of one source on its own page.
USES = 200
_UNCHECKED = {"checked_at": None, "check_result": "", "check_detail": "", "check_failures": 0}


class SourceAdmin(Used, SharedRow, Audited, Guarded, Dated, FoldedSearch, Paged, admin.ModelAdmin):
    form = SourceForm
    used_as = ("sources", "announced__source", "remarks__source")
    list_display = ("name", "publisher", "tier", "language_words", "cited_by", "check_words")
    list_filter = FILTERS
    list_per_page = 50
    search_fields = ("publisher", "title", "url")
    by_words = True
    search_help_text = _("Publisher, title, address. Accents do not matter.")
    ordering = ("publisher", "title", "pk")
    fields = ("publisher", "title", "url", ("published", "language", "tier"), "archived_url")
    change_form_template = "admin/tracker/source/change_form.html"

    class Media:
        css = {"all": ["desk/sources.css"]}

    def get_queryset(self, request):
        cited = Citation.objects.filter(source=OuterRef("pk")).order_by().values("source")
        # Asked for the rows of the page alone: a join would count for all sources before it sorts them.
        counted = Coalesce(Subquery(cited.annotate(rows=Count("*")).values("rows")), 0)
        return super().get_queryset(request).annotate(events_count=counted)

    def get_urls(self):
        own = [
            path("asked/", self.admin_site.admin_view(source_asked), name="tracker_source_asked"),
            path("<int:source>/check/", self.admin_site.admin_view(check_screen(self)), name="tracker_source_check"),
        ]
        return own + super().get_urls()

    @admin.display(description=_("title"), ordering="title")
    def name(self, source):
        return source.title or source.url

    @admin.display(description=_("language"), ordering="language")
    def language_words(self, source):
        return language_name(source.language)

    @admin.display(description=_("events"), ordering="events_count")
    def cited_by(self, source):
        return source.events_count

    @admin.display(description=_("last check"), ordering="checked_at")
    def check_words(self, source):
        if source.checked_at is None:
            return None
        return format_html(
            '{} <span class="nowrap">{}</span>', source.get_check_result_display(), f"{source.checked_at:%Y-%m-%d}"
        )

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = extra_context or {}
        source = self.get_object(request, object_id)
        if source is not None and self.has_view_permission(request, source):
            uses = uses_of([source.pk]).get(source.pk, [])
            context["card"] = card(source, uses, language=get_language(), limit=USES)
        return super().change_view(request, object_id, form_url, context)

    def save_model(self, request, obj, form, change):
        if change and "url" in form.changed_data:
            # What came of the check was another address's.
            for name, value in _UNCHECKED.items():
                setattr(obj, name, value)
        super().save_model(request, obj, form, change)
