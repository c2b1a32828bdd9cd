"""A countdown as a small sign: glyph, text, and for the loud ones a filled ground."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.countdown import LOUD, Countdown, Urgency, full, short
from ui.plain import dressed
from ui.screen import Screen

_PAD, _GAP = 8, 5
_TEXT = {
    Urgency.NORMAL: "text",
    Urgency.LAPSED: "muted",
    Urgency.RETURNED: "muted",
    Urgency.REASSIGNED: "muted",
    Urgency.CANCELLED: "muted",
    Urgency.NONE: "muted",
}


class Pill(QWidget):
    """Shows one countdown; empty when nothing runs."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._shown: Countdown = Countdown(Urgency.NONE)
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        dressed(self, screen.theme, self._restyle)

    def show_countdown(self, shown: Countdown) -> None:
        """Show another countdown; nothing is repainted while it says the same."""
        say = self._screen.words.say
        text = f"{shown.glyph} {short(shown, say)}".strip()
        if text == self._text and shown.urgency is self._shown.urgency:
            return
        is_same_size = len(text) == len(self._text)
        self._shown, self._text = shown, text
        self.setAccessibleName(full(shown, say))
        self.setVisible(bool(text))
        if not is_same_size:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._text) + 2 * _PAD, metrics.height() + 6)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter, urgency = QPainter(self), self._shown.urgency
        color = self._screen.theme.color
        if urgency in LOUD:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(color(f"{urgency}_edge"), 1))
            painter.setBrush(color(str(urgency)))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        ink = f"on_{urgency}" if urgency in LOUD else _TEXT.get(urgency, str(urgency))
        painter.setPen(color(ink))
        inner = QRect(self.rect()).adjusted(_GAP, 0, -_GAP, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()

    def _restyle(self) -> None:
        self.setFont(self._screen.theme.font(bold=True))
        self.updateGeometry()
        self.update()
