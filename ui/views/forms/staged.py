"""A unit asks to close in stages: why it takes long, until which day it will be done, and what proves it."""

from datetime import datetime

from app.domain.calendar import LOCAL
from app.domain.commands import AskStaged
from app.domain.measures.proof import EVIDENCE, is_proven
from app.domain.measures.staged import longest, promise
from app.domain.refused import Refused
from app.domain.terms import RequestKind, TaskStatus
from app.services.queries import CaseView
from ui.models.amounts import days_on, read
from ui.screen import Screen
from ui.views.forms.attach import Files, attaching
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.which import Which
from ui.views.forms.written import Line, Lines
from ui.views.wrapping import wrapping


class Form(CaseForm):
    """Beside the day, how far it is, or why it cannot be promised."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "ask_staged", self._commands)
        self.which = Which(self, TaskStatus.SIGNED)
        self.day, self.words, self.files = Line(), Lines(), Files(screen)
        most = longest(self.view.dossier, self.moment)
        self.body.addWidget(wrapping(screen.words.say("form.staged.told", most=most), role="muted"))
        self._asked = self.add("form.staged.day", self.day, required=True)
        self.add("form.staged.why", self.words, required=True)
        self._proof = self.add("form.evidence", self.files, required=not self._is_proven)
        if self.which.choices is not None:
            self.which.choices.changed.connect(self._ask_for_proof)
        self._retell()
        self.day.queried.connect(self._retell)

    def _ask_for_proof(self) -> None:
        self._proof.ask("form.evidence", required=not self._is_proven)

    @property
    def _is_proven(self) -> bool:
        on = self.view.dossier
        task = self.which.task
        return task is not None and is_proven(task, on, RequestKind.STAGED)

    @property
    def _meant(self) -> datetime | None:
        """The day that is written; a number is days from today."""
        found = read(self.day.query, self.moment.now)
        return days_on(found, self.moment.now) if isinstance(found, int) else found

    def _retell(self, _text: str = "") -> None:
        self._asked.hint(self._comes_to)

    def _comes_to(self) -> str:
        say, until = self.seat.words.say, self._meant
        if not self.day.query.strip():
            return say("form.staged.how")
        if until is None:
            return say("form.staged.unread")
        try:
            days = promise(until, self.view.dossier, self.moment)
        except Refused as no:
            return self.seat.words.refusal(no.code, self.seat.data.told(no.facts))
        day = until.astimezone(LOCAL).strftime("%Y-%m-%d")
        return say("form.staged.comes_to", day=day, n=days.value)

    def submit(self) -> None:
        """A day that nobody can read is not sent."""
        if self.day.query.strip() and self._meant is None:
            self._asked.blame(self.seat.words.say("form.staged.unread"))
            self._asked.take_focus()
            return
        super().submit()

    def _commands(self) -> Commands:
        task_id = self.which.task_id
        wish = AskStaged(
            case_id=self.case.id,
            task_id=task_id,
            text=self.words.text,
            until=self._meant or self.moment.now,
        )
        return (*attaching(self.case.id, self.files, EVIDENCE, task_id or None), wish)
