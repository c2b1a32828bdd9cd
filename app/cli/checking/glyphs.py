"""Whether every character has a glyph in the fonts in use, as Qt itself falls back from one to the next."""

from PySide6.QtGui import QFont, QTextLayout

#: A place name of the district that many fonts lack; it must be there also where no screen shows it.
RARE = "坣"


class Glyphs:
    """Looks characters up once per font family; sizes and weights share their glyphs."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], bool] = {}

    def missing(self, text: str, font: QFont) -> str:
        """The characters of a text for which nothing but a box would be drawn."""
        families = ",".join(font.families())
        return "".join(sign for sign in dict.fromkeys(text) if not self._has(sign, families, font))

    def _has(self, sign: str, families: str, font: QFont) -> bool:
        key = (sign, families)
        if key not in self._known:
            self._known[key] = sign.isspace() or _is_drawn(sign, font)
        return self._known[key]


def _is_drawn(sign: str, font: QFont) -> bool:
    layout = QTextLayout(sign, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    indexes = [index for run in layout.glyphRuns() for index in run.glyphIndexes()]
    return bool(indexes) and all(indexes)
