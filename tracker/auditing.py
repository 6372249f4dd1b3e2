"""Writing the desk's log, and the values of a row before and after, to tell what changed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models

from tracker.models.audit import LogRow
from tracker.vocabulary import LogAction


def note(
    action: LogAction,
    *,
    by=None,
    who: str = "",
    about: models.Model | None = None,
    title: str = "",
    changes: Iterable[dict] = (),
    reason: str = "",
    address: str | None = None,
    at: datetime | None = None,
) -> LogRow:
    """Add a row to the log within the transaction of the act itself; `at` defaults to the database's clock.

    `by` is the account that acted, `who` a name where there is none (a failed sign-in, a command). `address` is the
    client's, as the server saw it.
    """
    moment = {"at": at} if at else {}
    return LogRow.objects.create(
        by=by,
        who=(who or (by.get_username() if by else ""))[:200],
        action=action,
        type=(about._meta.model_name or "") if about is not None else "",
        object=str(about.pk) if about is not None else "",
        title=(title or (str(about) if about is not None else ""))[:300],
        changes=list(changes),
        reason=reason,
        address=address,
        **moment,
    )


def difference(before: dict[str, Any], after: dict[str, Any]) -> list[dict]:
    """What differs between two snapshots of one thing, as `changes` of the log; a key that is missing is None."""
    return [
        {"field": key, "old": before.get(key), "new": after.get(key)}
        for key in [*before, *(key for key in after if key not in before)]
        if before.get(key) != after.get(key)
    ]
