"""Qt without a screen: what its offscreen platform cannot do is no news where the program chose it."""

import sys
from collections.abc import Generator
from contextlib import contextmanager

from PySide6.QtCore import (
    QMessageLogContext,
    QtMsgType,
    qFormatLogMessage,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication

_NOTICES = frozenset(
    f"This plugin does not support {what}"
    for what in ("raise()", "propagateSizeHints()", "grabbing the keyboard")
)


def is_notice(text: str) -> bool:
    """Whether Qt only says that there is no screen, and there is none."""
    return text in _NOTICES and QGuiApplication.platformName() == "offscreen"


@contextmanager
def hushed() -> Generator[None]:
    """Keep exactly those notices back; everything else goes where it went before."""

    def heard(level: QtMsgType, context: QMessageLogContext, text: str) -> None:
        if is_notice(text):
            return
        if before:
            before(level, context, text)
        else:
            sys.stderr.write(f"{qFormatLogMessage(level, context, text)}\n")

    before = qInstallMessageHandler(heard)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
