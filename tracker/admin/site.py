"""The desk's site: Django's admin under the tracker's name and look."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class Desk(AdminSite):
    site_header = _("Desk")
    site_title = _("Desk of the USMCA Joint Review Tracker")
    index_title = _("Today at the desk")
    site_url = "/"
    enable_nav_sidebar = False


class DeskConfig(AdminConfig):
    default_site = "tracker.admin.site.Desk"
