"""How far a date moved, in words."""

from django.utils.translation import ngettext


def slip_words(days: int | None) -> str:
    """ "16 days later" of a date that moved by so many days, in the active language; empty for none."""
    if not days:
        return ""
    if days > 0:
        return ngettext("%(n)s day later", "%(n)s days later", days) % {"n": days}
    return ngettext("%(n)s day earlier", "%(n)s days earlier", -days) % {"n": -days}
