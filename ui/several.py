"""Deciding on several marked cases with one key: the form, its wishes one by one, and what was refused of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from app.domain.commands import Command
from app.domain.refused import Refused
from ui.screen import Screen
from ui.sending import Sending
from ui.views.sheet import Sheet

#: The verbs that decide, and whether by a yes.
_DECIDES = {
    "approve_return": True,
    "approve_request": True,
    "refuse_return": False,
    "refuse_request": False,
}


class Window(Protocol):
    """What it needs of the window around it."""

    @property
    def workbench(self) -> Any: ...
    @property
    def sheet(self) -> Sheet: ...


class Several:
    """`sending` makes a road for each wish: one that is refused does not keep the others back."""

    def __init__(self, screen: Screen, window: Window, sending: Callable[[], Sending]) -> None:
        self._screen, self._window, self._sending = screen, window, sending
        self._is_busy = False

    def took(self, name: str) -> bool:
        """Lay the form open over what is marked, if this verb is meant for all of it."""
        is_meant = name in _DECIDES and len(self._window.workbench.marked) > 1
        if is_meant:
            self._screen.run(self._open(approves=_DECIDES[name]))
        return is_meant

    async def _open(self, *, approves: bool) -> None:
        from ui.views.forms.several import SeveralForm  # read when it is opened

        ids = sorted(self._window.workbench.marked)
        views = [view for one in ids if (view := await self._screen.desk.case(one)) is not None]
        form = SeveralForm(self._screen, views, approves=approves)
        numbers = {view.dossier.case.id: view.dossier.case.number for view in views}

        def submit(wishes: Sequence[Command]) -> None:
            self._screen.run(self._send(form, wishes, numbers))

        form.submitted.connect(submit)
        form.cancelled.connect(self._window.sheet.close_sheet)
        key = "form.several.approve" if approves else "form.several.refuse"
        self._window.sheet.show_content(key, form)
        form.first_focus()

    async def _send(self, form: Any, wishes: Sequence[Command], numbers: Mapping[str, str]) -> None:
        if self._is_busy:
            self._screen.toast("frame.busy")
            return
        self._is_busy = True
        try:
            refused = [no for wish in wishes if (no := await self._one(wish, numbers)) is not None]
        finally:
            self._is_busy = False
        self._window.workbench.model.unmark_all()
        self._screen.toast("form.several.done", {"n": len(wishes) - len(refused)}, "told")
        if refused:
            form.tell(refused)
        elif self._window.sheet.content is form:
            self._window.sheet.close_sheet()

    async def _one(
        self, wish: Command, numbers: Mapping[str, str]
    ) -> tuple[str, str, Mapping[str, Any]] | None:
        try:
            await self._sending().send((wish,), None)
        except Refused as no:
            return numbers[getattr(wish, "case_id", "")], no.code, no.facts
        return None
