"""Keeps a key that is held down, or struck again before anybody can have looked, from the next case."""

import time
from collections.abc import Callable
from dataclasses import dataclass

#: Nobody reads a case in less (seconds).
PAUSE_S = 0.8
#: Strokes that follow one another faster are one key held down (seconds).
HELD_S = 0.1


@dataclass(frozen=True, slots=True)
class _Stroke:
    key: str
    about: str
    at: float


class Haste:
    """`key` is the key that asks for something just now; empty for a hand on the mouse."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._acted = self._opened = _Stroke("", "", -PAUSE_S)
        self._struck = ("", -HELD_S)
        self.key = ""

    def acted(self, key: str, about: str) -> None:
        """The key acted on a case: the one that comes up after it is looked at only from now on."""
        self._acted = _Stroke(key, about, self._clock())
        self._struck = (key, self._clock())

    def opened(self, key: str, about: str) -> None:
        """The key opened a form about a case, which is read only from now on."""
        self._opened = _Stroke(key, about, self._clock())
        self._struck = (key, self._clock())

    def is_too_soon(self, key: str, about: str) -> bool:
        """Whether a stroke of `key` was meant for the case that it acted on before this one."""
        return about != self._acted.about and self._is_at_once(key, self._acted)

    def is_again(self, key: str, about: str) -> bool:
        """Whether a stroke of `key` asks a second time for what it has only just done."""
        return about == self._acted.about and self._is_at_once(key, self._acted)

    def is_unread(self, key: str, about: str) -> bool:
        """Whether a stroke of `key` would send a form that the same key has only just opened."""
        return about == self._opened.about and self._is_at_once(key, self._opened)

    def _is_at_once(self, key: str, last: _Stroke) -> bool:
        now, (struck, at) = self._clock(), self._struck
        self._struck = (key, now)
        is_held = key == struck and now - at < HELD_S
        return bool(key) and key == last.key and (is_held or now - last.at < PAUSE_S)
