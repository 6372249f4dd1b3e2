"""The list of deliveries: what the webhooks were told and what came of it; what was not taken may be tried again."""

from datetime import UTC, datetime

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from tracker.admin.event.filters import Folded
from tracker.admin.folding import FoldedSearch
from tracker.admin.log.audited import Audited
from tracker.admin.sharing.telling import answer_in_words
from tracker.labels import DELIVERIES, choices
from tracker.models.desk import EventText
from tracker.models.sharing import Webhook
from tracker.vocabulary import Language, LogAction


class StateFilter(Folded):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return choices(DELIVERIES)

    def narrowed(self, request, queryset, value):
        return queryset.filter(state=value)


class DeliveryAdmin(Audited, FoldedSearch, admin.ModelAdmin):
    """Nobody adds, changes or deletes one: the sender writes them."""

    list_display = ("queued", "webhook", "told_of", "state", "attempts", "answer", "next")
    list_filter = (StateFilter,)
    list_select_related = ("webhook",)
    list_per_page = 50
    search_fields = ("webhook__address",)
    search_help_text = _("Address of the webhook.")
    show_full_result_count = False
    actions = ("try_again",)
    fields = readonly_fields = ("webhook", "told_of", "state", "attempts", "answer", "queued", "last", "next")
    change_form_template = "admin/tracker/delivery/change_form.html"

    class Media:
        css = {"all": ["desk/sharing.css"]}

    def get_queryset(self, request):
        english = EventText.objects.filter(event=OuterRef("event"), language=Language.ENGLISH).order_by()
        return super().get_queryset(request).annotate(title_en=Subquery(english.values("title")[:1]))

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Deliveries"), **(extra_context or {})})

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_retry_permission(self, request):
        return request.user.has_perm("tracker.change_webhook")

    def lookup_allowed(self, lookup, value, request=None):
        # Any other column could be guessed by filtering, a secret too.
        return lookup in {StateFilter.parameter_name, "webhook__id__exact"}

    def history_view(self, request, object_id, extra_context=None):
        raise Http404

    @admin.action(permissions=["retry"], description=_("Try again now"))
    def try_again(self, request, queryset):
        """What was not taken waits again and is due; its attempts go on being counted."""
        by_webhook: dict[Webhook, list[int]] = {}
        for row in queryset.untaken().select_related("webhook"):
            by_webhook.setdefault(row.webhook, []).append(row.pk)
        count = 0
        with transaction.atomic():
            for webhook, keys in by_webhook.items():
                due = self.model.objects.filter(pk__in=keys).try_again(timezone.now())
                changes = [{"field": "tried again", "old": None, "new": due}]
                self.log_deed(request, webhook, LogAction.CHANGED, changes=changes)
                count += due
        self._tell(request, count, [webhook for webhook in by_webhook if not webhook.active])

    def _tell(self, request, count: int, off: list[Webhook]) -> None:
        words = ngettext(
            "%(count)d delivery is tried again at the next run of the sender.",
            "%(count)d deliveries are tried again at the next run of the sender.",
            count,
        ) % {"count": count}
        messages.success(request, words)
        for webhook in off:
            # Django writes the first letter of a message large.
            sentence = _("Not in use, so that nothing is sent until it is switched on: %(webhook)s")
            messages.warning(request, sentence % {"webhook": webhook})

    @admin.display(description=_("queued"), ordering="queued_at")
    def queued(self, delivery):
        return _in_short(delivery.queued_at)

    @admin.display(description=_("event"), ordering="event")
    def told_of(self, delivery):
        address = reverse("admin:tracker_event_change", args=[delivery.event])
        return format_html('<a href="{}">{}</a>', address, delivery.title_en or delivery.event)

    @admin.display(description=_("answer"), ordering="answered")
    def answer(self, delivery):
        return answer_in_words(delivery.answered, delivery.detail) or None

    @admin.display(description=_("last attempt"), ordering="last_at")
    def last(self, delivery):
        return _in_short(delivery.last_at)

    @admin.display(description=_("next attempt"), ordering="next_at")
    def next(self, delivery):
        return _in_short(delivery.next_at)


def _in_short(at: datetime | None) -> str | None:
    """The minute, in UTC: a list has no room for more."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if at else None
