"""Our own bugs: the person is told in one sentence, we get the whole story, without anybody's name or number."""

import faulthandler
import logging
import platform
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
    qVersion,
)

from app.domain.commands import AddNote
from app.domain.sealing import seal
from ui.offscreen import is_notice
from ui.stories import story

#: How many of the latest acts and messages a report tells.
TRACK = 60
#: Reports kept; the oldest go.
KEPT = 30
_log = logging.getLogger("fenbo")

Raised = Callable[[type[BaseException], BaseException, TracebackType | None], Any]


class Trouble(QObject):
    """Writes a report for everything nobody expected. `reported` gives its path, on the screen thread."""

    reported = Signal(str)
    _met = Signal(str)

    def __init__(self, folder: Path, version: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._version = version
        self._track: deque[str] = deque(maxlen=TRACK)
        self._faults: IO[str] | None = None
        self._met.connect(self.reported, Qt.ConnectionType.QueuedConnection)

    def did(self, what: str) -> None:
        """Remember an act by its code (never by what was typed) for the next report."""
        self._track.append(f"{time.strftime('%H:%M:%S')} {what}")

    def install(self) -> None:
        """Hear of everything: exceptions of all threads, Qt's messages, and crashes of the process."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._faults = (self._folder / "faults.txt").open("a", encoding="utf-8")
        self._before = (
            sys.excepthook,
            threading.excepthook,
            sys.unraisablehook,
            faulthandler.is_enabled(),
        )
        faulthandler.enable(self._faults)
        sys.excepthook = self.raised
        threading.excepthook = self._raised_in_thread
        sys.unraisablehook = self._raised_unseen
        self._qt_before = qInstallMessageHandler(self._qt_says)

    def remove(self) -> None:
        """Give the hooks back, at the end of the program."""
        sys.excepthook, threading.excepthook, sys.unraisablehook, was_enabled = self._before
        qInstallMessageHandler(self._qt_before)
        faulthandler.disable()
        if was_enabled:
            faulthandler.enable()
        if self._faults is not None:
            self._faults.close()

    def raised(
        self, kind: type[BaseException], bug: BaseException, trace: TracebackType | None
    ) -> None:
        """Write a report of `bug` and tell the screen. Interrupting the program is no bug."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, bug, trace)
            return
        path = self.report(story(bug.with_traceback(trace)))
        self._met.emit(str(path))

    def report(self, told: str) -> Path:
        """Write a report with what is `told` in it; its path. Numbers of phones and persons are masked."""
        path = self._free_path()
        path.write_text(without_numbers("\n".join(self._chapters(told))), encoding="utf-8")
        self._forget_old()
        _log.error("reported %s", path.name)
        return path

    def _chapters(self, told: str) -> list[str]:
        return [
            f"Fenbo {self._version}",
            f"{time.strftime('%Y-%m-%d %H:%M:%S %z')}",
            f"Python {platform.python_version()}  Qt {qVersion()}  {platform.platform()}",
            "",
            told,
            "Before that:",
            *self._track,
            "",
        ]

    def _free_path(self) -> Path:
        stem = time.strftime("report-%Y%m%d-%H%M%S")
        number = 1
        while (path := self._folder / f"{stem}-{number}.txt").exists():
            number += 1
        self._folder.mkdir(parents=True, exist_ok=True)
        return path

    def _forget_old(self) -> None:
        for old in sorted(self._folder.glob("report-*.txt"))[:-KEPT]:
            old.unlink(missing_ok=True)

    def _raised_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.raised(args.exc_type, args.exc_value, args.exc_traceback)

    def _raised_unseen(self, args: "sys.UnraisableHookArgs") -> None:
        if args.exc_value is not None:
            self.raised(args.exc_type, args.exc_value, args.exc_traceback)

    def _qt_says(self, level: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if is_notice(text):
            return
        self.did(f"Qt {level.name}: {text}")
        if level in (QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg):
            self.report(f"Qt {level.name}: {text} ({context.file}:{context.line})")


def without_numbers(text: str) -> str:
    """`text` with the numbers of phones and persons masked, as the domain masks a remark."""
    masked, _, _ = seal(AddNote(case_id="", text=text))
    return masked.text if isinstance(masked, AddNote) else ""
