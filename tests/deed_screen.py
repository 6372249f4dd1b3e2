"""The screens of the deeds as an editor uses them: opened, filled, sent, and confirmed where that is asked."""

from tests.admin_form import errors, fields_of


def screen(made, deed: str) -> str:
    """The address of the screen of a deed on an event."""
    return f"/admin/tracker/event/{made.pk}/{deed}/"


def send(desk, made, deed: str, **fields):
    """Open the screen, fill it, send it once."""
    return desk.post(screen(made, deed), fields_of(desk.get(screen(made, deed))) | fields)


def do(desk, made, deed: str, **fields):
    """Send it, and where the screen then only shows the course that the moments make, confirm that."""
    response = send(desk, made, deed, **fields)
    if response.status_code == 200 and not errors(response) and fields_of(response)["foreseen"]:
        response = desk.post(screen(made, deed), fields_of(response))
    return response
