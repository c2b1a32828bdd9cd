"""Taking a command back: the latest from its strip, an earlier one from the page of those that still can be."""

from collections.abc import Callable
from typing import Any, Protocol

from app.domain.rules import undo_of
from ui.pages import Pages
from ui.picks import Picks
from ui.screen import Screen
from ui.views.sheet import Sheet
from ui.views.undo_strip import UndoStrip


class Window(Protocol):
    """What taking back needs of the window around it."""

    @property
    def workbench(self) -> Any: ...
    @property
    def sheet(self) -> Sheet: ...
    @property
    def strip(self) -> UndoStrip: ...
    @property
    def pages(self) -> Pages: ...


class TakingBack:
    """`picks` forgets what was taken back; `open_page` lays a page open under a title."""

    def __init__(
        self, screen: Screen, window: Window, picks: Picks, open_page: Callable[[str, Any], None]
    ) -> None:
        self._screen, self._window, self._picks = screen, window, picks
        self._open_page = open_page

    def offer(self) -> None:
        """Take the latest back while its strip is there; without one show what still can be."""
        if not self._window.strip.undo():
            self._screen.run(self._show_undoable())

    def undo(self, cmd_id: str) -> None:
        """Take that command back."""
        self._screen.run(self._take_back(cmd_id))

    async def _show_undoable(self) -> None:
        """The strip is gone, but what nobody has built on can still be taken back."""
        from ui.views.undo_page import UndoPage  # read when it is opened, or ahead

        acts = await self._screen.desk.undoable()
        if not acts:
            self._screen.toast("refused.undo-none", {}, "refused")
            return
        page = UndoPage(self._screen, acts)
        page.chosen.connect(self._on_take_back)
        self._open_page("frame.undo_title", page)

    def _on_take_back(self, cmd_id: str) -> None:
        self._window.sheet.close_sheet()
        self.undo(cmd_id)

    async def _take_back(self, cmd_id: str) -> None:
        self._window.strip.undone(cmd_id)
        done = await self._screen.desk.undo(cmd_id)
        await self._picks.take_back(cmd_id)
        is_registration = done.kind == undo_of("register")
        told = "done.undo_register" if is_registration else "done.undo"
        self._screen.toast(told, {"number": done.number}, "done")
        view = None if is_registration else await self._screen.desk.case(done.case_id)
        if view is not None:
            self._window.pages.show_workbench()
            self._window.workbench.come_back(view)
