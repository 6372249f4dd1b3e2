"""What the search box of the desk looks through: everything that an event is called, and whom and what it names."""

from django.db.models import Q, QuerySet

from tracker.admin.folding import any_of, found, joined, of_event, terms
from tracker.models.desk import Citation, EventText, EventTopic, Participation
from tracker.models.remark import Remark
from tracker.vocabulary import Language


def searched(events: QuerySet, words: str) -> QuerySet:
    """The events in which every word or phrase stands: in a text of any language, the slug, the place, a topic, a
    person or body, a source, or in what a government said. Case and accents do not matter, nor which name of the
    agreement is used."""
    for term in terms(words):
        own = found(events.model.objects.all(), term, "slug", *_names("place"))
        events = events.filter(
            any_of(
                Q(pk__in=own.order_by().values("pk")),
                of_event(EventText.objects.all(), term, "title", "label", "summary", "note"),
                of_event(EventTopic.objects.all(), term, *_names("topic")),
                of_event(Participation.objects.all(), term, *_names("actor"), joined("actor__variants")),
                of_event(Remark.objects.all(), term, *(f"words_{language}" for language in Language), "quote"),
                of_event(Citation.objects.all(), term, "source__publisher", "source__title", "source__url"),
            )
        )
    return events


def _names(relation: str) -> list[str]:
    return [f"{relation}__name_{language}" for language in Language]
