"""Whoever signs in with a one-time password (`make admin`) changes it before anything else."""

from django.shortcuts import redirect
from django.urls import reverse


class OneTimePassword:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path_info.startswith("/admin/") or not request.user.is_authenticated:
            return None
        allowed = {reverse("admin:password_change"), reverse("admin:logout"), reverse("admin:jsi18n")}
        if request.user.one_time_password and request.path_info not in allowed:
            return redirect("admin:password_change")
        return None
