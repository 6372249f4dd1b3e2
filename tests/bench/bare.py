"""Bare answers, served as the real ones are, through the same middleware: the ceilings of the bench."""

from django.http import HttpResponse
from django.template import Context, Engine
from django.templatetags.static import static
from django.urls import path

from tracker import urls as site
from tracker.models.record import Revision

ROWS = 50
STYLE = "body{font:16px/1.5 sans-serif;max-width:60rem;margin:auto}li{padding:.25rem}time{color:#555}"
HTML = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A bare list</title>'
    '<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/bench/list.css"></head><body>'
    "<h1>A bare list</h1><ol>{rows}</ol></body></html>"
)
# Fifty rows as long as those of the record: 8 KB as it is sent.
_LIST = "".join(
    f'<li><time>2026-{1 + n % 12:02}-{1 + n * 7 % 28:02}</time> <a href="/bench/list?event={n}">Statement {n * 7919} '
    f"of the parties on rule {n * 104729} and the measures of chapter {n * 1299709}, as told before the meeting of "
    f"the commission in week {n % 52}; see document {n * 15485863}</a></li>"
    for n in range(ROWS)
)
_TEMPLATE = Engine().from_string("{% for row in rows %}<li><time>{{ row.day }}</time> {{ row.title }}</li>{% endfor %}")


def ok(request):
    return HttpResponse("ok")


def page(request):
    return HttpResponse(HTML.replace("{rows}", _LIST))


def style(request):
    return HttpResponse(STYLE, content_type="text/css", headers={"Cache-Control": "public, max-age=31536000"})


def swap(request):
    script = static("vendor/htmx/htmx.min.js")
    link = '<a href="/bench/ok" hx-get="/bench/ok" hx-target="#word">Swap</a> <b id="word">one word</b>'
    return HttpResponse(HTML.replace("<body>", f'<script src="{script}" defer></script><body>').replace("{rows}", link))


def rows(request):
    found = Revision.objects.filter(recorded__upper_inf=True).order_by("-id").values("day", "content__texts__en__title")
    shown = [{"day": row["day"], "title": row["content__texts__en__title"]} for row in found[:ROWS]]
    return HttpResponse(_TEMPLATE.render(Context({"rows": shown})))


urlpatterns = [
    path("bench/ok", ok),
    path("bench/list", page),
    path("bench/list.css", style),
    path("bench/rows", rows),
    path("bench/swap", swap),
    *site.urlpatterns,
]
handler400, handler404, handler500 = site.handler400, site.handler404, site.handler500
