"""Events as schema.org describes things, for search engines and catalogues: plain JSON values of JSON-LD 1.1.

`Event` is only what is one: people who meet or are heard at a time. An act of a legislature is `Legislation`, a report
a `Report`; notices, deadlines, rulings and statements are `CreativeWork`. A date is told in ISO 8601 as far as it is
known: a month stays a month, and what ISO 8601 has no text for is told by no date of the thing. The page of an event
has the EDTF text of its date, and cites the sources.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from tracker import edtf, labels
from tracker.clock import ActKind
from tracker.entry import Entry, Participant, SourceRef
from tracker.moment import utc_text
from tracker.vocabulary import Kind, Status, TextState, Tier

CONTEXT = "https://schema.org"
MEETINGS = frozenset(
    {
        Kind.LEADER_MEETING,
        Kind.MINISTERIAL_MEETING,
        Kind.NEGOTIATION_ROUND,
        Kind.SUBNATIONAL_VISIT,
        Kind.HEARING,
    }
)
WORKS = {Kind.LEGISLATION: "Legislation", Kind.REPORT: "Report"}
# What is said or handed over is published on the day that it happens.
PUBLISHED = frozenset({Kind.REPORT, Kind.STATEMENT})
# Places of the catalogue that are none on the ground.
NOWHERE = frozenset({"virtual", "by-telephone"})
NOT_SAID = edtf.Precision.QUARTER, edtf.Precision.SEASON  # ISO 8601-1 has no text for them
# As little of HTML as a script element must not hold, and the two line ends of ECMAScript before 2019.
ESCAPES = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def in_html(value: object) -> str:
    """JSON fit for the inside of a script element of a page: nothing in it can end the element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)


def thing(entry: Entry, address: str, language: str) -> dict:
    """What the event is, with the page at `address` that tells it. `language` is that of the page, and the active
    one."""
    text = entry.text
    kind = kind_of(entry)
    found = {
        "@type": kind,
        "@id": name_of(entry.slug),
        "identifier": str(entry.event),
        "name": _words(text.title, text.language, language),
        "description": _words(text.summary, text.language, language),
        "url": address,
        "keywords": [str(labels.KINDS[entry.kind]), *(topic.name for topic in entry.topics)],
        "about": [{"@type": "Country", "name": str(labels.COUNTRIES[one])} for one in entry.countries],
    }
    found |= _event(entry) if kind == "Event" else _work(entry, kind)
    found["mainEntityOfPage"] = page(entry, address, language)
    return found


def kind_of(entry: Entry) -> str:
    """The schema.org type of the event."""
    if entry.kind in MEETINGS or any(act.what == ActKind.REVIEW_HELD for act in entry.acts):
        return "Event"
    return WORKS.get(entry.kind, "CreativeWork")


def name_of(slug: str) -> str:
    """The name of the thing itself, one for all languages and moments: the live page in English, and a fragment."""
    with override(settings.LANGUAGE_CODE):
        return f"{settings.SITE_URL}{reverse('event', args=[slug])}#event"


def page(entry: Entry, address: str, language: str) -> dict:
    """The page that tells an event: its language, its sources, when its statement was made."""
    found = {
        "@type": "WebPage",
        "@id": address,
        "inLanguage": entry.text.language,
        "dateModified": utc_text(entry.stated),
        "temporalCoverage": entry.date.text,
        "isPartOf": {"@id": site_name()},
        "citation": [_source(source) for source in entry.sources],
    }
    official = [source.url for source in entry.sources if source.tier == Tier.PRIMARY]
    if official:
        found["isBasedOn"] = official
    if language != "en" and entry.text.state != TextState.REVIEWED and not entry.text.fallback:
        found["creativeWorkStatus"] = str(labels.TEXT_STATES[entry.text.state])
    return found


def crumbs(entry: Entry, home: str, address: str) -> dict:
    """Where the page of an event stands within the site."""
    steps = ((_("Timeline"), home), (entry.text.title, address))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": words, "item": item}
            for number, (words, item) in enumerate(steps, 1)
        ],
    }


def site_name() -> str:
    """The name of the site itself."""
    return f"{settings.SITE_URL}/#site"


def website(home: str, language: str) -> dict:
    """The site."""
    return {
        "@type": "WebSite",
        "@id": site_name(),
        "name": _("USMCA Joint Review Tracker"),
        "url": home,
        "inLanguage": language,
    }


def dataset(
    address: str, name: str, description: str, *, stamp: datetime | None, files: Iterable[tuple[str, str]], about: str
) -> dict:
    """The record as a set of data: `files` are media types with their addresses, `about` the page that tells under
    what terms it may be used."""
    found = {
        "@type": "Dataset",
        "@id": f"{address}#record",
        "name": name,
        "description": description,
        "url": address,
        "isAccessibleForFree": True,
        "usageInfo": about,
        "inLanguage": [code for code, _name in settings.LANGUAGES],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": media, "contentUrl": file} for media, file in files
        ],
    }
    if stamp:
        found |= {"dateModified": utc_text(stamp), "version": utc_text(stamp)}
    return found


def iso_text(date: edtf.Edtf) -> str | None:
    """A date that is one plain point in ISO 8601: a day, a month or a year; None for anything vaguer."""
    return _iso(date.start) if date.form is edtf.Form.POINT else None


def _iso(point: edtf.Point | None) -> str | None:
    if point is None or point.approximate or point.uncertain or point.precision in NOT_SAID:
        return None
    return point.text


def _event(entry: Entry) -> dict:
    """What only an event has: when, where, who, and whether it holds."""
    found: dict = {"eventStatus": f"{CONTEXT}/{_status(entry)}"}
    before = _before(entry)
    if before:
        found["previousStartDate"] = before if len(before) > 1 else before[0]
    start = _start(entry)
    if start:
        found["startDate"] = start
    if entry.date.form is edtf.Form.INTERVAL and _iso(entry.date.end):
        found["endDate"] = _iso(entry.date.end)
    if entry.place:
        kind = "VirtualLocation" if entry.place.slug in NOWHERE else "Place"
        found["location"] = {"@type": kind, "name": entry.place.name}
    if entry.participants:
        found["attendee"] = [_actor(actor) for actor in entry.participants]
    return found


def _status(entry: Entry) -> str:
    """One of schema.org's EventStatusType; what took place as announced is "scheduled" there too."""
    match entry.status:
        case Status.CANCELLED:
            return "EventCancelled"
        case Status.POSTPONED:
            return "EventPostponed"
    return "EventRescheduled" if _before(entry) else "EventScheduled"


def _before(entry: Entry) -> list[str]:
    """The days announced before, that no longer hold, in the order of their announcement. A day that was made more
    exact, or is told as uncertain, has not moved."""
    texts = map(iso_text, entry.brief.moved)
    return [text for text in dict.fromkeys(texts) if text]


def _start(entry: Entry) -> str | None:
    start = None if entry.date.form is edtf.Form.SET else _iso(entry.date.start)
    if start and entry.clock_time and entry.date.is_day:
        at = datetime.combine(entry.date.point.first, entry.clock_time, ZoneInfo(entry.zone))
        return at.isoformat()
    return start


def _work(entry: Entry, kind: str) -> dict:
    """What only a work has: the time that it is about, its sources, whom it names."""
    found: dict = {
        "temporalCoverage": entry.date.text,
        "citation": [{"@type": "CreativeWork", "url": source.url} for source in entry.sources],
    }
    if entry.status != Status.OCCURRED:
        found["creativeWorkStatus"] = str(labels.STATUSES[entry.status])
    elif entry.kind in PUBLISHED and (day := iso_text(entry.date)):
        found["datePublished"] = day
    if kind == "Legislation":
        found["legislationJurisdiction"] = [str(labels.COUNTRIES[one]) for one in entry.countries]
    if entry.participants:
        found["mentions"] = [_actor(actor) for actor in entry.participants]
    return found


def _actor(actor: Participant) -> dict:
    if actor.kind != "person":
        return {"@type": "Organization", "name": actor.name}
    return {"@type": "Person", "name": actor.name} | ({"jobTitle": actor.role} if actor.role else {})


def _source(source: SourceRef) -> dict:
    found = {
        "@type": "CreativeWork",
        "url": source.url,
        "publisher": {"@type": "Organization", "name": source.publisher},
        "inLanguage": source.language,
    }
    if source.title:
        found["name"] = source.title
    published = iso_text(edtf.parse(source.published)) if source.published else None
    return found | ({"datePublished": published} if published else {})


def _words(words: str, own: str, language: str) -> str | dict:
    """A text; in another language than the page's, with its own beside it."""
    return words if own == language else {"@value": words, "@language": own}
