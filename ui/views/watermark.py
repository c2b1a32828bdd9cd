"""Who looks, and when, written across what he sees: whoever takes a picture of it is in the picture."""

from math import cos, radians, sin

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme

#: How far it leans (degrees), how strong it is (of 255), and how far apart its lines are (of a line's height).
LEAN, STRENGTH, APART = -18.0, 40, 2.4


class Watermark(QWidget):
    """Lies over its parent, which gives it its place; no mouse and no key ever meets it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def text(self) -> str:
        """What is written."""
        return self._text

    def write(self, text: str) -> None:
        """Write something else, '' for nothing."""
        self._text = text
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - all of it is drawn
        """The text again and again, in lines that lean."""
        if not self._text:
            return
        painter = QPainter(self)
        font, ink = self._theme.font(), self._theme.color("text")
        ink.setAlpha(STRENGTH)
        painter.setFont(font)
        painter.setPen(ink)
        painter.rotate(LEAN)
        for place in self._places(QFontMetrics(font)):
            painter.drawText(place, self._text)
        painter.end()

    def _places(self, metrics: QFontMetrics) -> list[QPointF]:
        """Where it begins, in the leaning plane; every other line is moved by half of it."""
        wide = metrics.horizontalAdvance(self._text + "    ")
        high = metrics.height() * APART
        leans = radians(-LEAN)
        depth = self.height() * cos(leans) + self.width() * sin(leans)
        length = self.width() * cos(leans) + self.height() * sin(leans)
        return [
            QPointF(
                across * wide - (wide / 2 if down % 2 else 0) - self.height() * sin(leans),
                down * high,
            )
            for down in range(1, int(depth / high) + 2)
            for across in range(int(length / wide) + 3)
        ]
