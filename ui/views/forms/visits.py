"""After the closure: the call and its stars, the unit's word on bad ones, the centre's decision, and opening again."""

from app.domain.commands import DecideRating, ExplainRating, RecordVisit, Reopen
from app.domain.measures.visiting import NO_ANSWER, REACHED
from app.domain.visits import (
    DECLINED,
    EXPLAINED,
    MOST_STARS,
    REWORKED,
    SILENT,
    STARS,
    UPHELD,
    owed,
    silent_from,
)
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices
from ui.views.forms.written import Lines
from ui.views.wrapping import wrapping


class _OfAVisit(CaseForm):
    """A form about the visit that is owed; without one the desk says so."""

    @property
    def visit_id(self) -> str:
        visit = owed(self.view.dossier)
        return visit.id if visit else ""


class VisitForm(_OfAVisit):
    """Whom to call and what to say, then what came of it; stars only of who was reached."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "record_visit", self._commands)
        words = screen.words
        self.body.addWidget(wrapping(self._whom(), role="heading", selectable=True))
        self.body.addWidget(wrapping(self.letters.script(), selectable=True))
        self.body.addWidget(wrapping(self._calls(), role="muted"))
        outcomes = options.worded(screen, "form.visit.outcome", self._outcomes())
        self.outcome = Choices(words, outcomes, in_row=True)
        self.add("form.visit.outcome", self.outcome, required=True)
        digits = [str(n) for n in range(1, MOST_STARS + 1)]
        self.stars = {
            name: Choices(words, options.worded(screen, "form.visit.star", digits), in_row=True)
            for name in STARS
        }
        self._rated = {
            name: self.add(f"form.visit.{name}", one) for name, one in self.stars.items()
        }
        self.words = Lines()
        self.add("form.visit.words", self.words)
        self.outcome.changed.connect(self._turn)
        self._turn()

    def _whom(self) -> str:
        say, case = self.seat.words.say, self.case
        if case.is_anonymous:
            return say("form.visit.anonymous")
        keys = self.seat.keymap.text("reveal", 1)
        facts = {"who": case.reporter_masked, "phone": case.phone_masked, "keys": keys}
        return say("form.visit.whom", **facts)

    def _calls(self) -> str:
        visit, number = owed(self.view.dossier), self.policy.number
        least, days = number("visit.attempts_count"), number("visit.attempts_days")
        facts = {"least": int(least), "days": int(days)}
        return self.seat.words.say("form.visit.calls", n=visit.attempts if visit else 0, **facts)

    def _outcomes(self) -> list[str]:
        """Silence is one only after its days."""
        visit = owed(self.view.dossier)
        is_silent = visit is not None and self.moment.now >= silent_from(visit, self.policy)
        return [REACHED, NO_ANSWER, DECLINED, *([SILENT] if is_silent else [])]

    def _turn(self) -> None:
        is_reached = self.outcome.value == REACHED
        for name, field in self._rated.items():
            field.setVisible(is_reached)
            field.ask(f"form.visit.{name}", required=is_reached and name == STARS[0])

    def _commands(self) -> Commands:
        is_reached = self.outcome.value == REACHED
        given = {name: int(one.value or 0) if is_reached else 0 for name, one in self.stars.items()}
        return (
            RecordVisit(
                case_id=self.case.id,
                visit_id=self.visit_id,
                outcome=self.outcome.value,
                text=self.words.text,
                **given,
            ),
        )


class ExplainForm(_OfAVisit):
    """The unit reads what the reporter said, and says what is behind it."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "explain_rating", self._commands)
        self.words = Lines()
        _quote(self)
        self.add("form.rating.explain", self.words, required=True)

    def _commands(self) -> Commands:
        wish = ExplainRating(case_id=self.case.id, visit_id=self.visit_id, text=self.words.text)
        return (wish,)


class DecideForm(_OfAVisit):
    """Both sides above, the decision below; what is not explained yet can only be done again."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "decide_rating", self._commands)
        visit = owed(self.view.dossier)
        is_explained = visit is not None and visit.status == EXPLAINED
        among = (UPHELD, REWORKED) if is_explained else (REWORKED,)
        self.what = Choices(
            screen.words, options.worded(screen, "form.rating.what", among), in_row=True
        )
        self.words = Lines()
        _quote(self)
        self.add("form.rating.what", self.what, required=True)
        self._why = self.add("form.rating.words", self.words)
        self.what.changed.connect(self._turn)
        if not is_explained:
            self.what.choose(REWORKED)
        self._turn()

    def _turn(self) -> None:
        """The unit that has to do it again reads why."""
        self._why.ask("form.rating.words", required=self.what.value == REWORKED)

    def _commands(self) -> Commands:
        return (
            DecideRating(
                case_id=self.case.id,
                visit_id=self.visit_id,
                is_rework=self.what.value == REWORKED,
                text=self.words.text,
            ),
        )


class ReopenForm(CaseForm):
    """The director says what the reporter says."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "reopen", self._commands)
        days = int(self.policy.number("archive.after_days"))
        self.body.addWidget(wrapping(screen.words.say("form.reopen.told", days=days), role="muted"))
        self.words = Lines()
        self.add("form.reopen.words", self.words, required=True)

    def _commands(self) -> Commands:
        return (Reopen(case_id=self.case.id, text=self.words.text),)


def _quote(form: CaseForm) -> None:
    """What the reporter gave and said, and what the unit says to that."""
    visit, say = owed(form.view.dossier), form.seat.words.say
    if visit is None:
        return
    given = [(name, getattr(visit, name)) for name in STARS]
    stars = " · ".join(say(f"case.visit.stars.{name}", n=n) for name, n in given if n)
    told = visit.explanation and say("case.visit.explanation", text=visit.explanation)
    for line, role in ((stars, "heading"), (visit.text, ""), (told, "")):
        if line:
            form.body.addWidget(wrapping(line, role=role, selectable=True))
