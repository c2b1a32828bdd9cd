"""One queue as a button: its name, how much waits, and how much of that is late or nearly so."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.services.queries import Queue
from ui.countdown import GLYPHS, Urgency
from ui.plain import dressed, tip
from ui.screen import Screen

PAD, GAP = 9, 7
#: Letters of a name that are left of it where room is scarce.
LEAST_NAME = 3
_INKS = {Urgency.BREACHED: "breached", Urgency.SOON: "soon_edge"}


class QueueButton(QAbstractButton):
    """Checkable; checked while its queue is shown."""

    def __init__(self, screen: Screen, queue: Queue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self.queue = queue
        self._numbers: tuple[int, int, int] | None = None
        self._is_kept = False
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        dressed(self, screen.theme, self._restyle)

    def show_numbers(self, waiting: int, overdue: int, soon: int) -> None:
        """How much waits, how much of it is overdue, how much due within the hour."""
        if self._numbers != (waiting, overdue, soon):
            self._numbers = (waiting, overdue, soon)
            self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        say = self._screen.words.say
        waiting, overdue, soon = self._numbers or (0, 0, 0)
        name = say(f"queue.name.{self.queue}")
        key = "queue.count_hint_open" if self.queue is Queue.ALL else "queue.count_hint"
        hint = say(key, queue=name, n=waiting, overdue=overdue, soon=soon)
        self.setText(name)
        self.setAccessibleName(hint)
        self.setToolTip(tip(hint))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        name = QFontMetrics(self._small).horizontalAdvance(self.text())
        numbers = QFontMetrics(self._bold).horizontalAdvance(self._count())
        for _, text in self._badges():
            numbers += GAP + QFontMetrics(self._small).horizontalAdvance(text)
        tall = QFontMetrics(self._small).height() + QFontMetrics(self._bold).height() + 2
        return QSize(max(name, numbers) + 2 * PAD, tall)

    @property
    def whole(self) -> int:
        """The width (pixels) at which name and count are whole."""
        return self._with_count(self.text())

    @property
    def least(self) -> int:
        """The width at which the name is just begun; a short one is whole in less."""
        return min(self.whole, self._with_count(self.text()[:LEAST_NAME] + "…"))

    def keep_name(self, *, is_kept: bool) -> None:
        """Whether the name stays whole; the badges give way first, and the count never does."""
        if is_kept != self._is_kept:
            self._is_kept = is_kept
            self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.whole if self._is_kept else self.least, self.sizeHint().height())

    def _with_count(self, name: str) -> int:
        wide = QFontMetrics(self._small).horizontalAdvance(name)
        return max(wide, QFontMetrics(self._bold).horizontalAdvance(self._count())) + 2 * PAD

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        painter, color = QPainter(self), self._screen.theme.color
        if self.isChecked() or self.underMouse():
            painter.fillRect(self.rect(), color("selected" if self.isChecked() else "hover"))
        if self.isChecked():
            painter.fillRect(QRect(0, self.height() - 3, self.width(), 3), color("accent"))
        if self.hasFocus():
            painter.setPen(QPen(color("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        self._paint_text(painter)
        painter.end()

    def _paint_text(self, painter: QPainter) -> None:
        color, half = self._screen.theme.color, self.height() // 2
        base = Qt.AlignmentFlag.AlignLeft
        painter.setFont(self._small)
        painter.setPen(color("text" if self.isChecked() else "muted"))
        upper = QRect(PAD, 0, self.width() - PAD, half + 1)
        mode, room = Qt.TextElideMode.ElideRight, self.width() - 2 * PAD + 2
        name = QFontMetrics(self._small).elidedText(self.text(), mode, room)
        painter.drawText(upper, base | Qt.AlignmentFlag.AlignBottom, name)
        lower = QRect(PAD, half - 1, self.width() - PAD, self.height() - half - 1)
        for at, (ink, text) in enumerate((("text", self._count()), *self._badges())):
            painter.setFont(self._small if at else self._bold)
            if QFontMetrics(painter.font()).horizontalAdvance(text) > lower.width() - 2:
                break
            painter.setPen(color(ink))
            painter.drawText(lower, base | Qt.AlignmentFlag.AlignVCenter, text)
            lower.setLeft(lower.left() + QFontMetrics(painter.font()).horizontalAdvance(text) + GAP)

    def _count(self) -> str:
        """What waits; the list of all holds the ended ones too, which are not counted."""
        if self._numbers is None:
            return "–"
        waiting = self._numbers[0]
        is_all = self.queue is Queue.ALL
        return self._screen.words.say("queue.open", n=waiting) if is_all else str(waiting)

    def _badges(self) -> list[tuple[str, str]]:
        """Colour and text of what is late (the whole overdue queue is, and tells how much of all is)."""
        _, overdue, soon = self._numbers or (0, 0, 0)
        if self.queue is Queue.OVERDUE:
            return []
        overdue = 0 if self.queue is Queue.ALL else overdue
        found = ((Urgency.BREACHED, overdue), (Urgency.SOON, soon))
        return [(_INKS[urgency], f"{GLYPHS[urgency]}{n}") for urgency, n in found if n]

    def _restyle(self) -> None:
        theme = self._screen.theme
        self._small, self._bold = theme.font(steps=-2), theme.font(bold=True)
        self.updateGeometry()
        self.update()
