"""What a TrueType font says of the widths of its signs: the tables head, hhea, hmtx and cmap, nothing else.

OpenType 1.9, "cmap" formats 4 and 12. No kerning: what is drawn is at most as wide as reckoned.
"""

from pathlib import Path
from struct import unpack_from


def advances(path: Path) -> dict[int, float]:
    """The advance width of each sign that the font has, by code point, in ems."""
    data = path.read_bytes()
    tables = {data[at : at + 4]: unpack_from(">I", data, at + 8)[0] for at in range(12, 12 + 16 * _short(data, 4), 16)}
    em = _short(data, tables[b"head"] + 18)
    many = _short(data, tables[b"hhea"] + 34)
    widths = [_short(data, tables[b"hmtx"] + 4 * glyph) / em for glyph in range(many)]
    return {code: widths[min(glyph, many - 1)] for code, glyph in _glyphs(data, tables[b"cmap"]).items()}


def _short(data: bytes, at: int) -> int:
    return unpack_from(">H", data, at)[0]


def _glyphs(data: bytes, cmap: int) -> dict[int, int]:
    """Code points to glyphs, from the table of the whole of Unicode if there is one."""
    found = {}
    for number in range(_short(data, cmap + 2)):
        platform, _kind, offset = unpack_from(">HHI", data, cmap + 4 + 8 * number)
        if platform in (0, 3):
            found[_short(data, cmap + offset)] = cmap + offset
    return _segments_32(data, found[12]) if 12 in found else _segments_16(data, found[4])


def _segments_32(data: bytes, at: int) -> dict[int, int]:
    glyphs: dict[int, int] = {}
    for number in range(unpack_from(">I", data, at + 12)[0]):
        first, last, glyph = unpack_from(">III", data, at + 16 + 12 * number)
        glyphs |= zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)
    return glyphs


def _segments_16(data: bytes, at: int) -> dict[int, int]:
    double = _short(data, at + 6)
    ends, starts = at + 14, at + 16 + double
    deltas, offsets = starts + double, starts + 2 * double
    glyphs = {}
    for place in range(0, double, 2):
        first, last = _short(data, starts + place), _short(data, ends + place)
        delta, offset = _short(data, deltas + place), _short(data, offsets + place)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code if offset == 0 else _short(data, offsets + place + offset + 2 * (code - first))
            if glyph:
                glyphs[code] = (glyph + delta) & 0xFFFF
    return {code: glyph for code, glyph in glyphs.items() if glyph}
