"""One program at a time over a seat's files: a lock that the machine itself takes away from the dead."""

import sqlite3
from pathlib import Path

from app.domain.refused import Refused


class SeatLock:
    """Held from its making until `close`. Raises Refused('desk-in-use') when another program has it."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
        try:
            self._db.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            self._db.close()
            raise Refused("desk-in-use", path=str(path.parent)) from error

    def close(self) -> None:
        """Let others in."""
        self._db.close()
