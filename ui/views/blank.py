"""What stands where there is nothing to show: a sign, what is so, and what helps."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.plain import dressed, heard, keyed, plain
from ui.screen import Screen
from ui.views.wrapping import wrapping

ICON_PX = 36


class Blank(QWidget):
    """In the middle of its place, a little above."""

    def __init__(self, screen: Screen, icon: str) -> None:
        super().__init__()
        self._screen = screen
        self._keys = ("", "")
        picture = plain()
        self.title, self.hint = wrapping(role="title"), wrapping(role="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(8)
        column.addStretch(2)
        for label in (picture, self.title, self.hint):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(3)

        def draw() -> None:
            picture.setPixmap(screen.theme.icon(icon, "edge", ICON_PX).pixmap(ICON_PX))

        dressed(self, screen.theme, draw)
        heard(self, screen.words, self._say)
        keyed(self, screen.keymap, self._say)

    def tell(self, title: str, hint: str = "") -> None:
        """Say the sentences of these keys; an empty hint is left out."""
        self._keys = (title, hint)
        self._say()

    def _say(self) -> None:
        say, way = self._screen.words.say, self._screen.keymap.way
        facts = {name: way(name) for name in ("next", "previous")}
        for label, key in zip((self.title, self.hint), self._keys, strict=True):
            label.setText(say(key, **facts) if key else "")
            label.setVisible(bool(key))
