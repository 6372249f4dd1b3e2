"""The interface speaks Spanish and French: whole, with the same placeholders, in each language's typography."""

import re
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.utils import translation
from django.utils.translation import gettext, ngettext, npgettext, pgettext

from tracker import labels
from tracker.management.messages import PLURALS, find_messages

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = find_messages(ROOT)
CATALOGUES = {
    language: polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po")) for language in PLURALS
}
# %(name)s, %s, {name}, and tags.
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w+[^>]*>")
# Words that are the same in English and French.
COGNATES = {
    "%(count)d source",
    "%(n)s source",
    "Canada",
    "Confirmation",
    "Consultation",
    "Corrections",
    "Date",
    "Dates",
    "Figure 1.",
    "Licence",
    "Page, section, minute.",
    "Pages",
    "Secret",
    "Sources",
    "date",
    "secret",
    "note",
    "position",
    "relation",
    "source",
    "source %(n)s",
    "sources",
}
FRAMES = {
    "%(part)s (%(language)s)",
    "%(result)s (%(when)s)",
    "%(title)s (%(date)s)",
    "API",
    "Webhooks",
    "webhook",
    "webhooks",
    "oEmbed",
}
SAME = {
    "es": {
        *FRAMES,
        "%(heading)s: %(day)s",
        "%(name)s:",
        "%(page)s: %(filters)s",
        "%(words)s: %(event)s",
        "%(status)s: %(title)s",
        "%(change)s: %(title)s",
        "“%(title)s”",
        "%(result)s: %(reason)s (%(when)s)",
        "%(full_result_count)s total",
        "Error:",
        "UTC",
        "no",
    },
    "fr": COGNATES | FRAMES,
}

of_each_language = pytest.mark.parametrize("language", PLURALS)


def translated(entry):
    """A translation with what it translates: the singular, and the plural if there is one."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]


def pairs(language):
    return [pair for entry in CATALOGUES[language] for pair in translated(entry)]


@of_each_language
def test_every_string_of_the_interface_is_in_the_catalogue_and_no_other(language):
    """If this fails: `manage.py messages`, then translate what it lists."""
    wanted = [(message.context, message.text, message.plural, message.files) for message in MESSAGES]
    found = [
        (entry.msgctxt, entry.msgid, entry.msgid_plural, tuple(file for file, _line in entry.occurrences))
        for entry in CATALOGUES[language]
    ]
    assert found == wanted


@of_each_language
def test_every_string_is_translated(language):
    catalogue = CATALOGUES[language]
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.obsolete_entries()] == []
    assert catalogue.metadata["Plural-Forms"] == PLURALS[language]


@of_each_language
def test_a_translation_keeps_the_placeholders_and_tags(language):
    differing = [
        (text, words)
        for text, words in pairs(language)
        if sorted(PLACES.findall(text)) != sorted(PLACES.findall(words))
    ]
    assert differing == []


@of_each_language
def test_a_translation_keeps_the_space_around(language):
    """ " and " joins two words."""
    assert [text for text, words in pairs(language) if bool(text.strip() == text) != bool(words.strip() == words)] == []


@of_each_language
def test_only_cognates_read_as_in_english(language):
    assert {text for text, words in translated_singulars(language) if text == words} == SAME[language]


def translated_singulars(language):
    return [translated(entry)[0] for entry in CATALOGUES[language]]


def bare(words):
    """Without tags: their attributes have straight quotes."""
    return re.sub(r"<[^>]+>", "", words)


def test_french_has_its_no_break_spaces():
    loose = re.compile(r"(?<!\u00a0)[:;?!»](?=\s|$)|(?<=\S) [:;?!»]|«(?!\u00a0)|[\"']")
    assert [words for _text, words in pairs("fr") if loose.search(bare(words))] == []


def test_spanish_has_its_opening_marks_and_curly_quotes():
    odd = re.compile(r"[\"'«»]|^[^¿]*\w\?|^[^¡]*!")
    assert [words for _text, words in pairs("es") if odd.search(bare(words))] == []


@of_each_language
def test_the_catalogue_compiles_and_django_reads_it(language, tmp_path):
    target = tmp_path / "django.mo"
    CATALOGUES[language].save_as_mofile(str(target))
    assert len(polib.mofile(str(target))) == len(MESSAGES)
    with translation.override(language):
        for entry in CATALOGUES[language]:
            assert spoken(entry) == [words for _text, words in translated(entry)]


def spoken(entry):
    """What Django says in the active language: for one, and for two where there is a plural."""
    text, plural, context = entry.msgid, entry.msgid_plural, entry.msgctxt
    if plural and context:
        return [npgettext(context, text, plural, count) for count in (1, 2)]
    if plural:
        return [ngettext(text, plural, count) for count in (1, 2)]
    return [pgettext(context, text) if context else gettext(text)]


def test_none_is_singular_in_french_and_plural_in_spanish():
    said = {}
    for language in PLURALS:
        with translation.override(language):
            said[language] = ngettext("%(n)s event", "%(n)s events", 0) % {"n": 0}
    assert said == {"es": "0 eventos", "fr": "0 événement"}


@of_each_language
def test_a_string_that_django_has_too_reads_as_in_django(language):
    """The project's catalogue comes before Django's: another translation would change Django's own screens."""
    theirs = {}
    # allauth's pages are all our own templates; nothing of its own is shown.
    installed = [Path(app.path) for app in apps.get_app_configs() if not app.name.startswith("allauth")]
    folders = [Path(translation.__file__).parents[2] / "conf", *installed]
    for folder in folders:
        path = folder / "locale" / language / "LC_MESSAGES" / "django.mo"
        if path.exists():
            theirs |= {(entry.msgctxt, entry.msgid): entry.msgstr for entry in polib.mofile(str(path))}
    ours = {(entry.msgctxt, entry.msgid): entry.msgstr for entry in CATALOGUES[language]}
    # A column's heading in our templates, a link's words in Django's.
    shared = (ours.keys() & theirs.keys()) - {(None, "Change")}
    assert {key: ours[key] for key in shared} == {key: theirs[key] for key in shared}


@of_each_language
def test_labels_of_one_table_differ(language):
    with translation.override(language):
        tables = {
            name: [str(words) for words in table.values()] for name, table in vars(labels).items() if name.isupper()
        }
    assert [name for name, words in tables.items() if len(set(words)) != len(words)] == []
