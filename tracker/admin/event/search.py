"""What the search box of the desk looks through: everything that an event is called, and whom and what it names."""

from django.db.models import Q, QuerySet

from tracker.admin.folding import any_of, events_of, found, joined, terms, worded
from tracker.models.catalogue import Actor, Place, Source, Topic
from tracker.models.desk import Citation, Event, EventText, EventTopic, Participation
from tracker.models.remark import Remark
from tracker.vocabulary import Language

NAMES = [f"name_{language}" for language in Language]


def searched(events: QuerySet, words: str) -> QuerySet:
    """The events in which every word or phrase stands: in a text of any language, the slug, the place, a topic, a
    person or body, a source, or in what a government said. Case and accents do not matter, nor which name of the
    agreement is used. Each table is looked through once, by its index of words where it has one."""
    for term in terms(words):
        topics = found(Topic.objects.all(), term, *NAMES)
        actors = found(Actor.objects.all(), term, *NAMES, joined("variants"))
        sources = worded(Source.objects.all(), term, "publisher", "title", "url")
        events = events.filter(
            any_of(
                Q(pk__in=worded(Event.objects.order_by(), term, "slug").values("pk")),
                Q(place__in=found(Place.objects.order_by(), term, *NAMES).values("pk")),
                events_of(worded(EventText.objects.all(), term, "title")),
                events_of(worded(EventText.objects.all(), term, "label", "summary", "note")),
                events_of(EventTopic.objects.filter(topic__in=topics.order_by().values("pk"))),
                events_of(Participation.objects.filter(actor__in=actors.order_by().values("pk"))),
                events_of(worded(Remark.objects.all(), term, *(f"words_{code}" for code in Language), "quote")),
                events_of(Citation.objects.filter(source__in=sources.order_by().values("pk"))),
            )
        )
    return events
