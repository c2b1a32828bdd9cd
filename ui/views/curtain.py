"""The curtain between a window's room and its lock screen: drawn, nothing of the room is shown, heard or reached."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QToolTip, QWidget

from ui.plain import announce
from ui.screen import Screen
from ui.views.lock_screen import LockScreen
from ui.views.overlay import FocusKeeper

#: Menus that may be open inside one another.
MOST_POPUPS = 8


class Curtain(QStackedWidget):
    """Holds `room`. What goes on in it goes on behind the curtain too, with the focus where it was."""

    def __init__(self, screen: Screen, room: QWidget, fallback: Callable[[], None]) -> None:
        super().__init__()
        self.lock = LockScreen(screen)
        self._room = room
        self._focus = FocusKeeper(fallback)
        self.addWidget(room)
        self.addWidget(self.lock)

    @property
    def is_drawn(self) -> bool:
        """Whether only the lock screen is to be seen."""
        return self.currentWidget() is self.lock

    def draw(self) -> None:
        """Hide the room, and what it has open beside itself."""
        QGuiApplication.inputMethod().commit()  # what is being composed is typed, not lost
        self._close_others()
        self._focus.keep(self.lock)
        self.setCurrentWidget(self.lock)
        self.lock.begin()
        announce(self, self.lock.accessibleName())

    def lift(self) -> None:
        """Show the room again."""
        self.setCurrentWidget(self._room)
        self._focus.give_back()

    def _close_others(self) -> None:
        """Menus, choosers and tips are windows of their own and would stand before the curtain."""
        QToolTip.hideText()
        for _ in range(MOST_POPUPS):
            if (popup := QApplication.activePopupWidget()) is not None:
                popup.close()
        for dialog in self._room.findChildren(QDialog):
            if dialog.isVisible():
                dialog.reject()
