"""The table of faces: the path chooses the face, the query string chooses the events (docs/addresses.md)."""

from django.urls import path

from timeline.views import data, pages
from timeline.views.embed import embed

urlpatterns = [
    path("", pages.home, name="home"),
    path("results/", pages.results, name="results"),
    path("events/<slug:slug>/", pages.event, name="event"),
    path("events/<slug:slug>/card/", pages.card, name="card"),
    path("embed/", embed, name="embed"),
    path("events.json", data.events_json, name="events-json"),
]
