"""A unit asks to see who the reporter is, and a leader of the centre says yes or no."""

from app.domain.case import Request
from app.domain.commands import KIND_OF, ApproveReveal, AskReveal, RefuseReveal
from app.domain.measures.reveals import AT_WORK, to_decide
from app.domain.revealing import PURPOSES, holds, stays
from app.services.queries import CaseView
from ui.plain import heard
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices
from ui.views.forms.which import Which
from ui.views.forms.written import Lines
from ui.views.wrapping import wrapping


class AskForm(CaseForm):
    """What for, and why nobody else can do it."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "ask_reveal", self._commands)
        self.which = Which(self, *AT_WORK)
        self.purpose = Choices(screen.words, options.worded(screen, "form.purpose", PURPOSES))
        self.words = Lines()
        _tell(self, "form.ask_reveal.told")
        self.add("form.purpose", self.purpose, required=True)
        self.add("form.purpose_why", self.words, required=True)

    def _commands(self) -> Commands:
        return (
            AskReveal(
                case_id=self.case.id,
                task_id=self.which.task_id,
                purpose=self.purpose.value,
                text=self.words.text,
            ),
        )


class _Decision(CaseForm):
    """Who asked, what for and why; and words to the answer, which without them is no refusal."""

    def __init__(
        self, screen: Screen, view: CaseView | None, answer: type[ApproveReveal | RefuseReveal]
    ) -> None:
        kind = KIND_OF[answer]
        super().__init__(screen, view, kind, self._commands)
        self._answer = answer
        self.request = to_decide(self.view.dossier, self.moment)
        self.words = Lines()
        if self.request is not None:
            _show_asked(self, self.request)
        _tell(self, f"form.{kind}.told")
        self.add("form.decision", self.words, required=answer is RefuseReveal)

    @property
    def request_id(self) -> str:
        """The request that is decided; '' where there is none any more."""
        return "" if self.request is None else self.request.id

    def _commands(self) -> Commands:
        case_id, text = self.case.id, self.words.text
        return (self._answer(case_id=case_id, request_id=self.request_id, text=text),)


class ApproveForm(_Decision):
    """He may look: he alone, once, and for a while."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, ApproveReveal)


class RefuseForm(_Decision):
    """He may not, and reads why."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, RefuseReveal)


def _tell(form: CaseForm, key: str) -> None:
    """What comes of it, above the fields."""
    minutes = stays(form.policy).total_seconds() / 60
    hours = holds(form.policy).total_seconds() / 3600
    hint, words = wrapping(role="muted"), form.seat.words
    heard(hint, words, lambda: hint.setText(words.say(key, minutes=minutes, hours=hours)))
    form.body.addWidget(hint)


def _show_asked(form: CaseForm, request: Request) -> None:
    data, words = form.seat.data, form.seat.words
    head = wrapping(role="heading")

    def say() -> None:
        purpose = words.say(f"form.purpose.{request.reason}")
        told = {"who": data.person(request.asked_by), "at": request.asked_at, "purpose": purpose}
        head.setText(words.say("form.reveal.asked", **told))

    heard(head, words, say)
    form.body.addWidget(head)
    form.body.addWidget(wrapping(request.text, selectable=True))
