"""Small factories: labels that never read data as markup, and controls that have a name."""

import re
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import SIGNAL, QObject, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel, QPushButton, QToolButton, QWidget

from ui.keymap import Keymap
from ui.theme import Theme
from ui.wording import Wording

_Widget = TypeVar("_Widget", bound=QWidget)
#: The least side of anything that can be clicked (WCAG 2.2), in pixels.
TARGET_PX = 24


#: A word without a gap breaks after so many characters, and claims no more than this width (pixels).
LONGEST_RUN, WIDEST_WORD = 24, 160
_RUN = re.compile(rf"[!-~]{{{LONGEST_RUN}}}(?=[!-~])")
_BREAK = "\u200b"


class WrapLabel(QLabel):
    """Words that wrap, also one that never ends: it pushes nothing else out of the window."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        """Show `text`; what has no gap may break."""
        self._words = text
        super().setText(_RUN.sub(lambda run: run.group() + _BREAK, text))

    def text(self) -> str:
        """What was said, without the places where it may break."""
        return self._words

    def minimumSizeHint(self) -> QSize:
        """As narrow as a word of usual length."""
        least = super().minimumSizeHint()
        return QSize(min(least.width(), WIDEST_WORD), least.height())


def plain(
    text: str = "", *, role: str = "", wrap: bool = False, selectable: bool = False
) -> QLabel:
    """A label that shows `text` as it is, never as HTML. `role` picks its looks: muted, title, small…"""
    label = WrapLabel() if wrap else QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    if role:
        label.setProperty("role", role)
    if selectable:
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def tip(text: str) -> str:
    """`text` for a tooltip, which reads whatever looks like markup as markup: there it stays as typed."""
    if not GuiQt.mightBeRichText(text):
        return text
    return GuiQt.convertFromPlainText(text, GuiQt.WhiteSpaceMode.WhiteSpaceNormal)


def named(widget: _Widget, key: str, words: Wording) -> _Widget:
    """`widget` with the words of `key` as its accessible name, also after a change of language."""

    def rename() -> None:
        widget.setAccessibleName(words.say(key))

    heard(widget, words, rename)
    return large_enough(widget)


def announce(widget: QWidget, text: str, *, is_urgent: bool = False) -> None:
    """Let a screen reader say it, without moving the focus."""
    politeness = QAccessible.AnnouncementPoliteness
    event = QAccessibleAnnouncementEvent(widget, text)
    event.setPoliteness(politeness.Assertive if is_urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


def large_enough(widget: _Widget) -> _Widget:
    """`widget` with room for a finger or an unsteady hand, when its own wish is for less."""
    hint = widget.minimumSizeHint()
    if hint.width() < TARGET_PX:
        widget.setMinimumWidth(TARGET_PX)
    if hint.height() < TARGET_PX:
        widget.setMinimumHeight(TARGET_PX)
    return widget


def said(label: QLabel | QPushButton | QToolButton, key: str, words: Wording) -> None:
    """Let `label` show the sentence of `key` in whatever language is in use."""
    heard(label, words, lambda: label.setText(words.say(key)))


def heard(widget: QWidget, words: Wording, retranslate: Callable[[], None]) -> None:
    """Call `retranslate` now and at each change of language, for as long as `widget` lives."""
    retranslate()
    QObject.connect(words, SIGNAL("changed()"), widget, retranslate)


def keyed(widget: QWidget, keymap: Keymap, retell: Callable[[], None]) -> None:
    """Call `retell` now and whenever a verb has got other keys, for as long as `widget` lives."""
    retell()
    QObject.connect(keymap, SIGNAL("changed()"), widget, retell)


def dressed(widget: QWidget, theme: Theme, restyle: Callable[[], None]) -> None:
    """Call `restyle` now and at each change of theme or size, for as long as `widget` lives."""
    restyle()
    QObject.connect(theme, SIGNAL("changed()"), widget, restyle)


class PressButton(QPushButton):
    """A button that Return presses like the space bar, once for a stroke, however long it lasts."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Enter press it."""
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if is_plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)


def button(key: str, words: Wording, clicked: Callable[[], None], *, role: str = "") -> QPushButton:
    """A push button that says `key`; `role` is primary, quiet or danger."""
    made = silent_button(clicked, role=role)
    said(made, key, words)
    return made


def silent_button(clicked: Callable[[], None], *, role: str = "") -> QPushButton:
    """A push button whose words are seen to elsewhere."""
    made = PressButton()
    if role:
        made.setProperty("role", role)
    made.setAutoDefault(False)
    made.clicked.connect(lambda: clicked())
    return made
