"""The page of a webhook's secret: shown once, right after it was made, and the deed that makes a new one."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tracker.admin.merge.edition import count_the_save, edition
from tracker.admin.merge.versioned import EDITION
from tracker.models.sharing import Webhook, new_secret
from tracker.vocabulary import LogAction

# The session keeps whose secret may be shown once, and never the secret.
_SHOWN_NEXT = "secret_of_webhook"


def shown_once(request, webhook: Webhook) -> HttpResponseRedirect:
    """The way to the page that shows the secret, to this session and this once."""
    request.session[_SHOWN_NEXT] = webhook.pk
    return HttpResponseRedirect(reverse("admin:tracker_webhook_secret", args=[webhook.pk]))


def secret_screen(model_admin):
    """The view of the page, for those who may change the webhook; 403 for others."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def screen(request, webhook: int):
        with transaction.atomic():
            row = get_object_or_404(Webhook.objects.select_for_update(of=("self",)), pk=webhook)
            if not model_admin.has_change_permission(request, row):
                raise PermissionDenied
            if request.method != "POST":
                return _page(request, model_admin, row)
            if request.POST.get(EDITION) != edition(row):
                messages.error(request, _("This webhook was changed meanwhile. Its secret is as it was."))
                return HttpResponseRedirect(request.get_full_path())
            _renew(request, model_admin, row)
        return shown_once(request, row)

    return screen


def _renew(request, model_admin, row: Webhook) -> None:
    opened, row.secret = edition(row), new_secret()
    row.save(update_fields=["secret"])
    count_the_save(row, opened, request.user)
    # That it changed is logged, not what it was or is.
    model_admin.log_deed(request, row, LogAction.CHANGED, changes=[{"field": "new secret", "old": None, "new": "made"}])


def _page(request, model_admin, row: Webhook) -> TemplateResponse:
    shown = request.session.get(_SHOWN_NEXT) == row.pk
    if shown:
        del request.session[_SHOWN_NEXT]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Secret"),
        "subtitle": str(row),
        "opts": model_admin.opts,
        "original": row,
        "secret": row.secret if shown else "",
        EDITION: edition(row),
    }
    request.current_app = model_admin.admin_site.name
    return TemplateResponse(request, "admin/tracker/webhook/secret.html", context)
