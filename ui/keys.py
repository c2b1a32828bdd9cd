"""The keys of the verbs, put on the window; bare letters sleep wherever text is typed or chosen."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from ui.verbs import VERBS, Verb, Where

#: Verbs that go on while their key is held down.
_REPEATING = frozenset({"next", "previous"})
_WINDOW = Qt.ShortcutContext.WindowShortcut
_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut


class Keys(QObject):
    """All shortcuts of a window. `desk` is the part where a case's keys and bare letters work."""

    def __init__(self, window: QWidget, desk: QWidget, act: Callable[[str], None]) -> None:
        super().__init__(window)
        self._act = act
        self._bare: list[QShortcut] = []
        for verb in VERBS:
            self._put(verb, window, desk)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def _put(self, verb: Verb, window: QWidget, desk: QWidget) -> None:
        is_global = verb.where is Where.ANYWHERE
        for keys in verb.keys:
            self._shortcut(
                verb, keys, window if is_global else desk, _WINDOW if is_global else _WITHIN
            )
        for keys in verb.bare:
            self._bare.append(self._shortcut(verb, keys, desk, _WITHIN))

    def _shortcut(
        self, verb: Verb, keys: str, host: QWidget, context: Qt.ShortcutContext
    ) -> QShortcut:
        shortcut = QShortcut(QKeySequence(keys), host)
        shortcut.setContext(context)
        shortcut.setAutoRepeat(verb.name in _REPEATING)
        shortcut.activated.connect(lambda: self._act(verb.name))
        return shortcut

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        is_awake = not is_typed_in(now)
        for shortcut in self._bare:
            shortcut.setEnabled(is_awake)


def is_typed_in(widget: QWidget | None) -> bool:
    """Whether letters typed into `widget` mean something to it."""
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QLineEdit | QComboBox | QAbstractSpinBox)
