"""A document as Word file and as PDF: whole for any words, accessible, the same bytes for the same matter."""

import io
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime

import pytest
from docx2python import docx2python
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pypdf import PdfReader

from tests.word_file import W, WordFile
from timeline.formats.docx.package import Package
from timeline.formats.packed import repacked
from timeline.formats.pdf import job
from timeline.formats.pdf.matter import fitted
from timeline.formats.pdf.press import Unprinted, pressed, printed
from timeline.scene.prose import Document, Figure, Heading, Look, Note, Paragraph, Table, cleaned, piece

STAMP = datetime(2026, 11, 22, 12, 30, 15, 123456, tzinfo=UTC)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="60"><title>{0}</title>'
    '<text x="9" y="30" font-family="Source Sans 3" font-size="15">{0}</text></svg>'
)
HOSTILE = (
    '# *b* _i_ $x^2$ @ref <l> \\ // /* `c` #import "x" [y] -- ]]> & <w:p/> 중 אב \u200f\u202e 🙂 \x07\ufffe e\u0301 '
    + "w" * 300
)


def document(words=HOSTILE, *, language="en", alt="What it shows") -> Document:
    """A document with each kind of block, all of the same words."""
    note = Note((piece(words, "es"), piece(words, link="https://example.org/a?b=%20&c=" + "d" * 200)))
    cell = ((piece(words, strong=True),), (piece(words, soft=True), note))
    blocks = (
        Paragraph((piece(words),), Look.LEAD),
        Table(cleaned(words), ("Head", "Head"), ((cell, cell),), (40, 60)),
        Figure(SVG.format("Milestones"), alt, "Figure 1.", cleaned(words)),
        Heading(1, "Events"),
        Heading(2, "June 2025"),
        Paragraph((piece("1 June.", strong=True), piece(words, "he"), note, note), Look.EVENT, kept=True),
        Paragraph((piece(words),), Look.DETAIL),
    )
    return Document("A title", "A site", "A day", "A subject", language, STAMP, blocks)


def as_word(made: Document) -> bytes:
    return repacked(Package(made).saved(), made.stamp)


def plain(words: str) -> str:
    """The words without what breaks them: white space, and the zero width of a place where a word may break."""
    return "".join(words.replace("\u200b", "").split())


texts = st.text(max_size=60).map(lambda words: f"begin {words} end")


@given(texts)
@settings(max_examples=15)
def test_any_words_come_out_of_the_word_file_as_they_went_in(words):
    file = WordFile(as_word(document(words)))
    (event,) = file.styled("Event")
    assert event.text == f"1 June.{cleaned(words)},"
    assert [note.text for note in file.notes.values()] == [f" {cleaned(words) * 2}"] * 4


@given(texts)
@settings(max_examples=15)
def test_any_words_can_be_set_as_accessible_pdf(words):
    reader = PdfReader(io.BytesIO(pressed(job(document(words)))))
    assert "begin" in reader.pages[0].extract_text()


def test_a_mark_that_no_sign_holds_with_its_letter_can_be_set_too():
    words = "Kwakwa\u0331ka\u0331\u02bcwakw q\u0301 \u0301 e\u0301\u0301\u0301"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pressed(job(document(words))))).pages)
    assert "Kwakwa" in text


def test_no_word_is_markup_for_typst():
    text = plain(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pressed(job(document())))).pages))
    assert plain('# *b* _i_ $x^2$ @ref <l> \\ // /* `c` #import "x" [y] -- ]]> & <w:p/> □') in text
    assert "w" * 300 in text


def test_a_sign_that_the_fonts_lack_becomes_a_plain_one_or_a_square():
    assert fitted("T\u2011MEC \uff21 Ωώ Жщ Việt ≥ € \u200f中🙂") == "T-MEC A Ωώ Жщ Việt ≥ € □□"


def test_the_same_document_is_the_same_bytes():
    assert as_word(document()) == as_word(document())
    assert printed(job(document())) == pressed(job(document()))


def test_the_word_file_has_real_notes_headings_and_languages():
    content = as_word(document("Words", language="fr"))
    file = WordFile(content)
    assert file.texts("Title") == ["A title"]
    assert (file.texts("Heading1"), file.texts("Heading2")) == (["Events"], ["June 2025"])
    called = [number for line in file.lines for number in line.notes]
    assert (called, list(file.notes)) == ([2, 3, 4, 5], [2, 3, 4, 5])
    kinds = [note.get(f"{W}type") for note in file.part("word/footnotes.xml")]
    assert kinds == ["separator", "continuationSeparator", None, None, None, None]
    settings = file.part("word/settings.xml")
    assert [one.get(f"{W}id") for one in settings.iter(f"{W}footnote")] == ["0", "1"]
    assert settings.find(f"{W}themeFontLang").get(f"{W}val") == "fr-CA"
    assert file.notes[2].languages == {"es-MX": "Words"}
    assert file.styled("Event")[0].languages == {"he": "Words"}
    assert len(list(file.body.iter(f"{W}tblHeader"))) == 1
    (drawing,) = file.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    assert drawing.get("descr") == "What it shows"
    types = file.part("[Content_Types].xml")
    named = {one.get("PartName"): one.get("ContentType").rsplit(".", 1)[-1] for one in types if one.get("PartName")}
    assert named["/word/footnotes.xml"] == "footnotes+xml"


def test_every_style_and_link_that_the_word_file_names_is_in_it():
    file = WordFile(as_word(document("Words")))
    styles = {one.get(f"{W}styleId") for one in file.part("word/styles.xml").iter(f"{W}style")}
    for name in ("document", "footnotes", "header1", "footer1"):
        part = file.part(f"word/{name}.xml")
        used = {one.get(f"{W}val") for tag in ("pStyle", "rStyle", "tblStyle") for one in part.iter(f"{W}{tag}")}
        assert used <= styles, name
    names = set(file.archive.namelist())
    assert {"word/footnotes.xml", "word/_rels/footnotes.xml.rels"} <= names
    assert [name for name in names if "thumbnail" in name or "customXml" in name] == []


def test_the_word_file_tells_its_time_from_the_record_alone():
    content = as_word(document("Words", language="es"))
    file = WordFile(content)
    core = {etree.QName(one).localname: one.text for one in file.part("docProps/core.xml")}
    assert (core["title"], core["creator"], core["subject"], core["language"]) == (
        "A title",
        "A site",
        "A subject",
        "es-MX",
    )
    assert (core["created"], core["modified"]) == ("2026-11-22T12:30:15Z", "2026-11-22T12:30:15Z")
    assert {one.date_time for one in file.archive.infolist()} == {(2026, 11, 22, 12, 30, 14)}


def test_another_reader_finds_the_text_and_the_notes_of_the_word_file():
    with docx2python(io.BytesIO(as_word(document("Words")))) as read:
        assert "Events" in read.text
        notes = str(read.footnotes)
    assert notes.count("Words") == 8


def test_the_pdf_is_tagged_named_and_in_its_language():
    reader = PdfReader(io.BytesIO(pressed(job(document("Words", language="es")))))
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("es-MX", True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert (reader.metadata.title, reader.metadata.author, reader.metadata.subject) == (
        "A title",
        "A site",
        "A subject",
    )
    assert reader.metadata.creation_date == STAMP.replace(microsecond=0)
    metadata = etree.fromstring(root["/Metadata"].get_data().strip())
    (part,) = metadata.iter("{http://www.aiim.org/pdfua/ns/id/}part")
    assert part.text == "1"
    assert [one.title for one in reader.outline if not isinstance(one, list)] == ["Events"]
    assert [one.title for group in reader.outline if isinstance(group, list) for one in group] == ["June 2025"]


def test_the_pdf_has_notes_a_table_and_a_figure_with_its_words():
    content = pressed(job(document("Words")))
    found, alternatives = tags(content)
    assert {"Title", "H1", "H2", "P", "Table", "TH", "TD", "Figure", "Caption", "Link"} <= set(found)
    assert (found.count("Note"), found.count("P") >= 7) == (4, True)
    assert "What it shows" in alternatives
    (page,) = PdfReader(io.BytesIO(content)).pages
    # Of a whole element in the structure tree, of some words within one beside the words.
    languages = {one.decode() for one in re.findall(rb"/Lang\((.+?)\)", content + page.get_contents().get_data())}
    assert languages == {"en-US", "es-MX", "he"}


def test_pdf_without_words_for_its_figure_is_refused_and_not_made_without_them():
    with pytest.raises(Unprinted, match="missing alt text"):
        printed(job(document("Words", alt="")))


def tags(content: bytes) -> tuple[list[str], set[str]]:
    """The kinds of all elements of the structure tree, and the alternative texts in it."""
    found, alternatives = [], set()
    waiting = [PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        one = waiting.pop().get_object()
        if not isinstance(one, dict):
            continue
        if "/S" in one:
            found.append(one["/S"].removeprefix("/"))
        alternatives.add(one.get("/Alt"))
        below = one.get("/K", [])
        below = below if isinstance(below, list) else [below]
        waiting += [each for each in below if isinstance(each.get_object(), dict)]
    return found, alternatives


@pytest.mark.long
def test_libreoffice_reads_the_word_file_as_it_is(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not on this machine")
    (tmp_path / "briefing.docx").write_bytes(as_word(document("Words")))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [office, "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), "briefing.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=300)
    text = " ".join(page.extract_text() for page in PdfReader(tmp_path / "briefing.pdf").pages)
    assert ("A title" in text, "June 2025" in text, text.count("Words") >= 12) == (True, True, True)


def test_the_word_file_is_a_zip_that_is_whole():
    assert zipfile.ZipFile(io.BytesIO(as_word(document()))).testzip() is None
