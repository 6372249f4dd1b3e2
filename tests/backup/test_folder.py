"""The folder of backups: the newest stay, and what is not ours is left alone."""

import os
from datetime import UTC, datetime

import pytest

from tests.backup.made import in_folder
from tracker.backup.folder import PART, held, name_at, ours, thin_out
from tracker.backup.programs import Failed


def test_a_backup_is_called_by_its_second_in_utc():
    assert name_at(datetime(2026, 11, 23, 7, 0, 9, tzinfo=UTC)) == "tracker-20261123T070009Z.backup"


def test_all_but_the_newest_go_and_what_is_not_ours_stays(tmp_path):
    made = [in_folder(tmp_path, day) for day in (9, 3, 21, 15)]
    others = [
        in_folder(tmp_path, 1, site="https://other.example"),
        tmp_path / "tracker-20261102T070000Z.backup",  # broken
        tmp_path / "letters.txt",
        tmp_path / "tracker-20261101T070000Z.backup.part",
    ]
    for file in others[1:]:
        file.write_bytes(b"something else")
    os.symlink(made[0], tmp_path / "tracker-20261104T070000Z.backup")
    assert thin_out(tmp_path, 2) == [made[1], made[0]]
    assert ours(tmp_path) == [made[3], made[2]]
    assert all(file.exists() for file in others)
    assert thin_out(tmp_path, 2) == []


def test_one_backup_at_a_time_and_what_an_earlier_one_left_half_goes(tmp_path):
    folder = tmp_path / "new" / "folder"
    with held(folder):
        half = folder / (name_at(datetime(2026, 11, 1, tzinfo=UTC)) + PART)
        half.write_bytes(b"half")
        with pytest.raises(Failed) as refusal, held(folder):
            pass
        assert str(refusal.value) == f"Another backup into {folder} is at work."
        assert half.exists()
    assert folder.stat().st_mode & 0o777 == 0o700
    with held(folder):
        assert list(folder.iterdir()) == []
