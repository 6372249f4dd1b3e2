"""The page of embeds that have a name: what they show, who may show them, and the code to show them with."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.admin.folding import FoldedSearch
from tracker.admin.log.audited import Audited
from tracker.admin.merge.versioned import SharedRow
from tracker.admin.scripts import Guarded
from tracker.admin.sharing.forms import NamedEmbedForm


class NamedEmbedAdmin(SharedRow, Audited, Guarded, FoldedSearch, admin.ModelAdmin):
    form = NamedEmbedForm
    list_display = ("name", "query_words", "sites", "active", "changed")
    list_filter = ("active",)
    search_fields = ("name", "query", "hosts", "note")
    arrays = ("hosts",)
    search_help_text = _("Name, query, sites, note.")
    fields = ("name", "query", "hosts", "note", "active")
    change_form_template = "admin/tracker/namedembed/change_form.html"
    delete_confirmation_template = "admin/tracker/namedembed/delete_confirmation.html"
    delete_selected_confirmation_template = "admin/tracker/namedembed/delete_unchanged.html"

    class Media:
        css = {"all": ["desk/sharing.css"]}

    @admin.display(description=_("query"), ordering="query")
    def query_words(self, embed):
        return embed.query or pgettext_lazy("query of an embed", "everything")

    @admin.display(description=_("sites"))
    def sites(self, embed):
        return ", ".join(embed.hosts) or pgettext_lazy("sites that may show an embed", "all")

    @admin.display(description=_("changed"), ordering="changed_at")
    def changed(self, embed):
        return f"{embed.changed_at:%Y-%m-%d}"
