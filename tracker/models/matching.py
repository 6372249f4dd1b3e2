"""How the values of a Query become conditions on the record: one line a filter."""

import datetime as dt
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import Count, F, Q, Window
from psycopg.types.range import DateRange

from tracker.query import CountryFilter, Query
from tracker.search import CONFIGURATIONS, wanted
from tracker.vocabulary import Order, Standing, Status

MOST = 200


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows in order, the cursor of the next page ("" at the end), and on the first page how many match."""

    rows: list
    next: str
    total: int | None


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


class Matching:
    """The part of the record's query set that reads a Query."""

    def matching(self, query: Query, *, today: date, language: str):
        """Rows that match the query's filters. `today` is the reader's day, for what only a day can tell."""
        rows = self.filter(_any(_country(one) for one in query.country))
        if query.kind:
            rows = rows.filter(kind__in=query.kind)
        if query.topic:
            rows = rows.filter(topics__overlap=list(query.topic))
        if query.actor:
            rows = rows.filter(actors__overlap=list(query.actor))
        if query.status:
            rows = rows.filter(_any(_standing(standing, today) for standing in query.status))
        if query.significance:
            rows = rows.filter(significance__in=query.significance)
        if query.first or query.last:
            rows = rows.filter(span__overlap=_stretch(query))
        if query.q:
            rows = rows.filter(**{f"search_{language}": _words(query.q, language)})
        return rows

    def in_order(self, query: Query, language: str):
        """The rows in the query's order; ties by permanent id, so that the same record gives the same list."""
        match effective_order(query):
            case Order.OLDEST:
                return self.order_by("day", "event")
            case Order.SIGNIFICANCE:
                return self.order_by("-significance", "day", "event")
            case Order.RELEVANCE:
                rank = SearchRank(F(f"search_{language}"), _words(query.q, language))
                return self.annotate(rank=rank).order_by("-rank", "-day", "-event")
        return self.order_by("-day", "-event")

    def listed(self, query: Query, language: str):
        """All the rows in order, from the query's cursor on; as many as its limit asks for, if it does. BadCursor for
        a cursor that is none of ours."""
        rows, skip = self._from_cursor(query, language)
        if query.limit:
            return rows[skip : skip + query.limit]
        return rows[skip:] if skip else rows

    def _from_cursor(self, query: Query, language: str):
        """The rows in order from the query's cursor on, and how many of them are still to be skipped."""
        order, rows = effective_order(query), self.in_order(query, language)
        if not query.cursor:
            return rows, 0
        if order in (Order.NEWEST, Order.OLDEST):
            return rows.filter(_after(query.cursor, order)), 0
        return rows, _offset(query.cursor)

    def page(self, query: Query, language: str, *, limit: int = MOST) -> "Page":
        """One page of the rows in order. BadCursor for a cursor that is none of ours."""
        limit = min(query.limit or limit, MOST)
        order = effective_order(query)
        rows, skip = self._from_cursor(query, language)
        if not query.cursor:
            rows = rows.annotate(total=Window(Count("*")))
        found = list(rows[skip : skip + limit + 1])
        total = None if query.cursor else found[0].total if found else 0
        if len(found) <= limit:
            return Page(found, "", total)
        last = found[limit - 1]
        by_date = order in (Order.NEWEST, Order.OLDEST)
        return Page(found[:limit], f"{last.day.isoformat()}.{last.event}" if by_date else f"{skip + limit}", total)


def effective_order(query: Query) -> Order:
    """The order asked for; by relevance when words are asked for and no order is; else the newest first."""
    return query.order or (Order.RELEVANCE if query.q else Order.NEWEST)


def _words(words: str, language: str) -> SearchQuery:
    """All that is wanted, each stemmed by the language's rules; an unfinished last word also as it stands."""
    joined = None
    for one in wanted(words):
        part = SearchQuery(one.tsquery, config=CONFIGURATIONS[language], search_type="raw", invert=one.excluded)
        if one.beginning:
            part = part | SearchQuery(one.beginning_tsquery, config="simple", search_type="raw")
        joined = part if joined is None else joined & part
    return joined


def _stretch(query: Query) -> DateRange:
    first = query.first.earliest if query.first else None
    last = query.last.latest if query.last else None
    return DateRange(first, last + dt.timedelta(days=1) if last else None, "[)")


def _after(cursor: str, order: Order) -> Q:
    try:
        day, event = cursor.split(".")
        day, event = date.fromisoformat(day), int(event)
    except ValueError as error:
        raise BadCursor(cursor) from error
    if order == Order.OLDEST:
        return Q(day__gt=day) | Q(day=day, event__gt=event)
    return Q(day__lt=day) | Q(day=day, event__lt=event)


def _offset(cursor: str) -> int:
    if not cursor.isdecimal() or len(cursor) > 6:
        raise BadCursor(cursor)
    return int(cursor)
