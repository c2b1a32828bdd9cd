"""The short forms: a remark, thanks passed on, a registration taken off the books."""

from app.domain.commands import AddNote, AskCancel, Commend, HandOver, TakeOver, Void
from app.domain.measures.cancelling import OWED
from app.domain.rules import CENTRE
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.which import Which
from ui.views.forms.written import Lines
from ui.views.officer_picker import OfficerPicker
from ui.views.unit_picker import UnitPicker


class NoteForm(CaseForm):
    """A remark, seen by the centre and the units concerned."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "add_note", self._commands)
        self.words = Lines()
        self.add("form.note", self.words, required=True)

    def _commands(self) -> Commands:
        return (AddNote(case_id=self.case.id, text=self.words.text),)


class CommendForm(CaseForm):
    """Thanks become a commendation for the unit named."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "commend", self._commands)
        self.unit = UnitPicker(screen)
        self.words = Lines()
        self.words.setPlainText(self.case.narrative)
        self.add("form.praised_unit", self.unit, required=True)
        self.add("form.thanks", self.words)
        item = screen.desk.setting.directory.taxonomy.get(self.case.category)
        if item is not None:
            self.unit.offer([(item.unit or "", "picker.by_class")])

    def _commands(self) -> Commands:
        return (Commend(case_id=self.case.id, unit=self.unit.value, text=self.words.text),)


class VoidForm(CaseForm):
    """Registered by mistake; the number stays on the books with the reason."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "void", self._commands)
        self.words = Lines()
        self.add("form.void_reason", self.words, required=True)

    def _commands(self) -> Commands:
        return (Void(case_id=self.case.id, reason=self.words.text),)


class CancelForm(CaseForm):
    """Nothing is to be done any more; whoever decides, and the reporter, read why."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "ask_cancel", self._commands)
        self.which = Which(self, *OWED)
        self.words = Lines()
        self.add("form.cancel_reason", self.words, required=True)

    def _commands(self) -> Commands:
        task_id = self.which.task_id
        return (AskCancel(case_id=self.case.id, task_id=task_id, text=self.words.text),)


class TakeOverForm(CaseForm):
    """The one who had claimed the case reads the reason in its timeline."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "take_over", self._commands)
        self.words = Lines()
        self.add("form.take_over_reason", self.words, required=True)

    def _commands(self) -> Commands:
        return (TakeOver(case_id=self.case.id, reason=self.words.text),)


class HandOverForm(CaseForm):
    """Into whose hands the case goes; a reason where that relieves somebody."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "hand_over", self._commands)
        self.holder, self.words = OfficerPicker(screen, CENTRE, "form.holder"), Lines()
        relieves = self.case.holder not in ("", screen.desk.me.login)
        self.add("form.holder", self.holder, required=True)
        self.add("form.hand_over_reason", self.words, required=relieves)

    def _commands(self) -> Commands:
        about, holder = self.case.id, self.holder.value
        return (HandOver(case_id=about, holder=holder, reason=self.words.text),)
