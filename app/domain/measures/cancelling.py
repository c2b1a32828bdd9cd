"""Chapter 3: a case that units have already is called off (取消) by a leader's word; the reporter is told why."""

from dataclasses import replace

from app.domain.case import Dossier, Request, Row
from app.domain.commands import ApproveRequest, AskCancel
from app.domain.lengths import within
from app.domain.measures import guards, notices
from app.domain.measures.deciding import about, asked_of, decided
from app.domain.moment import Moment
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, RequestKind, TaskStatus

#: A task that can be called off: its unit has it, and nothing waits for a decision.
OWED = (TaskStatus.PENDING_SIGN, TaskStatus.SIGNED, TaskStatus.REWORK)


def ready_to_ask(on: Dossier, moment: Moment) -> None:
    """Raises Refused: already-open-request, task-missing, not-your-unit."""
    guards.nothing_asked(on)
    guards.tasks_at_hand(on, moment, *OWED)


def ask_cancel(wish: AskCancel, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The unit or the centre says why nothing is to be done any more."""
    task = guards.task(on, wish.task_id, moment)
    ready_to_ask(on, moment)
    if task.status not in OWED:
        raise Refused("task-missing")
    asked = asked_of(task, RequestKind.CANCEL, on, moment)
    request = replace(asked, text=guards.words(wish.text, "words-missing"))
    return replace(task, status=TaskStatus.CANCEL_REVIEW), request


def approve(request: Request, wish: ApproveRequest, on: Dossier, moment: Moment) -> tuple[Row, ...]:
    """The task is over undone; with the last of its tasks the case is off the books, its number stays."""
    told = guards.method(wish.method), guards.words(wish.notice, "notice-missing")
    gone = replace(about(on, request), status=TaskStatus.CANCELLED, returned_at=moment.now)
    approved = decided(request, "APPROVED", within(wish.text.strip()), moment)
    notice = notices.notice(notices.INTERIM, told, on, moment)
    if on.with_row(gone).live_tasks:
        return gone, approved, notice
    off = replace(on.case, status=CaseStatus.VOID, closed_at=moment.now, closure_text=request.text)
    return gone, approved, notice, off
