"""Deciding on what was asked of the centre's leaders, whatever it is; and taking it back.

A return is older than these and has commands of its own (article 13).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.case import Dossier, Request, Row
from app.domain.commands import ApproveRequest, RefuseRequest, WithdrawRequest
from app.domain.measures import blockers, cancelling, extension, guards, staged, standstill
from app.domain.measures.deciding import about, as_before, decided, ended
from app.domain.moment import Moment, Setting
from app.domain.refused import Refused
from app.domain.terms import RequestKind


@dataclass(frozen=True, slots=True)
class _Sort:
    """What one kind of request asks: who may decide at all, whether it may be approved, and what that does."""

    may_decide: Callable[[Request, Dossier, Moment], None]
    may_approve: Callable[[Request, Dossier, Moment], None]
    approve: Callable[[Request, ApproveRequest, Dossier, Moment], tuple[Row, ...]]


_SORTS: Mapping[str, _Sort] = {
    RequestKind.EXTENSION: _Sort(extension.may_decide, extension.may_approve, extension.approve),
    RequestKind.SUSPENSION: _Sort(standstill.may_decide, standstill.may_decide, standstill.approve),
    RequestKind.BLOCKER: _Sort(standstill.may_decide, blockers.may_approve, blockers.approve),
    RequestKind.CANCEL: _Sort(standstill.may_decide, cancelling.may_approve, cancelling.approve),
    RequestKind.STAGED: _Sort(standstill.may_decide, staged.may_approve, staged.approve),
}


#: Until when a request of that kind may be approved; of the others silence decides nothing.
_LAPSES: Mapping[str, Callable[[Request, Dossier, Setting], datetime]] = {
    RequestKind.EXTENSION: extension.lapses_at,
    RequestKind.BLOCKER: blockers.lapses_at,
}


def waiting(on: Dossier) -> tuple[Request, ...]:
    """The requests that are decided here, oldest first. Raises Refused('request-missing') when none waits."""
    found = tuple(one for one in on.open_requests if one.kind in _SORTS)
    if not found:
        raise Refused("request-missing")
    return found


def ready_to_approve(on: Dossier, moment: Moment) -> None:
    """Raises Refused: request-missing, own-request, and what the kind of request adds."""
    guards.one_of(waiting(on), lambda one: _may_approve(one, on, moment))


def _may_approve(request: Request, on: Dossier, moment: Moment) -> None:
    guards.of_another(request, moment)
    _SORTS[request.kind].may_approve(request, on, moment)


def ready_to_refuse(on: Dossier, moment: Moment) -> None:
    """Raises Refused: request-missing, own-request, director-decides."""
    guards.one_of(waiting(on), lambda one: _may_refuse(one, on, moment))


def _may_refuse(request: Request, on: Dossier, moment: Moment) -> None:
    guards.of_another(request, moment)
    _SORTS[request.kind].may_decide(request, on, moment)


def approve_request(wish: ApproveRequest, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """A leader agrees. What that does the kind of request says."""
    request = _to_decide(wish.request_id, wish.what, on, moment)
    return _SORTS[request.kind].approve(request, wish, on, moment)


def refuse_request(wish: RefuseRequest, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """A leader disagrees, in words: all stays as it was, and the clock ran on meanwhile."""
    request = _to_decide(wish.request_id, wish.what, on, moment)
    _SORTS[request.kind].may_decide(request, on, moment)
    text = guards.words(wish.text, "words-missing")
    return decided(request, "REFUSED", text, moment), as_before(on, request)


def _to_decide(request_id: str, what: str, on: Dossier, moment: Moment) -> Request:
    if what not in _SORTS:
        raise Refused("request-missing")
    return guards.open_request(on, request_id, moment, what)


def ready_to_withdraw(on: Dossier, moment: Moment) -> None:
    """Raises Refused: request-missing, not-your-request."""
    _to_withdraw(on, moment)


def _to_withdraw(on: Dossier, moment: Moment) -> Request:
    """The oldest that the actor may take back."""
    for one in waiting(on):
        if _is_own(one, on, moment) or is_lapsed(one, on, moment):
            return one
    raise Refused("not-your-request")


def withdraw_request(_: WithdrawRequest, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """Whoever asked no longer asks; what has lapsed by silence anybody may put on the books as such."""
    request = _to_withdraw(on, moment)
    state = "LAPSED" if is_lapsed(request, on, moment) else "DROPPED"
    return ended(request, state, moment), as_before(on, request)


def is_lapsed(request: Request, on: Dossier, moment: Moment) -> bool:
    """Whether silence has refused it: that of an extension and of a blocker does."""
    ends = _LAPSES.get(request.kind)
    return ends is not None and moment.now > ends(request, on, moment.setting)


def _is_own(request: Request, on: Dossier, moment: Moment) -> bool:
    """Of the person who asked, or of his unit."""
    is_of_unit = moment.actor.unit is not None and moment.actor.unit == about(on, request).unit
    return is_of_unit or request.asked_by == moment.actor.login
