"""The table of faces: the path chooses the face, the query string chooses the events (docs/addresses.md)."""

from django.urls import path

from timeline.formats.registry import FORMATS
from timeline.views import about, changes, clock, corrections, feeds, pages, promises, redline, slips, timemap
from timeline.views.embed import embed, named
from timeline.views.export import VIEWS
from timeline.views.picture import event_picture, view_picture
from timeline.views.share import share

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
    path("accessibility/", promises.accessibility, name="accessibility"),
    path("privacy/", promises.privacy, name="privacy"),
    path("share/", share, name="share"),
    path("embed/", embed, name="embed"),
    path("embed/<str:name>/", named, name="embed-named"),
    *(path(f"events.{extension}", VIEWS[extension], name=form.face) for extension, form in FORMATS.items()),
    path("feed.atom", feeds.events_atom, name="feed-atom"),
    path("feed.json", feeds.events_json, name="feed-json"),
    path("changes.atom", feeds.changes_atom, name="changes-atom"),
    path("changes.json", feeds.changes_json, name="changes-json"),
    path("picture.png", view_picture, name="picture"),
    path("events/<slug:slug>/picture.png", event_picture, name="event-picture"),
]
