"""Closing the window while acts wait for a person's decision: asked about once, and never in the way twice."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.services.queries import SyncState
from ui.screen import Screen
from ui.views.notice_bar import NoticeBar


class Farewell(QObject):
    """Watches `window`; the question stands in `bar`. `act` is told what is asked for, `is_covered` says whether
    anything could be read now. Whoever closes again while it is asked means it.
    """

    def __init__(
        self,
        window: QWidget,
        screen: Screen,
        bar: NoticeBar,
        act: Callable[[str], None],
        is_covered: Callable[[], bool],
    ) -> None:
        super().__init__(window)
        self._window, self._screen, self._bar = window, screen, bar
        self._act, self._is_covered = act, is_covered
        self._is_sure = False
        window.installEventFilter(self)

    def go(self) -> None:
        """Close the window, whatever waits."""
        self._is_sure = True
        self._window.close()

    def hear(self, state: SyncState) -> None:
        """How it goes with the centre: nothing is asked about what is settled."""
        if not state.attention:
            self._bar.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A first attempt to close is kept back where there is something to ask."""
        if event.type() == QEvent.Type.Close and watched is self._window and self._has_to_ask():
            event.ignore()
            self._ask()
            return True
        return False

    def _has_to_ask(self) -> bool:
        desk = self._screen.desk
        is_needless = desk.is_vacant or not desk.sync_state.attention or self._is_covered()
        is_answered = self._is_sure or not self._bar.isHidden()
        return not (is_needless or is_answered or _is_machine_ending())

    def _ask(self) -> None:
        ways = (("frame.farewell.look", self._look), ("frame.farewell.go", self.go))
        self._bar.show_notice(self._question, ways)

    def _question(self) -> str:
        number = self._screen.desk.sync_state.attention
        return self._screen.words.say("frame.farewell.question", n=number)

    def _look(self) -> None:
        self._bar.hide()
        self._act("attention")


def _is_machine_ending() -> bool:
    """Whether the session of the machine ends, which nothing here may hold up."""
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.isSavingSession()
