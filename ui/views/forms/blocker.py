"""A unit says that it is held up: by what, which unit it needs, and the files that prove it."""

from app.domain.commands import LogBlocker
from app.domain.measures.blockers import longest, review
from app.domain.measures.proof import EVIDENCE, is_proven
from app.domain.measures.standstill import end_of
from app.domain.terms import RequestKind, TaskStatus
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms.attach import Files, attaching
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.which import Which
from ui.views.forms.written import Lines
from ui.views.unit_picker import UnitPicker
from ui.views.wrapping import wrapping


class Form(CaseForm):
    """What becomes of the clock stands above; the units that have the case too are offered first."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "log_blocker", self._commands)
        self.body.addWidget(wrapping(self._told(), role="muted"))
        self.which = Which(self, TaskStatus.SIGNED)
        self.unit, self.words, self.files = UnitPicker(screen), Lines(), Files(screen)
        self.add("form.needed_unit", self.unit, required=True)
        self.add("form.blocker.why", self.words, required=True)
        self._proof = self.add("form.evidence", self.files, required=not self._is_proven)
        self._turn()
        if self.which.choices is not None:
            self.which.choices.changed.connect(self._turn)

    def _told(self) -> str:
        say, on = self.seat.words.say, self.view.dossier
        days = longest(on, self.moment)
        time = review(on, self.moment)
        return say(
            "form.blocker.told",
            review=say(f"clock.limit.{time.unit}", n=time.value),
            limit=say(f"clock.limit.{days.unit}", n=days.value),
            until=end_of(days, on, self.moment),
        )

    @property
    def _is_proven(self) -> bool:
        task = self.which.task
        return task is not None and is_proven(task, self.view.dossier, RequestKind.BLOCKER)

    def _turn(self) -> None:
        """The unit whose task it is needs another one."""
        own = self.which.task.unit if self.which.task is not None else ""
        others = [one.unit for one in self.view.dossier.live_tasks if one.unit != own]
        self.unit.offer([(code, "picker.by_case") for code in others], [own])
        self._proof.ask("form.evidence", required=not self._is_proven)

    def _commands(self) -> Commands:
        task_id = self.which.task_id
        wish = LogBlocker(
            case_id=self.case.id,
            task_id=task_id,
            text=self.words.text,
            needed_unit=self.unit.value,
        )
        return (*attaching(self.case.id, self.files, EVIDENCE, task_id or None), wish)
