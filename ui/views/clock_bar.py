"""A ledger drawn to scale: what ran, what paused, what did not count, when it is due, and now."""

from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.clocks import Ledger, Segment
from ui.countdown import Urgency
from ui.screen import Screen

HEIGHT, THICK = 18, 8
_INKS = {
    Urgency.NORMAL: "edge",
    Urgency.LAPSED: "edge",
    Urgency.RETURNED: "edge",
    Urgency.REASSIGNED: "edge",
    Urgency.CANCELLED: "edge",
    Urgency.NONE: "edge",
}


class ClockBar(QWidget):
    """One ledger from its start to the later of due, stop and now."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._ledger: Ledger | None = None
        self._off: tuple[Segment, ...] = ()
        self._now: datetime | None = None
        self._urgency = Urgency.NORMAL
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_ledger(
        self, ledger: Ledger, off: tuple[Segment, ...], urgency: Urgency, now: datetime
    ) -> None:
        """Draw this ledger; `off` are the stretches of it that do not count."""
        self._ledger, self._off, self._urgency, self._now = ledger, off, urgency, now
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        if self._ledger is None or self._now is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, self._ledger, self._now)
        painter.end()

    def _paint(self, painter: QPainter, ledger: Ledger, now: datetime) -> None:
        color = self._screen.theme.color
        ink = color(_INKS.get(self._urgency, str(self._urgency)))
        here = ledger.stopped or now
        painter.fillRect(self._stretch(ledger.started, self._end()), color("sunken"))
        for one in ledger.segments:
            begin, end = one.start, min(one.end or here, here)
            pattern = Qt.BrushStyle.SolidPattern if one.runs else Qt.BrushStyle.BDiagPattern
            painter.fillRect(self._stretch(begin, end), QBrush(ink, pattern))
        pale = color("panel")
        pale.setAlpha(170)
        for one in self._off:
            painter.fillRect(self._stretch(one.start, one.end or here), pale)
        self._paint_marks(painter, ledger, here)

    def _paint_marks(self, painter: QPainter, ledger: Ledger, here: datetime) -> None:
        color = self._screen.theme.color
        if ledger.due is not None:
            painter.setPen(QPen(color("text"), 2))
            at = self._x(ledger.due)
            painter.drawLine(QPointF(at, 1), QPointF(at, HEIGHT - 1))
        painter.setPen(QPen(color("panel"), 1.5))
        painter.setBrush(color("text"))
        painter.drawEllipse(QPointF(self._x(here), HEIGHT / 2), 4, 4)

    def _end(self) -> datetime:
        """Where the drawing ends: at the latest of due, stop and now, but not at once."""
        ledger, now = self._ledger, self._now
        assert ledger is not None
        assert now is not None
        last = ledger.stopped or now
        return max(ledger.due or last, last, ledger.started + timedelta(minutes=1))

    def _x(self, moment: datetime) -> float:
        assert self._ledger is not None
        span = (self._end() - self._ledger.started) / timedelta(seconds=1)
        part = (moment - self._ledger.started) / timedelta(seconds=1) / span
        return 5 + min(max(part, 0.0), 1.0) * (self.width() - 10)

    def _stretch(self, begin: datetime, end: datetime) -> QRectF:
        left, right = self._x(begin), self._x(end)
        return QRectF(left, (HEIGHT - THICK) / 2, max(right - left, 0.0), THICK)
