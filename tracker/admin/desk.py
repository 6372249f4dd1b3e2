"""The desk's site: Django's admin under the tracker's name, opening on the page of the day."""

from django.contrib.admin import AdminSite
from django.contrib.auth.views import PasswordChangeView
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tracker.admin.own_password import OwnPasswordForm
from tracker.admin.today import today


class Desk(AdminSite):
    site_header = _("Desk")
    site_title = _("Desk of the USMCA Joint Review Tracker")
    index_title = _("Today at the desk")
    site_url = "/"
    enable_nav_sidebar = False

    def index(self, request, extra_context=None):
        return super().index(request, {"today": today(get_language()), **(extra_context or {})})

    def password_change(self, request, extra_context=None):
        # As Django's own, which names its form in the code.
        request.current_app = self.name
        view = PasswordChangeView.as_view(
            form_class=OwnPasswordForm,
            success_url=reverse("admin:password_change_done", current_app=self.name),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        return view(request)
