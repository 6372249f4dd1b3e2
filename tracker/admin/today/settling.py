"""What is still to settle about a draft, in a few words: a quick look for lists. The screen of publishing asks the
rules themselves."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from tracker.admin.event.text_states import LANGUAGES
from tracker.admin.standing import Asked, listed
from tracker.models.desk import Act, Event, EventTopic
from tracker.vocabulary import Language, Status

NOTE_WORDS = 12


def with_what_is_to_settle(events: QuerySet) -> QuerySet:
    """The listed events with `has_topic` and `stray_act`, a legal act outside the event's date."""
    stray = Q(day__lt=OuterRef("earliest")) | Q(day__gt=OuterRef("latest"))
    return listed(events).annotate(
        has_topic=Exists(EventTopic.objects.filter(event=OuterRef("pk")).order_by()),
        stray_act=Exists(Act.objects.filter(stray, event=OuterRef("pk")).order_by()),
    )


def to_settle(event: Event, today: date) -> str:
    """What publishing would refuse; else the beginning of the desk's note; else what readers would miss. Empty if
    nothing is known to be lacking."""
    refused = "; ".join(_refused(event, today))
    noted = Truncator(" ".join(event.desk_note.split())).words(NOTE_WORDS)
    return refused or noted or "; ".join(_missed(event))


def _refused(event: Asked, today: date) -> list[str]:
    begins_later = event.earliest and event.earliest > today + timedelta(days=1)
    rules = (
        (event.state_en is None, _("English text missing")),
        (not event.source_count, _("No source")),
        (not event.countries, _("No country")),
        (not event.has_topic, _("No topic")),
        (event.status == Status.OCCURRED and begins_later, _("“Occurred”, but still to come")),
        (event.stray_act, _("A legal act lies outside the date")),
    )
    return [words for unmet, words in rules if unmet]


def _missed(event: Asked) -> list[str]:
    missing = [str(LANGUAGES[code]) for code in Language if getattr(event, f"state_{code}") is None]
    lacks = (
        (event.source_count == 1, _("Single source")),
        (event.source_count > 1 and not event.official_count, _("No official source")),
        (bool(missing), _("Missing: %(languages)s") % {"languages": ", ".join(missing)}),
    )
    return [words for lacking, words in lacks if lacking]
