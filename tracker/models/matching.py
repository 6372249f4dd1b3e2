"""How the values of a Query become conditions on the record, one line a filter, and its rows a list in pages.

A page costs as much however many rows match: what stands on it is found by an index alone (`revision_day`,
`revision_rank`), and only then read. Of a search the newest `RANKED` matches stand by relevance, which ranking has to
read one by one; any others come after them, the newest first.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Case, F, Q, Value, When
from psycopg.types.range import DateRange

from tracker.given import given
from tracker.models.rows import Rows
from tracker.query import CountryFilter, Query
from tracker.search import CONFIGURATIONS, wanted
from tracker.vocabulary import Order, Standing, Status

MOST = 200
# So many matches of a search are ranked: a word that half the record uses would else cost as much as the record.
RANKED = 2_000
# The orders whose cursor is a place in them; in the others it is a number of rows.
_BY_DAY = (Order.NEWEST, Order.OLDEST)


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows in order, and the cursor of the next page ("" at the end)."""

    rows: list
    next: str

    def total(self, query: Query, counted: Callable[[], int]) -> int | None:
        """How many match, for the first page of a query to tell; None of a later one. What a page tells itself is not
        counted."""
        if query.cursor:
            return None
        return counted() if self.next else len(self.rows)


class BadCursor(ValueError):
    """The cursor is none that a page of ours printed."""


def _country(one: CountryFilter) -> Q:
    countries = list(one.countries)
    exactly = Q(countries__contains=countries, countries__contained_by=countries)
    return exactly if one.only else Q(countries__contains=countries)


def _standing(standing: Standing, today: date) -> Q:
    if standing == Standing.UNDER_WAY:
        return Q(status=Status.OCCURRED, lasts=True, span__contains=today) | Q(
            status=Status.OCCURRED, lasts=True, span__endswith__isnull=True
        )
    if standing == Standing.NO_OUTCOME:
        return Q(status__in=[Status.SCHEDULED, Status.EXPECTED], span__endswith__lte=today)
    return Q(status=standing.value)


def _any(conditions) -> Q:
    joined = Q()
    for condition in conditions:
        joined |= condition
    return joined


class Matching(Rows):
    """The part of the record's query set that reads a Query."""

    def matching(self, query: Query, *, today: date, language: str):
        """Rows that match the query's filters. `today` is the reader's day, for what only a day can tell."""
        return self.filter(conditions(query, today=today, language=language))

    def in_order(self, query: Query, language: str):
        """The rows in the query's order; ties by permanent id, so that the same record gives the same list."""
        match _walked(query):
            case Order.OLDEST:
                return self.order_by("day", "event")
            case Order.SIGNIFICANCE:
                return self.order_by("-significance", "day", "event")
            case Order.RELEVANCE:
                ranked = When(pk__in=self._newest().values("pk")[:RANKED], then=_rank(query.q, language))
                # No rank is below zero, so the others come after all of them.
                return self._by_rank(Case(ranked, default=Value(-1.0)))
        return self._newest()

    def _newest(self):
        return self.order_by("-day", "-event")

    def _by_rank(self, rank):
        return self.annotate(rank=rank).order_by("-rank", "-day", "-event")

    def listed(self, query: Query, language: str):
        """All the rows in order, from the query's cursor on; as many as its limit asks for, if it does. BadCursor for
        a cursor that is none of ours."""
        if query.limit:
            return self._some(query, language, query.limit)
        rows, skip = self._from_cursor(query, language)
        return rows[skip:] if skip else rows

    def _from_cursor(self, query: Query, language: str):
        """The rows in order from the query's cursor on, and how many of them are still to be skipped."""
        order, rows = _walked(query), self.in_order(query, language)
        if not query.cursor:
            return rows, 0
        if order in _BY_DAY:
            return rows.filter(_after(query.cursor, order)), 0
        return rows, _offset(query.cursor)

    def _some(self, query: Query, language: str, count: int):
        """So many rows in order from the query's cursor on: found by an index, then read."""
        if _walked(query) == Order.RELEVANCE:
            best, skip = self._read(self._newest()[:RANKED]), _offset(query.cursor)
            return best._by_rank(_rank(query.q, language))[skip : skip + count]
        rows, skip = self._from_cursor(query, language)
        return self._read(rows[skip : skip + count]).in_order(query, language)

    def _read(self, rows):
        return self.model.objects.filter(pk__in=rows.values("pk")).lean()

    def page(self, query: Query, language: str, *, limit: int = MOST) -> "Page":
        """One page of the rows in order. BadCursor for a cursor that is none of ours."""
        limit = min(query.limit or limit, MOST)
        found = list(self._some(query, language, limit + 1))
        if len(found) > limit:
            last = found[limit - 1]
            by_day = _walked(query) in _BY_DAY
            return Page(found[:limit], _cursor(last) if by_day else f"{_offset(query.cursor) + limit}")
        at_border = _walked(query) == Order.RELEVANCE and _offset(query.cursor) + len(found) == RANKED
        return Page(found, self._beyond_rank() if at_border else "")

    def _beyond_rank(self) -> str:
        """The cursor of those matches of a search that are not ranked; "" if there are none."""
        border = list(self._newest().only("day", "event")[RANKED - 1 : RANKED + 1])
        return _cursor(border[0]) if len(border) > 1 else ""


def conditions(query: Query, *, today: date, language: str) -> Q:
    """The filters of a query as one condition on a row; `today` as `matching` has it."""
    found = _any(_country(one) for one in query.country)
    if query.kind:
        found &= Q(kind__in=query.kind)
    if query.topic:
        found &= Q(topics__overlap=list(query.topic))
    if query.actor:
        found &= Q(actors__overlap=list(query.actor))
    if query.status:
        found &= _any(_standing(standing, today) for standing in query.status)
    if query.significance:
        found &= Q(significance__in=query.significance)
    if query.first or query.last:
        found &= Q(span__overlap=_stretch(query))
    if query.q:
        found &= Q(**{f"search_{language}": _words(query.q, language)})
    return found


def effective_order(query: Query) -> Order:
    """The order asked for; by relevance when words are asked for and no order is; else the newest first."""
    return query.order or (Order.RELEVANCE if query.q else Order.NEWEST)


def _walked(query: Query) -> Order:
    """The order from the cursor on: what comes after the matches that were ranked is told by date."""
    order = effective_order(query)
    return Order.NEWEST if order == Order.RELEVANCE and "." in query.cursor else order


def _words(words: str, language: str) -> SearchQuery:
    """All that is wanted, each stemmed by the language's rules; an unfinished last word also as it stands."""
    joined: Any = None
    for one in wanted(words):
        part = SearchQuery(one.tsquery, config=CONFIGURATIONS[language], search_type="raw", invert=one.excluded)
        if one.beginning:
            part = part | SearchQuery(one.beginning_tsquery, config="simple", search_type="raw")
        joined = part if joined is None else joined & part
    return given(joined)


def _rank(words: str, language: str) -> SearchRank:
    return SearchRank(F(f"search_{language}"), _words(words, language))


def _cursor(row) -> str:
    return f"{row.day.isoformat()}.{row.event}"


def _stretch(query: Query) -> DateRange:
    first = query.first.earliest if query.first else None
    last = query.last.latest if query.last else None
    return DateRange(first, last + dt.timedelta(days=1) if last else None, "[)")


def _after(cursor: str, order: Order) -> Q:
    try:
        said, number = cursor.split(".")
        day, event = date.fromisoformat(said), int(number)
    except ValueError as error:
        raise BadCursor(cursor) from error
    # The first condition alone leads an index to the place.
    if order == Order.OLDEST:
        return Q(day__gte=day) & (Q(day__gt=day) | Q(event__gt=event))
    return Q(day__lte=day) & (Q(day__lt=day) | Q(event__lt=event))


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    if not cursor.isdecimal() or len(cursor) > 6:
        raise BadCursor(cursor)
    return int(cursor)
