"""The desk's site: Django's admin under the tracker's name, opening on the page of the day."""

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth.views import LogoutView
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from tracker.admin.readable import readable
from tracker.admin.staff.own_password import OwnPasswordView
from tracker.admin.today.page import today
from tracker.signing.frame import TITLES


class Desk(AdminSite):
    site_header = _("Desk")
    site_title = _("Desk of the USMCA Joint Review Tracker")
    index_title = _("Today at the desk")
    site_url = "/"
    enable_nav_sidebar = False

    def admin_view(self, view, cacheable=False):
        return super().admin_view(readable(view), cacheable)

    def index(self, request, extra_context=None):
        shown = today(request.user, get_language(), timezone.now())
        return super().index(request, {"today": shown, **(extra_context or {})})

    def login(self, request, extra_context=None):
        # Django's form would ask for the password alone; ours stand under /accounts/.
        if request.user.is_authenticated and not self.has_permission(request):
            context = {**self.each_context(request), "title": TITLES["account_inactive"]}
            return render(request, "account/account_inactive.html", context, status=403)
        query = urlencode({"next": request.GET.get("next", "")}) if "next" in request.GET else ""
        return redirect(f"{reverse('account_login')}?{query}".removesuffix("?"))

    def logout(self, request, extra_context=None):
        # Without Django's page in between; the message says what happened.
        response = LogoutView.as_view(next_page=reverse("account_login"))(request)
        if request.method == "POST":
            messages.success(request, _("You have signed out."))
        return response

    def password_change(self, request, extra_context=None):
        # As Django's own, which names its form in the code.
        request.current_app = self.name
        view = OwnPasswordView.as_view(
            success_url=reverse("admin:password_change_done", current_app=self.name),
            extra_context={**self.each_context(request), **(extra_context or {})},
        )
        return view(request)
