"""Where cases are searched for: results as one types, in the queue shown or everywhere."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ui.plain import heard, named, said, tip
from ui.screen import Screen
from ui.views.ime_edit import ImeEdit

#: Between the last key and the question; long enough for a word, too short to notice.
WAIT_MS = 90


class SearchBox(QWidget):
    """`searched` with text and scope a moment after typing.

    `left` when the hand goes on to the list, `entered` when it does so by Return.
    """

    searched = Signal(str, bool)  # text, everywhere
    left = Signal()
    entered = Signal()

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self.edit = named(ImeEdit(), "queue.search", screen.words)
        self.edit.setClearButtonEnabled(True)
        self.edit.on_key = self._on_key
        self.everywhere = QToolButton()
        self.everywhere.setCheckable(True)
        said(self.everywhere, "queue.search.everywhere", screen.words)
        named(self.everywhere, "queue.search.everywhere_hint", screen.words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.edit, 1)
        row.addWidget(self.everywhere)
        self._pause = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._pause.timeout.connect(self._tell)
        self.edit.queried.connect(lambda _: self._pause.start())  # pyright: ignore[reportUnknownArgumentType, reportUnknownLambdaType] - signals are untyped
        self._is_lent = False
        self.everywhere.clicked.connect(self._on_scope)
        heard(self, screen.words, self.retranslate)

    @property
    def text(self) -> str:
        """What is searched for, without blanks around it."""
        return self.edit.query.strip()

    def focus(self) -> None:
        """Begin to type, over what was there."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def show_search(self, text: str, *, everywhere: bool, is_lent: bool = False) -> None:
        """Show a search without asking for it; a scope that is lent lasts as long as the words."""
        self.edit.setText(text)
        self._pause.stop()
        self.everywhere.setChecked(everywhere)
        self._is_lent = is_lent

    def look_for(self, text: str) -> None:
        """Search everywhere for other words than those that were typed."""
        self.show_search(text, everywhere=True, is_lent=True)
        self._tell()

    def clear(self) -> None:
        """Search for nothing, at once."""
        self.edit.clear()
        self._tell()

    def retranslate(self) -> None:
        """Hints in the language in use."""
        say = self._screen.words.say
        self.edit.setPlaceholderText(say("queue.search.placeholder"))
        self.everywhere.setToolTip(tip(say("queue.search.everywhere_hint")))

    def _on_scope(self) -> None:
        """A person's own choice stays."""
        self._is_lent = False
        self._tell()

    def _tell(self) -> None:
        self._pause.stop()
        if self._is_lent and not self.text:
            self.everywhere.setChecked(False)
            self._is_lent = False
        self.searched.emit(self.text, self.everywhere.isChecked())

    def _on_key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Escape if self.edit.text():
                self.clear()
            case Qt.Key.Key_Escape | Qt.Key.Key_Down:
                self._leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._pause.isActive():
                self._leave()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.entered.emit()
            case _:
                return False
        return True

    def _leave(self) -> None:
        """Ask at once for what was typed last, then go to the list."""
        if self._pause.isActive():
            self._tell()
        self.left.emit()
