"""Changes as the API gives them: each statement with what stood before it, its parts with old and new words."""

from timeline.api.envelope import addresses, envelope, onward
from timeline.scene.changes import Change
from timeline.scene.difference import Part
from timeline.views.asked import Asked
from timeline.views.changes import check, page
from tracker.moment import utc_text


def changes_body(asked: Asked) -> dict:
    """One page, by the moment of public knowledge. `total` and `total_events` stand on the first page. BadQuery for a
    `since` that lies ahead."""
    check(asked)
    scene = page(asked)
    total, events = scene["total"] or (None, None)
    return {
        **envelope(asked, "api-changes"),
        "total": total,
        "total_events": events,
        "next": onward(asked, "api-changes", scene["next"]),
        "changes": [change_body(one, asked) for day in scene["days"] for one in day.changes],
    }


def change_body(one: Change, asked: Asked) -> dict:
    """One change. Its values are those of the record; the words of its parts are in the language asked for, or in that
    which a part names."""
    row, before, after = one.row, one.difference.before, one.difference.after
    slug = one.title.slug if one.title else row.slug
    return {
        "id": f"{row.event}-{row.number}",
        "event": row.event,
        "number": row.number,
        "slug": slug,
        "title": one.title.text.title if one.title else None,
        "language": one.title.text.language if one.title else None,
        "classes": list(row.classes),
        "retracted": row.retracted,
        "reason": row.reason,
        "known_from": utc_text(row.known.lower),
        "recorded_from": utc_text(row.recorded.lower),
        "late": utc_text(one.entered) if one.entered else None,
        "corrects": one.corrected.text if one.corrected else None,
        "date": _pair(before.date.text if before else None, after.date.text if after else None),
        "status": _pair(before.status.value if before else None, after.status.value if after else None),
        "days": one.difference.days,
        "parts": [_part(part, asked.language) for part in _parts(one)],
        **addresses(slug, asked),
    }


def _parts(one: Change) -> tuple[Part, ...]:
    """All that differs, what is read first standing first."""
    first = tuple(part for part in (one.difference.date, one.difference.status) if part)
    return (*first, *one.difference.sources, *one.parts)


def _pair(old: str | None, new: str | None) -> dict | None:
    """Two values, if they differ; null on one side: there was nothing, or nothing stands any more."""
    return {"old": old, "new": new} if old != new else None


def _part(part: Part, language: str) -> dict:
    return {
        "part": part.key,
        "name": str(part.name),
        "old": part.old,
        "new": part.new,
        "language": part.language or language,
    }
