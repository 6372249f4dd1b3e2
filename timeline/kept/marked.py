"""An answer with the marks that views leave on it for the middleware that keeps answers, for the checker of types."""

from typing import cast

from django.http import HttpResponse, HttpResponseBase

from timeline.kept.answer import Answer, Keep


class Marked(HttpResponse):
    """`keep`: how it may be kept. `good`: the last good copy that it stands for. Nothing is ever made of this class."""

    keep: Keep
    good: Answer


def marked(response: HttpResponseBase) -> Marked:
    """The same answer, its marks known to the checker."""
    return cast(Marked, response)
