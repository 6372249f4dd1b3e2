"""Addresses for a test of what a reader is told of a fault of ours: one view that fails."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from tracker.urls import handler400, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler404", "handler500"]


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("as if something were broken")


urlpatterns = [path("broken/", broken), *urlpatterns]
