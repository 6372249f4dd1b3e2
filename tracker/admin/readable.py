"""Queries of the desk's addresses, as far as the database can be asked with them."""

from functools import wraps

# Stands for what cannot be read; no text of ours has it, so that it finds nothing.
UNREADABLE = "\ufffd"


def readable(view):
    """The view, given every value of the query with a sign for what cannot be read in place of each NUL, which
    PostgreSQL holds in no text."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if any("\0" in text for name, values in request.GET.lists() for text in (name, *values)):
            query = request.GET.copy()
            query.clear()
            for name, values in request.GET.lists():
                query.setlist(_plain(name), [_plain(value) for value in values])
            request.GET = query
        return view(request, *args, **kwargs)

    return answer


def _plain(text: str) -> str:
    return text.replace("\0", UNREADABLE)
