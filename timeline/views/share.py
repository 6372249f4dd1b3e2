"""The builder: the current selection as a snippet, a link, a calendar, a feed, a file."""

from dataclasses import replace

from django.conf import settings
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from timeline.formats.registry import FORMATS
from timeline.query import BadParameter, BadQuery, canonical, in_words
from timeline.scene.share import LOOKS, THEMES, Shared, shared
from timeline.scene.sharing import HEIGHT, embed_title
from timeline.views.asked import Asked, face

# In which language the selection is shared. The page itself stays in that of its path, as everywhere.
IN = "in"
# What the form has a field for, so that a fault is told beside it.
FIELDS = frozenset(
    {"q", "country", "kind", "topic", "actor", "status", "significance", "from", "to", "recorded", "as_of", "look"}
    | {"theme", "height", IN}
)


def refused(request, fault: BadQuery, asked: Asked, speaks: str):
    """400: the page with each fault beside its field, and all that can be read of the selection."""
    told = any(one.name == IN for one in fault.faults)
    return _page(request, asked, [*fault.faults, *([] if told else _language_faults(request))], status=400)


@face("share", also=(IN,), refusal=refused)
def share(request, asked: Asked):
    """The page."""
    if faults := _language_faults(request):
        raise BadQuery(faults)
    wanted = request.GET.get(IN, "")
    response = _page(request, asked)
    query = canonical(asked.query) + (f"&{IN}={wanted}" if wanted else "")
    response.headers["HX-Push-Url"] = reverse("share") + (f"?{query.lstrip('&')}" if query else "")
    return response


def _language_faults(request) -> list[BadParameter]:
    wanted, known = request.GET.get(IN, ""), dict(settings.LANGUAGES)
    return [BadParameter(IN, wanted, ", ".join(known))] if wanted and wanted not in known else []


def _page(request, asked: Asked, faults=(), *, status: int = 200):
    wanted = request.GET.get(IN, "")
    language = wanted if wanted in dict(settings.LANGUAGES) else asked.language
    context = {
        "asked": asked,
        "faults": faults,
        "elsewhere": [one for one in faults if one.name not in FIELDS],
        "shared": selection(asked, language),
        "looks": _choices(LOOKS, asked.query.look),
        "themes": _choices(THEMES, asked.query.theme),
        # That of the page is the usual one, which no address needs to name.
        "tongues_of": [
            ("" if code == asked.language else code, words, code == language) for code, words in settings.LANGUAGES
        ],
        "usual_height": HEIGHT,
    }
    return render(request, "share.html", context, status=status)


def selection(asked: Asked, language: str) -> Shared:
    """The selection as it is shared in a language."""
    taken = replace(asked, language=language)
    names = asked.vocabulary.names
    with override(language):
        filters = in_words(
            asked.query,
            language,
            topic_names=names("topics", language),
            actor_names=names("actors", language),
        )
        title = embed_title(filters)
    bound = asked.bound if asked.pin else None
    return shared(asked.query, title, taken.total, FORMATS.values(), language=language, bound=bound)


def _choices(words: dict, chosen) -> list[tuple[str, str, bool]]:
    """Value, words, whether chosen; the first is the usual one, which no address needs to name."""
    usual = next(iter(words))
    return [("" if one == usual else one.value, str(said), one == (chosen or usual)) for one, said in words.items()]
