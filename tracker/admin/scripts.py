"""The scripts of the desk's forms. Every form works without them."""

from django import forms


class Guarded:
    """For a page: its form warns before work that is not saved is left or sent after the
    session ended, and counts the signs of limited texts."""

    @property
    def media(self):
        return super().media + forms.Media(js=["desk/leaving.js", "desk/counter.js", "desk/session.js"])
