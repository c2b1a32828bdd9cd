"""Declining to file: one of the Measures' reasons, in words, and what the reporter is told."""

from app.domain.commands import Refuse
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices
from ui.views.forms.written import Lines, SelfWritten


class Form(CaseForm):
    """The notice writes itself from reason and words until somebody changes it."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "refuse", self._commands)
        words = screen.words
        grounds = options.reasons(screen, self.policy, self.policy.refusal_reasons)
        self.reason = Choices(words, grounds)
        self.words = Lines()
        self.notice = SelfWritten()
        self.method = Choices(words, options.methods(screen), in_row=True)
        self.method.choose(options.usual_method(self.case, "SMS"))
        self.add("form.refusal_reason", self.reason, required=True)
        self._said = self.add("form.refusal_words", self.words, required=True)
        self.add("form.notice", self.notice, required=True)
        self.add("form.method", self.method, required=True)
        self.reason.changed.connect(self._write)
        self.words.textChanged.connect(self._write)
        self._write()

    def _write(self) -> None:
        names = {one.code: one for one in self.policy.refusal_reasons}
        reason = names.get(self.reason.value)
        self._said.ask("form.refusal_words", required=reason is None or reason.needs_text)
        self.notice.offer(self.letters.declining(reason, self.words.text))

    def _commands(self) -> Commands:
        return (
            Refuse(
                case_id=self.case.id,
                reason=self.reason.value,
                text=self.words.text,
                notice=self.notice.text,
                method=self.method.value,
            ),
        )
