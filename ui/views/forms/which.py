"""Whose task a form is about, where several units have one: then a person says so, and nobody guesses for him."""

from app.domain.case import Task
from app.domain.terms import TaskStatus
from app.services.queries import CaseView
from ui.models.work_lines import part_words
from ui.screen import Screen
from ui.views.forms.case_form import CaseForm
from ui.views.forms.groups import Choices, Option


def tasks_in(seat: Screen, view: CaseView, *states: TaskStatus) -> tuple[Task, ...]:
    """The tasks in one of these states, of one's own unit at a unit's seat."""
    mine = seat.desk.me.unit
    live = view.dossier.live_tasks
    return tuple(one for one in live if one.status in states and mine in (None, one.unit))


#: The states of a task that its unit still has.
LIVE = tuple(set(TaskStatus) - {TaskStatus.CANCELLED, TaskStatus.REDISPATCHED})


class Which:
    """The first field of a form when several tasks fit; no field at all when one does, or none.

    Nothing is chosen beforehand, unless it is about a paper: then the `latest`.
    """

    def __init__(self, form: CaseForm, *states: TaskStatus, latest: bool = False) -> None:
        self._tasks = tasks_in(form.seat, form.view, *states)
        self.choices: Choices | None = None
        if len(self._tasks) > 1:
            named = [self._option(form.seat, task) for task in self._tasks]
            self.choices = Choices(form.seat.words, named)
            form.add("form.which", self.choices, required=True)
            self.choices.choose(self._tasks[-1].id if latest else "")

    @property
    def task(self) -> Task | None:
        """The only task, or the one that was chosen."""
        if self.choices is None:
            return next(iter(self._tasks), None)
        return next((one for one in self._tasks if one.id == self.choices.value), None)

    @property
    def task_id(self) -> str:
        """Its id; empty while there is none, which the desk then says."""
        return self.task.id if self.task is not None else ""

    def _option(self, seat: Screen, task: Task) -> Option:
        return Option(
            task.id, lambda: seat.data.unit(task.unit), lambda: part_words(seat.words, task)
        )
