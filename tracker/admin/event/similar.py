"""Warns of duplicates: the events that may be the one being typed, while one types and once a new one is saved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied
from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tracker.admin.folding import any_of, events_of, worded
from tracker.admin.mixed import Page
from tracker.admin.standing import STATES, Asked, listed, state
from tracker.admin.suggestions import is_id
from tracker.date_words import in_words
from tracker.edtf import FIRST_YEAR, LAST_YEAR, Edtf, parse
from tracker.models.catalogue import Source
from tracker.models.desk import Citation, Event, EventText, Participation
from tracker.models.fields import today
from tracker.similar import NEAR_DAYS, Likeness, Match, Sketch, compare, spelled, telling
from tracker.sources.address import host, key
from tracker.understood import understand
from tracker.vocabulary import Language

LIKENESSES = {
    Likeness.SAME_SOURCE: _("same source"),
    Likeness.SAME_DAY: _("same day, similar title"),
    Likeness.NEAR_DAY: _("near day, similar title"),
    Likeness.SAME_TITLE: _("similar title"),
}
CANDIDATES = 300
SHOWN = 5
ROWS = 20  # of sources that are looked at
_LONGEST = 600  # characters of a title or address
_NAMES = {code.value: f"name_{code}" for code in Language}


@dataclass(frozen=True, slots=True)
class Found:
    """An event that may be the same one."""

    event: Event
    match: Match

    @property
    def state(self) -> str:
        return str(STATES[state(self.event)])

    @property
    def day(self) -> str:
        """The date in the language of the desk."""
        return in_words(parse(self.event.date), get_language())

    @property
    def why(self) -> str:
        """The reasons in words."""
        return ", ".join(str(LIKENESSES[one]) for one in self.match.why)


class Similar(Page):
    """For the page of events: the address that is asked while one types, and the warning after a new event is saved."""

    def get_urls(self):
        similar = self.admin_site.admin_view(never_cache(require_safe(self.similar_view)))
        return [path("similar/", similar, name="tracker_event_similar"), *super().get_urls()]

    def similar_view(self, request):
        """A fragment: the events like what the form's fields say. Empty if there are none."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        own = request.GET.get("own", "")
        found = similar_to(typed(request.GET), own=int(own) if is_id(own) else None)
        return render(request, "admin/tracker/event/similar.html", {"found": found})

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change:
            found = similar_to(sketch(_sketched(Event.objects.filter(pk=form.instance.pk)).get()), own=form.instance.pk)
            if found:
                warning = render_to_string("admin/tracker/event/similar_saved.html", {"found": found})
                messages.warning(request, mark_safe(warning))


def typed(data) -> Sketch:
    """What the fields of the event's form say, however they were filled in; what cannot be read is left out."""
    titles = {}
    for row in range(len(Language)):
        language = data.get(f"texts-{row}-language", "")
        if language in set(Language):
            titles[language] = data.get(f"texts-{row}-title", "")[:_LONGEST].replace("\0", "")
    known = [data.get(f"citations-{row}-source", "") for row in range(ROWS)]
    pasted = [data.get(f"citations-{row}-address", "")[:_LONGEST] for row in range(ROWS)]
    ids = [one for one in known if is_id(one)]
    pasted += Source.objects.filter(pk__in=ids).values_list("url", flat=True) if ids else []
    date = understand(data.get("date", ""), today=today()).date
    return Sketch({code: title for code, title in titles.items() if title.strip()}, date, _addresses(pasted))


def sketch(event: Asked) -> Sketch:
    """An event of `_sketched` as it is compared."""
    titles = {text["language"]: text["title"] for text in event.titles_found}
    names = [name for names in event.names_found for name in names.values()]
    if event.place:
        names += [getattr(event.place, column) for column in _NAMES.values()]
    return Sketch(titles, parse(event.date), _addresses(event.addresses_found), tuple(filter(None, names)))


def similar_to(wanted: Sketch, *, own: int | None) -> list[Found]:
    """The events most like it, best first; `own` is the id of the event itself."""
    likely = _likely(wanted)
    if likely is None:
        return []
    days = ExpressionWrapper(F("latest") - F("earliest"), output_field=DurationField())
    rows = (
        _sketched(Event.objects.exclude(pk=own or 0)).annotate(cited=_cites(wanted.sources), days=days).filter(likely)
    )
    # A source is the surest sign, and a short date tells more than a long one.
    candidates = rows.order_by("-cited", F("days").asc(nulls_last=True), "-pk")[:CANDIDATES]
    matches = [(event, compare(wanted, sketch(event))) for event in candidates]
    found = [Found(event, match) for event, match in matches if match]
    return sorted(found, key=lambda one: (-one.match.score, one.event.pk))[:SHOWN]


def _sketched(events: QuerySet) -> QuerySet:
    """The listed events with all that a sketch needs, in one query."""
    texts = EventText.objects.filter(event=OuterRef("pk")).order_by()
    takes_part = Participation.objects.filter(event=OuterRef("pk")).order_by()
    names = {code: f"actor__{column}" for code, column in _NAMES.items()}
    return listed(events.select_related("place")).annotate(
        titles_found=ArraySubquery(texts.values(json=JSONObject(language="language", title="title"))),
        names_found=ArraySubquery(takes_part.values(json=JSONObject(**names))),
        addresses_found=ArraySubquery(Citation.objects.filter(event=OuterRef("pk")).order_by().values("source__url")),
    )


def _likely(wanted: Sketch) -> Q | None:
    """Which events are worth comparing: of the days, with one of the sources, or, where no date is known, with one of
    the longest words of a title. None if nothing is said yet."""
    ways = [Q(cited=True)] if wanted.sources else []
    if wanted.date:
        ways.append(_near(wanted.date))
    else:
        words = sorted({word for title in wanted.titles.values() for word in telling(title)}, key=len)[-3:]
        ways += [events_of(worded(EventText.objects.all(), word, "title")) for word in words if len(word) > 3]
    return any_of(*ways) if ways else None


def _near(date: Edtf) -> Q:
    air = timedelta(days=NEAR_DAYS)
    near = Q()
    if date.latest and date.latest.year < LAST_YEAR:
        near &= Q(earliest__isnull=True) | Q(earliest__lte=date.latest + air)
    if date.earliest and date.earliest.year > FIRST_YEAR:
        near &= Q(latest__isnull=True) | Q(latest__gte=date.earliest - air)
    return near or Q(pk__isnull=False)


def _cites(addresses: Iterable[str]) -> Exists:
    """Whether the event cites one of the addresses; the sketches then compare them to the letter."""
    places = [address.partition("://")[2].partition("?")[0] for address in addresses]
    among = any_of(*(Q(source__url__icontains=place) for place in places if place)) if places else Q(pk__isnull=True)
    return Exists(Citation.objects.filter(among, event=OuterRef("pk")).order_by())


def _addresses(urls: Iterable[str]) -> frozenset[str]:
    pasted = (url.strip() for url in urls)
    return frozenset(spelled(key(url)) for url in pasted if "\0" not in url and host(url))
