"""Dumps of the record in tests: taken, and loaded into a database that was emptied."""

import io

from django.core.cache import caches
from django.db import connection
from django.http import QueryDict
from django.utils import translation

from timeline.formats.ndjson import write
from timeline.views.asked import ask
from timeline.views.export import extract
from tracker.loading.dump import load_dump
from tracker.models import Actor, Event, Place, Revision, Rule, Source, Topic
from tracker.models.record import Address, Term


def dumped(query: str = "", now=None) -> bytes:
    with translation.override("en"):
        return b"".join(write(extract(ask(QueryDict(query), now), "events-ndjson")))


def empty() -> None:
    """Empty the desk and the record, within the transaction of the test."""
    tables = ", ".join(model._meta.db_table for model in (Event, Revision, Topic, Actor, Place, Source, Rule))
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(f"truncate {tables}, {Address._meta.db_table}, {Term._meta.db_table} restart identity cascade")
        cursor.execute("set constraints all deferred")
    for name in caches:
        caches[name].clear()


def reloaded(dump: bytes, now=None) -> None:
    """Let the dump be all that there is."""
    empty()
    load_dump(io.BytesIO(dump), now=now)
