"""Closure review: what was done and told, and every criterion of the nature ticked (art. 17)."""

from app.domain.commands import Close
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.fields import Lines
from ui.views.forms.groups import Ticks
from ui.views.forms.proofs import ProofSheet


class Form(CaseForm):
    """Passing: nothing closes while a criterion is left unticked."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "close", self._commands)
        self.body.addWidget(ProofSheet(screen, self.view))
        asked = options.criteria(screen, self.view, self.policy, refusing=False)
        self.criteria = Ticks(screen.words, options.reasons(screen, self.policy, asked))
        self.words = Lines()
        self.add("form.criteria", self.criteria, required=True)
        self.add("form.closure_words", self.words)

    def _commands(self) -> Commands:
        text = self.words.text
        return (Close(case_id=self.case.id, criteria=self.criteria.value, text=text),)
