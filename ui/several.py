"""Doing the same to several marked cases with one key: the form, its wishes one by one, and what became of them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from app.domain.commands import Command
from app.domain.refused import Refused
from app.services.queries import Done
from ui.screen import Screen
from ui.sending import Sending
from ui.views.sheet import Sheet

#: The verbs that are meant for all that is marked.
FOR_ALL = frozenset(
    {"approve_return", "approve_request", "refuse_return", "refuse_request"}
    | {"hand_over", "raise_grade"}
)
No = tuple[str, str, Mapping[str, Any]]


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
        is_meant = name in FOR_ALL and len(self._window.workbench.marked) > 1
        if is_meant:
            self._screen.run(self._open(name))
        return is_meant

    def bring(self, kind: str) -> None:
        """Cases marked in the list are ticked in the form that merges them, which is open now."""
        if kind != "merge":
            return
        form: Any = self._window.sheet.content
        marked = sorted(self._window.workbench.marked)
        if len(marked) > 1 and hasattr(form, "bring"):
            form.bring(marked)

    async def _open(self, name: str) -> None:
        from ui.views.forms.several import SeveralForm  # read when it is opened
        from ui.views.forms.several_plans import PLANS

        ids = sorted(self._window.workbench.marked)
        views = [view for one in ids if (view := await self._screen.desk.case(one)) is not None]
        form = SeveralForm(self._screen, views, PLANS[name](self._screen))
        numbers = {view.dossier.case.id: view.dossier.case.number for view in views}

        def submit(wishes: Sequence[Command]) -> None:
            self._screen.run(self._send(form, wishes, numbers))

        form.submitted.connect(submit)
        form.cancelled.connect(self._window.sheet.close_sheet)
        self._window.sheet.show_content(form.plan.key, form)
        form.first_focus()

    async def _send(self, form: Any, wishes: Sequence[Command], numbers: Mapping[str, str]) -> None:
        def about(wish: Command) -> str:
            return numbers[getattr(wish, "case_id", "")]

        async def send(wish: Command) -> Done | None:
            done = await self._sending().send((wish,), None)
            return done[0] if done else None

        each = [(about(wish), lambda wish=wish: send(wish)) for wish in wishes]
        found = await self._one_by_one(form, each)
        if found is None:
            return
        done, refused = found
        self._window.workbench.model.unmark_all()
        if form.plan.stays:
            self._offer_back(form, done, refused)
            return
        self._screen.toast("form.several.done", {"n": len(done)}, "told")
        if refused:
            form.bar.hide()
            form.result.hide()
            form.tell(refused)
        elif self._window.sheet.content is form:
            self._window.sheet.close_sheet()

    def _offer_back(self, form: Any, done: Sequence[Done], refused: Sequence[No]) -> None:
        form.told([one.number for one in done], refused)
        form.undone.connect(lambda: self._screen.run(self._take_back(form, done)))

    async def _take_back(self, form: Any, done: Iterable[Done]) -> None:
        undo = self._screen.desk.undo
        each = [(one.number, lambda one=one: undo(one.cmd_id)) for one in reversed([*done])]
        found = await self._one_by_one(form, each)
        if found is not None:
            form.taken_back(len(found[0]), found[1])

    async def _one_by_one(
        self, form: Any, each: Sequence[tuple[str, Callable[[], Any]]]
    ) -> tuple[list[Done], list[No]] | None:
        """What was done and what was refused; None while others are still under way."""
        if self._is_busy:
            self._screen.toast("frame.busy")
            return None
        self._is_busy = True
        done, refused = list[Done](), list[No]()
        try:
            for at, (number, act) in enumerate(each):
                form.progress(at, len(each))
                try:
                    if (one := await act()) is not None:
                        done.append(one)
                except Refused as no:
                    refused.append((number, no.code, no.facts))
        except BaseException:
            form.primary.setEnabled(True)  # the disk or the centre is away: to be asked again
            raise
        finally:
            self._is_busy = False
        return done, refused
