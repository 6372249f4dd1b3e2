"""Evidence packs as they may come back: whole, changed, or made by somebody who means harm."""

import hashlib
import io
import json
import stat
import zipfile

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from tracker import evidence

EVENTS = {"events": [{"id": 7, "number": 1, "title": "Été"}]}


def sealed(**more: bytes) -> dict[str, bytes]:
    """The files of a small pack."""
    files = {"README.txt": b"Read me.\n", "events.json": json.dumps(EVENTS).encode()}
    files |= {name.replace("_", "."): body for name, body in more.items()}
    (one,) = EVENTS["events"]
    said = {
        "format": evidence.FORMAT,
        "version": evidence.VERSION,
        "record": "2026-01-01T00:00:00Z",
        "permanent": None,
        "number_of_events": 1,
        "events": [{"id": 7, "number": 1, "slug": "one", "content_sha256": evidence.content_hash(one)}],
        "files": evidence.listed(files.items()),
    }
    files["manifest.json"] = json.dumps(said).encode()
    return {**files, "MANIFEST.sha256": evidence.sums(files.items())}


def zipped(files, *, comment: bytes = b"", kind: int = stat.S_IFREG) -> io.BytesIO:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items() if isinstance(files, dict) else files:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = (kind | 0o644) << 16
            archive.writestr(info, body)
        archive.comment = comment
    return made


def faults(files, **more) -> tuple[str, ...]:
    return evidence.verify(zipped(files, **more)).faults


def test_a_pack_as_it_was_sealed_is_whole():
    found = evidence.verify(zipped(sealed()))
    assert found == evidence.Verdict((), files=4, events=1, record="2026-01-01T00:00:00Z")


def test_a_changed_a_removed_and_an_added_file_are_each_named():
    files = sealed()
    assert faults({**files, "README.txt": b"Read mf.\n"})[0] == "README.txt is not as it was: its hash is another."
    assert faults({name: body for name, body in files.items() if name != "README.txt"})[0] == (
        "README.txt is named in MANIFEST.sha256 and missing."
    )
    assert faults({**files, "more.txt": b""})[0] == "more.txt is in the archive and not named in MANIFEST.sha256."
    without = {name: body for name, body in files.items() if name != "MANIFEST.sha256"}
    assert faults(without) == ("MANIFEST.sha256 is missing.",)


def test_sums_that_were_made_anew_do_not_hide_a_changed_event():
    files = sealed()
    files["events.json"] = files["events.json"].replace(b'"number": 1', b'"number": 2')
    rest = {name: body for name, body in files.items() if name != "MANIFEST.sha256"}
    files["MANIFEST.sha256"] = evidence.sums(rest.items())
    assert faults(files) == (
        "manifest.json names other files than the archive has.",
        "The events of events.json are not those that manifest.json has the hashes of.",
    )


@pytest.mark.parametrize(
    "name", ["../up.txt", "/etc/passwd", "a/../b", "C:\\x", "a\\b", "dir/", "", ".hidden", "a\nb", "x" * 201]
)
def test_a_name_that_leads_elsewhere_is_refused_before_anything_is_unpacked(name):
    found = faults([*sealed().items(), (name, b"x")])
    assert found and all("no name of a file" in one or "twice" in one for one in found)


def test_tricks_of_archives_are_refused():
    files = sealed()
    with pytest.warns(UserWarning, match="Duplicate name"):
        assert faults([*files.items(), ("README.txt", b"x")])[0] == "'README.txt' is in the archive twice."
    assert faults([*files.items(), ("readme.TXT", b"x")])[0] == "'readme.TXT' is in the archive twice."
    assert "'README.txt' is no plain file." in faults(files, kind=stat.S_IFLNK)
    assert faults(files, comment=b"x") == ("The archive bears a comment, which no manifest covers.",)
    assert faults([(f"f{number}", b"") for number in range(65)]) == (
        "The archive has 65 files; a pack has at most 64.",
    )


def test_an_archive_that_grows_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(evidence, "MOST_BYTES", 100_000)
    assert faults({**sealed(), "bomb.txt": bytes(10_000_000)}) == (
        "The files are larger than 100000 bytes together: this is no pack of this site.",
    )


@pytest.mark.parametrize("body", [b"", b"PK", b"no archive", bytes(100)])
def test_what_is_no_archive_is_refused(body):
    assert evidence.verify(io.BytesIO(body)).faults[0].startswith("This is no zip archive")


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", b'{"format": 1, "version": 1}', b"[" * 100_000])
def test_a_manifest_that_cannot_be_read_is_a_fault_and_no_crash(manifest):
    files = {**sealed(), "manifest.json": manifest}
    rest = {name: body for name, body in files.items() if name != "MANIFEST.sha256"}
    assert len(faults({**rest, "MANIFEST.sha256": evidence.sums(rest.items())})) == 1


@given(st.data())
def test_no_byte_of_a_pack_can_be_changed_unnoticed(data):
    whole = zipped(sealed()).getvalue()
    place = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:place] + bytes([whole[place] ^ data.draw(st.integers(1, 255))]) + whole[place + 1 :]
    verdict = evidence.verify(io.BytesIO(changed))
    if not verdict.faults:  # a byte that says nothing of a file: a time, a system, a version
        assert content(changed) == content(whole)


def content(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {info.filename: opened.read(info) for info in opened.infolist()}


def test_the_hash_of_an_event_does_not_hang_on_the_order_of_its_keys():
    expected = hashlib.sha256('{"a":"É\\n","b":[1,null,true]}'.encode()).hexdigest()
    assert evidence.content_hash({"b": [1, None, True], "a": "É\n"}) == expected


def test_the_command_tells_a_whole_pack_from_a_broken_one(tmp_path, capsys):
    pack = tmp_path / "pack.zip"
    pack.write_bytes(zipped(sealed()).getvalue())
    call_command("verify_evidence", str(pack))
    assert capsys.readouterr().out == f"{pack} is whole: 4 files, 1 events.\nRecord of 2026-01-01T00:00:00Z\n"
    pack.write_bytes(zipped({**sealed(), "README.txt": b"x"}).getvalue())
    with pytest.raises(CommandError, match="its hash is another"):
        call_command("verify_evidence", str(pack))
    with pytest.raises(CommandError, match="cannot be opened: No such file"):
        call_command("verify_evidence", str(tmp_path / "none.zip"))
