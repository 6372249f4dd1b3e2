"""What a map of the site needs of the record: the address of each event, and since when it says what it says."""

from datetime import datetime

from django.db.models import BigIntegerField, F, Value

from tracker.models.rows import Rows


class Mapped(Rows):
    """The part of the record's query set that a site map reads."""

    def mapped(self) -> list[tuple[str, datetime]]:
        """Slug, and since when the statement could be read, in order of the permanent id. `appears` would tell more: a
        deed that only schedules writes the row that stands anew (docs/record.md, rule 6)."""
        rows = self.order_by("event").values_list("slug", "stated", "known")
        return [(slug, max(stated, known.lower)) for slug, stated, known in rows]

    def of_part(self, part: int, size: int):
        """The rows of one part of the map, as `parts` counts them."""
        first = (part - 1) * size + 1
        return self.filter(event__gte=first, event__lt=first + size)

    def parts(self, size: int) -> list[int]:
        """The parts that have events, from 1: each so many permanent ids: it stays as it is when others come."""
        part = (F("event") - 1) / Value(size, output_field=BigIntegerField())
        found = self.order_by().annotate(part=part).values_list("part", flat=True).distinct()
        return sorted(number + 1 for number in found)
