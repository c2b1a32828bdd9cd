"""From a wish to its effects: the one door through which every command is decided."""

from collections.abc import Callable, Iterable
from typing import Any

from app.domain.case import (
    Case,
    Coordination,
    Dossier,
    Request,
    Row,
    Task,
    Verification,
    Visit,
    case_of,
)
from app.domain.commands import (
    AcknowledgeWarning,
    AddAssist,
    AddNote,
    Amend,
    ApproveRequest,
    ApproveReturn,
    ApproveReveal,
    AskCancel,
    AskExtension,
    AskReturn,
    AskReveal,
    AskStaged,
    AskSuspension,
    AskVerification,
    Attach,
    CallBackNotice,
    Claim,
    Classify,
    Close,
    CloseWarning,
    Command,
    Commend,
    ConveneCoordination,
    DecideRating,
    Dispatch,
    ExplainRating,
    FallBack,
    File,
    GrowWarning,
    Handle,
    HandOver,
    ImportRecord,
    LogBlocker,
    LowerGrade,
    Merge,
    MuteWarning,
    OpenCoordination,
    OrderInterim,
    OrderRework,
    PlanWarning,
    RaiseGrade,
    RaiseWarning,
    RecordNotice,
    RecordVisit,
    Redispatch,
    Refuse,
    RefuseRequest,
    RefuseReturn,
    RefuseReveal,
    Register,
    Release,
    Reopen,
    ReportInterim,
    ReportProgress,
    ReportVerification,
    Resettle,
    Resume,
    RuleCoordination,
    SeeReporter,
    ShelveWarning,
    Sign,
    Split,
    TakeOver,
    Unmerge,
    Unsplit,
    Void,
    WithdrawRequest,
    kind_of,
)
from app.domain.deadlines import settle
from app.domain.effects import Decision, Effect, change, insertion
from app.domain.measures import (
    blockers,
    cancelling,
    claims,
    coordinating,
    dispatch,
    disposal,
    extension,
    falling,
    filing,
    intake,
    interim,
    merging,
    notices,
    reckoning,
    requests,
    reveals,
    splitting,
    staged,
    standstill,
    visiting,
    warning,
    whole,
)
from app.domain.moment import Moment
from app.domain.parts import is_split
from app.domain.permits import may
from app.domain.refused import Refused
from app.domain.relying import relied_on
from app.domain.rules import rules_of
from app.domain.terms import CaseStatus

Rule = Callable[[Any, Any, Moment], tuple[Row, ...]]

#: Which function of which chapter decides which wish. Undo is not here: it restores, it does not decide.
DECIDES: dict[type[Command], Rule] = {
    Register: intake.register,
    ImportRecord: intake.import_record,
    Amend: intake.amend,
    Classify: intake.classify,
    RaiseGrade: intake.raise_grade,
    LowerGrade: intake.lower_grade,
    Commend: intake.commend,
    AddNote: intake.add_note,
    Attach: intake.attach,
    Merge: merging.merge,
    Unmerge: merging.unmerge,
    Split: splitting.split,
    Unsplit: splitting.unsplit,
    Void: intake.void,
    AskVerification: filing.ask_verification,
    ReportVerification: filing.report_verification,
    File: filing.file,
    Refuse: filing.refuse,
    FallBack: falling.fall_back,
    OpenCoordination: coordinating.open_coordination,
    ConveneCoordination: coordinating.convene,
    RuleCoordination: coordinating.rule,
    OrderInterim: interim.order_interim,
    ReportInterim: interim.report_interim,
    Dispatch: dispatch.dispatch,
    AddAssist: dispatch.add_assist,
    Redispatch: dispatch.redispatch,
    Sign: dispatch.sign,
    AskReturn: dispatch.ask_return,
    ApproveReturn: dispatch.approve_return,
    RefuseReturn: dispatch.refuse_return,
    AskReveal: reveals.ask_reveal,
    ApproveReveal: reveals.approve_reveal,
    RefuseReveal: reveals.refuse_reveal,
    SeeReporter: reveals.see_reporter,
    AskExtension: extension.ask_extension,
    AskSuspension: standstill.ask_suspension,
    AskStaged: staged.ask_staged,
    LogBlocker: blockers.log_blocker,
    AskCancel: cancelling.ask_cancel,
    Resume: standstill.resume,
    ApproveRequest: requests.approve_request,
    RefuseRequest: requests.refuse_request,
    WithdrawRequest: requests.withdraw_request,
    ReportProgress: disposal.report_progress,
    Handle: disposal.handle,
    Close: disposal.close,
    OrderRework: disposal.order_rework,
    Claim: claims.claim,
    Release: claims.release,
    TakeOver: claims.take_over,
    HandOver: claims.hand_over,
    RecordNotice: notices.record_notice,
    CallBackNotice: notices.call_back_notice,
    RecordVisit: visiting.record_visit,
    ExplainRating: visiting.explain_rating,
    DecideRating: visiting.decide_rating,
    Reopen: visiting.reopen,
    RaiseWarning: warning.raise_warning,
    GrowWarning: warning.grow_warning,
    CloseWarning: warning.close_warning,
    AcknowledgeWarning: warning.acknowledge_warning,
    PlanWarning: warning.plan_warning,
    ShelveWarning: warning.shelve_warning,
    MuteWarning: warning.mute_warning,
    Resettle: reckoning.resettle,
}


def decide(command: Command, on: Dossier | None, moment: Moment) -> Decision:
    """What the command does to the case as it stands; the case is settled in the same breath.

    Raises Refused when the rule table, a guard or the state of the case says no, and
    Refused('nothing-changed') when everything already is as wished.
    """
    _permitted(command, on, moment)
    rows = DECIDES[type(command)](command, on, moment)
    rows = rows if on is None else (*rows, *whole.followed(on, rows, moment))
    effects = tuple(_effects(on, rows, moment, intake.restated(command)))
    if not effects:
        raise Refused("nothing-changed")
    touched = {effect.id for effect in effects}
    return Decision(effects, tuple(relied_on(command, on, touched, moment)))


def _permitted(command: Command, on: Dossier | None, moment: Moment) -> None:
    kind, role = kind_of(command), moment.actor.role
    if may(kind, role, on):
        return
    if on is not None and on.case.status is CaseStatus.MERGED and rules_of(kind, role):
        raise Refused("merged-away", kind=kind)
    if on is not None and is_split(on.case) and rules_of(kind, role):
        raise Refused("split-up", kind=kind, count=on.case.parts)
    if on is not None and rules_of(kind, role):
        raise Refused("not-now", kind=kind, status=str(on.case.status))
    raise Refused("not-permitted", kind=kind, role=str(role))


def _settled(on: Dossier | None, rows: tuple[Row, ...], moment: Moment) -> tuple[Row, ...]:
    """The rows with the case's derived fields brought up to date, when the case or a task moved."""
    if not any(isinstance(row, _MOVING) for row in rows):
        return rows
    cases = [row for row in rows if isinstance(row, Case)]
    after = on if on is not None else Dossier(cases[0])
    for row in rows:
        after = after.with_row(row)
    _judged(after.case, moment)
    merging.not_left_behind(after.case)
    others = tuple(row for row in rows if not isinstance(row, Case))
    return (claims.ended(settle(after, moment.setting)), *others)


def _judged(case: Case, moment: Moment) -> None:
    """No limit is laid down under an edition that merely stands in for the case's own."""
    try:
        moment.setting.editions.of(case.edition)
    except KeyError:
        raise Refused("edition-missing", edition=case.edition) from None


def _effects(
    on: Dossier | None, rows: tuple[Row, ...], moment: Moment, restated: frozenset[str]
) -> Iterable[Effect]:
    """The command's own case first, then every other that it concerns: all settled in the same breath."""
    beside = {one.case.id: one for one in moment.beside}
    homes = dict.fromkeys(case_of(row) for row in rows)
    own = next(iter(homes), "") if on is None else on.case.id
    theirs = {id_: tuple(row for row in rows if case_of(row) == id_) for id_ in homes}
    yield from _changes(on, _settled(on, theirs.get(own, ()), moment), restated)
    for id_ in dict.fromkeys((*beside, *homes)):
        if id_ != own:
            other = beside.get(id_)
            yield from _changes(other, _settled(other, theirs.get(id_, ()), moment), frozenset())


def _changes(
    on: Dossier | None, rows: tuple[Row, ...], restated: frozenset[str]
) -> Iterable[Effect]:
    known = {row.id: row for row in _rows(on)} if on else {}
    for row in rows:
        old = known.get(row.id)
        if old is None:
            yield insertion(row)
        elif isinstance(row, Case) and restated:
            yield change(old, row, restated)
        elif old != row:
            yield change(old, row)


def _rows(on: Dossier) -> Iterable[Row]:
    return (
        *(on.case, *on.tasks, *on.requests, *on.verifications, *on.interims),
        *(*on.notices, *on.visits, *on.coordinations, *on.warnings),
    )


#: Rows that move a case through its states and clocks; notes and papers do not.
_MOVING = (Case, Task, Verification, Request, Visit, Coordination)
