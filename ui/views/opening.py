"""The small window of the first moment: painted before any store is open, and where failing to open is told."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from ui.plain import heard, plain
from ui.theme import Theme
from ui.wording import Wording

SIZE = QSize(440, 190)
LOGO_PX = 44


class Opening(QWidget):
    """Name, a sentence, and a bar that moves. `left` when it is closed."""

    left = Signal()

    def __init__(self, words: Wording, theme: Theme) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedSize(SIZE)
        self._words = words
        self._name = plain(role="title")
        self._line = plain(wrap=True)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(12)
        column.addLayout(self._head(theme))
        column.addWidget(self._line, 1)
        column.addWidget(self._bar)
        heard(self, words, self.retranslate)

    def retranslate(self) -> None:
        """Everything in the language of now."""
        say = self._words.say
        self.setWindowTitle(say("frame.title"))
        self._name.setText(say("frame.product"))
        self._line.setText(say("frame.opening"))

    def show_progress(self, done: int, total: int) -> None:
        """Something long is being made: how much of it is done."""
        self._line.setText(self._words.say("frame.preparing", done=done, total=total))
        self._bar.setRange(0, max(total, 1))
        self._bar.setValue(done)

    def show_failure(self, sentence: str) -> None:
        """Opening failed: say why, and wait to be closed."""
        self._name.setText(self._words.say("frame.opening_failed"))
        self._line.setText(sentence)
        self._line.setAccessibleName(sentence)
        self._bar.hide()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell whoever waits."""
        super().closeEvent(event)
        self.left.emit()

    def _head(self, theme: Theme) -> QHBoxLayout:
        logo = QLabel()
        logo.setPixmap(theme.icon("fenbo", "accent", LOGO_PX).pixmap(LOGO_PX, LOGO_PX))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(logo)
        row.addWidget(self._name, 1)
        return row
