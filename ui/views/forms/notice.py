"""Telling the reporter: which notice, how, in words that write themselves; or that nobody answered the telephone."""

from app.domain.commands import RecordNotice
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices
from ui.views.forms.which import LIVE, Which
from ui.views.forms.written import SelfWritten

#: What came of a call.
TOLD, MISSED = "TOLD", "MISSED"


class Form(CaseForm):
    """The words come from the template of the kind until somebody changes them."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "record_notice", self._commands)
        self.which = Which(self, *LIVE, latest=True)
        words = screen.words
        kinds = options.worded(screen, "form.notice_kind", options.NOTICE_KINDS)
        self.notice_kind = Choices(words, kinds, in_row=True)
        self.method = Choices(words, options.methods(screen), in_row=True)
        self.method.choose(options.usual_method(self.case, "PHONE"))
        calls = options.worded(screen, "form.call", (TOLD, MISSED))
        self.call = Choices(words, calls, in_row=True)
        self.call.choose(TOLD)
        self.words = SelfWritten()
        self.add("form.notice_kind", self.notice_kind, required=True)
        self.add("form.method", self.method, required=True)
        self._told = self.add("form.notice", self.words, required=True)
        self._call = self.add("form.call", self.call)
        turning = [self.notice_kind, self.method, self.call, self.which.choices]
        for one in filter(None, turning):
            one.changed.connect(self._turn)
        self._turn()

    @property
    def _is_missed(self) -> bool:
        return self.method.value == "PHONE" and self.call.value == MISSED

    def _turn(self) -> None:
        """A call may be missed, and then there is nothing to tell but perhaps a remark."""
        self._call.setVisible(self.method.value == "PHONE")
        asked = "form.notice.missed" if self._is_missed else "form.notice"
        self._told.ask(asked, required=not self._is_missed)
        told = self.letters.of_kind(self.notice_kind.value, self.which.task)
        self.words.offer("" if self._is_missed else told.text)

    def _commands(self) -> Commands:
        return (
            RecordNotice(
                case_id=self.case.id,
                notice_kind=self.notice_kind.value,
                method=self.method.value,
                text=self.words.text,
                task_id=self.which.task_id or None,
                is_missed=self._is_missed,
            ),
        )
