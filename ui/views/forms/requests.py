"""Deciding on what was asked: by whom, why and for how long, and the leader's yes or no."""

from collections.abc import Iterator
from datetime import datetime

from app.domain.case import Request
from app.domain.commands import ApproveRequest, RefuseRequest
from app.domain.extensions import wanted
from app.domain.measures.extension import due_with
from app.domain.measures.proof import EVIDENCE
from app.domain.measures.standstill import end_of
from app.domain.terms import RequestKind
from app.services.queries import CaseView
from ui.letters import Letters
from ui.screen import Screen
from ui.views.forms import options
from ui.views.forms.case_form import CaseForm, Commands
from ui.views.forms.groups import Choices
from ui.views.forms.proofs import RECORDED
from ui.views.forms.written import Lines, SelfWritten
from ui.views.limits_preview import LimitsPreview
from ui.views.wrapping import wrapping

#: Kinds of request of whose approval the reporter is always told.
_TOLD = frozenset({RequestKind.EXTENSION, RequestKind.STAGED, RequestKind.CANCEL})
#: Kinds of request that nothing is granted for without a file that proves them.
_PROVEN = frozenset({RequestKind.EXTENSION, RequestKind.STAGED, RequestKind.BLOCKER})


class ApproveForm(CaseForm):
    """Agreed: what the reporter is told of it is written here, and can be changed."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "approve_request", self._commands)
        self.request = asked(self.view, screen.desk.me.login)
        _show(self, self.request)
        self.notice, self.words = SelfWritten(), Lines()
        self.method = Choices(screen.words, options.methods(screen), in_row=True)
        self.method.choose(options.usual_method(self.case, "SMS"))
        is_told = self.request is None or self.request.kind in _TOLD
        self.add("form.notice", self.notice, required=is_told)
        self.add("form.method", self.method, required=True)
        self.add("form.decision", self.words)
        if self.request is not None:
            self.notice.offer(letter_of(screen, self.view, self.request))

    def _commands(self) -> Commands:
        return (
            ApproveRequest(
                case_id=self.case.id,
                request_id=self.request.id if self.request else "",
                what=self.request.kind if self.request else "",
                notice=self.notice.text,
                method=self.method.value,
                text=self.words.text,
            ),
        )


class RefuseForm(CaseForm):
    """Not agreed: all stays as it was, and who asked reads why."""

    def __init__(self, screen: Screen, view: CaseView | None) -> None:
        super().__init__(screen, view, "refuse_request", self._commands)
        self.request = asked(self.view, screen.desk.me.login)
        _show(self, self.request)
        self.words = Lines()
        self.add("form.decision", self.words, required=True)

    def _commands(self) -> Commands:
        return (
            RefuseRequest(
                case_id=self.case.id,
                request_id=self.request.id if self.request else "",
                what=self.request.kind if self.request else "",
                text=self.words.text,
            ),
        )


def asked(view: CaseView, me: str = "") -> Request | None:
    """What waits to be decided and is no return: the oldest, one's own after those of others."""
    waiting = [one for one in view.dossier.open_requests if one.kind != RequestKind.RETURN]
    return min(waiting, key=lambda one: one.asked_by == me, default=None)


def _show(form: CaseForm, request: Request | None) -> None:
    if request is None:
        return
    say = form.seat.words.say
    told = {"who": form.seat.data.person(request.asked_by), "at": request.asked_at}
    head = say(f"form.request.asked.{request.kind}", **told)
    form.body.addWidget(wrapping(head, role="heading"))
    for line in _lines(form, request):
        form.body.addWidget(wrapping(line, selectable=True))
    clocks = [one for one in form.view.ledgers if one.about == request.id]
    limits = LimitsPreview(form.seat)
    limits.tell(clocks, form.policy)
    form.body.addWidget(limits)


def letter_of(screen: Screen, view: CaseView, request: Request) -> str:
    """What the reporter has to hear of a yes; of a standstill only what somebody writes himself."""
    letters = Letters(view.dossier, screen.desk.setting.directory)
    match request.kind:
        case RequestKind.STAGED:
            return letters.promising(request.wanted_until, request.text)
        case RequestKind.CANCEL:
            return letters.calling_off(request.text)
        case RequestKind.EXTENSION:
            reasons = screen.desk.setting.policy(view.dossier.case).extension_reasons
            reason = next((one for one in reasons if one.code == request.reason), None)
            return letters.extending(reason, until_of(screen, view, request))
        case _:
            return ""


def until_of(screen: Screen, view: CaseView, request: Request) -> datetime | None:
    """When the task would be due, or go on, if the request were approved now."""
    on, task = view.dossier, view.dossier.task(request.task_id)
    match request.kind:
        case RequestKind.EXTENSION:
            return task and due_with(wanted(request), task, on, screen.moment)
        case RequestKind.SUSPENSION | RequestKind.BLOCKER:
            return end_of(wanted(request), on, screen.moment)
        case _:
            return request.wanted_until


def _lines(form: CaseForm, request: Request) -> Iterator[str]:
    say, on = form.seat.words.say, form.view.dossier
    task = on.task(request.task_id)
    if task is not None:
        limit = wanted(request)
        facts = {
            "unit": form.seat.data.unit(task.unit),
            "needed": form.seat.data.unit(request.proper_unit),
            "limit": say(f"clock.limit.{limit.unit}", n=limit.value),
            "due": until_of(form.seat, form.view, request),
            "n": request.level,
        }
        yield say(f"form.request.wanted.{request.kind}", **facts)
    yield _why(form, request)
    files = [one.name for one in on.attachments if one.status == RECORDED and one.stage == EVIDENCE]
    if files or request.kind in _PROVEN:
        yield say("form.request.files", files=files or say("form.proof.none"))


def _why(form: CaseForm, request: Request) -> str:
    """The coded reason, where it has one, and the words."""
    names = {one.code: one for one in form.policy.extension_reasons}
    reason = names.get(request.reason)
    if reason is None:
        return request.text
    told = {"reason": form.seat.data.of(reason), "text": request.text}
    return form.seat.words.say("form.request.why", **told)
