"""Dates in words, by tables for three languages and by a property over all values."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.date_words import in_words, name_in_words, range_in_words
from tracker.edtf import EdtfError, parse

YEARS = st.integers(2017, 2052) | st.integers(1000, 2999)
CODES = st.sampled_from([*range(1, 13), 21, 22, 23, 24, 33, 34, 35, 36])
BARE_TEXTS = (
    st.dates(date(1000, 1, 1), date(2999, 12, 31)).map(str)
    | st.builds("{}-{:02}".format, YEARS, CODES)
    | YEARS.map(str)
)
POINT_TEXTS = st.builds(str.__add__, BARE_TEXTS, st.sampled_from(["", "~", "?", "%"]))
ONE_SIDED = st.builds(str.format, st.sampled_from(["{}", "{}/..", "../{}", "[{}..]", "[..{}]"]), POINT_TEXTS)


@st.composite
def two_sided(draw):
    pair = [draw(POINT_TEXTS), draw(POINT_TEXTS)]
    if draw(st.booleans()):  # two ends in one year take the short ways
        pair[1] = pair[0][:4] + pair[1][4:]
        pair = [text.replace("-02-29", "-02-28") for text in pair]
    pair.sort(key=lambda text: parse(text).sort_key)
    return draw(st.sampled_from(["{}/{}", "[{}..{}]"])).format(*pair)


VALUES = (ONE_SIDED | two_sided()).map(parse)
LANGUAGES = st.sampled_from(["en", "es", "fr"])

# EDTF text, English, Spanish, French.
LONG = [
    ("2025-09-17", "17 September 2025", "17 de septiembre de 2025", "17 septembre 2025"),
    ("2026-07-01", "1 July 2026", "1 de julio de 2026", "1er juillet 2026"),
    ("2026-07", "July 2026", "julio de 2026", "juillet 2026"),
    ("2026-33", "first quarter of 2026", "primer trimestre de 2026", "premier trimestre de 2026"),
    ("2026-35", "third quarter of 2026", "tercer trimestre de 2026", "troisième trimestre de 2026"),
    ("2026-21", "spring 2026", "primavera de 2026", "printemps 2026"),
    ("2026-22", "summer 2026", "verano de 2026", "été 2026"),
    ("2026-24", "winter 2026–2027", "invierno de 2026–2027", "hiver 2026–2027"),
    ("2026", "2026", "2026", "2026"),
    # Doubts on a point.
    ("2027-07~", "about July 2027", "hacia julio de 2027", "vers juillet 2027"),
    ("2027-07-03~", "about 3 July 2027", "hacia el 3 de julio de 2027", "vers le 3 juillet 2027"),
    (
        "2026-34~",
        "about the second quarter of 2026",
        "hacia el segundo trimestre de 2026",
        "vers le deuxième trimestre de 2026",
    ),
    ("2026-21~", "about spring 2026", "hacia la primavera de 2026", "vers le printemps 2026"),
    ("2026-22~", "about summer 2026", "hacia el verano de 2026", "vers l’été 2026"),
    ("2027-07?", "July 2027 (uncertain)", "julio de 2027 (incierto)", "juillet 2027 (incertain)"),
    ("2027%", "about 2027 (uncertain)", "hacia 2027 (incierto)", "vers 2027 (incertain)"),
    # What lasts.
    ("2025-12-03/2025-12-05", "3–5 December 2025", "3–5 de diciembre de 2025", "3–5 décembre 2025"),
    ("2026-07-01/2026-07-03", "1–3 July 2026", "1–3 de julio de 2026", "1er–3 juillet 2026"),
    (
        "2025-09-17/2025-11-03",
        "17 September – 3 November 2025",
        "17 de septiembre – 3 de noviembre de 2025",
        "17 septembre – 3 novembre 2025",
    ),
    (
        "2025-12-30/2026-01-02",
        "30 December 2025 – 2 January 2026",
        "30 de diciembre de 2025 – 2 de enero de 2026",
        "30 décembre 2025 – 2 janvier 2026",
    ),
    ("2025-08/2025-10", "August – October 2025", "agosto – octubre de 2025", "août – octobre 2025"),
    ("2025/2027", "2025–2027", "2025–2027", "2025–2027"),
    ("2025-09-17/2025-09-17", "17 September 2025", "17 de septiembre de 2025", "17 septembre 2025"),
    (
        "2025-09-17/2025-12",
        "from 17 September to December 2025",
        "del 17 de septiembre a diciembre de 2025",
        "du 17 septembre à décembre 2025",
    ),
    (
        "2025-10/2026-01-03",
        "from October 2025 to 3 January 2026",
        "de octubre de 2025 al 3 de enero de 2026",
        "d’octobre 2025 au 3 janvier 2026",
    ),
    (
        "2026-33/2026-35",
        "from the first to the third quarter of 2026",
        "del primer al tercer trimestre de 2026",
        "du premier au troisième trimestre de 2026",
    ),
    (
        "2026-21/2026-23",
        "from spring to autumn 2026",
        "de la primavera al otoño de 2026",
        "du printemps à l’automne 2026",
    ),
    (
        "2025-09-17/..",
        "from 17 September 2025",
        "desde el 17 de septiembre de 2025",
        "à partir du 17 septembre 2025",
    ),
    ("2026-08/..", "from August 2026", "desde agosto de 2026", "à partir d’août 2026"),
    ("2026-22/..", "from summer 2026", "desde el verano de 2026", "à partir de l’été 2026"),
    ("../2026-05-03", "until 3 May 2026", "hasta el 3 de mayo de 2026", "jusqu’au 3 mai 2026"),
    ("../2026-07", "until July 2026", "hasta julio de 2026", "jusqu’en juillet 2026"),
    ("../2026-24", "until winter 2026–2027", "hasta el invierno de 2026–2027", "jusqu’à l’hiver 2026–2027"),
    ("../2026", "until 2026", "hasta 2026", "jusqu’en 2026"),
    # Doubts on an end.
    (
        "2025-09-17~/2025-12?",
        "from 17 September to December 2025 (start approximate, end uncertain)",
        "del 17 de septiembre a diciembre de 2025 (inicio aproximado, fin incierto)",
        "du 17 septembre à décembre 2025 (début approximatif, fin incertaine)",
    ),
    ("2025~/2027~", "2025–2027 (approximate)", "2025–2027 (aproximado)", "2025–2027 (approximatif)"),
    ("../2026?", "until 2026 (uncertain)", "hasta 2026 (incierto)", "jusqu’en 2026 (incertain)"),
    # One day in a window.
    (
        "[2025-11-16..2025-11-17]",
        "16 or 17 November 2025",
        "16 o 17 de noviembre de 2025",
        "16 ou 17 novembre 2025",
    ),
    ("[2025-05-07..2025-05-08]", "7 or 8 May 2025", "7 u 8 de mayo de 2025", "7 ou 8 mai 2025"),
    ("[2025-05-10..2025-05-11]", "10 or 11 May 2025", "10 u 11 de mayo de 2025", "10 ou 11 mai 2025"),
    (
        "[2025-12-31..2026-01-01]",
        "31 December 2025 or 1 January 2026",
        "31 de diciembre de 2025 o 1 de enero de 2026",
        "31 décembre 2025 ou 1er janvier 2026",
    ),
    (
        "[2026-09..2026-10]",
        "September or October 2026",
        "septiembre u octubre de 2026",
        "septembre ou octobre 2026",
    ),
    ("[2026-22..2026-23]", "summer or autumn 2026", "verano u otoño de 2026", "été ou automne 2026"),
    ("[2026..2027]", "2026 or 2027", "2026 o 2027", "2026 ou 2027"),
    (
        "[2026-34..2026-35]",
        "second or third quarter of 2026",
        "segundo o tercer trimestre de 2026",
        "deuxième ou troisième trimestre de 2026",
    ),
    (
        "[2026-05-03..2026-05-09]",
        "between 3 and 9 May 2026",
        "entre el 3 y el 9 de mayo de 2026",
        "entre le 3 et le 9 mai 2026",
    ),
    (
        "[2026-05-03..2026]",
        "between 3 May 2026 and the end of 2026",
        "entre el 3 de mayo de 2026 y el final de 2026",
        "entre le 3 mai 2026 et la fin de 2026",
    ),
    (
        "[2026..2026-10-03]",
        "between the start of 2026 and 3 October 2026",
        "entre el inicio de 2026 y el 3 de octubre de 2026",
        "entre le début de 2026 et le 3 octobre 2026",
    ),
    ("[2026-07..2026-12]", "second half of 2026", "segundo semestre de 2026", "second semestre de 2026"),
    ("[2026-33..2026-34]", "first half of 2026", "primer semestre de 2026", "premier semestre de 2026"),
    ("[..2026-05-03]", "by 3 May 2026", "a más tardar el 3 de mayo de 2026", "au plus tard le 3 mai 2026"),
    (
        "[..2025-12]",
        "by the end of December 2025",
        "a más tardar al final de diciembre de 2025",
        "au plus tard à la fin de décembre 2025",
    ),
    (
        "[..2026-35]",
        "by the end of the third quarter of 2026",
        "a más tardar al final del tercer trimestre de 2026",
        "au plus tard à la fin du troisième trimestre de 2026",
    ),
    (
        "[..2026-21]",
        "by the end of spring 2026",
        "a más tardar al final de la primavera de 2026",
        "au plus tard à la fin du printemps 2026",
    ),
    ("[..2025]", "by the end of 2025", "a más tardar al final de 2025", "au plus tard à la fin de 2025"),
    ("[2026-05-03..]", "on or after 3 May 2026", "el 3 de mayo de 2026 o después", "le 3 mai 2026 ou après"),
    ("[2026-07..]", "in or after July 2026", "en julio de 2026 o después", "en juillet 2026 ou après"),
    ("[2026-23..]", "in or after autumn 2026", "en el otoño de 2026 o después", "à l’automne 2026 ou après"),
]
SHORT = [
    ("2025-09-17", "17 Sep 2025", "17 sep 2025", "17 sept. 2025"),
    ("2026-07-01", "1 Jul 2026", "1 jul 2026", "1er juill. 2026"),
    ("2026-07", "Jul 2026", "jul 2026", "juill. 2026"),
    ("2026-35", "Q3 2026", "T3 2026", "T3 2026"),
    ("2026-22", "summer 2026", "verano 2026", "été 2026"),
    ("2026", "2026", "2026", "2026"),
    ("2026-35~", "about Q3 2026", "hacia el T3 2026", "vers le T3 2026"),
    ("2025-12-03/2025-12-05", "3–5 Dec 2025", "3–5 dic 2025", "3–5 déc. 2025"),
    ("2025-09-17/2025-11-03", "17 Sep – 3 Nov 2025", "17 sep – 3 nov 2025", "17 sept. – 3 nov. 2025"),
    ("2026-33/2026-35", "from Q1 to Q3 2026", "del T1 al T3 2026", "du T1 au T3 2026"),
    ("[2026-07..2026-12]", "H2 2026", "S2 2026", "S2 2026"),
    ("[2026-34..2026-35]", "Q2 or Q3 2026", "T2 o T3 2026", "T2 ou T3 2026"),
    (
        "[..2025-12]",
        "by the end of Dec 2025",
        "a más tardar al final de dic 2025",
        "au plus tard à la fin de déc. 2025",
    ),
]


@pytest.mark.parametrize(("text", "en", "es", "fr"), LONG)
def test_a_date_is_said_as_its_language_says_it(text, en, es, fr):
    value = parse(text)
    said = [in_words(value, language) for language in ("en", "es", "fr")]
    assert said == [en, es, fr]


@pytest.mark.parametrize(("text", "en", "es", "fr"), SHORT)
def test_the_short_style_shortens_months_quarters_and_halves(text, en, es, fr):
    value = parse(text)
    said = [in_words(value, language, style="short") for language in ("en", "es", "fr")]
    assert said == [en, es, fr]


@pytest.mark.parametrize(
    ("language", "months"),
    [
        ("en", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
        ("es", "ene feb mar abr may jun jul ago sep oct nov dic"),
        ("fr", "janv. févr. mars avr. mai juin juill. août sept. oct. nov. déc."),
    ],
)
def test_the_short_months_are_those_of_north_america(language, months):
    said = [in_words(parse(f"2026-{month:02}"), language, style="short") for month in range(1, 13)]
    assert said == [f"{month} 2026" for month in months.split()]


@given(VALUES, LANGUAGES, st.sampled_from(["long", "short"]))
def test_every_value_has_words_with_its_years_and_no_loose_ends(value, language, style):
    words = in_words(value, language, style=style)
    assert all(point.text[:4] in words for point in value.points)
    assert words == " ".join(words.split())
    assert "{" not in words
    assert not re.search(r"\b(de el|a el|de le|à le|el primavera|le été)\b", words)


@given(VALUES, LANGUAGES)
def test_a_doubt_is_never_left_unsaid(value, language):
    words = in_words(value, language)
    assert value.uncertain == any(word in words for word in ("uncertain", "inciert", "incertain"))
    approximate = ("about", "approximat", "hacia", "aproximado", "vers ", "approximati")
    assert value.approximate == any(word in words for word in approximate)


@pytest.mark.parametrize(
    ("first", "last", "en", "es", "fr"),
    [
        (
            date(2025, 1, 13),
            date(2027, 9, 2),
            "January 2025 – September 2027",
            "enero de 2025 – septiembre de 2027",
            "janvier 2025 – septembre 2027",
        ),
        (date(2026, 3, 1), date(2026, 5, 31), "March – May 2026", "marzo – mayo de 2026", "mars – mai 2026"),
        (date(2026, 3, 1), date(2026, 3, 31), "March 2026", "marzo de 2026", "mars 2026"),
    ],
)
def test_a_window_is_said_in_months(first, last, en, es, fr):
    assert [range_in_words(first, last, language) for language in ("en", "es", "fr")] == [en, es, fr]


def test_a_window_that_ends_before_it_starts_is_refused():
    with pytest.raises(EdtfError):
        range_in_words(date(2026, 3, 1), date(2026, 2, 28), "en")


def test_a_language_without_grammar_is_refused():
    with pytest.raises(KeyError):
        in_words(parse("2026"), "de")


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("year", {"en": "2027", "es": "2027", "fr": "2027"}),
        ("month of year", {"en": "Sep", "es": "sep", "fr": "sept."}),
        ("day of year", {"en": "1 Sep", "es": "1 sep", "fr": "1er sept."}),
    ],
)
def test_the_parts_of_a_day_have_short_names_for_the_ticks_of_a_drawing(part, words):
    assert {language: name_in_words(date(2027, 9, 1), part, language) for language in words} == words
