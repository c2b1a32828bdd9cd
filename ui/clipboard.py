"""What was copied of a person does not stay: it is cleared after a minute, behind the curtain, and at the end."""

from functools import partial
from hashlib import sha256

from PySide6.QtCore import QObject, QTimer, SignalInstance
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

from ui.trouble import without_numbers

#: So long may it be pasted (milliseconds).
STAYS_MS = 60_000
#: Longer texts are looked at so far.
MOST = 50_000
#: A line with this property holds nothing but what is personal, as a name.
PERSONAL = "personal"
Mode = QClipboard.Mode


class CopiedPerson(QObject):
    """Watches what comes onto the clipboard while a window of ours is in front; what others put there is theirs.

    At any of the signals `at_once` nothing personal is left.

    Personal is what has the number of a phone or a person in it, or was copied from a line that is marked so.
    """

    def __init__(self, parent: QObject, *at_once: SignalInstance) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._held: dict[Mode, bytes] = {}
        self._timers = {mode: self._timer(mode) for mode in (Mode.Clipboard, Mode.Selection)}
        self._clipboard.changed.connect(self._on_changed)
        for signal in at_once:
            signal.connect(self.clear)

    def clear(self) -> None:
        """Take away now what is still there of it."""
        for mode in tuple(self._held):
            self._clear(mode)

    def _timer(self, mode: Mode) -> QTimer:
        timer = QTimer(self, interval=STAYS_MS, singleShot=True)
        timer.timeout.connect(partial(self._clear, mode))
        return timer

    def _on_changed(self, mode: Mode) -> None:
        if mode not in self._timers:
            return
        text = self._clipboard.text(mode)
        is_ours = bool(QGuiApplication.focusWindow())
        if is_ours and _is_personal(text):
            self._held[mode] = _digest(text)
            self._timers[mode].start()
        else:
            self._held.pop(mode, None)
            self._timers[mode].stop()

    def _clear(self, mode: Mode) -> None:
        held = self._held.pop(mode, None)
        self._timers[mode].stop()
        if held is not None and _digest(self._clipboard.text(mode)) == held:
            self._clipboard.clear(mode)


def _is_personal(text: str) -> bool:
    shown = QApplication.focusWidget()
    if text and shown is not None and shown.property(PERSONAL):
        return True
    return without_numbers(text[:MOST]) != text[:MOST]


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()
