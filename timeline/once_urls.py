"""The faces that stand once, whatever the language: for programs, other sites and crawlers."""

from django.urls import include, path

from timeline.views.crawlers import robots, sitemap
from timeline.views.loader import loader
from timeline.views.oembed import oembed

urlpatterns = [
    path("api/v1/", include("timeline.api.urls")),
    path("oembed", oembed, name="oembed"),
    path("embed.js", loader, name="embed-js"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
]
