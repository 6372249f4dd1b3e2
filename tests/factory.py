"""Plain functions that make test data; a test writes only what it is about."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tracker.models.catalogue import Source, Topic
from tracker.models.desk import Citation, Event, EventText, EventTopic
from tracker.models.remark import Remark
from tracker.models.rules import Rule
from tracker.moment import moment as _moment
from tracker.publishing import publish

ZONE = ZoneInfo("America/New_York")
START = datetime(2026, 1, 1, 12, tzinfo=UTC)


def stamp(n: int) -> datetime:
    """The n-th moment of a test's history: days apart, in UTC."""
    return START + timedelta(days=n)


def moment(now, **kwargs):
    return _moment(now=now, zone=ZONE, **kwargs)


def event(slug="an-event", *, title=None, sources=1, texts=("en",), topic="review-process", **fields) -> Event:
    """An event at the desk that is fit to be published."""
    made = Event.objects.create(
        slug=slug,
        **{"kind": "statement", "date": "2025-06-01", "countries": ["CA"], "status": "occurred", **fields},
    )
    for language in texts:
        words = title or f"Title of {slug}"
        EventText.objects.create(
            event=made,
            language=language,
            state="reviewed",
            title=words if language == "en" else f"{words} ({language})",
            label=words[:32],
            summary=f"Summary of {slug} in {language}.",
        )
    row, _ = Topic.objects.get_or_create(slug=topic, defaults={"name_en": topic.replace("-", " ").capitalize()})
    EventTopic.objects.create(event=made, topic=row)
    for number in range(sources):
        cite(made, f"https://example.org/{slug}/{number}")
    return made


def cite(made: Event, url: str, **fields) -> Source:
    """Add a source to an event."""
    values = {"publisher": "Example Gazette", "title": "A notice", "tier": "press", "language": "en"} | fields
    source, _ = Source.objects.get_or_create(url=url, defaults=values)
    Citation.objects.create(event=made, source=source, position=made.citations.count())
    return source


def rule(slug="article-34-7-2", **fields) -> Rule:
    """A rule that events may rest on."""
    values = {"citation_en": "Article 34.7.2", "summary_en": "The first joint review.", "read": "as quoted"} | fields
    return Rule.objects.create(slug=slug, **values)


def remark(made: Event, country: str, words: str = "", **fields) -> Remark:
    """What a government said of an event, from its first source unless another is given."""
    source = fields.pop("source", None) or made.citations.first().source
    values = {"words_en": words or f"Words of {country}.", "position": made.remarks.count()} | fields
    return Remark.objects.create(event=made, country=country, source=source, **values)


def change(made: Event, **fields) -> Event:
    """Save other values of the event's own fields."""
    for name, value in fields.items():
        setattr(made, name, value)
    made.save()
    return made


def retitle(made: Event, title: str, language: str = "en") -> Event:
    made.texts.filter(language=language).update(title=title)
    return made


def published(slug: str = "an-event", *, since: datetime | None = None, **fields) -> Event:
    """An event on the record."""
    made = event(slug, **fields)
    publish(made, since=since)
    return made


def ago(**kwargs) -> datetime:
    """An instant before now, for records that readers see live."""
    return datetime.now(UTC) - timedelta(**kwargs)
