"""What a decision read and did not change: rows that must still stand as they were when it reaches the centre."""

from collections.abc import Iterable

from app.domain.case import TABLE_OF, Case, Dossier
from app.domain.commands import (
    AcknowledgeWarning,
    AddAssist,
    AddNote,
    ApproveRequest,
    ApproveReturn,
    Attach,
    CallBackNotice,
    Close,
    CloseWarning,
    Command,
    DecideRating,
    Dispatch,
    FallBack,
    File,
    GrowWarning,
    Handle,
    MuteWarning,
    OrderRework,
    PlanWarning,
    RaiseWarning,
    RecordNotice,
    Redispatch,
    Refuse,
    RefuseRequest,
    RefuseReturn,
    Register,
    Reopen,
    Resume,
    RuleCoordination,
    ShelveWarning,
    WithdrawRequest,
)
from app.domain.effects import Reliance
from app.domain.moment import Moment

#: Papers are added, and warnings answered, whatever else happens to the case.
_PAPERS = (
    *(AddNote, Attach, RecordNotice, CallBackNotice, RaiseWarning, GrowWarning, CloseWarning),
    *(AcknowledgeWarning, PlanWarning, ShelveWarning, MuteWarning),
)
#: Commands whose ruling weighs rows that they do not change.
_WEIGHING = (
    *(File, Refuse, Dispatch, AddAssist, Redispatch, ApproveReturn, ApproveRequest),
    *(Handle, Close, OrderRework, DecideRating, Reopen, FallBack, RuleCoordination),
    # the case is due by its other tasks again
    *(RefuseReturn, RefuseRequest, WithdrawRequest, Resume),
)


def relied_on(
    command: Command, on: Dossier | None, touched: set[str], moment: Moment
) -> Iterable[Reliance]:
    """Everything that a decision on `command` rests on, beside the rows that it `touched`."""
    yield from _relied_on(command, on, touched)
    yield from _taken_up(command, moment)


def _relied_on(command: Command, on: Dossier | None, touched: set[str]) -> Iterable[Reliance]:
    """Rows that were read and must not have changed: sisters of a handled task, findings, the case."""
    if on is None or isinstance(command, _PAPERS):
        return
    weighed = (*on.live_tasks, *on.verifications) if isinstance(command, _WEIGHING) else ()
    told = on.notices if isinstance(command, Close) else ()
    for row in (on.case, *weighed, *told):
        if row.id not in touched:
            yield Reliance(TABLE_OF[type(row)], row.id, row.changed_by)


def _taken_up(command: Command, moment: Moment) -> Iterable[Reliance]:
    """All records of the matter that a registration takes up again: there must be no others either."""
    if isinstance(command, Register) and command.supplements is not None and moment.matter:
        for record in moment.matter.records:
            yield Reliance(TABLE_OF[Case], record.id, record.changed_by)
