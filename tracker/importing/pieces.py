"""The rows of a batch some hundred at a time: no step of an import holds them all."""

from collections.abc import Iterator

from django.db.models import QuerySet

from tracker.models.importing import ImportRow

AT_A_TIME = 500


def pieces(rows: QuerySet, size: int = AT_A_TIME) -> Iterator[list[ImportRow]]:
    """The rows of one batch by their numbers, in lists of `size`; a query each. What has a number already read may
    change meanwhile."""
    last = 0
    while piece := list(rows.filter(number__gt=last).order_by("number")[:size]):
        yield piece
        last = piece[-1].number
