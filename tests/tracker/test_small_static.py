"""Static files as production serves them."""

import re
from base64 import b64encode
from hashlib import sha256

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from tests.databases import ROOT
from timeline.templatetags.scripts import integrity
from tracker.small_static import SmallStaticFiles


def kept(folder, name: str, text: str) -> str:
    storage = SmallStaticFiles(location=folder, base_url="/static/")
    storage.save(name, ContentFile(text.encode()))
    return (folder / name).read_text()


def test_our_own_style_and_script_are_kept_without_comments(tmp_path):
    assert kept(tmp_path, "site/a.css", "/* Why */\n.a  {  --x: calc(1px  +  2px);  }\n") == ".a{--x:calc(1px + 2px)}"
    script = kept(tmp_path, "site/a.js", "// Why\nconst words = `a  b ${1 + 1}`; // here\nconst mark = /\\/\\//g;\n")
    assert script == "const words=`a  b ${1 + 1}`;const mark=/\\/\\//g;"


def test_what_a_library_ships_is_kept_as_it_came(tmp_path):
    text = "/* Licence */\nvar a  =  1;\n"
    assert kept(tmp_path, "vendor/a.js", text) == text
    assert kept(tmp_path, "site/knot.svg", "<!-- a --> <svg/>") == "<!-- a --> <svg/>"


def test_shortening_loses_no_rule_of_our_style(tmp_path):
    whole = (ROOT / "static" / "site" / "site.css").read_text()
    short = kept(tmp_path, "site/site.css", whole)
    names = re.compile(r"\.[a-z][a-z0-9-]*(?=[^{}]*\{)")
    assert set(names.findall(short)) == set(names.findall(re.sub(r"/\*.*?\*/", "", whole, flags=re.S)))
    assert short.count("{") == re.sub(r"/\*.*?\*/", "", whole, flags=re.S).count("{")


def test_the_files_named_by_their_content_are_the_shortened_ones(tmp_path):
    source = FileSystemStorage(location=tmp_path / "source")
    source.save("site/a.css", ContentFile(b"/* Why */\n.a  {  color: red;  }\n"))
    storage = SmallStaticFiles(location=tmp_path / "kept", base_url="/static/")
    with source.open("site/a.css") as content:
        storage.save("site/a.css", content)
    made = {name: kept for name, kept, done in storage.post_process({"site/a.css": (source, "site/a.css")}) if done}
    assert (tmp_path / "kept" / made["site/a.css"]).read_text() == ".a{color:red}"


def test_a_script_is_named_with_its_content_until_the_next_release_takes_it_away(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "tracker.small_static.SmallStaticFiles"}}
    storage = SmallStaticFiles(location=tmp_path, base_url="/static/")
    for name in ("site/a.js", "site/b.js"):
        storage.save(name, ContentFile(f"const it = '{name}'; // Why".encode()))
    list(storage.post_process(["site/a.js", "site/b.js"]))
    digest = b64encode(sha256(b"const it='site/a.js';").digest()).decode()
    assert integrity("site/a.js") == f' integrity="sha256-{digest}"'
    for file in tmp_path.rglob("*.js"):
        file.unlink()
    assert integrity("site/b.js") == ""
