"""The lists of rows on a page, as formsets: how many of their rows are saved is known here."""

from django.forms.models import BaseInlineFormSet

# No event has as many topics, people or sources; a page that claims more rows would only cost time.
MOST_ROWS = 200


class RowFormSet(BaseInlineFormSet):
    """A list whose saved rows come first, however few of them the page that was sent admits: taken for new ones, they
    would stand in the database twice. It has at most `MOST_ROWS` in all."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.absolute_max = min(self.absolute_max, MOST_ROWS)

    def initial_form_count(self):
        count = super().initial_form_count()
        return max(count, len(self.get_queryset())) if self.is_bound else count
