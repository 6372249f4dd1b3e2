"""The table of faces: the path chooses the face, the query string chooses the events (docs/addresses.md)."""

from django.urls import path

from timeline.views import about, changes, clock, corrections, data, pages, redline, slips, timemap
from timeline.views.embed import embed

urlpatterns = [
    path("", pages.home, name="home"),
    path("results/", pages.results, name="results"),
    path("events/<slug:slug>/", pages.event, name="event"),
    path("events/<slug:slug>/card/", pages.card, name="card"),
    path("events/<slug:slug>/timemap/", timemap.timemap, name="timemap"),
    path("clock/", clock.clock, name="clock"),
    path("clock/results/", clock.results, name="clock-results"),
    path("changes/", changes.changes, name="changes"),
    path("changes/marks.json", changes.marks, name="changes-marks"),
    path("redline/", redline.redline, name="redline"),
    path("slips/", slips.slips, name="slips"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("about/", about.about, name="about"),
    path("embed/", embed, name="embed"),
    path("events.json", data.events_json, name="events-json"),
]
