"""The faces that stand once, whatever the language: for programs, other sites and crawlers."""

from django.urls import include, path, re_path

from timeline.api.beside import beside
from timeline.views.crawlers import robots, sitemap
from timeline.views.loader import loader
from timeline.views.oembed import oembed
from timeline.views.security_txt import security_txt

urlpatterns = [
    path("api/v1/", include("timeline.api.urls")),
    re_path("^api/", beside, name="api-beside"),
    path("oembed", oembed, name="oembed"),
    path("embed.js", loader, name="embed-js"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
]
