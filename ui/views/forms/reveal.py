"""Before a reporter is shown in clear: what it is for, and words to it; the centre writes both down."""

from datetime import timedelta

from app.domain.case import GRANTED, Dossier
from app.domain.commands import Command, SeeReporter
from app.domain.revealing import PURPOSES, reason, stays
from app.services.queries import CaseView
from ui.leave import leave_of, looked_at
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

    @property
    def limit(self) -> timedelta:
        """How long he may be shown from now on."""
        return stays(self.policy)

    @property
    def wish(self) -> Command | None:
        """What has to stand in the log before the centre shows him."""
        return None

    def _commands(self) -> Commands:
        return ()


class LeaveForm(CaseForm):
    """Before somebody of a unit uses the leave that a leader gave him: by it he looks once. Nothing is filled in."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "reveal", lambda: ())
        hint = wrapping(role="muted")
        heard(hint, screen.words, lambda: hint.setText(self._told()))
        self.body.addWidget(hint)

    @property
    def reason(self) -> str:
        """As the access log has it: what he asked for."""
        asked = leave_of(self.view, self.seat.desk.me.login)
        return "" if asked is None else reason(asked.reason, asked.text)

    @property
    def limit(self) -> timedelta:
        """Of the time that began with his look, what is left."""
        seen = looked_at(self.view, self.seat.desk.me.login)
        gone = self.seat.desk.now() - seen if seen is not None else timedelta()
        return max(timedelta(), stays(self.policy) - gone)

    @property
    def wish(self) -> Command | None:
        """His look, unless it is in the log already and not over yet."""
        asked = leave_of(self.view, self.seat.desk.me.login)
        if asked is None or asked.status != GRANTED:
            return None
        return SeeReporter(case_id=self.case.id, request_id=asked.id)

    def first_focus(self) -> None:
        """There is but the one thing to do."""
        self.primary.setFocus()

    def minds(self, before: Dossier, after: Dossier) -> bool:  # noqa: ARG002 - whatever it is
        """Nothing that others do to the case stands in the way of looking."""
        return False

    def _told(self) -> str:
        asked, say = leave_of(self.view, self.seat.desk.me.login), self.seat.words.say
        who = "" if asked is None else self.seat.data.person(asked.decided_by)
        minutes = stays(self.policy).total_seconds() / 60
        return say("form.reveal.leave", who=who, minutes=minutes)
