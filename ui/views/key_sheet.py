"""F1: all verbs and their keys, and which of them need the list to have the focus."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui.plain import button, keyed, plain, said
from ui.screen import Screen
from ui.verbs import VERBS, Menu, Verb


class KeySheet(QWidget):
    """The table of verbs as a page for a sheet. `remapping` when the person wants other keys."""

    cancelled = Signal()
    remapping = Signal()

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._keys = {verb.name: plain(role="key") for verb in VERBS}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(14)
        column.addLayout(self._top())
        for menu in Menu:
            column.addWidget(self._group(menu))
        column.addStretch(1)
        keyed(self, screen.keymap, self._show)

    def first_focus(self) -> None:
        """Nothing to type here: the page itself takes the keys, so that it can be scrolled."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()

    def _show(self) -> None:
        for name, label in self._keys.items():
            text = self._screen.keymap.text(name)
            label.setText(text)
            label.setVisible(bool(text))

    def _top(self) -> QHBoxLayout:
        hint = plain(role="muted", wrap=True)
        said(hint, "frame.keys_bare", self._screen.words)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(hint, 1)
        change = button("verb.key_map", self._screen.words, self.remapping.emit)
        top.addWidget(change, 0, Qt.AlignmentFlag.AlignTop)
        return top

    def _group(self, menu: Menu) -> QWidget:
        box = QFrame()
        box.setProperty("role", "card")
        grid = QGridLayout(box)
        grid.setContentsMargins(12, 10, 12, 10)
        grid.setHorizontalSpacing(10)
        grid.setColumnStretch(0, 1)
        title = plain(role="heading")
        said(title, f"frame.keys.{menu}", self._screen.words)
        grid.addWidget(title, 0, 0, 1, 2)
        for row, verb in enumerate((verb for verb in VERBS if verb.menu is menu), 1):
            grid.addWidget(self._name(verb), row, 0)
            grid.addWidget(self._keys[verb.name], row, 1, Qt.AlignmentFlag.AlignRight)
        return box

    def _name(self, verb: Verb) -> QLabel:
        label = plain()
        said(label, verb.words, self._screen.words)
        return label
