"""The answer to the button of a review: the same page again, and in words what was marked."""

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.admin.event.text_states import LANGUAGES
from tracker.admin.mixed import Page
from tracker.vocabulary import Language

# The names of the buttons (TextForm.button, TextForm.back_button), each with its language.
REVIEWS = {f"_review_{code}": code for code in Language}
BACK = {f"_unreview_{code}": code for code in Language}

# What a review sets of its text, and logs by itself.
SET_BY_REVIEW = ("state", "reviewed_by", "reviewed_at")


def without_reviews(changes: list[dict], data) -> list[dict]:
    """The changes of a save without those of the reviews that were asked for in it: each has a row of its own."""
    codes = [code for name, code in REVIEWS.items() if name in data]
    told = {f"texts[{code}].{field}" for code in codes for field in SET_BY_REVIEW}
    return [change for change in changes if change["field"] not in told]


class Reviewing(Page):
    """For the page of events: whoever reviews one language goes on with the next."""

    def response_add(self, request, obj, post_url_continue=None):
        return self._reviewed(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._reviewed(request, obj) or super().response_change(request, obj)

    def _reviewed(self, request, obj):
        if IS_POPUP_VAR in request.POST:
            return None
        for buttons, words in ((REVIEWS, _("Saved. Reviewed: %s.")), (BACK, _("Saved. Waits for a review: %s."))):
            for name, code in buttons.items():
                if name in request.POST:
                    self.message_user(request, words % LANGUAGES[code], messages.SUCCESS)
                    return HttpResponseRedirect(_texts_of(obj))
        return None


def _texts_of(event) -> str:
    return f"{reverse('admin:tracker_event_change', args=[event.pk])}#texts-group"
