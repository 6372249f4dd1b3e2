"""How wide a text is: advance widths of one sans-serif (metrics of Arial and Liberation Sans), in hundredths of an em.

The server does not know the reader's font. A label that comes out wider than reckoned is cut by the browser at the room
that the layout left for it, so a small error costs a letter, never a collision.
"""

from functools import lru_cache

SIZE = 13  # pixels; a width in hundredths of an em times the size is one in hundredths of a pixel

_REGULAR = {
    19: "'",
    22: "ijlįĵĺļł‘’",
    26: "|¦",
    28: " !,./:;I[\\]ft\u00a0·ÌÍÎÏìíîïİı\u202f",
    33: "()-`r{}¡¨´¸ŕř“”",
    37: '"ªº',
    39: "*°",
    50: "Jcksvxyzçýÿćčśŝşšźżž",
    56: "#$0123456789?L_abdeghnopqu¢£¥§«»àáâãäåèéêëðñòóôõöùúûüāăąďēęěńňŋōőūůű–",
    58: "+<=>~×±÷",
    61: "FTZ¿ßø",
    67: "&ABEKPSVXYÀÁÂÃÄÅÈÉÊËÝŚŠŸ",
    72: "CDHNRUwÇÐÑÙÚÛÜĆČ",
    78: "GOQÒÓÔÕÖØ",
    83: "Mm¼½¾",
    89: "%æ",
    94: "Wœ",
    100: "ÆŒ—…@",
}
_BOLD = {
    24: "'",
    28: " ,./I\\ijl|\u00a0·ÌÍÎÏìíîï\u202fı‘’",
    33: "!()-:;[]`ft¡¨´¸",
    39: "*r{}ºªŕř°",
    48: '"',
    50: "zźżž“”",
    56: "#$0123456789J_aceksvxy¢£¥§«»àáâãäåçèéêëýÿćčěśšů–",
    58: "+<=>~×±÷",
    61: "?FLTZbdghnopqu¿ßðñòóôõöøùúûüďńňőű",
    67: "EPSVXYÈÉÊËÝŚŠŸ",
    72: "&ABCDHKNRUÀÁÂÃÄÅÇÐÑÙÚÛÜĆČ",
    78: "GOQwÒÓÔÕÖØ",
    83: "M¼½¾",
    89: "%mæ",
    94: "Wœ",
    100: "ÆŒ—…@",
}


class _Advances(dict[str, int]):
    def __missing__(self, sign: str) -> int:
        # Anything else: a full em from the scripts of East Asia on, else the width of most letters.
        return 100 if sign >= "\u2e80" else 58


def _advances(rows: dict[int, str]) -> _Advances:
    return _Advances({sign: advance for advance, signs in rows.items() for sign in signs})


_ADVANCES = {False: _advances(_REGULAR), True: _advances(_BOLD)}


@lru_cache(maxsize=8192)
def width(text: str, *, bold: bool = False) -> int:
    """The width of a text on one line at 13 pixels, in hundredths of a pixel."""
    return SIZE * sum(map(_ADVANCES[bold].__getitem__, text))
