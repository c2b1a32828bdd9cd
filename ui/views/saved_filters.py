"""Lists a person comes back to: a queue, a filter and an order under a name, kept at this seat."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from ui.models.filters import Saved, saved_of
from ui.plain import heard, keyed, large_enough, named, said, tip
from ui.screen import Screen
from ui.views.ime_edit import ImeEdit

#: Where they are kept.
KEY = "workbench.saved_filters"
#: As many as have a digit of their own.
DIGITS = 9
NAME_LENGTH = 30


class SavedFilters(QWidget):
    """`chosen` with a Saved. `current` tells what would be saved now, under the name that is given."""

    chosen = Signal(object)

    def __init__(
        self, screen: Screen, current: Callable[[str], Saved], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._current = current
        self._saved: list[Saved] = []
        self._is_recalled = False
        self.button = large_enough(QToolButton())
        said(self.button, "queue.saved.button", screen.words)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = QMenu(self.button)
        self.menu.aboutToShow.connect(self._fill)
        self.button.setMenu(self.menu)
        self.edit = named(ImeEdit(), "queue.saved.name", screen.words)
        self.edit.setMaxLength(NAME_LENGTH)
        self.edit.on_key = self._on_key
        self.edit.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addWidget(self.edit)
        heard(self, screen.words, self.retranslate)
        keyed(self, screen.keymap, self.retranslate)

    @property
    def saved(self) -> list[Saved]:
        """What is kept, in the order of saving."""
        return list(self._saved)

    def recall(self) -> None:
        """Fetch what was kept at this seat, once."""
        if not self._is_recalled:
            self._is_recalled = True
            self._screen.run(self._fetch())

    def open_menu(self) -> None:
        """Offer them for choosing by key."""
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def ask_name(self) -> None:
        """Let the person name what is shown."""
        self.edit.clear()
        self.edit.show()
        self.edit.setFocus()

    def save(self, name: str) -> None:
        """Keep what is shown under `name`, in place of what bore it before."""
        one = self._current(name)
        self._saved = [*(old for old in self._saved if old.name != name), one]
        self._keep("queue.saved.done", name)

    def remove(self, name: str) -> None:
        """Forget what bears `name`."""
        self._saved = [one for one in self._saved if one.name != name]
        self._keep("queue.saved.removed", name)

    def retranslate(self) -> None:
        """Hints in the language in use."""
        say = self._screen.words.say
        keys = self._screen.keymap.text("filters")
        self.button.setToolTip(tip(say("queue.saved.hint", keys=keys)))
        self.button.setAccessibleName(say("queue.saved.hint", keys=keys))
        self.edit.setPlaceholderText(say("queue.saved.placeholder"))

    async def _fetch(self) -> None:
        kept = await self._screen.desk.recall(KEY)
        found = [saved_of(one) for one in kept] if isinstance(kept, list) else []  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - whatever JSON held
        self._saved = [one for one in found if one is not None]

    def _keep(self, key: str, name: str) -> None:
        plain = [one.plain() for one in self._saved]
        self._screen.run(self._screen.desk.remember(KEY, plain))
        self._screen.toast(key, {"name": name}, "done")

    def _fill(self) -> None:
        say = self._screen.words.say
        self.menu.clear()
        for digit, one in enumerate(self._saved, 1):
            self._offer(self.menu, digit, one.name, lambda one=one: self.chosen.emit(one))
        if not self._saved:
            self.menu.addAction(say("queue.saved.none")).setEnabled(False)
        self.menu.addSeparator()
        self.menu.addAction(say("queue.saved.save")).triggered.connect(lambda: self.ask_name())
        if self._saved:
            remove = self.menu.addMenu(say("queue.saved.remove"))
            for digit, one in enumerate(self._saved, 1):
                self._offer(remove, digit, one.name, lambda name=one.name: self.remove(name))

    def _offer(self, menu: QMenu, digit: int, name: str, then: Callable[[], None]) -> None:
        plain = name.replace("&", "&&")
        text = f"&{digit}  {plain}" if digit <= DIGITS else plain
        menu.addAction(text).triggered.connect(lambda: then())

    def _on_key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if name := self.edit.text().strip():
                    self.save(name)
            case Qt.Key.Key_Escape:
                pass
            case _:
                return False
        self.edit.hide()
        self.button.setFocus()
        return True
