"""The views of the read API."""

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from timeline.api import events as of_events
from timeline.api.changes import changes_body
from timeline.api.clock import clock_body
from timeline.api.documentation import documented
from timeline.api.envelope import answer
from timeline.api.openapi import contract
from timeline.api.vocabulary import vocabulary_body
from timeline.views.asked import RULES, Asked, face
from timeline.views.elsewhere import open_to_all
from timeline.views.faults import problem


@face("api", once=True)
def documentation(request, asked: Asked):
    """How to use the API, for people."""
    return render(request, "api.html", {"asked": asked, **documented(asked)})


@open_to_all
@face("api-openapi", speaks="json", once=True)
def openapi(request, asked: Asked):
    """The contract, for programs: OpenAPI 3.1, in English."""
    return answer(contract())


@open_to_all
@face("api-events", speaks="json", once=True)
def events(request, asked: Asked):
    """A page of the events of a query."""
    return answer(of_events.events_body(asked))


@open_to_all
@face("api-event", speaks="json", once=True)
def event(request, asked: Asked, slug: str):
    """One event: 404 if nothing of it is to be seen from the moment, 410 with the reason if it stands retracted."""
    row, rows = of_events.found(asked, slug)
    if row.slug != slug:
        return redirect(of_events.moved(asked, row.slug), permanent=True)
    if row.retracted:
        return problem(410, _("This event was retracted."), **of_events.gone_body(asked, row, rows))
    return answer(of_events.event_body(asked, row, rows))


@open_to_all
@face("api-changes", speaks="json", once=True)
def changes(request, asked: Asked):
    """A page of the changes of a query."""
    return answer(changes_body(asked))


@open_to_all
@face("api-clock", speaks="json", stamp=RULES, once=True)
def clock(request, asked: Asked):
    """The treaty clock, with what would follow from the steps of a scenario."""
    return answer(clock_body(asked))


@open_to_all
@face("api-vocabulary", speaks="json", stamp=RULES, once=True)
def vocabulary(request, asked: Asked):
    """Every enumeration in words."""
    return answer(vocabulary_body(asked))
