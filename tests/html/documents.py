"""The HTML of every page as files, for a checker that reads a folder: fetched from a site as everybody gets it."""

import re
from collections.abc import Iterable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from tests.every_page import Page
from tests.serving import Site

# A part of a page stands in a page of its own here; what it lacks there a browser would miss too.
AROUND = """<!doctype html><html lang="{language}"><head><meta charset="utf-8">{title}</head>
<body>{heading}<div id="page">{body}</div></body></html>"""
# What htmx takes out of an answer before it is put into the page.
TITLE = re.compile(r"\s*(<title>.*?</title>)", re.DOTALL)


def around(part: str, language: str) -> str:
    """A whole page that holds the part; the title that comes with it stands in the head, as in a browser."""
    found = TITLE.match(part)
    title, body = (found[1], part[found.end() :]) if found else ("<title>A part</title>", part)
    heading = "" if "<h1" in body else "<h1>A part of a page</h1>"
    return AROUND.format(language=language, title=title, heading=heading, body=body)


def fetched(site: Site, page: Page, cookies: dict[str, str]) -> str:
    """The body of the page's answer. AssertionError for another status than the table's, and for what is no HTML."""
    connection = HTTPConnection(urlsplit(site.url).netloc, timeout=60)
    try:
        told = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
        connection.request("GET", page.address, headers=told)
        answer = connection.getresponse()
        body = answer.read().decode()
    finally:
        connection.close()
    assert (answer.status, answer.headers["Content-Type"]) == (page.status, "text/html; charset=utf-8"), page
    return body


def written(folder: Path, site: Site, pages: Iterable[Page], cookies: dict[str, dict[str, str]]) -> dict[str, Page]:
    """Writes each page into the folder; gives which file is which page."""
    names = {}
    for number, page in enumerate(pages):
        body = fetched(site, page, cookies[page.who])
        name = f"{number:03}-{re.sub(r'[^a-z0-9]+', '-', page.address.lower())[:60]}.html"
        language = page.address.split("/")[1] if page.address.startswith(("/es/", "/fr/")) else "en"
        (folder / name).write_text(around(body, language) if page.fragment else body, "utf-8")
        names[name] = page
    return names
