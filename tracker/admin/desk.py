"""The desk's site: Django's admin under the tracker's name, opening on the page of the day."""

from django.contrib.admin import AdminSite
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tracker.admin.today import today


class Desk(AdminSite):
    site_header = _("Desk")
    site_title = _("Desk of the USMCA Joint Review Tracker")
    index_title = _("Today at the desk")
    site_url = "/"
    enable_nav_sidebar = False

    def index(self, request, extra_context=None):
        return super().index(request, {"today": today(get_language()), **(extra_context or {})})
