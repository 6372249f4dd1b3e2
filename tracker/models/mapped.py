"""What a map of the site needs of the record: the address of each event, and since when it says what it says."""

from datetime import datetime


class Mapped:
    """The part of the record's query set that a site map reads."""

    def mapped(self) -> list[tuple[str, datetime]]:
        """Slug, and since when the statement could be read, in order of the permanent id. `appears` would tell more: a
        deed that only schedules writes the row that stands anew (docs/record.md, rule 6)."""
        rows = self.order_by("event").values_list("slug", "stated", "known")
        return [(slug, max(stated, known.lower)) for slug, stated, known in rows]
