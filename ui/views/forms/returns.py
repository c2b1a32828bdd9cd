"""Deciding on a return: what the unit asked, and the centre's yes or no."""

from app.domain.case import Request
from app.domain.commands import ApproveReturn, RefuseReturn
from app.domain.terms import RequestKind
from app.services.queries import CaseView
from ui.screen import Screen
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.coordination import pack
from ui.views.forms.groups import Option, Ticks
from ui.views.forms.written import Lines
from ui.views.pack_card import PackCard
from ui.views.wrapping import wrapping

IMPROPER = "IMPROPER"


class ApproveForm(CaseForm):
    """Agreed: the case waits for dispatch again."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "approve_return", self._commands)
        _show_request(self)
        self.words = Lines()
        self.add("form.decision", self.words)

    def _commands(self) -> Commands:
        about = _request_id(self)
        return (ApproveReturn(case_id=self.case.id, request_id=about, text=self.words.text),)


class RefuseForm(CaseForm):
    """Not agreed: the unit keeps the task; an improper return is charged to it."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "refuse_return", self._commands)
        _show_request(self)
        self.words = Lines()
        improper = Option(IMPROPER, lambda: screen.words.say("form.improper"))
        self.improper = Ticks(screen.words, (improper,))
        self.improper.tick(IMPROPER)
        self.add("form.decision", self.words, required=True)
        self.add("form.charge", self.improper)

    def _commands(self) -> Commands:
        return (
            RefuseReturn(
                case_id=self.case.id,
                request_id=_request_id(self),
                text=self.words.text,
                is_improper=IMPROPER in self.improper.value,
            ),
        )


def _request_id(form: CaseForm) -> str:
    request = _asked(form)
    return request.id if request is not None else ""


def _asked(form: CaseForm) -> Request | None:
    """The return to decide: the oldest, one's own after those of others."""
    waiting = [one for one in form.view.dossier.open_requests if one.kind == RequestKind.RETURN]
    me = form.seat.desk.me.login
    return min(waiting, key=lambda one: one.asked_by == me, default=None)


def _show_request(form: CaseForm) -> None:
    """What was asked, by whom, and which unit it names."""
    request = _asked(form)
    if request is None:
        return
    names = {one.code: one for one in form.policy.return_reasons}
    reason, data, say = names.get(request.reason), form.seat.data, form.seat.words.say
    told = {
        "reason": data.of(reason) if reason is not None else request.reason,
        "unit": data.unit(request.proper_unit),
        "basis": request.basis,
        "who": data.person(request.asked_by),
        "at": request.asked_at,
    }
    form.body.addWidget(wrapping(say("form.request.asked", **told), role="heading"))
    form.body.addWidget(wrapping(say("form.request.named", **told)))
    form.body.addWidget(wrapping(request.text, selectable=True))
    _show_others(form, request)


def _show_others(form: CaseForm, request: Request) -> None:
    """From the second return of the case on: which it is, how often that unit did so, and all the evidence."""
    found = pack(form)
    at = next((n for n, one in enumerate(found.back, 1) if one.request.id == request.id), 0)
    if at > 1:
        own = found.back[at - 1]
        asked, improper = found.tally[own.unit]
        told = {"unit": form.seat.data.unit(own.unit), "own": asked, "improper": improper}
        line = form.seat.words.say("form.request.nth", n=at, **told)
        form.body.addWidget(wrapping(line, role="heading"))
        form.body.addWidget(PackCard(form.seat, found))
