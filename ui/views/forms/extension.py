"""A unit asks for more time: why, how much or until when, and the files that prove it."""

from datetime import datetime

from app.domain.case import Task
from app.domain.commands import AskExtension
from app.domain.measures.extension import Standing, amount, due_with, standing
from app.domain.measures.proof import EVIDENCE, is_proven
from app.domain.refused import Refused
from app.domain.terms import RequestKind, TaskStatus
from app.services.queries import CaseView
from ui.models.amounts import read
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.attach import Files, attaching
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices
from ui.views.forms.which import Which
from ui.views.forms.written import Line, Lines
from ui.views.limits_preview import LimitsPreview
from ui.views.wrapping import wrapping


class Form(CaseForm):
    """How the task stands is shown above; beside the amount, what it comes to or why it cannot be had."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "ask_extension", self._commands)
        self.which = Which(self, TaskStatus.SIGNED)
        self.reason = Choices(
            screen.words, options.reasons(screen, self.policy, self.policy.extension_reasons)
        )
        self.amount, self.words, self.files = Line(), Lines(), Files(screen)
        self._limits, self._count = LimitsPreview(screen), wrapping()
        for widget in (self._limits, self._count):
            self.body.addWidget(widget)
        self._show()
        self.add("form.extension_reason", self.reason, required=True)
        self._asked = self.add("form.amount", self.amount, required=True)
        self._said = self.add("form.reason", self.words, required=True)
        self._proof = self.add("form.evidence", self.files, required=not self._is_proven)
        self._retell()
        if self.which.choices is not None:
            self.which.choices.changed.connect(self._turn)
        self.amount.queried.connect(self._retell)
        self.reason.changed.connect(self._ask_for_words)

    def _turn(self) -> None:
        """It is about another task now."""
        self._show()
        self._proof.ask("form.evidence", required=not self._is_proven)
        self._retell()

    @property
    def _standing(self) -> Standing | None:
        task = self.which.task
        return task and standing(task, self.view.dossier, self.seat.desk.setting)

    @property
    def _is_proven(self) -> bool:
        on = self.view.dossier
        task = self.which.task
        return task is not None and is_proven(task, on, RequestKind.EXTENSION)

    def _show(self) -> None:
        found = self._standing
        for widget in (self._limits, self._count):
            widget.setVisible(found is not None)
        if found is not None:
            self._limits.tell((found.clock,), self.policy)
            facts = {"n": len(found.granted), "most": found.most, "by": found.ask_by}
            self._count.setText(self.seat.words.say("form.extension.count", **facts))

    def _retell(self, _text: str = "") -> None:
        self._asked.hint(self._comes_to)

    def _ask_for_words(self) -> None:
        names = {one.code: one for one in self.policy.extension_reasons}
        reason = names.get(self.reason.value)
        self._said.ask("form.reason", required=reason is None or reason.needs_text)

    @property
    def _meant(self) -> int | datetime | None:
        return read(self.amount.query, self.moment.now)

    def _comes_to(self) -> str:
        """The amount in words with the due instant that follows, or what is wrong with it."""
        say = self.seat.words.say
        task, found = self.which.task, self._standing
        if not self.amount.query.strip() or task is None or found is None:
            return say("form.amount.how")
        if self._meant is None:
            return say("form.amount.unread")
        try:
            return self._told(task, found)
        except Refused as no:
            return self.seat.words.refusal(no.code, self.seat.data.told(no.facts))

    def _told(self, task: Task, found: Standing) -> str:
        on, say = self.view.dossier, self.seat.words.say
        value, until = _value(self._meant), _until(self._meant)
        more = amount(value, until, found, on, self.moment)
        limit = say(f"clock.limit.{more.unit}", n=more.value)
        due = due_with(more, task, on, self.moment)
        return say("form.amount.told", limit=limit, was=found.clock.due, due=due)

    def submit(self) -> None:
        """An amount that nobody can read is not sent."""
        if self.amount.query.strip() and self._meant is None:
            self._asked.blame(self.seat.words.say("form.amount.unread"))
            self._asked.take_focus()
            return
        super().submit()

    def _commands(self) -> Commands:
        task_id = self.which.task_id
        wish = AskExtension(
            case_id=self.case.id,
            task_id=task_id,
            reason=self.reason.value,
            text=self.words.text,
            value=_value(self._meant),
            until=_until(self._meant),
        )
        return (*attaching(self.case.id, self.files, EVIDENCE, task_id or None), wish)


def _value(meant: int | datetime | None) -> int | None:
    return meant if isinstance(meant, int) else None


def _until(meant: int | datetime | None) -> datetime | None:
    return meant if isinstance(meant, datetime) else None
