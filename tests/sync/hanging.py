"""Centres that hang: a fake that answers when it is let go, and real files that another process holds."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.services.live import LiveDesk

#: Longer than any test; nothing hangs for ever.
AT_MOST = 60.0
#: Bytes of the -shm file on which SQLite's readers and writers of the log lock one another out.
_LOCKS = "kept = open(sys.argv[1] + '-shm', 'r+b'); fcntl.lockf(kept, fcntl.LOCK_EX, 8, 120)"
_TAIL = "kept = sqlite3.connect(sys.argv[1]); kept.execute('BEGIN EXCLUSIVE')"
_HOLDER = "import fcntl, sqlite3, sys; {what}; print('held', flush=True); sys.stdin.read()"


class Hangs:
    """A centre whose questions hang from `hang` to `heal`; those that hang come back at `let_go` only.

    With `is_late` a question is asked, and only its answer hangs.
    """

    def __init__(self, central: Any, *, is_late: bool = False, only: str = "") -> None:
        self._central = central
        self._is_late = is_late
        self._only = only
        self._is_free = threading.Event()
        self.is_hanging = False
        self.hung: list[threading.Thread] = []

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._central, name)

        def question(*args: Any) -> Any:
            if not self.is_hanging or self._only not in ("", name):
                return real(*args)
            answer = real(*args) if self._is_late else None
            self.hung.append(threading.current_thread())
            assert self._is_free.wait(AT_MOST)
            return answer if self._is_late else real(*args)

        return question

    def hang(self) -> None:
        self.is_hanging = True

    def heal(self) -> None:
        """What is asked from now on is answered; what hangs, hangs on."""
        self.is_hanging = False

    def let_go(self) -> None:
        """All answers come, however late."""
        self.is_hanging = False
        self._is_free.set()


def hung(desk: LiveDesk, **how: Any) -> Hangs:
    """A desk whose centre can be told to hang."""
    line = desk._at.wire._line  # pyright: ignore
    line.central = Hangs(line.central, **how)
    return line.central


@contextmanager
def held(store: Path, *, by_all_locks: bool) -> Iterator[None]:
    """Another process holds the store: its tail, or all locks, so that nothing can be read either."""
    keeper = sqlite3.connect(store)  # the file of the locks is there as long as anybody has it open
    keeper.execute("SELECT count(*) FROM log").fetchone()
    code = _HOLDER.format(what=_LOCKS if by_all_locks else _TAIL)
    with subprocess.Popen(
        [sys.executable, "-c", code, str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        try:
            yield
        finally:
            other.communicate()
            keeper.close()
