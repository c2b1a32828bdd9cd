"""Raising and lowering the urgency of a case."""

from app.domain.commands import LowerGrade, RaiseGrade
from app.domain.terms import Grade
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices
from ui.views.forms.written import Lines


class RaiseForm(CaseForm):
    """More urgent: anyone at the centre may say so."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "raise_grade", self._commands)
        higher = [one for one in Grade if one < self.case.grade]
        self.grade = Choices(screen.words, options.grades(screen, higher))
        self.reason = Lines()
        if len(higher) == 1:
            self.grade.choose(str(higher[0]))
        self.add("form.grade", self.grade, required=True)
        self.add("form.reason", self.reason)

    def _commands(self) -> Commands:
        grade = Grade(self.grade.value)
        return (RaiseGrade(case_id=self.case.id, grade=grade, reason=self.reason.text),)


class LowerForm(CaseForm):
    """Less urgent: the shift leader's word, with a reason."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "lower_grade", self._commands)
        lower = [one for one in Grade if one > self.case.grade]
        self.grade = Choices(screen.words, options.grades(screen, lower))
        self.reason = Lines()
        if len(lower) == 1:
            self.grade.choose(str(lower[0]))
        self.add("form.grade", self.grade, required=True)
        self.add("form.reason", self.reason, required=True)

    def _commands(self) -> Commands:
        grade = Grade(self.grade.value)
        return (LowerGrade(case_id=self.case.id, grade=grade, reason=self.reason.text),)
