"""The real site called within one process, without network: `python -m tests.bench.inside`.

Reads orders from its input, one JSON object of one name a line, and answers each with a line of JSON (`ORDERS`).
"""

import json
import sys
import time

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from tests.bench.inside_writing import commit, import_rows, republish  # noqa: E402
from tracker.models.desk import Event  # noqa: E402

TABLE = "tracker_revision"
# Queries that count for the filters and the strip, told by what they say; all others read rows.
COUNTING = ("count(", "group by", "unnest(", "width_bucket(")


class Watch:
    """Notes the queries of a block, each with its milliseconds."""

    def __init__(self):
        self.queries: list[tuple[str, object, float]] = []

    def __call__(self, execute, sql, params, many, context):
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.queries.append((sql, params, (time.perf_counter() - begun) * 1000))


def answered(client: Client, address: str, *, explain: bool) -> dict:
    """Milliseconds, status, bytes as sent, queries, milliseconds of those that count, and, if asked for, what is
    scanned whole."""
    watch = Watch()
    with connection.execute_wrapper(watch):
        begun = time.perf_counter()
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        took = (time.perf_counter() - begun) * 1000
    read = [one for one in watch.queries if one[0].lstrip().lower().startswith(("select", "with"))]
    found = {
        "ms": took,
        "status": answer.status_code,
        "bytes": len(body),
        "queries": len(read),
        "counting": sum(ms for sql, _params, ms in read if any(word in sql.lower() for word in COUNTING)),
    }
    if explain:
        found["scans"] = sorted({words for sql, params, _ms in read for words in scans(sql, params)})
    return found


def scans(sql: str, params) -> list[str]:
    """The beginnings of queries that read the revisions from their first page to the last."""
    with connection.cursor() as cursor:
        cursor.execute(f"explain (format json) {sql}", params)
        plan = cursor.fetchone()[0]
    plan = json.loads(plan) if isinstance(plan, str) else plan
    return [f"{node['Alias']}: {sql[:160]}" for node in nodes(plan[0]["Plan"]) if is_scan(node)]


def is_scan(node: dict) -> bool:
    return node["Node Type"].endswith("Seq Scan") and node.get("Relation Name") == TABLE


def nodes(plan: dict):
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


ORDERS = {
    "ask": lambda client, address: answered(client, address, explain=False),
    "explain": lambda client, address: answered(client, address, explain=True),
    "read": lambda client, address: json.loads(client.get(address, headers={"Accept-Encoding": "identity"}).content),
    "first": lambda client, _value: Event.objects.order_by("pk").values_list("pk", flat=True)[0],
    "publish": lambda client, number: republish(number),
    "commit": lambda client, _value: commit(),
    "import": lambda client, rows: import_rows(rows),
}


def main() -> None:
    client = Client(raise_request_exception=False, HTTP_HOST="127.0.0.1", HTTP_ACCEPT_ENCODING="gzip")
    for line in sys.stdin:
        order = json.loads(line)
        kind, value = next(iter(order.items()))
        said = ORDERS[kind](client, value)
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    main()
