"""The page of webhooks: who is told of changes, what was delivered lately, a test, the secret."""

from django.contrib import admin
from django.db.models import Count, Q
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tracker.admin.folding import FoldedSearch
from tracker.admin.log.audited import Audited
from tracker.admin.merge.versioned import SharedRow
from tracker.admin.scripts import Guarded
from tracker.admin.sharing.forms import WebhookForm
from tracker.admin.sharing.secret import secret_screen, shown_once
from tracker.admin.sharing.telling import told
from tracker.admin.sharing.trial import trial_screen
from tracker.models.sharing import Delivery
from tracker.sources.connecting import INTERNET
from tracker.vocabulary import DeliveryState

RECENT = 20


def _in_state(state: DeliveryState) -> Count:
    return Count("deliveries", filter=Q(deliveries__state=state))


class WebhookAdmin(SharedRow, Audited, Guarded, FoldedSearch, admin.ModelAdmin):
    """`network` is what test messages may reach."""

    network = INTERNET
    form = WebhookForm
    list_display = ("address", "query_words", "language", "active", "waiting", "given_up", "changed")
    list_filter = ("active",)
    search_fields = ("address", "query", "note")
    search_help_text = _("Address, query, note.")
    fields = ("address", "query", "language", "note", "active")
    change_form_template = "admin/tracker/webhook/change_form.html"

    class Media:
        css = {"all": ["desk/sharing.css"]}

    def get_queryset(self, request):
        counted = {state.name.lower(): _in_state(state) for state in (DeliveryState.WAITING, DeliveryState.GIVEN_UP)}
        return super().get_queryset(request).annotate(**{f"{name}_count": count for name, count in counted.items()})

    def get_urls(self):
        view = self.admin_site.admin_view
        own = [
            path("<int:webhook>/test/", view(trial_screen(self)), name="tracker_webhook_test"),
            path("<int:webhook>/secret/", view(secret_screen(self)), name="tracker_webhook_secret"),
        ]
        return own + super().get_urls()

    def lookup_allowed(self, lookup, value, request=None):
        # A secret could be guessed sign by sign.
        return not lookup.startswith("secret") and super().lookup_allowed(lookup, value, request)

    def response_add(self, request, obj, post_url_continue=None):
        super().response_add(request, obj, post_url_continue)
        return shown_once(request, obj)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        context = extra_context or {}
        webhook = self.get_object(request, object_id)
        if webhook is not None and self.has_view_permission(request, webhook):
            context["told"] = told(webhook.deliveries.all()[:RECENT])
        return super().change_view(request, object_id, form_url, context)

    def get_deleted_objects(self, objs, request):
        # Its deliveries go with it, and nobody may delete one alone; the page counts them and lists none.
        listed, counts, needed, protected = super().get_deleted_objects(objs, request)
        listed = [one for one in listed if not isinstance(one, list)]
        return listed, counts, needed - {Delivery._meta.verbose_name}, protected

    @admin.display(description=_("query"), ordering="query")
    def query_words(self, webhook):
        return webhook.query or pgettext_lazy("changes that a webhook is told of", "all changes")

    @admin.display(description=pgettext_lazy("number of deliveries", "waiting"), ordering="waiting_count")
    def waiting(self, webhook):
        return webhook.waiting_count

    @admin.display(description=pgettext_lazy("number of deliveries", "given up"), ordering="given_up_count")
    def given_up(self, webhook):
        return webhook.given_up_count

    @admin.display(description=_("changed"), ordering="changed_at")
    def changed(self, webhook):
        return f"{webhook.changed_at:%Y-%m-%d}"
