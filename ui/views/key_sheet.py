"""F1: all verbs and their keys, and which of them need the list to have the focus."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from ui.plain import plain, said
from ui.screen import Screen
from ui.verbs import VERBS, Menu, Verb


class KeySheet(QWidget):
    """The table of verbs as a page for a sheet."""

    cancelled = Signal()

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(14)
        hint = plain(role="muted", wrap=True)
        said(hint, "frame.keys_bare", screen.words)
        column.addWidget(hint)
        for menu in Menu:
            column.addWidget(self._group(menu))
        column.addStretch(1)

    def first_focus(self) -> None:
        """Nothing to type here: the page itself takes the keys, so that it can be scrolled."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus()

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
            grid.addWidget(plain(keys_text(verb), role="key"), row, 1, Qt.AlignmentFlag.AlignRight)
        return box

    def _name(self, verb: Verb) -> QLabel:
        label = plain()
        said(label, verb.words, self._screen.words)
        return label


def keys_text(verb: Verb, most: int | None = None) -> str:
    """The keys of a verb as a person reads them, `F5   Ctrl+Enter`; the handiest `most` of them."""
    return "   ".join(list(dict.fromkeys(key_text(key) for key in verb.shown_keys))[:most])


def key_text(key: str) -> str:
    """One key sequence; a chord's steps are pressed one after the other."""
    native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    return native.replace("Return", "Enter").replace(", ", " ")
