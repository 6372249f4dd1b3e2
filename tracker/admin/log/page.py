"""The log of the desk as a list to read: nobody adds, changes or deletes a row of it."""

from functools import partial

from django.contrib import admin
from django.db.models import TextField
from django.db.models.functions import Cast
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from tracker.admin.folding import terms, worded
from tracker.admin.log.file import log_file
from tracker.admin.log.filters import ActionFilter, DaysFilter, TypeFilter, WhoFilter
from tracker.admin.log.rows import LogList
from tracker.admin.log.words import changes_in_words, in_short, type_in_words
from tracker.admin.moments import moment_in_words
from tracker.admin.pages import Paged
from tracker.admin.permissions import hidden_types, may_manage_staff
from tracker.models.audit import LogRow
from tracker.vocabulary import PRIVATE_ACTIONS


def visible_to(user):
    """The rows of the log that the user may read: sign-ins and what concerns accounts only who manages the staff, what
    concerns sharing only who may see it."""
    rows = LogRow.objects.exclude(type__in=hidden_types(user))
    return rows if may_manage_staff(user) else rows.exclude(action__in=PRIVATE_ACTIONS)


class LogAdmin(Paged, admin.ModelAdmin):
    list_display = ("when", "who", "action", "thing", "fields_changed")
    list_display_links = ("when",)
    list_filter = (ActionFilter, TypeFilter, WhoFilter, DaysFilter)
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = ("-id",)
    # What is searched is said by `get_search_results`; without a field there would be no box.
    search_fields = ("title",)
    search_help_text = _("Who, what it was about, old and new values, reason. Accents do not matter.")
    actions = None
    change_list_template = "admin/tracker/logrow/change_list.html"

    class Media:
        css = {"all": ["desk/log.css"]}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        return visible_to(request.user)

    def get_changelist(self, request, **kwargs):
        return LogList

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Log"), **(extra_context or {})})

    def lookup_allowed(self, lookup, value, request=None):
        # Any other column could be guessed by filtering, the addresses too.
        return lookup in {name for one in self.list_filter for name in one.names()}

    def get_search_results(self, request, queryset, search_term):
        for term in terms(search_term):
            queryset = worded(queryset, term, "who", "title", "reason", Cast("changes", TextField()))
        return queryset, False

    def get_urls(self):
        file = partial(self.admin_site.admin_view(log_file), page=self)
        return [path("csv/", file, name="tracker_logrow_csv"), *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        raise Http404

    def get_fields(self, request, obj=None):
        shown = ("when", "who", "action", "thing", "reason", "what_changed")
        return (*shown, "address") if may_manage_staff(request.user) else shown

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj)

    @admin.display(description=_("when"), ordering="id")
    def when(self, row):
        return moment_in_words(row.at)

    @admin.display(description=_("about"), ordering="title")
    def thing(self, row):
        if not row.type:
            return row.title
        words = format_html("{} <small>{}</small>", row.title, type_in_words(row.type))
        link = getattr(row, "link", "")
        return format_html('<a href="{}">{}</a>', link, words) if link else words

    @admin.display(description=_("what changed"))
    def fields_changed(self, row):
        words = in_short(row)
        return format_html("{} <q>{}</q>", words, row.reason) if row.reason else words

    @admin.display(description=_("what changed"))
    def what_changed(self, row):
        changes = changes_in_words(row)
        return render_to_string("admin/tracker/logrow/changes.html", {"changes": changes}) if changes else "–"
