"""Before a reporter is shown in clear: what it is for, and words to it; the centre writes both down."""

from app.domain.case import Dossier
from app.domain.revealing import PURPOSES, reason, stays
from app.services.queries import CaseView
from ui.plain import heard
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices
from ui.views.forms.written import Lines
from ui.views.wrapping import wrapping

#: The access log is read line by line: so many characters are enough.
MOST = 200


class RevealForm(CaseForm):
    """It asks for no command: `submitted` says that `reason` is there. It has no draft either."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "reveal", self._commands)
        self.purpose = Choices(screen.words, options.worded(screen, "form.purpose", PURPOSES))
        self.words = Lines()
        self.words.most = MOST
        hint = wrapping(role="muted")
        minutes = stays(self.policy).total_seconds() / 60
        say = screen.words.say
        heard(hint, screen.words, lambda: hint.setText(say("form.reveal.told", minutes=minutes)))
        self.body.addWidget(hint)
        self.add("form.purpose", self.purpose, required=True)
        self.add("form.purpose_words", self.words)

    @property
    def reason(self) -> str:
        """As the access log has it."""
        return reason(self.purpose.value, self.words.text)

    def minds(self, before: Dossier, after: Dossier) -> bool:  # noqa: ARG002 - whatever it is
        """Nothing that others do to the case stands in the way of looking."""
        return False

    def _commands(self) -> Commands:
        return ()
