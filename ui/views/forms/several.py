"""Several marked cases at once: each said in a line, what is asked for all, and what became of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.domain.commands import Command
from app.services.queries import CaseView
from ui.models.case_title import whole_title
from ui.plain import button, named
from ui.screen import Screen
from ui.views.flow import flowing
from ui.views.forms.column import Column
from ui.views.forms.several_plans import Plan
from ui.views.laying import footed
from ui.views.submitting import submits
from ui.views.wrapping import wrapping

BAR_PX = 10
#: A case by number with the code and facts of what was refused.
No = tuple[str, str, Mapping[str, Any]]


class SeveralForm(QWidget):
    """Does what its plan means to these cases. What this person may not do is told and left out.

    `submitted` carries the wishes, one for each case that is ready; `undone` that all of them are to be taken
    back; `cancelled` that it is left.
    """

    submitted = Signal(object)
    undone = Signal()
    cancelled = Signal()

    def __init__(self, screen: Screen, views: Sequence[CaseView], plan: Plan) -> None:
        super().__init__()
        self._screen, self.plan = screen, plan
        self.ready = [view for view in views if plan.why_not(view) == ""]
        self.body = QVBoxLayout()
        self.result, self._trouble = wrapping(role="done"), wrapping(role="refused")
        self.bar = named(QProgressBar(), "form.several.bar", screen.words)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(BAR_PX)
        self.primary = button(f"{plan.key}.submit", screen.words, self.submit, role="primary")
        self.primary.setAutoDefault(True)
        self.back = button("form.cancel", screen.words, self.undone.emit)
        for later in (self.result, self._trouble, self.bar, self.back):
            later.hide()
        self._lay_out(views)
        self.column = Column(self, screen.words, self.primary.setFocus)
        for key, control, required in plan.fields(self.ready):
            self.column.add(self.body, key, control, required=required)

    def submit(self) -> None:
        """One wish for each, or what is missing beside the field."""
        wrong = self.column.wrong
        self.column.blame(wrong)
        if not wrong and self.ready:
            self.submitted.emit(tuple(self._wishes()))

    def first_focus(self) -> None:
        """To the first thing that is asked."""
        self.column.first_focus()

    def progress(self, done: int, total: int) -> None:
        """So many of so many are through; nothing is asked a second time meanwhile."""
        self.primary.setEnabled(False)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.bar.show()
        self._say(self._screen.words.say("form.several.progress", n=done, total=total))

    def told(self, done: Sequence[str], refused: Sequence[No]) -> None:
        """What became of them: the numbers of those that were done, and why others were not."""
        say = self._screen.words.say
        self.bar.hide()
        self.question.hide()
        line = say("form.several.finished", n=len(done), refused=len(refused))
        self._say("\n".join((line, *(f"✓ {number}" for number in done))))
        self.tell(refused)
        self.back.setText(say("form.several.undo", n=len(done)))
        self.back.setVisible(bool(done))
        (self.back if done else self.leave).setFocus()

    def taken_back(self, done: int, refused: Sequence[No]) -> None:
        """So many were taken back, and why others could not be."""
        self.bar.hide()
        self._say(self._screen.words.say("form.several.undone", n=done))
        self.back.hide()
        self.tell(refused)
        self.leave.setFocus()

    def tell(self, refused: Iterable[No]) -> None:
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
        """Ctrl+Enter does it, Esc leaves."""
        if not self._is_ours(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif not event.isAutoRepeat():
            self.submit()

    def _is_ours(self, event: QKeyEvent) -> bool:
        return submits(event) or event.key() == Qt.Key.Key_Escape

    def _say(self, text: str) -> None:
        self.result.setText(text)
        self.result.show()

    def _lay_out(self, views: Sequence[CaseView]) -> None:
        fields = QWidget()
        outer = QVBoxLayout(fields)
        outer.setContentsMargins(16, 4, 16, 12)
        outer.setSpacing(8)
        for widget in (self.result, self._trouble, self._question(views)):
            outer.addWidget(widget)
        outer.addStretch(1)
        self.primary.setEnabled(bool(self.ready))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(footed(fields, self.bar, self._ways()))

    def _question(self, views: Sequence[CaseView]) -> QWidget:
        """What is asked, and about which cases."""
        self.question = QWidget()
        column = QVBoxLayout(self.question)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self.body)
        for view in views:
            column.addWidget(wrapping(self._line(view), selectable=True))
            why = self.plan.why_not(view)
            if why:
                column.addWidget(wrapping(why, role="refused"))
            elif under := self.plan.under(view):
                column.addWidget(wrapping(under, role="small"))
        return self.question

    def _ways(self) -> QWidget:
        holder, flow = flowing()
        self.leave = button("form.cancel", self._screen.words, self.cancelled.emit)
        for way in (self.primary, self.back, self.leave):
            flow.addWidget(way)
        return holder

    def _line(self, view: CaseView) -> str:
        case = view.dossier.case
        parts = (case.number, whole_title(case), self.plan.what(view))
        return "  ".join(part for part in parts if part)

    def _wishes(self) -> Iterator[Command]:
        for view in self.ready:
            wish = self.plan.wish(view)
            if wish is not None:
                yield wish
