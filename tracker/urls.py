"""The addresses of the whole site: operations and the desk stand once, the public faces in three languages."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from tracker import health
from tracker.observing.metrics import metrics

handler400 = "timeline.views.faults.bad_request"
handler404 = "timeline.views.faults.not_found"
handler500 = "timeline.views.faults.server_error"

urlpatterns = [
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("metrics", metrics, name="metrics"),
    path("accounts/", include("tracker.signing.urls")),
    path("admin/preview/", include("timeline.desk_urls")),
    path("admin/", admin.site.urls),
    path("", include("timeline.once_urls")),
    *i18n_patterns(path("", include("timeline.urls")), prefix_default_language=False),
]
