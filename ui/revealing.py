"""Showing a reporter in clear: the form that asks why, the way to the centre, and the end of it at every turn."""

from typing import Any, Protocol

from PySide6.QtCore import QObject

from app.domain.refused import Refused
from app.domain.rules import CENTRE
from app.services.envelope import Sealed
from app.services.ports import Unreachable
from ui.plain import announce
from ui.screen import Screen
from ui.views.sheet import Sheet

#: Said beside the form while the centre is away: only there the person is known.
AWAY = "reveal-away"


class Window(Protocol):
    """What showing a person needs of the window around it."""

    @property
    def workbench(self) -> Any: ...
    @property
    def sheet(self) -> Sheet: ...
    @property
    def curtain(self) -> Any: ...

    left: Any


class Revealing(QObject):
    """One person at a time, of the case shown. `mask` ends it, and whatever answer is still on its way."""

    def __init__(self, screen: Screen, window: Window) -> None:
        super().__init__(window.sheet)
        self._screen, self._window = screen, window
        self._number = 0
        self._asked: object = None
        window.curtain.drawn.connect(self.mask)
        window.left.connect(self.mask)

    def show(self) -> None:
        """Ask why; where he is shown already, lead to him."""
        bench = self._window.workbench
        if bench.view is None:
            return
        if bench.person.is_clear:
            bench.person.take_focus()
            return
        from ui.views.forms import reveal  # read when it is opened

        is_ours = self._screen.desk.me.role in CENTRE
        form = (reveal.RevealForm if is_ours else reveal.LeaveForm)(self._screen, bench.view)

        def submit(_nothing: object) -> None:
            self._screen.run(self._ask(form))

        form.submitted.connect(submit)
        form.cancelled.connect(self._window.sheet.close_sheet)
        self._window.sheet.show_content("verb.reveal", form)
        if not self._screen.desk.sync_state.online:
            form.show_refusal(AWAY, {})
        form.first_focus()

    def mask(self, _is_drawn: object = None) -> None:
        """Nobody is shown any more."""
        self._number += 1
        self._asked = None
        person = getattr(self._window.workbench, "person", None)
        if person is not None:
            person.conceal()

    async def _ask(self, form: Any) -> None:
        if self._asked is form:
            self._screen.toast("frame.busy")
            return
        self._asked = form
        number = self._number
        try:
            person = await self._looked(form)
        except (Refused, Unreachable) as no:
            self._say(form, no)
        else:
            if self._is_wanted(form, number):
                self._show(form, person)
        finally:
            self._asked = None if self._asked is form else self._asked

    async def _looked(self, form: Any) -> Sealed:
        """What has to stand in the log first goes first: the desk sends it up before it asks. Leave is not used
        up where nobody could be shown.
        """
        desk, about, why, wish = self._screen.desk, form.case.id, form.reason, form.wish
        if wish is not None:
            if not desk.sync_state.online:
                raise Unreachable(AWAY)
            await desk.send(wish)
        return await desk.reveal(about, why)

    def _is_wanted(self, form: Any, number: int) -> bool:
        """Whether whoever asked still sits there, has not left the form, and no other case is on its way."""
        view, is_here = self._window.workbench.view, self._window.sheet.content is form
        is_same = view is not None and view.dossier.case.id == form.case.id
        return is_here and is_same and number == self._number

    def _show(self, form: Any, person: Sealed) -> None:
        card, limit = self._window.workbench.person, form.limit
        self._window.sheet.close_sheet()
        card.show_person(person, limit)
        announce(card, card.spoken)

    def _say(self, form: Any, no: Refused | Unreachable) -> None:
        if self._window.sheet.content is form:
            code, facts = (no.code, no.facts) if isinstance(no, Refused) else (AWAY, {})
            form.show_refusal(code, facts)
            announce(form, form.refusal, is_urgent=True)
