"""Search at the desk: words found in any case and without accents, and the agreement under each of its names.

Tables that grow with the record are searched by an index of their words (migration 0004): there a term is found where a
word begins with it, and a phrase where its words follow each other. Short lists are read through: there it may stand
anywhere.
"""

import re

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q, QuerySet, TextField, Value

from tracker.admin.mixed import Page
from tracker.search import folded

# What people write; names that `folded` takes as one are found by each other.
_NAMES = (
    *("USMCA", "CUSMA", "T-MEC", "T MEC", "TMEC", "ACEUM", "NAFTA 2.0", "NAFTA", "TLCAN", "ALENA"),
    *("United States", "U.S.", "U. S.", "U.S.A.", "USA", "Estados Unidos", "EE.UU.", "EE. UU.", "EEUU"),
    *("États-Unis", "É.-U.", "DOF", "Diario Oficial", "Official Gazette", "G7", "G-7", "G20", "G-20"),
)
# Without the synonyms: as the database folds.
_MARKS = "̀-ͯ"


class Folded(Func):
    """The columns as one text, in lower case and without accents."""

    output_field = TextField()
    # Decomposed first: the database's "lower" may know ASCII alone.
    template = (
        "replace(replace(translate(lower(regexp_replace(normalize(concat_ws(' ', %(expressions)s), NFD),"
        f" '[{_MARKS}]', '', 'g')), '’–—\u00a0', '''-- '), 'œ', 'oe'), 'Œ', 'oe')"
    )


_LETTERS = re.compile(r"[^\W_]+")
# PostgreSQL refuses a word of more than 2,046 bytes.
_LONGEST = 100


def _plain(name: str) -> str:
    return name.lower().replace("é", "e")


def _same() -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for name in _NAMES:
        groups.setdefault(folded(name).strip(), []).append(_plain(name))
    return groups


SAME = _same()
_TERM = re.compile("|".join([r'"([^"]+)"', *(rf"(?<!\w){re.escape(name)}(?!\w)" for name in SAME), r"[^\s\"]+"]))


def terms(words: str) -> list[str]:
    """The words, phrases in "…" and known names that are asked for, folded; all of them must be found."""
    text = folded(words.replace("\0", " "))
    return [match[1] or match[0] for match in _TERM.finditer(text)]


def found(rows: QuerySet, term: str, *columns) -> QuerySet:
    """The rows in whose columns (names or expressions) the term stands; a known name under any of its forms."""
    rows = rows.alias(folded_text=Folded(*columns))
    if term in SAME:
        names = "|".join(re.escape(name) for name in {term, *SAME[term]})
        return rows.filter(folded_text__regex=rf"(?<![[:alnum:]])(?:{names})(?![[:alnum:]])")
    return rows.filter(folded_text__contains=term)


class _Words(Func):
    """The words of the columns, one after the other, as the index of them has it."""

    function = "tracker_words"
    arg_joiner = " || ' ' || "


class _Matches(Func):
    output_field = BooleanField()
    arg_joiner = " @@ "
    template = "(%(expressions)s::tsquery)"


def worded(rows: QuerySet, term: str, *columns) -> QuerySet:
    """The rows in whose columns, those of an index of words, a word begins with the term, or its words follow each
    other; a known name under any of its forms. None for a term without letters and digits."""
    query = _asked(term)
    return rows.filter(_Matches(_Words(*columns), Value(query))) if query else rows.none()


def _among(rows: QuerySet) -> Func:
    """Whether a row is one of these, which are looked for before anything is sorted: in the order of the list the
    planner would fold row by row until it has a page."""
    keys = ArraySubquery(rows.values("pk"))
    return Func(F("pk"), keys, arg_joiner=" = any(", template="(%(expressions)s))", output_field=BooleanField())


def _asked(term: str) -> str:
    """As a PostgreSQL tsquery; only letters and digits pass."""
    if term in SAME:
        forms = (" <-> ".join(_LETTERS.findall(name)) for name in sorted({term, *SAME[term]}))
        return " | ".join(f"({form})" for form in forms)
    words = [word[:_LONGEST] for word in _LETTERS.findall(term)]
    return f"{' <-> '.join(words)}:*" if words else ""


def events_of(rows: QuerySet) -> Q:
    """The events of the rows, which are looked for first and once."""
    return Q(pk__in=rows.order_by().values("event"))


def joined(column: str) -> Func:
    """An array of words as one text."""
    return Func(F(column), Value(" "), function="array_to_string", output_field=TextField())


def any_of(*conditions) -> Q:
    """One of the conditions at least."""
    whole = Q()
    for condition in conditions:
        whole |= Q(condition)
    return whole


class FoldedSearch(Page):
    """For a page: its search box folds; `search_fields` are columns of the row itself, or arrays named in `arrays`.
    `by_words`: they are the columns of an index of words, in its order."""

    arrays: tuple[str, ...] = ()
    by_words = False

    def get_search_results(self, request, queryset, search_term):
        columns = [joined(name) if name in self.arrays else name for name in self.search_fields]
        for term in terms(search_term):
            if self.by_words:
                queryset = queryset.filter(_among(worded(self.model.objects.order_by(), term, *columns)))
            else:
                queryset = found(queryset, term, *columns)
        return queryset, False
