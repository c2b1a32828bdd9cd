"""The asyncio loop on Qt's events, which keeps asyncio's promise of order."""

import asyncio
from collections import deque
from collections.abc import Callable
from contextvars import Context
from typing import Any, cast

import qasync
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication


class OrderedLoop(qasync.QEventLoop):
    """What is to be called soon is called in the order in which it was asked for, what is drawn between.

    qasync gives every call a Qt timer of its own, and those fire in any order: what a list asked first
    could be answered after what it asked last, 10 ms later.
    """

    def __init__(self, app: QApplication, *, already_running: bool = False) -> None:
        self._soon: deque[asyncio.Handle] = deque()
        self._next = QTimer(app, singleShot=True, interval=0)
        self._next.timeout.connect(self._run_first)
        super().__init__(app, already_running=already_running)  # pyright: ignore[reportUnknownMemberType] - qasync has no types

    def call_soon(
        self, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.Handle:
        """After all that was asked for before. On the screen's thread only."""
        handle = asyncio.Handle(callback, args, self, context=context)
        self._soon.append(handle)
        self._next.start()
        return handle

    def call_later(
        self,
        delay: float,
        callback: Callable[..., object],
        *args: Any,
        context: Context | None = None,
    ) -> asyncio.Handle:
        """After so many seconds; without any, soon."""
        if delay > 0:
            return cast(Any, super()).call_later(delay, callback, *args, context=context)
        return self.call_soon(callback, *args, context=context)

    def close(self) -> None:
        """Nothing that still waits is called any more."""
        self._next.stop()
        self._soon.clear()
        super().close()

    def _run_first(self) -> None:
        """One at a time: what it changed is drawn before the next, and a loop within goes on with those."""
        if not self._soon:
            return
        handle = self._soon.popleft()
        if self._soon:
            self._next.start()
        if not handle.cancelled():
            handle._run()  # noqa: SLF001 - as every loop runs its handles
