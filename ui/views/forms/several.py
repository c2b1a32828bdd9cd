"""What waits in several cases at once: each said in a line, one reason for all, and the wishes it comes to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.case import Request
from app.domain.commands import ApproveRequest, ApproveReturn, Command, RefuseRequest, RefuseReturn
from app.domain.terms import RequestKind
from app.services.queries import CaseView
from ui.models.case_title import whole_title
from ui.plain import button
from ui.screen import Screen
from ui.views.flow import flowing
from ui.views.forms import options
from ui.views.forms.column import Column
from ui.views.forms.requests import letter_of
from ui.views.forms.written import Lines
from ui.views.laying import footed
from ui.views.submitting import submits
from ui.views.wrapping import wrapping
from ui.why_not import barred


class SeveralForm(QWidget):
    """Approves or refuses what waits in these cases. What this person may not decide is told and left out.

    `submitted` carries the wishes, one for each case that can be decided; `cancelled` that it is left.
    """

    submitted = Signal(object)
    cancelled = Signal()

    def __init__(self, screen: Screen, views: Sequence[CaseView], *, approves: bool) -> None:
        super().__init__()
        self._screen, self._approves = screen, approves
        self.ready = [view for view in views if self._why_not(view) == ""]
        self.body, self.words = QVBoxLayout(), Lines()
        self._trouble = wrapping(role="refused")
        self._trouble.hide()
        key = "form.several.approve" if approves else "form.several.refuse"
        self.primary = button(f"{key}.submit", screen.words, self.submit, role="primary")
        self.primary.setAutoDefault(True)
        self._lay_out(views)
        self.column = Column(self, screen.words, self.primary.setFocus)
        self.column.add(self.body, "form.decision", self.words, required=not approves)

    def submit(self) -> None:
        """One wish for each, or what is missing beside the field."""
        wrong = self.column.wrong
        self.column.blame(wrong)
        if not wrong and self.ready:
            self.submitted.emit(tuple(self._wishes()))

    def first_focus(self) -> None:
        """To the reason."""
        self.column.first_focus()

    def tell(self, refused: Iterable[tuple[str, str, Mapping[str, Any]]]) -> None:
        """Which cases were refused meanwhile, by number, and why; those are no longer asked for."""
        say, told = self._screen.words.refusal, self._screen.data.told
        lines = [f"{number}  {say(code, told(facts))}" for number, code, facts in refused]
        self._trouble.setText("\n".join(lines))
        self._trouble.setVisible(bool(lines))
        self.ready = []
        self.primary.setEnabled(False)

    def event(self, event: QEvent) -> bool:
        """Claim the form's keys before the window's shortcuts see them."""
        is_claim = event.type() is QEvent.Type.ShortcutOverride
        if is_claim and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter decides, Esc leaves."""
        if not self._is_ours(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif not event.isAutoRepeat():
            self.submit()

    def _is_ours(self, event: QKeyEvent) -> bool:
        return submits(event) or event.key() == Qt.Key.Key_Escape

    def _lay_out(self, views: Sequence[CaseView]) -> None:
        words = self._screen.words
        fields = QWidget()
        outer = QVBoxLayout(fields)
        outer.setContentsMargins(16, 4, 16, 12)
        outer.setSpacing(8)
        for view in views:
            outer.addWidget(wrapping(self._line(view), selectable=True))
            why = self._why_not(view)
            if why:
                outer.addWidget(wrapping(why, role="refused"))
            elif self._approves and (letter := self._letter(view)):
                outer.addWidget(wrapping(letter, role="small"))
        outer.addLayout(self.body)
        outer.addStretch(1)
        holder, flow = flowing()
        flow.addWidget(self.primary)
        flow.addWidget(button("form.cancel", words, self.cancelled.emit))
        self.primary.setEnabled(bool(self.ready))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(footed(fields, self._trouble, holder))

    def _letter(self, view: CaseView) -> str:
        """What the reporter will be told."""
        request = view.dossier.open_request()
        return letter_of(self._screen, view, request) if request else ""

    def _line(self, view: CaseView) -> str:
        case, request = view.dossier.case, view.dossier.open_request()
        say = self._screen.words.say
        what = say(f"form.what.{request.kind}") if request else ""
        return "  ".join(part for part in (case.number, whole_title(case), what) if part)

    def _why_not(self, view: CaseView) -> str:
        """Why this person cannot decide on it so, in words; nothing when he can."""
        request, say = view.dossier.open_request(), self._screen.words.say
        if request is None:
            return say("refused.request-missing")
        kind = self._kind(request)
        if kind not in view.verbs:
            return say("form.several.not_yours")
        no = barred(kind, view, self._screen.moment)
        return "" if no is None else say(no.key, **self._screen.data.told(no.facts))

    def _kind(self, request: Request) -> str:
        what = "return" if request.kind == RequestKind.RETURN else "request"
        return f"{'approve' if self._approves else 'refuse'}_{what}"

    def _wishes(self) -> Iterator[Command]:
        for view in self.ready:
            request = view.dossier.open_request()
            if request is not None:
                yield self._approval(view, request) if self._approves else self._refusal(request)

    def _approval(self, view: CaseView, request: Request) -> Command:
        case_id, about, text = request.case_id, request.id, self.words.text
        if request.kind == RequestKind.RETURN:
            return ApproveReturn(case_id=case_id, request_id=about, text=text)
        return ApproveRequest(
            case_id=case_id,
            request_id=about,
            what=request.kind,
            notice=self._letter(view),
            method=options.usual_method(view.dossier.case, "SMS"),
            text=text,
        )

    def _refusal(self, request: Request) -> Command:
        case_id, about, text = request.case_id, request.id, self.words.text
        if request.kind == RequestKind.RETURN:
            return RefuseReturn(case_id=case_id, request_id=about, text=text)
        return RefuseRequest(case_id=case_id, request_id=about, what=request.kind, text=text)
