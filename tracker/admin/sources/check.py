"""The button that checks one source now: within ten seconds, and not again within a minute."""

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tracker.admin.sources.card import check_in_words
from tracker.models.catalogue import Source
from tracker.sources.checking import check
from tracker.vocabulary import CheckResult

AGAIN = timedelta(minutes=1)


def check_screen(model_admin):
    """The view of the button, for those who may change the source; 403 for others."""

    @require_POST
    def screen(request, source: int):
        row = get_object_or_404(Source, pk=source)
        if not model_admin.has_change_permission(request, row):
            raise PermissionDenied
        now = timezone.now()
        if row.checked_at and now - row.checked_at < AGAIN:
            messages.warning(request, _("This source was checked a moment ago: wait a minute."))
        else:
            found = check(row, at=now).result in {CheckResult.FOUND, CheckResult.MOVED}
            tell = messages.success if found else messages.warning
            tell(request, check_in_words(row))
        return HttpResponseRedirect(reverse("admin:tracker_source_change", args=[row.pk]))

    return screen
