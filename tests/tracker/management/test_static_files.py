"""Static files are collected when a source changed, and only then."""

import pytest

from tracker.management.static_files import collect_static


@pytest.fixture
def source(tmp_path, settings):
    (tmp_path / "source").mkdir()
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    (tmp_path / "source" / "page.css").write_text("body { margin: 0 }")
    return tmp_path / "source"


def test_only_a_change_collects_again(source, tmp_path):
    assert [collect_static(), collect_static()] == [True, False]
    (source / "page.css").write_text("body { margin: 1px }")
    assert [collect_static(), collect_static()] == [True, False]
    assert (tmp_path / "static" / "page.css").read_text() == "body { margin: 1px }"


def test_a_collection_that_was_removed_is_made_again(source, tmp_path):
    collect_static()
    (tmp_path / "static" / "page.css").unlink()
    (tmp_path / "static").rmdir()
    assert collect_static() is True
