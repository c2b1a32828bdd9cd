"""The curtain between a window's room and its lock screen: drawn, nothing of the room is shown, heard or reached."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QToolTip, QWidget

from ui.plain import announce
from ui.screen import Screen
from ui.views.changing import Changing
from ui.views.lock_screen import LockScreen
from ui.views.opening import Trouble
from ui.views.overlay import FocusKeeper
from ui.views.vacant import Vacant

#: Menus that may be open inside one another.
MOST_POPUPS = 8


class Curtain(QStackedWidget):
    """Holds `room`. What goes on in it goes on behind the curtain too, with the focus where it was.

    `drawn` says whether it is, whenever that changes.
    """

    drawn = Signal(bool)

    def __init__(self, screen: Screen, room: QWidget, fallback: Callable[[], None]) -> None:
        super().__init__()
        self.lock, self.vacant, self.changing = LockScreen(screen), Vacant(screen), Changing(screen)
        self._again: Callable[[], None] = lambda: None
        self.lock.left.connect(self.lift)
        self.vacant.tried.connect(lambda: self._again())
        self._room = room
        self._focus = FocusKeeper(fallback)
        self.addWidget(room)
        self.addWidget(self.lock)
        self.addWidget(self.vacant)
        self.addWidget(self.changing)

    @property
    def is_drawn(self) -> bool:
        """Whether nothing of the room is to be seen."""
        return self.currentWidget() is not self._room

    def draw(self) -> None:
        """Hide the room, and what it has open beside itself: the person takes a break."""
        QGuiApplication.inputMethod().commit()  # what is being composed is typed, not lost
        self._hide_room(self.lock)
        self.lock.begin()

    def strand(self, no: Trouble, again: Callable[[], None]) -> None:
        """Nobody sits here, because of `no`: nothing can be done but to try `again`, or to leave."""
        self._again = again
        self.changing.end()
        self._hide_room(self.vacant)
        self.vacant.begin(no)

    def change(self, login: str) -> None:
        """Hide the room while `login` sits down: no key goes to the screen of the one who leaves."""
        self._hide_room(self.changing)
        self.changing.begin(login)

    def lift(self) -> None:
        """Show the room again."""
        if self.is_drawn:
            self.changing.end()
            self.setCurrentWidget(self._room)
            self.drawn.emit(self.is_drawn)
            self._focus.give_back()

    def _hide_room(self, instead: QWidget) -> None:
        self._close_others()
        if not self.is_drawn:
            self._focus.keep(instead)
        self.setCurrentWidget(instead)
        self.drawn.emit(self.is_drawn)
        announce(self, instead.accessibleName())

    def _close_others(self) -> None:
        """Menus, choosers and tips are windows of their own and would stand before the curtain."""
        QToolTip.hideText()
        for _ in range(MOST_POPUPS):
            if (popup := QApplication.activePopupWidget()) is not None:
                popup.close()
        for dialog in self._room.findChildren(QDialog):
            if dialog.isVisible():
                dialog.reject()
