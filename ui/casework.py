"""The form that lies open over a case: whose it is, what becomes of what was typed, and its road."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent

from app.domain.commands import Command
from app.domain.measures.notices import held_at_hand
from app.domain.refused import Refused
from app.domain.terms import TaskStatus
from app.services.queries import CaseView, Done
from ui.form_drafts import FormDrafts
from ui.haste import Haste
from ui.rooms import MakeForm
from ui.screen import Screen
from ui.sending import Sending, direct
from ui.verbs import OF_KIND, VERBS, Where
from ui.views.sheet import Sheet
from ui.views.submitting import SUBMIT, submits

if TYPE_CHECKING:
    from ui.views.forms.case_form import CaseForm

#: Keeping a notice from leaving: the one that would leave first.
CALL_BACK = "call_back_notice"
#: What is put beside the work: remarks, notices, files.
_PAPERS = frozenset(verb.name for verb in VERBS if verb.where is Where.CASE and verb.tier == 2)


class Window(Protocol):
    """What the work on a case needs of the window around it."""

    @property
    def workbench(self) -> Any: ...
    @property
    def sheet(self) -> Sheet: ...


class Casework(QObject):
    """Opens forms over the case shown, and keeps each with its case: it never acts on another one.

    `told` hears of every command carried out; `ask` asks for a verb. A paper asked for by its key from
    an open form comes before it, and leads back to it.
    """

    def __init__(
        self,
        screen: Screen,
        window: Window,
        forms: Callable[[], Mapping[str, MakeForm]],
        told: Callable[[Command, Done], None],
        ask: Callable[[str], None],
    ) -> None:
        super().__init__(window.sheet)
        self._screen, self._window, self._forms, self._hears = screen, window, forms, told
        self._ask = ask
        self._back: tuple[str, str] | None = None
        self.drafts, self.haste = FormDrafts(screen, self), Haste()
        window.workbench.view_changed.connect(self._on_view)
        window.workbench.opened.connect(self._on_opened)
        for part in (window.workbench, window.sheet):
            part.installEventFilter(self)
        window.sheet.left.connect(self._on_left)

    @property
    def form(self) -> "CaseForm | None":
        """The form of a case that is open now."""
        return _case_form(self._window.sheet.content)

    def work(self, kind: str, view: CaseView) -> None:
        """Ask for that kind of command about the case: by its form, or at once where it needs none."""
        make, about, key = self._form_of(kind, view), view.dossier.case.id, self.haste.key
        if self._told(self.haste.is_too_soon(key, about)):
            return
        if make is None:
            self._do(direct(kind, about, next(iter(self._meant(kind, view)), "")), key, about)
        else:
            self.haste.opened(key, about)
            self._open(kind, make(self._screen, view))

    def _form_of(self, kind: str, view: CaseView) -> MakeForm | None:
        """Signing asks for something only where several tasks wait for it."""
        asks = kind != "sign" or len(self._to_sign(view)) > 1
        return self._forms().get(kind) if asks else None

    def _meant(self, kind: str, view: CaseView) -> list[str]:
        """The rows that a kind without a form may be about, the likeliest first."""
        if kind != CALL_BACK:
            return self._to_sign(view)
        with suppress(Refused):  # it left this very moment, and the desk says so
            return [one.id for one in held_at_hand(view.dossier, self._screen.moment)]
        return []

    def _to_sign(self, view: CaseView) -> list[str]:
        """The tasks that wait to be signed for, of one's own unit at a unit's seat; without one the desk says so."""
        mine, waiting = self._screen.desk.me.unit, TaskStatus.PENDING_SIGN
        live = view.dossier.live_tasks
        return [one.id for one in live if one.status is waiting and mine in (None, one.unit)]

    def _do(self, command: Command, key: str, about: str) -> None:
        if self.haste.is_again(key, about):
            return
        self.haste.acted(key, about)
        self.start(self.sending(), (command,), None, lambda: self.haste.acted(key, about))

    def sending(self) -> Sending:
        """A new road for the wishes of one form."""
        return Sending(self._screen.desk, self._hears)

    def start(
        self,
        sending: Sending,
        commands: Sequence[Command],
        form: Any,
        ended: Callable[[], None],
    ) -> None:
        """Send what `form` asks for; `ended` is called when all of it is done."""
        self._screen.run(self._send(sending, commands, form, ended))

    def put_away(self) -> None:
        """Close what lies open; what was typed stays a draft."""
        self._window.sheet.close_sheet()

    async def put_aside(self) -> None:
        """Nothing of who sat here stays open or unsaved. Raises Unreachable when it cannot be kept."""
        self.put_away()
        await self.drafts.keep()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The key of the open form is the form's, also with the hand in the list; papers open beside it."""
        form = self.form
        if form is None or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        paper = self._paper(event) if watched is self._window.sheet else ""
        if not submits(event) and not paper:
            return super().eventFilter(watched, event)
        event.accept()
        is_stroke = event.type() is QEvent.Type.KeyPress and not event.isAutoRepeat()
        if is_stroke and paper:
            self._open_beside(paper, form)
        elif is_stroke:
            form.strike()
        return True

    def _open(self, kind: str, form: Any) -> None:
        sending = self.sending()

        def submit(wishes: Sequence[Command]) -> None:
            self._submit(sending, wishes, form)

        form.submitted.connect(submit)
        form.cancelled.connect(self._leave)
        if (lists := getattr(form, "asked", None)) is not None:
            lists.connect(self._window.workbench.show_list)
        if (case_form := _case_form(form)) is not None:
            self._drafted(kind, case_form)
        self._window.sheet.show_content(OF_KIND[kind].words, form)
        form.first_focus()

    def _paper(self, event: QKeyEvent) -> str:
        """The verb of a paper that is asked for by this key, or nothing."""
        name = self._screen.keymap.verb_at(event, typing=True)
        return name if name in _PAPERS else ""

    def _open_beside(self, paper: str, form: "CaseForm") -> None:
        self._ask(paper)
        if self.form is not form and form.kind in OF_KIND:
            self._back = form.kind, form.case.id

    def _leave(self) -> None:
        """Back to the form beside which this one was opened, or to the case."""
        back, self._back = self._back, None
        self.put_away()
        if back is not None:
            self._screen.run(self._reopen(*back))

    async def _reopen(self, kind: str, case_id: str) -> None:
        """With the case as it is now, unless somebody looks elsewhere by now."""
        view = await self._screen.desk.case(case_id)
        is_free = self._window.sheet.content is None and self._window.workbench.selected == case_id
        if view is not None and is_free:
            self.work(kind, view)

    def _told(self, is_hasty: bool) -> bool:  # noqa: FBT001 - passed on
        """Say why nothing happens."""
        if is_hasty:
            self._screen.toast("frame.too_soon")
        return is_hasty

    def _drafted(self, kind: str, form: "CaseForm") -> None:
        form.is_hasty = lambda: self._told(self.haste.is_unread(SUBMIT, form.case.id))
        form.begin(self.drafts.of(form.draft_id))
        form.edited.connect(lambda: self.drafts.write(form.draft_id, form.written))
        form.anew.connect(lambda: self._anew(kind, form))

    def _anew(self, kind: str, form: "CaseForm") -> None:
        self.drafts.forget(form.draft_id)
        self.work(kind, form.view)

    def _submit(self, sending: Sending, wishes: Sequence[Command], form: Any) -> None:
        def ended() -> None:
            if (case_form := _case_form(form)) is not None:
                self.drafts.forget(case_form.draft_id)
                self.haste.acted(SUBMIT, case_form.case.id)
            if self._window.sheet.content is form:
                self._leave()

        self.start(sending, wishes, form, ended)

    async def _send(
        self,
        sending: Sending,
        commands: Sequence[Command],
        form: Any,
        ended: Callable[[], None],
    ) -> None:
        if sending.is_busy:
            self._screen.toast("frame.busy")
            return
        done = await sending.send(commands, form)
        if done is None:
            return
        ended()
        await self._go_on({one.case_id for one in done})

    async def _go_on(self, acted: Collection[str]) -> None:
        """After an act the next case comes up when the one shown has left the queue; else it stays."""
        bench = self._window.workbench
        shown = bench.selected
        view = await self._screen.desk.case(shown) if shown in acted else None
        if view is not None and bench.selected == shown:
            bench.go_on(view)

    def _on_view(self, view: CaseView | None) -> None:
        form = self.form
        if form is None:
            return
        if view is None or view.dossier.case.id != form.case.id:
            self.put_away()
        elif view is not form.view:
            form.hear(view)

    def _on_opened(self, _case_id: str) -> None:
        """Return in the list goes to the case: to what lies open over it, if something does."""
        content: Any = self._window.sheet.content
        if content is not None:
            content.first_focus()

    def _on_left(self, left: object) -> None:
        self._back = None
        form = _case_form(left)
        if form is not None and self.drafts.of(form.draft_id) is not None:
            self.drafts.keep_soon()
            facts = {"kind": form.kind, "number": form.case.number}
            self._screen.toast("frame.draft_put_away", facts)


def _case_form(content: object) -> "CaseForm | None":
    """The form of a case among all that may lie open; without one its code is not even read."""
    if content is None:
        return None
    from ui.views.forms.case_form import CaseForm

    return content if isinstance(content, CaseForm) else None
