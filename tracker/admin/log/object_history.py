"""The history of one thing at the desk: every act on it that the log holds, newest first, with old and new values."""

from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.admin.log.words import changes_in_words
from tracker.admin.mixed import Page
from tracker.admin.moments import moment_in_words
from tracker.models.audit import LogRow

PAGE = 25


def acts_on(name: str, key: str):
    """The rows of the log about the thing of that model's name and that id, newest first."""
    return LogRow.objects.filter(type=name, object=key).order_by("-id")


class Historical(Page):
    """For a page: its history is read from our log, by whoever may see the thing itself."""

    def history_view(self, request, object_id, extra_context=None):
        return require_safe(self._history)(request, object_id, extra_context)

    def _history(self, request, object_id, extra_context):
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        pages = Paginator(acts_on(self.opts.model_name, str(obj.pk)), PAGE)
        page = pages.get_page(request.GET.get(PAGE_VAR))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of “%s”") % obj,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "object": obj,
            "opts": self.opts,
            "acts": [
                {"row": row, "when": moment_in_words(row.at), "changes": changes_in_words(row)}
                for row in page.object_list
            ],
            "page": page,
            "page_range": pages.get_elided_page_range(page.number),
            "page_var": PAGE_VAR,
            **(extra_context or {}),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, "admin/object_history.html", context)
