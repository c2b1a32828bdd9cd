"""Watches the screen's thread: how long it was away from its events, and what it was doing there."""

import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from types import FrameType

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 8
#: Away for longer than this, the thread is asked what it does; looked at so often (seconds).
TOO_LONG, LOOK_EVERY = 0.050, 0.010
#: So many frames of a thread are told, the innermost first.
_TOLD = 6
#: A thread that worked less than this share of the time was kept waiting.
_IDLE = 0.5
_MILLI = 1000


@dataclass(frozen=True, slots=True)
class Gap:
    """One time away, in seconds: by the clock, and how much the thread and the whole program worked.

    `doing` is known only of a gap that was too long.
    """

    during: str
    wall: float
    own: float
    program: float
    doing: str = ""

    @property
    def is_stall(self) -> bool:
        """Whether a person feels it."""
        return self.wall > TOO_LONG

    @property
    def ours(self) -> float:
        """Without what other programs took of a stall: these share the machine."""
        return min(self.wall, max(self.program, TOO_LONG)) if self.is_stall else self.wall

    @property
    def why(self) -> str:
        """`busy`: this thread worked; `behind`: another thread of ours; `starved`: other programs."""
        if self.program < self.wall * _IDLE:
            return "starved"
        return "busy" if self.own >= self.program * _IDLE else "behind"


class Watchdog:
    """Beats on the screen's thread. `during` names what is going on; use it as a context."""

    def __init__(self, parent: QObject) -> None:
        self.during = ""
        self.gaps: list[Gap] = []
        self._timer = QTimer(parent, interval=BEAT_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._at = _now()
        self._seen = ""
        self._is_over = threading.Event()
        self._looker = threading.Thread(target=self._look, args=(threading.get_ident(),))

    def __enter__(self) -> "Watchdog":
        self._at = _now()
        self._timer.start()
        self._looker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()
        self._is_over.set()
        self._looker.join()

    def _beat(self) -> None:
        before, self._at = self._at, _now()
        wall, own, program = (now - then for now, then in zip(self._at, before, strict=True))
        doing, self._seen = self._seen, ""
        self.gaps.append(Gap(self.during, wall, own, program, doing))

    def _look(self, watched: int) -> None:
        """On a thread of its own: what the watched one does when its beat does not come."""
        while not self._is_over.wait(LOOK_EVERY):
            if not self._seen and time.perf_counter() - self._at[0] > TOO_LONG:
                frame = sys._current_frames().get(watched)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - the one way to see another thread
                self._seen = " < ".join(_told(frame))


def _now() -> tuple[float, float, float]:
    return time.perf_counter(), time.thread_time(), time.process_time()


def _told(frame: FrameType | None) -> list[str]:
    """Where a thread is, innermost first: `file:line name`."""
    found: list[str] = []
    while frame is not None and len(found) < _TOLD:
        code = frame.f_code
        found.append(f"{_tail(code.co_filename)}:{frame.f_lineno} {code.co_name}")
        frame = frame.f_back
    return found


def _tail(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-2:])


def told(stalls: list[Gap], most: int = 12) -> list[str]:
    """The longest stalls as lines, those for the same reason together."""
    groups: dict[tuple[str, str, str], list[Gap]] = defaultdict(list)
    for one in stalls:
        groups[one.during, one.why, one.doing].append(one)
    ranked = sorted(groups.items(), key=lambda pair: -max(one.ours for one in pair[1]))
    return [_line(*key, gaps) for key, gaps in ranked[:most]]


def _line(during: str, why: str, doing: str, gaps: list[Gap]) -> str:
    longest = max(gaps, key=lambda one: one.ours)
    spent = f"{longest.wall * _MILLI:.0f} ms ({longest.own * _MILLI:.0f} on the thread)"
    return f"{spent} x{len(gaps)} {during} [{why}] {doing}"
