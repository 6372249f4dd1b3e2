"""`/embed.js`: the loader that sites put beside their snippet."""

import hashlib
import json
from functools import cache

import rjsmin
from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.translation import gettext as _
from django.utils.translation import override

from timeline.kept.answer import Keep
from timeline.kept.marked import marked
from timeline.kept.reply import is_known
from timeline.query import BadQuery, parse
from timeline.views.conditions import conditions
from timeline.views.elsewhere import open_to_all
from timeline.views.faults import not_allowed, refuse

SOURCE = settings.BASE_DIR / "static" / "embed" / "loader.js"
PLACE = "const TITLES={};"
ONE_HOUR = "public, max-age=3600"


@open_to_all
def loader(request):
    """The loader, the same for all languages: it reads `lang` from its own address. No question to the database."""
    request.speaks = "text"
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "text")
    asked = request.GET.copy()
    for name in [name for name in asked if name != "lang"]:
        del asked[name]
    try:
        parse(asked, topics=tuple, actors=tuple)
    except BadQuery as fault:
        return refuse(request, fault, None, "text")
    body, etag = script()
    known = is_known(request, etag, settings.RELEASED)
    response = HttpResponseNotModified() if known else HttpResponse(body, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = ONE_HOUR
    if request.method == "GET" and not known:
        marked(response).keep = Keep("", settings.RELEASED)
    return conditions(response, etag, settings.RELEASED)


@cache
def script() -> tuple[bytes, str]:
    """The loader's text without comments, its titles filled in, and its tag. The tag is the content's own."""
    titles = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            titles[code] = _("USMCA joint review")
    text = rjsmin.jsmin(SOURCE.read_text(encoding="utf-8"))
    before, place, after = text.partition(PLACE)
    if not place:
        raise ValueError("The loader has no place for the titles.")
    body = f"{before}const TITLES={json.dumps(titles, ensure_ascii=False)};{after}".encode()
    return body, f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
