"""Closure review: what was done and told, and the criteria of the nature that it fulfils (art. 17)."""

from app.domain.commands import Close
from app.domain.measures.disposal import criteria_for, unmet
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Ticks
from ui.views.forms.proofs import ProofSheet
from ui.views.forms.review_bench import ReviewBench
from ui.views.forms.written import Lines
from ui.views.wrapping import wrapping


class Form(CaseForm):
    """Passing: one of the ways to close the nature holds, and all that city parts need."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "close", self._commands)
        self.body.addWidget(ReviewBench(screen, self.view))
        self.body.addWidget(ProofSheet(screen, self.view))
        self.along = wrapping(self._told_along())
        self.along.setVisible(bool(self.view.members))
        self.body.addWidget(self.along)
        self._asked = criteria_for(self.view.dossier, screen.moment)
        self.criteria = Ticks(screen.words, options.reasons(screen, self.policy, self._asked))
        self.words = Lines()
        self.add("form.criteria", self.criteria)
        self.add("form.closure_words", self.words)

    def _told_along(self) -> str:
        """Which cases are closed along with it, and that each one's reporter is still to be told."""
        numbers = self.seat.words.join(one.case.number for one in self.view.members)
        return self.seat.words.say("form.close.members", n=len(self.view.members), numbers=numbers)

    def submit(self) -> None:
        """Say which criteria are still to be fulfilled, in the words of the Measures' own no."""
        missing = unmet(self._asked, self.criteria.value)
        if missing:
            self.show_refusal("criteria-missing", {"missing": missing})
            self.criteria.take_focus()
        else:
            super().submit()

    def _commands(self) -> Commands:
        text = self.words.text
        return (Close(case_id=self.case.id, criteria=self.criteria.value, text=text),)
