"""Words for slipped dates, corrections and the page about the tracker."""

from math import ceil

from django import template
from django.conf import settings
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from timeline.scene.announced import Tally
from timeline.scene.corrections import Sort

register = template.Library()


@register.filter
def days(value: float | None) -> str:
    """A number of days, a median has a half at times: "9.5 days", "16 days", "−3 days"; a dash for none."""
    if value is None:
        return "–"
    whole = value == int(value)
    number = number_format(abs(value), 0 if whole else 1)
    return ngettext("%(n)s day", "%(n)s days", ceil(abs(value))) % {"n": f"−{number}" if value < 0 else number}


@register.filter
def signed(value: int) -> str:
    """A day of the axis: "+7", "−7", "0"."""
    return f"{value:+d}".replace("-", "−") if value else "0"


@register.simple_tag
def open_words(tally: Tally) -> str:
    """What became of the dates that neither held nor moved, in sentences; empty when there are none."""
    said = [
        (
            tally.ahead,
            lambda n: ngettext("%(n)s is still to come.", "%(n)s are still to come.", n),
        ),
        (
            tally.passed,
            lambda n: ngettext(
                "%(n)s has passed with no outcome on record.", "%(n)s have passed with no outcome on record.", n
            ),
        ),
        (
            tally.postponed,
            lambda n: ngettext("%(n)s is postponed, no new day.", "%(n)s are postponed, no new day.", n),
        ),
        (tally.cancelled, lambda n: ngettext("%(n)s is cancelled.", "%(n)s are cancelled.", n)),
    ]
    return " ".join(words(count) % {"n": count} for count, words in said if count)


@register.simple_tag
def contact() -> dict[str, str]:
    """Whom to write to: `mail` and `page`, each empty where nobody set it."""
    return {"mail": settings.CONTACT_EMAIL, "page": settings.CONTACT_URL}


@register.simple_tag
def sort(value: Sort) -> str:
    """What sort of correction it is."""
    return {
        Sort.RETRACTED: _("Retracted"),
        Sort.RESTORED: pgettext("class of change", "Restored"),
        Sort.PAST: _("The past corrected"),
        Sort.LATE: _("Told late"),
    }[value]


@register.simple_tag
def question(name: str) -> str:
    """The heading of a ranking."""
    return {
        "source": _("By the institution that announced"),
        "country": _("By country"),
        "kind": _("By kind of event"),
    }[name]


@register.simple_tag
def column(name: str) -> str:
    """What the first column of a ranking holds."""
    return {"source": _("Announced by"), "country": _("Country"), "kind": _("Kind")}[name]


@register.simple_tag
def meaning(name: str) -> str:
    """What "announced by" means in a ranking."""
    return {
        "source": _(
            "The publisher of the official source that announced the date. What the press, analysts or digests "
            "report is somebody else’s announcement, so these stand together."
        ),
        "country": _(
            "The country whose people and bodies alone take part in the event, else the only country concerned. The "
            "record does not hold who spoke."
        ),
        "kind": _("What was announced, whoever announced it."),
    }[name]
