"""A unit asks to let a task stand still: why, and for how many working days."""

from app.domain.commands import AskSuspension
from app.domain.limits import Limit, LimitUnit
from app.domain.measures.standstill import end_of, longest
from app.domain.terms import TaskStatus
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices, Option
from ui.views.forms.which import Which
from ui.views.forms.written import Lines
from ui.views.wrapping import wrapping


class Form(CaseForm):
    """Each number of days says when the clock would go on; the longest is chosen."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "ask_suspension", self._commands)
        self.which = Which(self, TaskStatus.SIGNED)
        most = longest(self.view.dossier, self.moment)
        self.days = Choices(screen.words, [self._days(n) for n in range(1, most + 1)])
        self.days.choose(str(most))
        self.words = Lines()
        self.body.addWidget(wrapping(screen.words.say("form.suspension.told"), role="muted"))
        self.add("form.suspension.days", self.days, required=True)
        self.add("form.reason", self.words, required=True)

    def _days(self, n: int) -> Option:
        say, days = self.seat.words.say, Limit(n, LimitUnit.WORK_DAY)
        until = end_of(days, self.view.dossier, self.moment)
        return Option(
            str(n),
            lambda: say(f"clock.limit.{days.unit}", n=n),
            lambda: say("form.suspension.until", until=until),
        )

    def _commands(self) -> Commands:
        return (
            AskSuspension(
                case_id=self.case.id,
                task_id=self.which.task_id,
                text=self.words.text,
                value=int(self.days.value),
            ),
        )
