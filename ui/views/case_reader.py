"""Brings the wanted case into the pane: at once when it is at hand, late answers dropped, the next ones fetched."""

from collections.abc import Callable, Iterable
from itertools import islice

from PySide6.QtCore import QObject, QTimer, Signal

from app.services.queries import CaseView, Changed, QueueRow
from ui.models.case_shelf import CaseShelf
from ui.screen import Screen
from ui.views.case_pane import CasePane

#: Cases after the wanted one that are fetched before they are asked for.
AHEAD = 3
#: Moving on within this time skips the case between, in milliseconds.
PAUSE_MS = 20


class CaseReader(QObject):
    """`view_changed` with a CaseView or None once the pane shows it. `hits` are words to mark in it."""

    view_changed = Signal(object)

    def __init__(
        self,
        screen: Screen,
        pane: CasePane,
        row: Callable[[str], QueueRow | None],
        below: Callable[[], Iterable[str]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._pane = pane
        self._row = row
        self._below = below
        self._shelf = CaseShelf(screen)
        self._number = 0
        self.wanted: str | None = None
        self.hits: tuple[str, ...] = ()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._fetch_wanted)

    def want(self, case_id: str) -> None:
        """Show a case: what the list knows at once, the rest as soon as it is there."""
        if case_id == self.wanted:
            return
        self.wanted = case_id
        self._number += 1
        if (view := self._shelf.peek(case_id)) is not None:
            self._pause.stop()
            self._show(view)
            self._screen.run(self._fetch_ahead(self._number))
            return
        if (row := self._row(case_id)) is not None:
            self._pane.show_row(row)
        self._pause.start()

    def want_nothing(self) -> None:
        """There is no case to show."""
        self.wanted = None
        self._number += 1
        self._pause.stop()
        self._pane.show_nothing()
        self.view_changed.emit(None)

    def forget(self) -> None:
        """Another person sits here: nothing shown, nothing at hand, nothing on its way."""
        self._shelf.take_off(Changed(None))
        self.hits = ()
        self.want_nothing()

    def news(self, changed: Changed) -> None:
        """Cases changed: forget them, and fetch the shown one anew."""
        is_about_it = self.wanted is not None and self._shelf.concerns(self.wanted, changed)
        self._shelf.take_off(changed)
        if is_about_it:
            self._number += 1
            self._fetch_wanted()

    def _fetch_wanted(self) -> None:
        if self.wanted is not None:
            self._screen.run(self._fetch(self._number, self.wanted))

    async def _fetch(self, number: int, case_id: str) -> None:
        view = await self._shelf.fetch(case_id)
        if number != self._number:
            return
        if view is None:
            self._pane.show_missing()
            self.view_changed.emit(None)
            return
        self._show(view)
        await self._fetch_ahead(number)

    async def _fetch_ahead(self, number: int) -> None:
        for case_id in list(islice(self._below(), AHEAD)):
            if number != self._number:
                return
            await self._shelf.fetch(case_id)

    def _show(self, view: CaseView) -> None:
        self._pane.show_view(view, self.hits)
        self.view_changed.emit(view)
