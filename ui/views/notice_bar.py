"""Something that waits for a decision since the last time, told once above everything, without a dialog."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from ui.plain import button, dressed, heard, plain
from ui.screen import Screen
from ui.views.elided import Elided

ICON_PX = 20
#: What can be done about it: the key of the words, and the deed.
Way = tuple[str, Callable[[], None]]


class NoticeBar(QFrame):
    """Never takes the focus by itself; Tab leads to its buttons."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._say: Callable[[], str] = str
        self.setProperty("role", "notice")
        icon = plain()
        dressed(
            icon,
            screen.theme,
            lambda: icon.setPixmap(
                screen.theme.icon("attention", "soon_edge", ICON_PX).pixmap(ICON_PX)
            ),
        )
        self._label = Elided()
        self.buttons: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 6, 12, 6)
        self._row.setSpacing(10)
        self._row.addWidget(icon)
        self._row.addWidget(self._label, 1)
        heard(self, screen.words, self._tell)
        self.hide()

    @property
    def text(self) -> str:
        """What is told; empty while nothing is."""
        return self._label.full if not self.isHidden() else ""

    def show_notice(self, say: Callable[[], str], ways: Sequence[Way]) -> None:
        """Tell what `say` says, in whatever language is in use, with these ways to go on."""
        for old in self.buttons:
            self._row.removeWidget(old)
            old.deleteLater()
        self._say = say
        self.buttons = [button(key, self._screen.words, deed) for key, deed in ways]
        for one in self.buttons:
            self._row.addWidget(one)
        self._tell()
        self.show()

    def _tell(self) -> None:
        self._label.tell(self._say())
