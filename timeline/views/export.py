"""The files of a query: one view for every row of the registry of formats."""

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from typing import Any, cast

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import override

from timeline.formats.registry import FORMATS, Format
from timeline.scene.extract import Extract
from timeline.views.asked import RULES, Asked, face
from timeline.views.elsewhere import open_to_all
from timeline.views.faults import too_many


def extract(asked: Asked, face: str) -> Extract:
    """What the file of a face is written from."""
    return Extract(
        query=asked.query,
        moment=asked.moment,
        language=asked.language,
        rows=asked.rows,
        matching=asked.matching,
        pin=asked.pin,
        # The vocabulary is read when it is asked for.
        names=lambda which, language: asked.vocabulary.names(which, language),
        face=face,
        version=str(asked.version),
        counted=lambda: asked.total,
    )


def export(form: Format) -> Callable:
    """The view of a format."""

    beside: dict[str, Any] = {"stamp": RULES} if form.rules else {}

    @open_to_all
    @face(form.face, speaks=form.speaks, also=form.also, **beside)
    def answer(request, asked: Asked) -> HttpResponseBase:
        taken = extract(asked, form.face)
        if form.most and (asked.query.limit or taken.total) > form.most:
            return too_many(request, taken, form)
        body = form.write(taken, **{name: request.GET.get(name, "") for name in form.also})
        return _file(body, form, taken)

    return answer


def _file(body: bytes | Iterator[bytes], form: Format, taken: Extract) -> HttpResponseBase:
    if isinstance(body, bytes):
        response: HttpResponseBase = HttpResponse(body, content_type=form.content_type)
    else:
        response = StreamingHttpResponse(in_language(body, taken.language), content_type=form.content_type)
    kind = "attachment" if form.attached else "inline"
    response.headers["Content-Disposition"] = f'{kind}; filename="{taken.filename(form.extension)}"'
    return response


def in_language(pieces: Iterator[bytes], language: str) -> Iterator[bytes]:
    """The pieces, each made in a language: they are asked for when the request's own language is over."""
    with closing(cast(Generator[bytes], pieces)) as made:
        while True:
            with override(language):
                piece = next(made, None)
            if piece is None:
                return
            yield piece


VIEWS = {extension: export(form) for extension, form in FORMATS.items()}
