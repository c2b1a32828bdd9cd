"""Everything a person may ask for, as frozen data: one class per wish."""

from dataclasses import dataclass, field
from datetime import datetime

from app.domain.terms import Grade, Nature


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """The sealed parts of a reporter; they travel beside the log, never in it."""

    name: str = ""
    phone: str = ""
    id_number: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of the person."""
        return not (self.name or self.phone or self.id_number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Put a report on the books (登记). The reporter and numbers in the narrative are sealed."""

    narrative: str
    nature: Nature = Nature.COMPLAINT
    grade: Grade | None = None
    title: str = ""
    category: str | None = None
    channel: str = ""
    address: str = ""
    street: str | None = None
    community: str | None = None
    reporter: Person = field(default_factory=Person)
    keep_secret: bool = False
    safety_hazard: bool = False
    supplements: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskVerification:
    """Send a grid officer to look before filing (核实)."""

    case_id: str
    officer: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportVerification:
    """What the grid officer found: true or untrue, in words.

    `officer` is whose word the centre writes down, where nobody in particular was asked.
    """

    case_id: str
    is_true: bool
    finding: str
    officer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """File the case (立案): description complete, address clear, class in the standard."""

    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse:
    """Decline to file (不予立案): a reason code, words, and the notice to the reporter."""

    case_id: str
    reason: str
    text: str
    notice: str
    method: str = "SMS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend:
    """Correct what was written down at intake, while the case is not dispatched.

    None leaves a field as it is, '' clears it. Name and numbers of the reporter are sealed as those of
    a registration; another class than none is for `Classify`.
    """

    case_id: str
    title: str | None = None
    narrative: str | None = None
    address: str | None = None
    street: str | None = None
    community: str | None = None
    nature: Nature | None = None
    channel: str | None = None
    name: str | None = None
    phone: str | None = None
    id_number: str | None = None
    keep_secret: bool | None = None
    safety_hazard: bool | None = None
    without_class: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Classify:
    """Put the case in a class of the standard (事件分类, art. 8)."""

    case_id: str
    category: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseGrade:
    """Raise the urgency (事件分级, art. 9): free to every operator, logged."""

    case_id: str
    grade: Grade
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LowerGrade:
    """Lower the urgency: the shift leader's word, with a reason."""

    case_id: str
    grade: Grade
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FallBack:
    """A case that nobody takes falls back (兜底, art. 21): by which `step`, on whom, and why.

    Under a `rota` also whose `turn` it was; another unit may be taken. `cost`: what a third party is paid for.
    """

    case_id: str
    step: str
    unit: str
    text: str
    rota: str = ""
    turn: str = ""
    cost: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCoordination:
    """The centre settles whose case it is (个案协调, art. 24): for what coded reason, and in words."""

    case_id: str
    why: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConveneCoordination:
    """Call the units together: when and where, and whether as a joint meeting (联席会议, art. 27)."""

    case_id: str
    meets_at: datetime
    place: str
    units: tuple[str, ...]
    is_joint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCoordination:
    """What came of it: minutes, the ruling, and the unit that has the case from now on.

    `is_improper`: the return that led here was; `amends`: from the next working day the class is that unit's.
    """

    case_id: str
    unit: str
    minutes: str
    ruling: str
    is_improper: bool = False
    amends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderInterim:
    """Have a unit hold a danger off at once (临时处置, art. 10): a coded measure, and words beside it."""

    case_id: str
    unit: str
    measure: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInterim:
    """What became of an interim measure: the unit is at it, or it is done."""

    case_id: str
    interim_id: str
    text: str
    is_done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """Hand the case to a responsible unit (分拨) that leads (牵头), and to those that assist it (协办).

    For a case whose lead gave it back, the next lead.
    """

    case_id: str
    unit: str
    instruction: str = ""
    assists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAssist:
    """Ask one more unit to assist (增派协办) in a case that units have already."""

    case_id: str
    unit: str
    instruction: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redispatch:
    """Take an unsigned task from a unit and hand it to another (改派)."""

    case_id: str
    task_id: str
    unit: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """The unit signs for the task (签收)."""

    case_id: str
    task_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskReturn:
    """The unit sends the task back (退件): reason, the proper unit, and the legal basis."""

    case_id: str
    task_id: str
    reason: str
    text: str
    proper_unit: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveReturn:
    """The centre accepts the return: the case waits for dispatch again."""

    case_id: str
    request_id: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseReturn:
    """The centre refuses the return: the unit keeps the task, and the time burned is its own."""

    case_id: str
    request_id: str
    text: str
    is_improper: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AskReveal:
    """A unit's person asks to see who the reporter is (申请查看诉求人): what for, and words to it."""

    case_id: str
    task_id: str
    purpose: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveReveal:
    """The centre lets whoever asked see the reporter, once and for a while."""

    case_id: str
    request_id: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseReveal:
    """The centre does not let whoever asked see the reporter, and says why."""

    case_id: str
    request_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeeReporter:
    """Whoever was let looks now: the store shows nobody to a unit before this stands in its log."""

    case_id: str
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskExtension:
    """The unit asks for more time (延期): `value` more units of its limit's kind of time, or `until` then."""

    case_id: str
    task_id: str
    reason: str
    text: str
    value: int | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskSuspension:
    """The unit cannot go on (挂账) for so many working days; None: as many as the edition allows."""

    case_id: str
    task_id: str
    text: str
    value: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskStaged:
    """The unit needs long (阶段性结案): why, and until which day it promises to be done."""

    case_id: str
    task_id: str
    text: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LogBlocker:
    """The unit is held up (阻滞): by what, and which other unit it needs before it can go on."""

    case_id: str
    task_id: str
    text: str
    needed_unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskCancel:
    """Nothing is to be done any more (取消): the unit or the centre asks to call a task off."""

    case_id: str
    task_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """A task that stands still is worked on again (恢复办理)."""

    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApproveRequest:
    """A leader agrees to what was asked; `what` is its kind as he read it, `notice` what the reporter is told."""

    case_id: str
    request_id: str
    what: str
    notice: str = ""
    method: str = "SMS"
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseRequest:
    """A leader refuses what was asked, with a reason; `what` is its kind as he read it."""

    case_id: str
    request_id: str
    what: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawRequest:
    """What was asked is no longer asked (撤回申请), or was refused by silence."""

    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportProgress:
    """In an emergency (grade A) the unit says that it is on the spot, or has it under control."""

    case_id: str
    task_id: str
    step: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """The unit reports the disposal (处置), and the handling notice it gave the reporter."""

    case_id: str
    task_id: str
    result: str
    notice: str = ""
    method: str = "PHONE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """Closure review passed (结案审核): every criterion of the nature is ticked."""

    case_id: str
    criteria: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRework:
    """Closure review failed (重办): the criterion that was not met, and what is missing."""

    case_id: str
    criterion: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Say that one deals with the case (认领); of several who say so at once one is heard."""

    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """Let go of a case that one had claimed (放弃认领)."""

    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeOver:
    """A leader takes a case that somebody else has claimed (接管), with a reason that he reads."""

    case_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A leader gives a case into somebody's hands (改派经办人); who had it until then reads the reason."""

    case_id: str
    holder: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commend:
    """Thanks become a commendation (表扬件) for the unit named; the case ends.

    It is kept with the case, for the centre: showing it to the unit comes with assessment.
    """

    case_id: str
    unit: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddNote:
    """Write a remark on the case."""

    case_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attach:
    """Keep a file with the case, tagged with its stage; the bytes lie under `digest` (SHA-256)."""

    case_id: str
    stage: str
    name: str
    digest: str
    size: int
    task_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNotice:
    """Record a notice given to the reporter: kind 1, 2 or 96; how; and what was said.

    `is_missed`: he was called and did not answer; that is on record, and is no notice.
    """

    case_id: str
    notice_kind: str
    method: str
    text: str
    task_id: str | None = None
    is_missed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CallBackNotice:
    """Keep a notice from leaving (撤回告知) while it is still held."""

    case_id: str
    notice_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVisit:
    """What came of a follow-up call (回访): REACHED with stars (1 to 5, 0 where nothing was said), NO_ANSWER,
    DECLINED, or SILENT after all the time an edition gives.
    """

    case_id: str
    visit_id: str
    outcome: str
    text: str = ""
    overall: int = 0
    deal_speed: int = 0
    deal_effect: int = 0
    feedback_quality: int = 0
    service: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainRating:
    """The unit says what is behind a bad rating (差评说明)."""

    case_id: str
    visit_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideRating:
    """The centre has a badly rated case done again (重办), or lets the unit's explanation stand."""

    case_id: str
    visit_id: str
    is_rework: bool
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen:
    """The director opens a closed case again on the reporter's word (重开)."""

    case_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """Deal with other reports of the same event as one (并案, art. 18): `members` follow this case from now on."""

    case_id: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmerge:
    """Let some that followed this case go their own way again (解除并案), each with its own clock."""

    case_id: str
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One of several things that a report asks for: what becomes a part of its own.

    What is left empty is the report's own; `grade` None: the report's, or a more urgent one of the class.
    """

    narrative: str
    title: str = ""
    category: str | None = None
    grade: Grade | None = None
    address: str = ""
    street: str | None = None
    community: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Deal with the demands of one report each by itself (拆分, art. 19): every one becomes a case of its own."""

    case_id: str
    demands: tuple[Demand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsplit:
    """Deal with a report as one again (撤回拆分), as long as no unit has signed for a part of it."""

    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseWarning:
    """Warn (预警, art. 23): what the seat on duty found when this case was filed, with all that it counted.

    `cases` are the ids of the newest of the `count` cases; `evidence` is JSON; `fence` the number of the lease.
    """

    case_id: str
    warning_id: str
    scope: str
    level: str
    count: int
    cases: tuple[str, ...]
    evidence: str
    fence: int
    subject: str = ""
    category: str = ""
    grain: str = ""
    place: str = ""
    hours: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowWarning:
    """The same goes on: more cases than when the warning was raised or last grew."""

    case_id: str
    warning_id: str
    level: str
    count: int
    cases: tuple[str, ...]
    evidence: str
    fence: int
    hours: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseWarning:
    """A warning is over since nothing more of its kind came for so many days (自动解除)."""

    case_id: str
    warning_id: str
    fence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AcknowledgeWarning:
    """A recipient has heard of a warning (确认): who, and how he was told."""

    case_id: str
    warning_id: str
    recipient: str
    method: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWarning:
    """What is done about a warning (处置方案)."""

    case_id: str
    warning_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelveWarning:
    """Let a warning rest for a while (搁置), for a reason; never a red one."""

    case_id: str
    warning_id: str
    until: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MuteWarning:
    """The cause is known (已知原因): of this key nothing is raised for as long as the edition says."""

    case_id: str
    warning_id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Void:
    """Take a registration off the books (作废): registered by mistake."""

    case_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """A record of another system, as it stood there; what its source lacks stays empty."""

    source_ref: str
    batch: str
    occurred_at: datetime
    narrative: str = ""
    title: str = ""
    nature: Nature = Nature.COMPLAINT
    category: str | None = None
    channel: str = ""
    street: str | None = None
    community: str | None = None
    address: str = ""
    unit: str | None = None
    outcome: str = "OPEN"
    reporter: Person = field(default_factory=Person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resettle:
    """Count an open case by the holidays as announced: which table, and the deadline before and after."""

    case_id: str
    calendar: str
    due_was: datetime | None = None
    due_now: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Take one's own command back (撤销), while the table of inverses still permits it."""

    case_id: str
    undone: str


Command = (
    Register
    | AskVerification
    | ReportVerification
    | File
    | Refuse
    | Amend
    | Classify
    | RaiseGrade
    | LowerGrade
    | FallBack
    | OpenCoordination
    | ConveneCoordination
    | RuleCoordination
    | OrderInterim
    | ReportInterim
    | Dispatch
    | AddAssist
    | Redispatch
    | Sign
    | AskReturn
    | ApproveReturn
    | RefuseReturn
    | AskReveal
    | ApproveReveal
    | RefuseReveal
    | SeeReporter
    | AskExtension
    | AskSuspension
    | AskStaged
    | LogBlocker
    | AskCancel
    | Resume
    | ApproveRequest
    | RefuseRequest
    | WithdrawRequest
    | ReportProgress
    | Handle
    | Close
    | OrderRework
    | Claim
    | Release
    | TakeOver
    | HandOver
    | Commend
    | AddNote
    | Attach
    | RecordNotice
    | CallBackNotice
    | RecordVisit
    | ExplainRating
    | DecideRating
    | Reopen
    | Merge
    | Unmerge
    | Split
    | Unsplit
    | RaiseWarning
    | GrowWarning
    | CloseWarning
    | AcknowledgeWarning
    | PlanWarning
    | ShelveWarning
    | MuteWarning
    | Void
    | ImportRecord
    | Resettle
    | Undo
)

#: Every wish by its name on the wire.
KINDS: dict[str, type[Command]] = {
    "register": Register,
    "ask_verification": AskVerification,
    "report_verification": ReportVerification,
    "file": File,
    "refuse": Refuse,
    "amend": Amend,
    "classify": Classify,
    "raise_grade": RaiseGrade,
    "lower_grade": LowerGrade,
    "fall_back": FallBack,
    "open_coordination": OpenCoordination,
    "convene_coordination": ConveneCoordination,
    "rule_coordination": RuleCoordination,
    "order_interim": OrderInterim,
    "report_interim": ReportInterim,
    "dispatch": Dispatch,
    "add_assist": AddAssist,
    "redispatch": Redispatch,
    "sign": Sign,
    "ask_return": AskReturn,
    "approve_return": ApproveReturn,
    "refuse_return": RefuseReturn,
    "ask_reveal": AskReveal,
    "approve_reveal": ApproveReveal,
    "refuse_reveal": RefuseReveal,
    "see_reporter": SeeReporter,
    "ask_extension": AskExtension,
    "ask_suspension": AskSuspension,
    "ask_staged": AskStaged,
    "log_blocker": LogBlocker,
    "ask_cancel": AskCancel,
    "resume": Resume,
    "approve_request": ApproveRequest,
    "refuse_request": RefuseRequest,
    "withdraw_request": WithdrawRequest,
    "report_progress": ReportProgress,
    "handle": Handle,
    "close": Close,
    "order_rework": OrderRework,
    "claim": Claim,
    "release": Release,
    "take_over": TakeOver,
    "hand_over": HandOver,
    "commend": Commend,
    "add_note": AddNote,
    "attach": Attach,
    "record_notice": RecordNotice,
    "call_back_notice": CallBackNotice,
    "record_visit": RecordVisit,
    "explain_rating": ExplainRating,
    "decide_rating": DecideRating,
    "reopen": Reopen,
    "merge": Merge,
    "unmerge": Unmerge,
    "split": Split,
    "unsplit": Unsplit,
    "raise_warning": RaiseWarning,
    "grow_warning": GrowWarning,
    "close_warning": CloseWarning,
    "acknowledge_warning": AcknowledgeWarning,
    "plan_warning": PlanWarning,
    "shelve_warning": ShelveWarning,
    "mute_warning": MuteWarning,
    "void": Void,
    "import_record": ImportRecord,
    "resettle": Resettle,
    "undo": Undo,
}
KIND_OF: dict[type[Command], str] = {wish: kind for kind, wish in KINDS.items()}


def kind_of(command: Command) -> str:
    """The name of a command on the wire, in the rule table and in the words of the screen."""
    return KIND_OF[type(command)]
