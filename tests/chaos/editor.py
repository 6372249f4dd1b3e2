"""An editor's browser over HTTP, for desks whose processes are killed: it opens the real pages, sends the real forms,
and counts as done only what the site has acknowledged."""

import http.client
import re
import time
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from tests.admin_form import errors, fields_of

SEAM = "seam-of-a-form-0123456789"
# Makes an account and prints the cookie of a session that has shown both factors.
SIGN_IN = """
from tests.signing import member, signed_in
print(signed_in(member({role!r}, {name!r})).cookies["sessionid"].value)
"""


class Lost(Exception):
    """Nobody knows what became of the request: the connection broke, or the site said that it could not answer."""


@dataclass(frozen=True)
class Answer:
    """An answer read to its end; the fields are named as Django's, so that the forms can be read from either."""

    status_code: int
    url: str  # Where a redirect leads; else empty.
    content: bytes

    @property
    def words(self) -> str:
        """The text of the page, without its marks."""
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.content.decode()))


class Editor:
    """A browser with a session. Every method that asks raises Lost."""

    def __init__(self, origin: str, session: str, *, timeout: float = 30):
        self.place, self.session, self.timeout = urlsplit(origin).netloc, session, timeout
        self.token = ""

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def open(self, path: str) -> Answer:
        """A page that must be there; Lost also where the site is away."""
        answer = self.get(path)
        if answer.status_code != 200:
            raise Lost(f"{answer.status_code} {path} {answer.url}")
        return answer

    def post(self, path: str, fields: dict, *, file: tuple[str, bytes] | None = None) -> Answer:
        """Sends a form, with a file if one is given. An answer of 500 or more is Lost: it acknowledges nothing."""
        answer = self.send(path, fields, file=file)
        if answer.status_code >= 500:
            raise Lost(f"{answer.status_code} {path}")
        return answer

    def send(self, path: str, fields: dict, *, file: tuple[str, bytes] | None = None) -> Answer:
        """Sends a form, and gives whatever is answered."""
        values = fields | {"csrfmiddlewaretoken": self.token}
        body, kind = _with_file(values, file) if file else (urlencode(values, doseq=True).encode(), _FORM)
        return self._ask("POST", path, body, kind)

    def _ask(self, method: str, path: str, body: bytes | None = None, kind: str = "") -> Answer:
        cookie = f"sessionid={self.session}; csrftoken={self.token}"
        headers = {"Cookie": cookie} | ({"Content-Type": kind} if kind else {})
        # A connection each: nobody is answered by a process that is gone.
        with closing(http.client.HTTPConnection(self.place, timeout=self.timeout)) as connection:
            try:
                connection.request(method, path, body, headers)
                response = connection.getresponse()
                content = response.read()
            except (OSError, http.client.HTTPException) as error:
                raise Lost(f"{type(error).__name__} {path}") from error
        if found := re.search(r"csrftoken=([^;]+)", response.headers.get("Set-Cookie", "")):
            self.token = found[1]
        return Answer(response.status, response.headers.get("Location", ""), content)


_FORM = "application/x-www-form-urlencoded"


def _with_file(fields: dict, file: tuple[str, bytes]) -> tuple[bytes, str]:
    parts = [
        f'--{SEAM}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    head = f'--{SEAM}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n\r\n'.encode()
    body = b"".join(parts) + head + file[1] + f"\r\n--{SEAM}--\r\n".encode()
    return body, f"multipart/form-data; boundary={SEAM}"


def acknowledged(answer: Answer) -> Answer:
    """The answer to a form that was carried out; fails with what the page says where the site refused it."""
    assert answer.status_code == 302 and "/accounts/" not in answer.url, (
        answer.status_code,
        answer.url,
        errors(answer) or answer.words[:1500],
    )
    return answer


def deed(editor: Editor, event: int, name: str, **fields) -> None:
    """Does a deed by its screen, and confirms the course where the screen asks that."""
    path = f"/admin/tracker/event/{event}/{name}/"
    answer = editor.post(path, fields_of(editor.open(path)) | fields)
    if answer.status_code == 200 and not errors(answer) and fields_of(answer)["foreseen"]:
        answer = editor.post(path, fields_of(answer))
    acknowledged(answer)


def save(editor: Editor, event: int, **fields) -> None:
    """Opens the form of an event, changes these fields and saves it."""
    path = f"/admin/tracker/event/{event}/change/"
    acknowledged(editor.post(path, fields_of(editor.open(path)) | fields | {"_save": "Save"}))


def add(editor: Editor, fields: dict) -> None:
    """Saves a new event."""
    path = "/admin/tracker/event/add/"
    editor.open(path)
    acknowledged(editor.post(path, fields | {"_save": "Save"}))


def import_file(editor: Editor, name: str, content: bytes) -> None:
    """Sends a file, plans it and confirms the plan."""
    editor.open("/admin/tracker/event/import/")
    plan = acknowledged(editor.post("/admin/tracker/event/import/", {"language": "en"}, file=(name, content))).url
    acknowledged(editor.post(f"{plan}step/", {}))
    acknowledged(editor.post(f"{plan}confirm/", {}))


def patiently(work, *, seconds: float = 60):
    """What `work` gives, tried again while the site is away."""
    end = time.monotonic() + seconds
    while True:
        try:
            return work()
        except Lost:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
