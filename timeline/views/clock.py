"""The treaty clock: where the agreement stands, its deadlines, and what would happen if."""

from dataclasses import replace
from functools import partial

from django.shortcuts import redirect, render
from django.urls import reverse

from timeline.query import BadQuery, canonical
from timeline.scene.clock import clock_scene
from timeline.scene.scenario import scenario
from timeline.views import step_form
from timeline.views.asked import RULES, Asked, face
from timeline.views.clock_faults import AddressFaults, placed, too_early
from tracker.models.rules import Rule


def refused(request, fault: BadQuery, asked: Asked, speaks: str, *, template: str):
    """The page as asked by what can be read, with each fault of the address in its place: 400."""
    faults, asked = placed(request.GET, fault, asked)
    return render(request, template, page(request, asked, faults), status=400)


@face("clock", stamp=RULES, also=step_form.FIELDS, refusal=partial(refused, template="clock.html"))
def clock(request, asked: Asked):
    """The page. A step that was sent is answered by the address that has it among the others."""
    scene = page(request, of_its_years(asked))
    form = scene["form"]
    if form.sent and not form.faults:
        return redirect(_address(scene["asked"]) + "#what-if")
    return render(request, "clock.html", scene, status=400 if form.faults else 200)


@face(
    "clock-results",
    stamp=RULES,
    also=step_form.FIELDS,
    refusal=partial(refused, template="parts/clock_page.html"),
)
def results(request, asked: Asked):
    """The fragment of the page; the address in the bar is the page's."""
    scene = page(request, of_its_years(asked))
    faults = scene["form"].faults
    response = render(request, "parts/clock_page.html", scene, status=400 if faults else 200)
    if not faults:
        response.headers["HX-Push-Url"] = _address(scene["asked"])
    return response


def of_its_years(asked: Asked) -> Asked:
    """What is asked; BadQuery for a day before the years that the page tells of."""
    if fault := too_early(asked):
        raise BadQuery(fault)
    return asked


def page(request, asked: Asked, faults: AddressFaults | None = None) -> dict:
    """What the page is drawn from; a good step that was sent is among those of the query. `faults`: of the address."""
    today, language = asked.moment.today, asked.language
    provisions = Rule.objects.provisions(language)
    scene = clock_scene(asked.rows.treaty(), provisions, today=today, language=language, live=asked.moment.is_now)
    form = step_form.read(request.GET, asked.query, scene.acts, today, language)
    if form.step and not form.faults:
        steps = sorted({*asked.query.step, form.step}, key=lambda step: (step.day, str(step)))
        asked = replace(asked, query=replace(asked.query, step=tuple(steps)))
        form = step_form.StepForm(sent=True)
    return {
        "asked": asked,
        "scene": scene,
        "form": form,
        "faults": faults or AddressFaults(),
        "readings": step_form.readings(asked.query.reading),
        "scenario": scenario(
            scene.acts,
            asked.query.step,
            asked.query.reading,
            provisions,
            today=today,
            language=language,
            live=asked.moment.is_now,
        ),
    }


def _address(asked: Asked) -> str:
    query = canonical(asked.query)
    return reverse("clock") + (f"?{query}" if query else "")
