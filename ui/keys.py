"""The keys of the verbs, put on the window; bare letters sleep wherever text is typed or chosen."""

from collections.abc import Callable, Iterable, Iterator

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
from shiboken6 import isValid

from ui.key_rules import is_bare
from ui.keymap import Keymap
from ui.verbs import VERBS, Verb, Where

#: Verbs that go on while their key is held down.
_REPEATING = frozenset({"next", "previous", "extend_next", "extend_previous"})
_WINDOW = Qt.ShortcutContext.WindowShortcut
_WITHIN = Qt.ShortcutContext.WidgetWithChildrenShortcut


class Keys(QObject):
    """All shortcuts of a window. `desk` is the part where a case's keys and bare letters work.

    `act` is told the verb, and by which key it was asked for.
    """

    def __init__(
        self, window: QWidget, desk: QWidget, act: Callable[[str, str], None], keymap: Keymap
    ) -> None:
        super().__init__(window)
        self._window, self._desk = window, desk
        self._act, self._keymap = act, keymap
        self._put: dict[str, tuple[tuple[str, ...], list[QShortcut]]] = {}
        self._bare: frozenset[QShortcut] = frozenset()
        self._is_typed = self._is_asleep = False
        self._follow()
        keymap.changed.connect(self._follow)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def sleep(self, *, is_asleep: bool) -> None:
        """Let no key of a verb act, or let them act again."""
        self._is_asleep = is_asleep
        self._wake(one for _, shortcuts in self._put.values() for one in shortcuts)

    def _follow(self) -> None:
        """Put the keys of now on the window, and take away what they replace."""
        for verb in VERBS:
            keys = self._keymap.of(verb.name)
            before, shortcuts = self._put.get(verb.name, ((), []))
            if keys != before:
                for shortcut in shortcuts:
                    shortcut.setEnabled(False)
                    shortcut.deleteLater()
                self._put[verb.name] = (keys, [*self._shortcuts(verb, keys)])
        every = [one for _, shortcuts in self._put.values() for one in shortcuts]
        self._bare = frozenset(one for one in every if is_bare(one.key().toString()))
        self._wake(every)

    def _shortcuts(self, verb: Verb, keys: tuple[str, ...]) -> Iterator[QShortcut]:
        for one in keys:
            yield self._shortcut(verb, one)
            if "Return" in one:
                yield self._shortcut(verb, one.replace("Return", "Enter"))  # the keypad's

    def _shortcut(self, verb: Verb, keys: str) -> QShortcut:
        is_global = verb.where is Where.ANYWHERE and not is_bare(keys)
        shortcut = QShortcut(QKeySequence(keys), self._window if is_global else self._desk)
        shortcut.setContext(_WINDOW if is_global else _WITHIN)
        shortcut.setAutoRepeat(verb.name in _REPEATING)
        shortcut.activated.connect(lambda: self._act(verb.name, keys))
        return shortcut

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        if is_typed_in(now) != self._is_typed:
            self._is_typed = is_typed_in(now)
            self._wake(self._bare)

    def _wake(self, shortcuts: Iterable[QShortcut]) -> None:
        """Let those of them act that may act now; while a window is taken down some are gone already."""
        for shortcut in filter(isValid, shortcuts):
            is_silent = self._is_typed and shortcut in self._bare
            shortcut.setEnabled(not (self._is_asleep or is_silent))


def is_typed_in(widget: QWidget | None) -> bool:
    """Whether letters typed into `widget` mean something to it."""
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QLineEdit | QComboBox | QAbstractSpinBox)
