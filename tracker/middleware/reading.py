"""Which database a request reads: a reader's a replica, the desk's the primary (tracker/database/replicas.py).

The choice hangs on Django's signals and not on the middleware's place, so that it stands before the first of them asks
the database and until the last piece of a long answer is sent.
"""

from django.core.signals import request_finished, request_started
from django.dispatch import receiver

from tracker.database import replicas
from tracker.middleware.language import DESK


@receiver(request_started)
def begin(environ=None, **_more) -> None:
    """A request begins: which kind it is shows from its method and path."""
    environ = environ or {}
    read = environ.get("REQUEST_METHOD") in ("GET", "HEAD")
    replicas.begin(public=read and not environ.get("PATH_INFO", "").startswith(DESK))


@receiver(request_finished)
def end(**_more) -> None:
    """Its last piece is sent."""
    replicas.end()


class Reading:
    """Begins an answer anew on the primary if the replica that it read was lost. The last of the middleware, so that
    nobody answers for the loss before."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, replicas.LOST) or not replicas.lost():
            return None
        view, args, kwargs = request.resolver_match
        vars(request).pop("standing", None)  # What the lost one stood at (timeline/views/asked.py).
        try:
            return view(request, *args, **kwargs)
        except replicas.LOST:
            return None  # Of the primary too: for whoever answers from copies.
