"""The confirmation of an act on several events: it lists what will happen to which, and happens to these as they were
shown. Of two editors the second is told which event the first has changed, and nothing is done."""

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tracker.admin.bulk import BULK_ACTS, BulkAct, Doer, bulk_acts_of, chosen
from tracker.admin.mixed import Page
from tracker.admin.suggestions import is_id
from tracker.holding import Busy, held_record
from tracker.models.desk import Event
from tracker.signing.address import address_of

# What one page shows and one transaction does.
MOST = 200


class Bulk(Page):
    """For the page of events: the menu of its list and the screens behind it."""

    def get_actions(self, request):
        if IS_POPUP_VAR in request.GET:
            return {}
        return {act.name: (_asking(act), act.name, act.words) for act in bulk_acts_of(request.user)}

    def get_urls(self):
        screens = [
            path(
                f"bulk/{act.name}/",
                self.admin_site.admin_view(bulk_screen(self, act)),
                name=act.address.removeprefix("admin:"),
            )
            for act in BULK_ACTS.values()
        ]
        return screens + super().get_urls()

    def response_action(self, request, queryset):
        # What is no id would be a fault of the database.
        posted = request.POST.copy()
        posted.setlist(ACTION_CHECKBOX_NAME, [one for one in posted.getlist(ACTION_CHECKBOX_NAME) if is_id(one)])
        request.POST = posted
        return super().response_action(request, queryset)


def _asking(act: BulkAct):
    """The action of the list as Django calls it: it asks, and does nothing."""

    def ask(model_admin, request, queryset):
        pks = list(queryset.order_by().values_list("pk", flat=True)[: MOST + 1])
        if len(pks) > MOST:
            words = _("At most %(most)d events at once: filter the list, or choose a page at a time.") % {"most": MOST}
            model_admin.message_user(request, words, messages.WARNING)
            return None
        return _shown(model_admin, request, act, pks, request.GET.urlencode())

    return ask


def bulk_screen(model_admin, act: BulkAct):
    """The view that does the act to the events of the confirmation; 403 for whom it is not for. A GET goes to the list:
    there is nothing to show without a choice."""

    def screen(request):
        if not act.permitted(request.user):
            raise PermissionDenied
        filters = QueryDict(request.POST.get("filters", "")).urlencode()
        back = HttpResponseRedirect(f"{reverse('admin:tracker_event_changelist')}?{filters}".rstrip("?"))
        versions = _versions(request.POST.getlist("event"))
        if request.method != "POST":
            return back
        if not versions or len(versions) > MOST:
            messages.error(request, _("The form came back incomplete: choose the events again."))
            return back
        doer = Doer(request.user, timezone.now(), address_of(request))
        try:
            done, changed, gone = _do(act, versions, doer)
        except Busy as busy:
            messages.error(request, str(busy))
            return _shown(model_admin, request, act, [*versions], filters)
        if changed or gone:
            return _shown(model_admin, request, act, [*versions], filters, changed=changed, gone=gone)
        messages.success(request, act.done % done)
        return back

    return screen


def _versions(values: list[str]) -> dict[int, int]:
    """Event to the version that the confirmation showed, from texts like 12:3; empty if one of them is none."""
    pairs = [value.partition(":")[::2] for value in values]
    if not all(is_id(event) and is_id(version) for event, version in pairs):
        return {}
    return {int(event): int(version) for event, version in pairs}


def _do(act: BulkAct, versions: dict[int, int], doer: Doer) -> tuple[int, list[Event], int]:
    """Do the act to all of them, or, if somebody changed or deleted one, to none. Returns how many were done, which
    were changed, and how many are gone."""
    # Before the rows, as the deeds on the record take them: what nobody published before stays unpublished here.
    with held_record():
        list(Event.objects.select_for_update(of=("self",)).filter(pk__in=versions).order_by("pk").values_list("pk"))
        events = list(chosen(versions))
        changed = [event for event in events if event.version != versions[event.pk]]
        gone = len(versions) - len(events)
        if changed or gone:
            return 0, changed, gone
        able = [event for event in events if not act.obstacle(event)]
        for event in able:
            act.act(event, doer)
    return len(able), [], 0


def _shown(model_admin, request, act: BulkAct, pks, filters: str, *, changed=(), gone: int = 0) -> TemplateResponse:
    events = list(chosen(pks))
    rows = [{"event": event, "obstacle": act.obstacle(event)} for event in events]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": act.words,
        "opts": model_admin.opts,
        "act": act,
        "act_address": reverse(act.address),
        "able": [row["event"] for row in rows if not row["obstacle"]],
        "left": [row for row in rows if row["obstacle"]],
        "changed": changed,
        "gone": gone,
        "filters": filters,
        "media": model_admin.media,
    }
    return TemplateResponse(request, "admin/tracker/event/bulk.html", context)
