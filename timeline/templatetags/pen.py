"""The pen of the drawing: the pieces of a lane as HTML, marks and pills, each a list item with one link.

Written by hand and not by a template: a drawing has a hundred pieces with thirty values each, and to walk a template
over them took half of the time that a page takes. Slugs, digits and the names of shapes need no escaping; words do.
"""

from collections.abc import Callable
from functools import cached_property

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from timeline.layout import Lane, Mark, Pill
from timeline.layout.drawing import Trace
from timeline.layout.packing import BARE
from timeline.layout.shapes import Line
from timeline.templatetags.drawing import digits, holds, mark, shape, stretch_words, unfolded
from timeline.templatetags.words import moment_query, query, said
from tracker.brief import Brief
from tracker.labels import STANDINGS

register = template.Library()

CURRENT = ' aria-current="true"'
PAST_THE_MIDDLE = 700  # per mille: from here on the label of a bare mark opens to the left


@register.simple_tag(takes_context=True)
def pieces(context, lane: Lane) -> SafeString:
    """The pieces of a lane in its order."""
    pen = Pen(context)
    return mark_safe("".join(pen.pill(one) if isinstance(one, Pill) else pen.mark(one) for one in lane.pieces))


class Pen:
    """Writes pieces for one page: what is the same for all of them is made once."""

    def __init__(self, context):
        self.context = context
        self.language = context["asked"].language
        self.chosen = context.get("chosen")
        self.embed = context.get("embed")

    def mark(self, piece: Mark) -> str:
        """One event: its traces, its mark, its label, and in hidden words its date and standing."""
        brief = piece.brief
        ends = (" from" if piece.before else "") + (" on" if piece.after else "")
        traces = "".join(_trace(trace, brief) for trace in piece.traces)
        sign = "" if piece.headless and (piece.side != BARE or piece.long) else mark(brief, piece.standing)
        codes = f" <small>{piece.codes}</small>" if piece.codes else ""
        doubt = "<sup>?</sup>" if brief.date.uncertain else ""
        foreign = brief.language != self.language
        return (
            f'<li class="r{piece.row} {brief.kind.family.value} {shape(piece.standing)}{ends}">{traces}'
            f'<a id="m{brief.event}" class="{_classes(piece)}" href="{self.address(brief.slug)}"'
            f"{CURRENT if brief.event == self.chosen else ''}{_lang(brief.language) if foreign else ''}>"
            f"{sign}<span>{escape(brief.label)}{codes}{doubt}</span>"
            f'<span class="hidden"{_lang(self.language) if foreign else ""}>, {escape(said(brief.date))}, '
            f"{escape(str(STANDINGS[piece.standing]).lower())}{self.moved if brief.moved else ''}</span></a></li>"
        )

    def pill(self, piece: Pill) -> str:
        """Several events: their number, and in hidden words from when to when they are."""
        current = f"{CURRENT[1:]} " if self.chosen and holds(piece, self.chosen) else ""
        kinds = f"pill at {digits(piece.x, 'x')} {digits(piece.b, 'b')}{' milestone' if piece.milestone else ''}"
        words = _("milestones") if piece.milestone else _("more events")
        return (
            f'<li class="r{piece.row}"><a id="p{piece.mark}" class="{kinds}" {current}{self._opened(piece)}>'
            f'<b>{"◆ " if piece.milestone else ""}{piece.count}</b><span class="hidden"> {escape(words)}, '
            f"{escape(stretch_words(self.context, piece))}</span></a></li>"
        )

    def _opened(self, piece: Pill) -> str:
        """Where a pill leads: to a window that parts its events, else to their list."""
        target = unfolded(self.context, piece)
        if target is not None:
            return f'href="{escape((self.embed or reverse("home")) + target)}"'
        if not self.embed:
            return 'href="#list"'
        whole = reverse("home") + query(self.context, look=None, theme=None, height=None)
        return f'href="{escape(whole)}" target="_blank" rel="noopener"'

    @cached_property
    def address(self) -> Callable[[str], str]:
        """Where an event's mark leads, by its slug: within an embed the event opened there, else its own page."""
        if self.embed:
            before, after = query(self.context, event="EVENT").split("event=EVENT")
            before += "event="
        else:
            before, after = reverse("event", args=["EVENT"]).split("EVENT")
            after += moment_query(self.context)
        before, after = escape(before), escape(after)
        return lambda slug: f"{before}{slug}{after}"

    @cached_property
    def moved(self) -> str:
        return f", {escape(_('date moved'))}"


def _classes(piece: Mark) -> str:
    aside = " left" if piece.side == BARE and piece.x > PAST_THE_MIDDLE else ""
    begins = f" {digits(piece.b, 'b')}" if piece.b else ""
    return (
        f"m at {piece.side}{aside} {digits(piece.x, 'x')} {digits(piece.room, 'w')}{begins} "
        f"{piece.brief.significance.slug}{' long' if piece.long else ''}"
    )


def _trace(trace: Trace, brief: Brief) -> str:
    if trace.line == Line.GHOST:
        family = brief.kind.family.value
        return f'<svg class="mark ghost at {digits(trace.x, "x")}" aria-hidden="true"><use href="#{family}"/></svg>'
    back = " back" if trace.back else ""
    return f'<i class="{trace.line.value} at {digits(trace.x, "x")} {digits(trace.b, "b")}{back}"></i>'


def _lang(code: str) -> str:
    return f' lang="{code}"'
