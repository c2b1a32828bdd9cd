"""Notices of one's own that are still held, also of cases that are not shown any more: one key keeps the next back."""

from datetime import datetime
from typing import Any, Protocol

from app.domain.case import Notice
from app.domain.commands import CallBackNotice
from app.domain.measures.notices import held_at_hand
from app.domain.refused import Refused
from app.services.queries import CaseView, Done
from ui.casework import CALL_BACK, Casework
from ui.screen import Screen


class Window(Protocol):
    """What it needs of the window around it."""

    @property
    def workbench(self) -> Any: ...


class Holding:
    """Learns after each own act what is held."""

    def __init__(self, screen: Screen, window: Window, casework: Casework) -> None:
        self._screen, self._window, self._casework = screen, window, casework
        self._latest: tuple[str, str, str, datetime] | None = None

    def acted(self, done: Done) -> None:
        """Something was done: look whether a notice waits to leave by it."""
        self._screen.run(self._look(done))

    def took(self, name: str) -> bool:
        """Whether the verb means one's own latest notice, of another case than the one shown."""
        if name != CALL_BACK or self._latest is None:
            return False
        login, case_id, notice_id, leaves_at = self._latest
        view, desk = self._window.workbench.view, self._screen.desk
        is_here = view is not None and bool(self._held(view))
        if is_here or login != desk.me.login or desk.now() >= leaves_at:
            return False
        self._latest = None
        wish = CallBackNotice(case_id=case_id, notice_id=notice_id)
        self._casework.start(self._casework.sending(), (wish,), None, lambda: None)
        return True

    async def _look(self, done: Done) -> None:
        """Also told in passing: the case may leave the screen before its notice leaves the house."""
        view = await self._screen.desk.case(done.case_id)
        mine = [one for one in self._held(view) if one.changed_by == done.cmd_id] if view else []
        if not mine or view is None:
            return
        one, now = mine[-1], self._screen.desk.now()
        leaves_at = one.leaves_at or now
        self._latest = one.made_by, done.case_id, one.id, leaves_at
        facts = {
            "number": done.number,
            "n": -int(-(leaves_at - now).total_seconds() // 1),
            "keys": self._screen.keymap.text(CALL_BACK, 1),
        }
        self._screen.toast("frame.notice_held", facts, "told")

    def _held(self, view: CaseView) -> list[Notice]:
        try:
            return list(held_at_hand(view.dossier, self._screen.moment))
        except Refused:
            return []
