"""The entries of a query in the document shape, at most 200 a page."""

import json

from timeline.formats.document import document
from timeline.scene.extract import Extract
from tracker.moment import utc_text


def write(extract: Extract) -> bytes:
    """The file, UTF-8. `next` is the next page, `pinned` the permanent address."""
    return (json.dumps(body(extract), ensure_ascii=False, indent=1) + "\n").encode()


def body(extract: Extract) -> dict:
    """What the file says, as plain JSON values."""
    page, moment = extract.page, extract.moment
    return {
        "language": extract.language,
        "self": extract.address(),
        "pinned": extract.permanent(extract.face),
        "query": dict(extract.query.pairs),
        "as_of": moment.as_of.isoformat() if moment.as_of else None,
        "record": utc_text(extract.stamp) if extract.stamp else None,
        "total": page.total(extract.query, lambda: extract.total),
        "next": extract.address(cursor=page.next) if page.next else None,
        "events": [document(row.entry(extract.language)) for row in page.rows],
    }
