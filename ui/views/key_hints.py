"""The keys that help most where one is, in the bar below: as many whole ones as there is room for."""

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.plain import dressed, heard, keyed, plain
from ui.screen import Screen
from ui.verbs import BY_NAME
from ui.views.laying import side_by_side

#: The verbs that are hinted at, the most useful first; the first ones only in the list.
IN_LIST = ("next", "previous")
ANYWHERE = ("palette", "search", "new_intake", "key_sheet")
GAP = "      "


class KeyHints(QWidget):
    """Never takes room from anything else in its row."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._is_list = True
        self._may: Callable[[str], bool] = lambda _: True
        self._label = plain(role="small")
        side_by_side(self, self._label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        heard(self, screen.words, self._fit)
        keyed(self, screen.keymap, self._fit)
        dressed(self, screen.theme, self._fit)

    @property
    def text(self) -> str:
        """What is told."""
        return self._label.text()

    def offer(self, may: Callable[[str], bool]) -> None:
        """Leave out what is no business of who sits here."""
        self._may = may
        self._fit()

    def show_list(self, *, is_list: bool) -> None:
        """Whether the list is in front."""
        self._is_list = is_list
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """None."""
        return QSize(0, self._label.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many as fit now."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        names = (*(IN_LIST if self._is_list else ()), *ANYWHERE)
        hints = [hint for hint in map(self._hint, filter(self._may, names)) if hint]
        metrics = self._label.fontMetrics()
        while hints and metrics.horizontalAdvance(GAP.join(hints)) > self.width():
            hints.pop()
        self._label.setText(GAP.join(hints))

    def _hint(self, name: str) -> str:
        keymap = self._screen.keymap  # bare letters act in the list only
        keys = "" if name in IN_LIST else keymap.twin_text(name)
        keys = keys or (keymap.text(name, 1) if self._is_list else "")
        return f"{keys} {self._screen.words.say(BY_NAME[name].words)}" if keys else ""
