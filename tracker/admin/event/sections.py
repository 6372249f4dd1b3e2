"""Lists of an event that most events do not have: folded while they are empty, so that entering is short."""

from tracker.admin.mixed import Page

FOLDED = frozenset(("participations", "remarks", "announced", "acts", "links"))


class Folding(Page):
    """For a page: its lists in `FOLDED` open by themselves once there is a row in them, or an error."""

    def get_inline_formsets(self, request, formsets, *args, **kwargs):
        found = super().get_inline_formsets(request, formsets, *args, **kwargs)
        for inline in found:
            if inline.formset.prefix in FOLDED and not _is_filled(inline.formset):
                inline.classes = f"{inline.classes} collapse".strip()
        return found


def _is_filled(formset) -> bool:
    """Whether the list has rows that are saved, typed, or proposed."""
    typed = formset.is_bound and any(form.has_changed() for form in formset.extra_forms)
    return bool(formset.initial_form_count() or formset.initial_extra or typed)
