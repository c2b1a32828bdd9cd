"""Making something large piece by piece, so that the screen is never away for long."""

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer

#: Left free between two pieces (milliseconds).
GAP_MS = 15
#: What is made between two `yield`s is made in one go.
Pieces = Iterator[None]


def finish(pieces: Pieces) -> None:
    """All that is still to be made, now."""
    for _ in pieces:
        pass


class Gradually(QObject):
    """Makes one piece after the other; between two of them comes whatever waits: keys, paints, answers."""

    def __init__(self, pieces: Pieces, parent: QObject) -> None:
        super().__init__(parent)
        self._pieces = pieces
        self._next = QTimer(self, interval=GAP_MS)
        self._next.timeout.connect(self._go_on)
        self._next.start()

    def finish(self) -> None:
        """Somebody waits for it: the rest at once."""
        self._next.stop()
        finish(self._pieces)

    def stop(self) -> None:
        """Nobody wants it any more."""
        self._next.stop()

    def _go_on(self) -> None:
        if next(self._pieces, self) is self:
            self._next.stop()
