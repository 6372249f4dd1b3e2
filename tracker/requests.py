"""A request as our middleware and views leave it, for the checker of types: Django's own knows none of these."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from tracker.models.staff import User


class Request(HttpRequest):
    """Annotated where one of these is read or set. Nothing is ever made of this class."""

    user: User
    htmx: HtmxDetails
    # The number of the request, in its answer and in every line of the log (tracker/observing).
    request_id: str
    # In which form a public face refuses: html, json or text.
    speaks: str
