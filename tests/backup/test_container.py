"""The file of a backup: what was written is read again, and nothing else is."""

import hashlib
import io
import json
import tarfile
import zipfile
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.backup.made import TAKEN, backup, manifest
from tracker.backup.container import glance, read
from tracker.backup.manifest import BadBackup, Sum, from_bytes


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    return backup(tmp_path_factory.mktemp("written") / "one.backup")


def refused(path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(BadBackup) as refusal:
        read(path)
    return str(refusal.value)


@given(st.lists(st.binary(max_size=5000), max_size=4))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_was_written_is_read_again(tmp_path, pieces):
    dump = b"".join(pieces)
    made = read(backup(tmp_path / "one.backup", dump=dump))
    with made.file:
        assert made.manifest == manifest(Sum(len(dump), hashlib.sha256(dump).hexdigest()))
        assert b"".join(made.dump()) == dump
    assert glance(tmp_path / "one.backup") == made.manifest


def test_any_tar_opens_it_and_its_sums_are_those_of_sha256sum(written):
    with tarfile.open(written) as opened:
        assert opened.getnames() == ["record.dump", "manifest.json", "SHA256SUMS"]
        members = {one.name: opened.extractfile(one).read() for one in opened}
        assert {one.mtime for one in opened} == {TAKEN.timestamp()}
    told = [line.split("  ") for line in members["SHA256SUMS"].decode().splitlines()]
    assert told == [[hashlib.sha256(members[name]).hexdigest(), name] for name in ("record.dump", "manifest.json")]
    assert json.loads(members["manifest.json"])["format"] == "usmca-review-backup"


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_bit_changed_anywhere_is_noticed(written, tmp_path, data):
    content = bytearray(written.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    refused(tmp_path / "changed.backup", bytes(content))


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_that_was_cut_off_or_goes_on_is_noticed(written, tmp_path, data):
    content = written.read_bytes()
    refused(tmp_path / "cut.backup", content[: data.draw(st.integers(0, len(content) - 1))])
    refused(tmp_path / "longer.backup", content + data.draw(st.binary(min_size=1, max_size=1024)))


def tar_of(*members: tuple[str, bytes], **fields) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, body in members:
            member = tarfile.TarInfo(name)
            member.size, member.mode, member.mtime = len(body), 0o600, int(TAKEN.timestamp())
            for field, value in fields.items():
                setattr(member, field, value)
            archive.addfile(member, io.BytesIO(body))
    return made.getvalue()


def test_what_another_program_made_is_refused(tmp_path):
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("record.dump", b"PGDMP")
    for content in (
        zipped.getvalue(),
        b"PGDMP\x01\x10\x00" + bytes(600),
        b"-- PostgreSQL database dump\n" * 40,
        b"\x1f\x8b" + bytes(600),
        b"x",
        bytes(10_240),
        tar_of(("readme.txt", b"hello")),
        tar_of(("manifest.json", b"{}"), ("record.dump", b"")),
        tar_of(("record.dump", b"PGDMP")),
    ):
        assert refused(tmp_path / "foreign", content).startswith("The file is no backup of the tracker")
    assert refused(tmp_path / "empty", b"") == "The file is empty."


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("../record.dump", {}),
        ("/etc/record.dump", {}),
        ("./record.dump", {}),
        ("record.dump", {"type": tarfile.SYMTYPE, "linkname": "/etc/passwd"}),
        ("record.dump", {"type": tarfile.LNKTYPE, "linkname": "manifest.json"}),
        ("record.dump", {"type": tarfile.DIRTYPE}),
        ("record.dump", {"mode": 0o4777}),
        ("record.dump", {"uname": "root"}),
    ],
)
def test_a_member_that_leads_elsewhere_is_refused(tmp_path, name, fields):
    content = tar_of((name, b""), ("manifest.json", b"{}"), ("SHA256SUMS", b""), **fields)
    assert "no backup of the tracker" in refused(tmp_path / "one", content)


def test_a_member_that_says_it_holds_more_than_there_is_takes_no_room(tmp_path):
    huge = tarfile.TarInfo("record.dump")
    huge.size, huge.mode = 1 << 60, 0o600
    assert refused(tmp_path / "one", huge.tobuf(tarfile.GNU_FORMAT)) == (
        "The file was cut off within its member record.dump."
    )
    huge.size = -512
    assert "no backup of the tracker" in refused(tmp_path / "one", huge.tobuf(tarfile.GNU_FORMAT))
    huge.name, huge.size = "manifest.json", 1 << 40
    content = tar_of(("record.dump", b""))[:512] + huge.tobuf(tarfile.GNU_FORMAT)
    assert "The member manifest.json says that it holds 1099511627776 bytes" in refused(tmp_path / "one", content)


def test_a_folder_is_no_backup_and_a_missing_one_is_named(tmp_path):
    with pytest.raises(BadBackup, match="is no file"):
        read(tmp_path)
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none")


def test_the_manifest_of_another_backup_is_refused(tmp_path):
    other = backup(tmp_path / "one", change=lambda one: replace(one, dump=Sum(1, "ab" * 32)))
    with pytest.raises(BadBackup, match="tell of different backups"):
        read(other)


def test_another_version_of_the_format_is_refused_with_the_release_that_made_it():
    document = json.loads(manifest(Sum(1, "ab" * 32)).to_bytes())
    with pytest.raises(BadBackup) as refusal:
        from_bytes(json.dumps(document | {"version": 2}).encode())
    assert str(refusal.value) == (
        "The backup is written in format 2; this release reads 1. Restore it with the release that made it "
        "('0.1.0+0123456789ab') or a newer one."
    )
    with pytest.raises(BadBackup, match="not that of a backup of the tracker"):
        from_bytes(json.dumps(document | {"format": "usmca-review-record"}).encode())


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("taken", "yesterday", "instant 'yesterday' is none"),
        ("taken", "2026-11-23T07:00:00", "with its zone"),
        ("taken", None, "“taken” is missing"),
        ("postgresql", {"server": "18", "pg_dump": 18}, "“server” is missing or not of the kind"),
        ("postgresql", {"server": True, "pg_dump": 18}, "“server” is missing or not of the kind"),
        ("migrations", ["one", 2], "“migrations” may hold texts only"),
        ("tables", {"tracker_event": {"rows": -1, "sha256": "ab" * 32}}, "a number or a SHA-256 that cannot be"),
        ("tables", {"tracker_event": {"rows": 1, "sha256": "AB" * 32}}, "a number or a SHA-256 that cannot be"),
        ("tables", {"tracker_event": 7}, "“tables: tracker_event” must be an object"),
        ("exports", [], "“exports” is missing or not of the kind it must be (dict)"),
        ("uids", {"lines": 1, "sha256": "short"}, "“uids” holds a number or a SHA-256"),
    ],
)
def test_a_field_of_the_manifest_that_is_not_what_it_must_be_is_named(field, value, words):
    document = json.loads(manifest(Sum(1, "ab" * 32)).to_bytes())
    with pytest.raises(BadBackup) as refusal:
        from_bytes(json.dumps(document | {field: value}).encode())
    assert words in str(refusal.value)
