"""The policy of corrections, and what was corrected, retracted and restored."""

from django.shortcuts import render

from timeline.scene.corrections import MOST
from timeline.scene.corrections import corrections as scene_of
from timeline.views.about import contact
from timeline.views.asked import ZONE, Asked, face
from tracker.models.record import Revision


@face("corrections", stamp=contact)
def corrections(request, asked: Asked):
    """The page."""
    rows = list(Revision.objects.corrections(asked.moment, ZONE)[: MOST + 1])
    histories = Revision.objects.histories({row.event for row in rows}, asked.moment)
    scene = scene_of(rows, histories, asked.moment, asked.language)
    return render(request, "corrections.html", {"asked": asked, "corrections": scene})
