"""A record that was written by an enemy: each payload in every field of an event that holds words, and in all that an
event refers to. Published by the deeds, as any other."""

from datetime import UTC, date, datetime

from tests.factory import event, remark
from tracker.models import ImportBatch, User
from tracker.models.catalogue import Actor, Place, Source, Topic
from tracker.models.desk import Act, AnnouncedDate, Citation, Event, EventTopic, Link, Participation
from tracker.models.rules import Rule
from tracker.models.sharing import NamedEmbed, Webhook
from tracker.publishing import publish, retract

LANGUAGES = ("en", "es", "fr")
# What each would call if it ever ran; no page of ours has such a name.
CALL = "zqxss"
PAYLOADS = (
    f'"><script>{CALL}(1)</script>',
    f"'><img src=x onerror={CALL}(1)>",
    f"<svg/onload={CALL}(1)>",
    f'" autofocus onfocus={CALL}(1) style="color:red" x="',
    f"' onmouseover='{CALL}(1)",
    f"javascript:{CALL}(1)//",
    f"</title></style></textarea></script><script>{CALL}(1)</script>",
    f"{{{{{CALL}}}}}{{% load i18n %}}${{{CALL}(1)}}#{{{CALL}}}",
    f"]]><script>{CALL}(1)</script><![CDATA[",
    f"<!--><script>{CALL}(1)</script>--!>",
    f"&lt;script&gt;{CALL}(1)&lt;/script&gt;&#60;img onerror&#61;{CALL}&#62;",
    f'=HYPERLINK("http://evil.example/","{CALL}")',
    f"+{CALL}|' /C calc'!A0",
    f"-2+3+cmd|' /C {CALL}'!A0",
    f"@SUM({CALL})",
    f"{CALL}\r\nX-Evil: 1\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:{CALL}",
    f"\u202e{CALL}\u202c\u200b\ufeff\u2028{CALL}\u2029",
    f'{CALL}\\",\\u003cscript\\u003e{{"@type":"Evil"}}',
    f"<a href=data:text/html,{CALL}>x</a><base href=//evil.example><meta http-equiv=refresh content=0>",
    f"\t{CALL}`~$(id);'||{CALL}--",
)


def names(payload: str, field: str = "name", length: int = 200) -> dict[str, str]:
    return {f"{field}_{code}": payload[:length] for code in LANGUAGES}


def hostile_event(number: int, payload: str, other: Event | None = None) -> Event:
    """An event on the record with the payload in every field."""
    made = event(f"hostile-{number}", texts=LANGUAGES, sources=0, date="2025-06-01", kind="statement")
    made.texts.update(title=payload[:120], label=payload[:32], summary=payload, note=payload)
    made.desk_note = payload
    made.place = Place.objects.create(slug=f"place-{number}", **names(payload))
    made.rule = Rule.objects.create(
        slug=f"rule-{number}",
        read=payload[:40],
        address="https://example.org/'\"><script>/",
        read_at='https://example.org/?a="><script>',
        **names(payload, "citation", 120),
        **names(payload, "summary"),
        **names(payload, "uncertain"),
    )
    made.save()
    topic = Topic.objects.create(slug=f"topic-{number}", **names(payload))
    EventTopic.objects.create(event=made, topic=topic, position=9)
    actor = Actor.objects.create(slug=f"actor-{number}", variants=[payload[:120]], country="CA", **names(payload))
    Participation.objects.create(event=made, actor=actor, country="CA", **names(payload, "role", 160))
    source = Source.objects.create(
        url=f"https://example.org/{number}?\"'><script>{CALL}(1)</script>",
        archived_url=f"https://example.org/kept/{number}?' onclick={CALL}(1) '",
        publisher=payload[:200],
        title=payload[:300],
        tier="press",
        language="en",
    )
    today = datetime.now(UTC).date()
    cited = {"quote": payload, "locator": payload[:120], "accessed_on": today}
    Citation.objects.create(event=made, source=source, position=0, **cited)
    AnnouncedDate.objects.create(
        event=made, date="2025-05", announced_on=date(2025, 1, 1), source=source, **names(payload, "note", 300)
    )
    Act.objects.create(event=made, what="review-held", day=date(2025, 6, 1), note=payload[:300])
    remark(made, "CA", payload, source=source, actor=actor, quote=payload, words_es=payload, words_fr=payload)
    if other is not None:
        Link.objects.create(event=made, to=other, type="follows")
    publish(made, reason=payload)
    made.texts.update(title=f"{payload[:110]} 2", summary=f"{payload} 2")  # So that there is a difference to tell.
    publish(made, reason=payload)
    return made


def hostile_record() -> list[Event]:
    """One event for each payload, the last retracted with a reason that is one too; a draft beside them."""
    made: list[Event] = []
    for number, payload in enumerate(PAYLOADS):
        made.append(hostile_event(number, payload, made[-1] if made else None))
    gone = hostile_event(len(PAYLOADS), PAYLOADS[0])
    retract(gone, reason=" ".join(PAYLOADS))
    event("draft", title=PAYLOADS[0][:120])
    NamedEmbed.objects.create(name="named", note=PAYLOADS[0])
    Webhook.objects.create(address="https://example.org/'\"><script>/", note=PAYLOADS[0])
    User.objects.create_user("<script>zq", password="a long password 1", first_name=PAYLOADS[0], last_name=PAYLOADS[1])
    ImportBatch.objects.create(
        name=PAYLOADS[0], format="csv", size=1, digest="0", rows_total=0, by=User.objects.first(), notes=[]
    )
    return made
