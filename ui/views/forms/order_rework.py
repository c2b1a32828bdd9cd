"""Closure review failed: on which ground, and what is missing."""

from app.domain.commands import OrderRework
from app.domain.measures.disposal import grounds_for_rework
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices
from ui.views.forms.proofs import ProofSheet
from ui.views.forms.review_bench import ReviewBench
from ui.views.forms.written import Lines


class Form(CaseForm):
    """The unit reads ground and words; its remaining time runs on."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "order_rework", self._commands)
        self.body.addWidget(ReviewBench(screen, self.view))
        self.body.addWidget(ProofSheet(screen, self.view))
        grounds = grounds_for_rework(self.view.dossier, screen.moment)
        self.ground = Choices(screen.words, options.reasons(screen, self.policy, grounds))
        self.words = Lines()
        self.add("form.ground", self.ground, required=True)
        self.add("form.lacking", self.words, required=True)

    def _commands(self) -> Commands:
        failed = OrderRework(
            case_id=self.case.id, criterion=self.ground.value, text=self.words.text
        )
        return (failed,)
