"""Chapter 3: a case that units have already is called off (取消) by a leader's word; the reporter is told why."""

from dataclasses import replace

from app.domain.case import Dossier, Request, Row
from app.domain.commands import ApproveRequest, AskCancel
from app.domain.lengths import within
from app.domain.measures import guards, notices, parallel
from app.domain.measures.deciding import about, asked_of, decided
from app.domain.moment import Moment
from app.domain.terms import CaseStatus, RequestKind, TaskStatus

#: A task that can be called off: its unit has it, and nothing waits for a decision.
OWED = (TaskStatus.PENDING_SIGN, TaskStatus.SIGNED, TaskStatus.REWORK)


def ready_to_ask(on: Dossier, moment: Moment) -> None:
    """Raises Refused: already-open-request, task-missing, not-your-unit, lead-last."""
    tasks = guards.free_at_hand(on, moment, *OWED)
    guards.one_of(tasks, lambda task: parallel.leads_last(task, on))


def ask_cancel(wish: AskCancel, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The unit or the centre says why nothing is to be done any more."""
    task = guards.free_task(on, wish.task_id, moment, *OWED)
    parallel.leads_last(task, on)
    asked = asked_of(task, RequestKind.CANCEL, on, moment)
    request = replace(asked, text=guards.words(wish.text, "words-missing"))
    return replace(task, status=TaskStatus.CANCEL_REVIEW), request


def may_approve(request: Request, on: Dossier, moment: Moment) -> None:  # noqa: ARG001 - as all sorts
    """Raises Refused('lead-last')."""
    parallel.leads_last(about(on, request), on)


def approve(request: Request, wish: ApproveRequest, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The task is over undone; with the last of its tasks the case is off the books, its number stays."""
    told = guards.method(wish.method), guards.words(wish.notice, "notice-missing")
    parallel.leads_last(about(on, request), on)
    gone = replace(about(on, request), status=TaskStatus.CANCELLED, returned_at=moment.now)
    approved = decided(request, "APPROVED", within(wish.text.strip()), moment)
    notice = notices.notice(notices.INTERIM, told, on, moment)
    after = on.with_row(gone)
    if after.live_tasks:
        return gone, approved, notice, *parallel.review_asked(after, moment)
    off = replace(on.case, status=CaseStatus.VOID, closed_at=moment.now, closure_text=request.text)
    return gone, approved, notice, off
