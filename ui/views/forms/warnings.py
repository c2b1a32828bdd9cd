"""Early warnings on a case: who has heard of one, what is done about it, and letting it rest for a reason."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from app.domain.calendar import LOCAL, local_date
from app.domain.case import EarlyWarning
from app.domain.commands import AcknowledgeWarning, MuteWarning, PlanWarning, ShelveWarning
from app.domain.warnings import LEVELS, RED, STANDING, WAYS, waiting
from app.services.queries import CaseView
from ui.models.warning_text import WarningText
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices, Option
from ui.views.forms.written import Lines
from ui.views.wrapping import wrapping

#: Minutes for which a warning may rest, or to the end of the shift.
SHELVES = ("30", "120", "SHIFT")


class _OfAWarning(CaseForm):
    """The gravest that stands is chosen already; of one alone nobody is asked."""

    def __init__(
        self, screen: Screen, view: CaseView | None, kind: str, ask: Callable[[], Commands]
    ) -> None:
        super().__init__(screen, view, kind, ask)
        stand = [one for one in self.view.dossier.warnings if one.status in STANDING]
        if kind == "shelve_warning":
            stand = [one for one in stand if one.level != RED] or stand
        self._stand = sorted(stand, key=lambda one: -LEVELS.index(one.level))
        self._text = WarningText(screen.words, screen.data, screen.desk.setting)
        self._which = Choices(screen.words, [self._option(one) for one in self._stand])
        if len(self._stand) > 1:
            self.add("form.warning.which", self._which, required=True)
        if self._stand:
            self._which.choose(self._stand[0].id)

    def _option(self, one: EarlyWarning) -> Option:
        return Option(one.id, lambda: self._text.head(one))

    @property
    def warning(self) -> EarlyWarning | None:
        """The one it is about; None when there is none any more, which the desk then says."""
        return next((one for one in self._stand if one.id == self._which.value), None)

    @property
    def warning_id(self) -> str:
        """Its id, or nothing."""
        return self.warning.id if self.warning else ""


class AcknowledgeForm(_OfAWarning):
    """Whoever has not yet heard of it comes first; of a red one people are told by telephone."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "acknowledge_warning", self._commands)
        listed = options.reasons(screen, self.policy, self.policy.warning_recipients)
        self.recipient = Choices(screen.words, listed)
        self.way = Choices(screen.words, options.worded(screen, "warning.way", WAYS), in_row=True)
        self.words = Lines()
        self.add("form.warning.recipient", self.recipient, required=True)
        self.add("form.warning.way", self.way, required=True)
        self.add("form.warning.words", self.words)
        if self.warning is not None:
            self._begin_with(self.warning)

    def _begin_with(self, warning: EarlyWarning) -> None:
        left = waiting(warning, self.policy)
        if left:
            self.recipient.choose(left[0])
        if warning.level == RED:
            self.way.choose(WAYS[0])
            told = self.seat.words.say("form.warning.by_phone")
            self.body.addWidget(wrapping(told, role="muted"))

    def _commands(self) -> Commands:
        return (
            AcknowledgeWarning(
                case_id=self.case.id,
                warning_id=self.warning_id,
                recipient=self.recipient.value,
                method=self.way.value,
                text=self.words.text,
            ),
        )


class PlanForm(_OfAWarning):
    """What is done about it, in one's own words."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "plan_warning", self._commands)
        self.words = Lines()
        if self.warning is not None:
            self.words.setPlainText(self.warning.plan)
        self.add("form.warning.plan", self.words, required=True)

    def _commands(self) -> Commands:
        wish = PlanWarning(case_id=self.case.id, warning_id=self.warning_id, text=self.words.text)
        return (wish,)


class ShelveForm(_OfAWarning):
    """For how long, and why; a red one is not offered."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "shelve_warning", self._commands)
        shelves = options.worded(screen, "form.warning.shelve", SHELVES)
        self.long, self.words = Choices(screen.words, shelves, in_row=True), Lines()
        self.add("form.warning.shelve", self.long, required=True)
        self.add("form.warning.why", self.words, required=True)
        self.long.choose(SHELVES[0])

    def _commands(self) -> Commands:
        return (
            ShelveWarning(
                case_id=self.case.id,
                warning_id=self.warning_id,
                until=self._until(),
                text=self.words.text,
            ),
        )

    def _until(self) -> datetime:
        """The end of a shift is that of the working day, at most as far as the edition lets it rest."""
        now, most = self.moment.now, self.policy.number("warning.shelve_most_hours")
        if self.long.value != SHELVES[-1]:
            return now + timedelta(minutes=int(self.long.value or SHELVES[0]))
        latest = now + timedelta(hours=most)
        end = datetime.combine(local_date(now), self.policy.shifts[-1][1], LOCAL).astimezone(UTC)
        return min(end, latest) if end > now else latest


class MuteForm(_OfAWarning):
    """The cause, and what follows: nothing of this key is raised for days."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "mute_warning", self._commands)
        days = int(self.policy.number("warning.cooldown_days"))
        told = screen.words.say("form.warning.muted", days=days)
        self.body.addWidget(wrapping(told, role="muted"))
        self.words = Lines()
        self.add("form.warning.cause", self.words, required=True)

    def _commands(self) -> Commands:
        wish = MuteWarning(case_id=self.case.id, warning_id=self.warning_id, text=self.words.text)
        return (wish,)
