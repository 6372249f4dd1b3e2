"""Translations are compiled once, and again only when they change."""

import gettext
import os

from tracker.management.translations import compile_translations

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "record"\nmsgstr "{}"\n'


def spoken(folder):
    return gettext.translation("django", folder, ["es"]).gettext("record")


def test_only_what_changed_is_compiled(tmp_path):
    source = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO.format("registro"))
    assert compile_translations(tmp_path) == ["es/LC_MESSAGES/django.po"]
    assert compile_translations(tmp_path) == []
    assert spoken(tmp_path) == "registro"
    gettext._translations.clear()
    source.write_text(PO.format("expediente"))
    newer = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (newer, newer))
    assert compile_translations(tmp_path) == ["es/LC_MESSAGES/django.po"]
    assert spoken(tmp_path) == "expediente"
    assert sorted(path.name for path in source.parent.iterdir()) == ["django.mo", "django.po"]
