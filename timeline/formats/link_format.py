"""The list of a page's states in application/link-format (RFC 6690), as Memento asks for it (RFC 7089, 5)."""

from collections.abc import Sequence

CONTENT_TYPE = "application/link-format"


def time_map(*, original: str, itself: str, mementos: Sequence[tuple[str, str]]) -> str:
    """The list as text. All addresses are whole; `mementos` are (address, the instant as HTTP writes it), the earliest
    first."""
    lines = [f'<{original}>; rel="original"']
    stretch = f'; from="{mementos[0][1]}"; until="{mementos[-1][1]}"' if mementos else ""
    lines.append(f'<{itself}>; rel="self"; type="{CONTENT_TYPE}"{stretch}')
    for number, (address, instant) in enumerate(mementos):
        places = ("first " if number == 0 else "") + ("last " if number == len(mementos) - 1 else "")
        lines.append(f'<{address}>; rel="{places}memento"; datetime="{instant}"')
    return ",\n".join(lines) + "\n"
