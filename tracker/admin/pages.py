"""Pages of a long list: the keys of a page first, then its rows with all that is told of them."""

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from tracker.admin import mixed


class KeysFirst(Paginator):
    """As Django's, for a queryset. `rows` gives the rows of a page by their keys: what a list annotates is asked for
    these alone, and what narrows the list is not asked again."""

    def __init__(self, *args, rows: QuerySet, **options):
        super().__init__(*args, **options)
        self.rows = rows

    def page(self, number):
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        stop = self.count if start + self.per_page + self.orphans >= self.count else start + self.per_page
        keys = list(self.object_list.values_list("pk", flat=True)[start:stop])
        rows = self.rows.filter(pk__in=keys).order_by()
        rows.query.select_related = self.object_list.query.select_related
        found = {row.pk: row for row in rows}
        # One that somebody has deleted meanwhile is left out.
        return Page([found[key] for key in keys if key in found], number, self)


class Paged(mixed.Page):
    """For a page whose list may be long."""

    def get_paginator(self, request, queryset, per_page, orphans=0, allow_empty_first_page=True):
        rows = self.get_queryset(request)
        return KeysFirst(queryset, per_page, orphans, allow_empty_first_page, rows=rows)
