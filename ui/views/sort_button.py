"""What the list is sorted by, on a button; its menu holds every order, and the same once more reverses it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.services.queries import Sort
from ui.plain import heard, keyed, large_enough, tip
from ui.screen import Screen

#: The shape of the order beside its words, as headers draw it: it rises downwards, or upwards.
ARROWS = ("↓", "↑")


class SortButton(QToolButton):
    """`wanted` with a Sort and whether it is to fall, once a person has chosen one."""

    wanted = Signal(object, bool)  # Sort, descending

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._shown = (Sort.DUE, False)
        self._menu = QMenu(self)
        self._actions = {sort: self._action(sort) for sort in Sort}
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(self._menu)
        large_enough(self)
        heard(self, screen.words, self.retranslate)
        keyed(self, screen.keymap, self.retranslate)

    def show_sort(self, sort: Sort, *, descending: bool) -> None:
        """Show an order without asking for it."""
        self._shown = (sort, descending)
        self.retranslate()

    def sort_by(self, sort: Sort) -> None:
        """Ask for an order: rising, or the other way round when it is the one shown."""
        now, descending = self._shown
        self.wanted.emit(sort, sort is now and not descending)

    def open_menu(self) -> None:
        """Offer the orders for choosing by key, the one shown under the hand."""
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        self._menu.setActiveAction(self._actions[self._shown[0]])

    def retranslate(self) -> None:
        """Everything in the language of now."""
        say, (sort, descending) = self._screen.words.say, self._shown
        name = say(f"queue.sort.{sort}")
        way = say("queue.sort.falling" if descending else "queue.sort.rising")
        keys = self._screen.keymap.text("sort")
        self.setText(f"{name} {ARROWS[descending]}")
        self.setAccessibleName(say("queue.sort.told", name=name, way=way))
        self.setToolTip(tip(say("queue.sort.hint", name=name, way=way, keys=keys)))
        for number, (one, action) in enumerate(self._actions.items(), 1):
            arrow = ARROWS[descending] if one is sort else ""
            action.setText(f"&{number}  {say(f'queue.sort.{one}')}\t{arrow}".rstrip())
            action.setChecked(one is sort)

    def _action(self, sort: Sort) -> QAction:
        action = self._menu.addAction("")
        action.setCheckable(True)
        action.triggered.connect(lambda: self.sort_by(sort))
        return action
