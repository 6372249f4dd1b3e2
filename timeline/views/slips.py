"""Dates that slipped: which announced dates held, and who had announced those that did not."""

from django.shortcuts import render

from timeline.query import BadQuery
from timeline.scene.slips import judged
from timeline.scene.slips import slips as scene_of
from timeline.views.asked import Asked, face

# What the form has a field for, with its own fault beside it.
FIELDS = {"country", "kind", "topic", "as_of"}


def refused(request, fault: BadQuery, asked: Asked, speaks: str):
    """The page as asked by what can be read, with each fault beside its field or above the form: 400."""
    return page(request, asked, {one.name: one for one in fault.faults}, status=400)


@face("slips", refusal=refused)
def slips(request, asked: Asked):
    """The page."""
    return page(request, asked)


def page(request, asked: Asked, faults=None, *, status: int = 200):
    rows = asked.matching.with_announced_dates()
    today, language = asked.moment.today, asked.language
    found = asked.kept("slips", lambda: judged(rows, today=today), language)
    scene = scene_of(rows, today=today, language=language, found=found)
    faults = faults or {}
    elsewhere = {name: fault for name, fault in faults.items() if name not in FIELDS}
    context = {"asked": asked, "slips": scene, "faults": faults, "elsewhere": elsewhere}
    return render(request, "slips.html", context, status=status)
