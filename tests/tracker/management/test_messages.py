"""The strings of the interface are found wherever they stand, and translations survive an update."""

import re
from pathlib import Path

import polib

from tracker.management.messages import Message, faults, find_messages, update_translations

ROOT = Path(__file__).resolve().parents[3]
TEMPLATE = """{% load i18n %}
  {% translate "Close" %}
    {% translate "By" context "people" %}
{% blocktranslate trimmed count n=total %}
  {{ n }} event
{% plural %}
  {{ n }} events
{% endblocktranslate %}
{% blocktranslate with day=today %}As of {{ day }}{% endblocktranslate %}
<a title="{{ _("Home") }}">don't</a>"""
CODE = """
from django.utils.translation import gettext as _
WORDS = pgettext_lazy("state", "Draft"), _("one "
    "long text")
ngettext("%(n)s day", "%(n)s days", 2)
npgettext("court", "%(n)s day", "%(n)s days", 2)
gettext("Close")"""


def write(root, template=TEMPLATE, code=CODE):
    for name, text in (("templates/page.html", template), ("tracker/code.py", code)):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(text)


def test_every_way_to_mark_a_string_is_found(tmp_path):
    write(tmp_path)
    python, template = ("tracker/code.py",), ("templates/page.html",)
    assert find_messages(tmp_path) == [
        Message("Draft", "", "state", python),
        Message("one long text", "", None, python),
        Message("%(n)s day", "%(n)s days", None, python),
        Message("%(n)s day", "%(n)s days", "court", python),
        Message("Close", "", None, python + template),
        Message("By", "", "people", template),
        Message("%(n)s event", "%(n)s events", None, template),
        Message("As of %(day)s", "", None, template),
        Message("Home", "", None, template),
    ]


def test_an_update_keeps_translations_adds_new_strings_and_drops_old_ones(tmp_path):
    write(tmp_path, "{% load i18n %}{% translate 'Close' %}", 'gettext("Gone")')
    source = tmp_path / "locale" / "es" / "LC_MESSAGES" / "django.po"
    update_translations(tmp_path, source)
    catalogue = polib.pofile(str(source))
    for entry in catalogue:
        entry.msgstr = {"Close": "Cerrar", "Gone": "Ausente"}[entry.msgid]
    catalogue.save()
    write(tmp_path, "{% load i18n %}{% translate 'Close' %}", 'gettext("New")')
    assert [message.text for message in update_translations(tmp_path, source)] == ["New"]
    assert {entry.msgid: entry.msgstr for entry in polib.pofile(str(source))} == {"New": "", "Close": "Cerrar"}


def test_a_second_update_changes_nothing(tmp_path):
    write(tmp_path)
    source = tmp_path / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    update_translations(tmp_path, source)
    first = source.read_bytes()
    update_translations(tmp_path, source)
    assert source.read_bytes() == first


def test_gettext_has_no_name_in_the_code_that_the_search_does_not_know():
    imported = re.compile(r"\bn?p?gettext(?:_\w+)? as (\w+)")
    code = (ROOT / folder for folder in ("tracker", "timeline"))
    names = {name for folder in code for path in folder.rglob("*.py") for name in imported.findall(path.read_text())}
    assert names == {"_"}


def test_what_is_not_translated_is_told_and_nothing_is_changed(tmp_path):
    write(tmp_path, template='{% translate "Close" %}{% translate "Open" %}', code="")
    source = tmp_path / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    update_translations(tmp_path, source)
    catalogue = polib.pofile(str(source))
    catalogue.find("Close").msgstr = "Fermer"
    catalogue.append(polib.POEntry(msgid="Gone", msgstr="Parti"))
    catalogue.save()
    before = source.read_bytes()
    write(tmp_path, template='{% translate "Close" %}{% translate "Open" %}{% translate "New" %}', code="")
    assert faults(tmp_path, source) == [
        "templates/page.html: without translation: Open",
        "templates/page.html: not in the file: New",
        "in the file, and nowhere else: Gone",
    ]
    assert source.read_bytes() == before
