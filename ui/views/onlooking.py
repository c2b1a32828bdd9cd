"""Tells the desk which case and which rows are looked at, and the bench who else does: a hint, never a lock."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QTimer

from app.services.queries import CaseView, Onlookers
from ui.screen import Screen

#: A case that is only passed on the way down the list is not looked at (milliseconds).
DWELL_MS = 250


class Onlooking(QObject):
    """`show` is told of the others; nobody looks while the bench is hidden."""

    def __init__(
        self, screen: Screen, show: Callable[[Onlookers], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._case: str | None = None
        self._is_awake = False
        self._rows: tuple[str, ...] = ()
        self._dwell = QTimer(self, singleShot=True, interval=DWELL_MS)
        self._dwell.timeout.connect(self._tell)
        self.destroyed.connect(screen.desk.on_onlookers(show))

    def look_at(self, view: CaseView | None) -> None:
        """The pane shows that case; what is left is told at once, what is come to after a moment."""
        self._case = None if view is None else view.dossier.case.id
        self._tell_soon()

    def look_over(self, case_ids: Iterable[str]) -> None:
        """These rows are on the screen now."""
        rows = tuple(sorted(case_ids)) if self._is_awake else ()
        if rows != self._rows:
            self._rows = rows
            self._screen.desk.look_over(rows)

    def wake(self, *, is_awake: bool) -> None:
        """The bench is shown, or hidden."""
        self._is_awake = is_awake
        if not is_awake:
            self.look_over(())
        self._tell_soon()

    def _tell_soon(self) -> None:
        if self._case is None or not self._is_awake:
            self._dwell.stop()
            self._tell()
        else:
            self._dwell.start()

    def _tell(self) -> None:
        self._screen.desk.look_at(self._case if self._is_awake else None)
