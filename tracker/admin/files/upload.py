"""A file that is too large gets an answer in words: what is on its way is read and dropped, a little at a time."""

from django.http import HttpRequest

from tracker.importing.files import LARGEST

# What the other fields of the form and the seams between them may take.
FORM_ROOM = 256 * 1024
# Beyond this the connection is cut: nobody sends it by mistake.
MOST_DROPPED = 300 * 1024 * 1024
_PIECE = 1024 * 1024


def is_too_large(request: HttpRequest) -> bool:
    """Whether the body that was announced is larger than a file may be. If so it is read to its end, because a browser
    shows no answer while it is still sending."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if length <= LARGEST + FORM_ROOM:
        return False
    dropped = 0
    while dropped < MOST_DROPPED and (piece := request.read(_PIECE)):
        dropped += len(piece)
    return True
