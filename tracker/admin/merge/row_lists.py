"""The lists of rows on a page, as formsets: how many of their rows are saved is known here."""

from django.forms.models import BaseInlineFormSet


class RowFormSet(BaseInlineFormSet):
    """A list whose saved rows come first, however few of them the page that was sent admits: taken for new ones, they
    would stand in the database twice."""

    def initial_form_count(self):
        count = super().initial_form_count()
        return max(count, len(self.get_queryset())) if self.is_bound else count
