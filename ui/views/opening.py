"""The small window of the first moment: painted before any store is open, and where failing to open is told."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from app.domain.refused import Refused
from app.services.ports import Unreachable
from ui.plain import button, heard, plain
from ui.theme import Theme
from ui.wording import Wording

#: What keeps somebody from sitting down: a rule, or what cannot be reached.
Trouble = Refused | Unreachable
SIZE = QSize(460, 190)
LOGO_PX = 44


def why_unopened(words: Wording, no: Trouble) -> str:
    """What keeps a desk from opening, in words."""
    if isinstance(no, Refused):
        return words.refused(no)
    key = f"frame.unopened.{no.code}"
    return words.say(key if words.knows(key) else "frame.unopened")


class Opening(QWidget):
    """Name, a sentence, and a bar that moves. `left` when it is closed, `tried` when it is to try once more."""

    left = Signal()
    tried = Signal()

    def __init__(self, words: Wording, theme: Theme) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(SIZE.width())
        self.setMinimumHeight(SIZE.height())
        self._words = words
        self._name = plain(role="title")
        self._line = plain(wrap=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        self.again = button("frame.opening_again", words, self.tried.emit, role="primary")
        self.close_button = button("frame.opening_close", words, self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(12)
        column.addLayout(self._head(theme))
        column.addWidget(self._line, 1)
        column.addWidget(self._bar)
        column.addLayout(self._ways())
        self._show_ways(are_shown=False)
        heard(self, words, self.retranslate)

    def retranslate(self) -> None:
        """Everything in the language of now."""
        say = self._words.say
        self.setWindowTitle(say("frame.title"))
        self._name.setText(say("frame.product"))
        self._line.setText(say("frame.opening"))

    def begin(self) -> None:
        """It is tried once more."""
        self.retranslate()
        self._bar.setRange(0, 0)
        self._bar.show()
        self._show_ways(are_shown=False)

    def show_progress(self, done: int, total: int) -> None:
        """Something long is being made: how much of it is done."""
        self._line.setText(self._words.say("frame.preparing", done=done, total=total))
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)

    def show_failure(self, sentence: str) -> None:
        """Opening failed: say why, and wait for another try or to be closed."""
        self._name.setText(self._words.say("frame.opening_failed"))
        self._line.setText(sentence)
        self._line.setAccessibleName(sentence)
        self._bar.hide()
        self._show_ways(are_shown=True)
        self.again.setFocus()
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape and self.close_button.isVisible():
            self._leave()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell whoever waits."""
        super().closeEvent(event)
        self.left.emit()

    def _leave(self) -> None:
        self.close()

    def _show_ways(self, *, are_shown: bool) -> None:
        for way in (self.again, self.close_button):
            way.setVisible(are_shown)

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.again)
        row.addWidget(self.close_button)
        return row

    def _head(self, theme: Theme) -> QHBoxLayout:
        logo = QLabel()
        logo.setPixmap(theme.icon("fenbo", "accent", LOGO_PX).pixmap(LOGO_PX, LOGO_PX))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(logo)
        row.addWidget(self._name, 1)
        return row
