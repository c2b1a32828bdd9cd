"""The rows of a citizen's case, as frozen values: what a report, its tasks and its papers are."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.domain.terms import CaseStatus, Grade, Nature, Stage, TaskPart, TaskStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A citizen's report (诉求件) from registration to closure.

    `stage`, `lead_unit`, `units`, `due_at`, `due_clock`, `due_is_provisional`, and what waits for a leader
    since when (`asked`, `asked_at`), are derived by `deadlines.settle` after every decision, so that lists
    can sort without thinking.
    `phone_masked` and `reporter_masked` are all that travels of the person. `calendar` is the version
    of the holiday table that counts, `bases` what counted before, as `bases.rebased` writes it.
    `holder` is who claimed it (认领) while it is in the centre's hands, '' when nobody has.
    `merged_into` is the case that a merged one follows (并案) since `merged_at`, `merged_from` what its state was
    until then; `members` counts those that follow this one, `shared` are their clocks that it keeps to.
    `split_from` is the case that a part (拆分) was taken out of, `waits_since` when the dispatch began to be due that
    it waits for. A case that was split knows since when (`split_at`), how many parts it has that are on the books,
    and how many of these are still open (`parts_open`).
    """

    id: str
    district: str
    number: str
    status: CaseStatus
    changed_by: str = ""
    title: str = ""
    narrative: str = ""
    nature: Nature = Nature.COMPLAINT
    grade: Grade = Grade.C
    calendar: str = ""
    bases: str = ""
    category: str | None = None
    channel: str = ""
    address: str = ""
    street: str | None = None
    community: str | None = None
    reporter_masked: str = ""
    phone_masked: str = ""
    reporter_key: str | None = None
    is_anonymous: bool = False
    keep_secret: bool = False
    safety_hazard: bool = False
    edition: str = ""
    by_analogy: bool = False
    historical: bool = False
    batch: str | None = None
    source_ref: str | None = None
    supplements: str | None = None
    registered_at: datetime
    registered_by: str = ""
    filed_at: datetime | None = None
    refused_at: datetime | None = None
    refusal_reason: str | None = None
    refusal_text: str = ""
    dispatched_at: datetime | None = None
    closure_asked_at: datetime | None = None
    rework_at: datetime | None = None
    rework_reason: str = ""
    rework_count: int = 0
    return_count: int = 0
    closed_at: datetime | None = None
    closure_text: str = ""
    holder: str = ""
    held_at: datetime | None = None
    merged_into: str | None = None
    merged_at: datetime | None = None
    merged_from: str = ""
    members: int = 0
    shared: str = ""
    split_from: str | None = None
    waits_since: datetime | None = None
    split_at: datetime | None = None
    parts: int = 0
    parts_open: int = 0
    stage: Stage = Stage.FILING
    lead_unit: str | None = None
    units: str = ""
    due_at: datetime | None = None
    due_clock: str | None = None
    due_is_provisional: bool = False
    asked: str = ""
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What one unit was asked to do about a case (派遣任务), and the limit it has for that.

    `fallback` says by which step of the fallback (兜底, art. 21) it came here, '' by none; `rota` under which rota,
    `turn` whose turn that was, `cost` what a third party is paid for. `pauses` lists what stopped the disposal clock,
    as `pauses.write_pauses` writes it; `limits` the limits that it had before, as `bases.relimited` writes them.
    """

    id: str
    district: str
    case_id: str
    status: TaskStatus
    changed_by: str = ""
    unit: str
    part: TaskPart = TaskPart.LEAD
    instruction: str = ""
    dispatched_at: datetime
    dispatched_by: str = ""
    limit_value: int | None = None
    limit_unit: str | None = None
    limit_source: str = ""
    limit_article: int | None = None
    limit_origin: str | None = None
    limits: str = ""
    signed_at: datetime | None = None
    signed_by: str = ""
    on_site_at: datetime | None = None
    controlled_at: datetime | None = None
    handled_at: datetime | None = None
    handled_by: str = ""
    result: str = ""
    on_behalf: str = ""
    returned_at: datetime | None = None
    rework_at: datetime | None = None
    pauses: str = ""
    done_at: datetime | None = None
    fallback: str = ""
    rota: str = ""
    turn: str = ""
    cost: str = ""


#: The states of a request to see the reporter.
ASKED, GRANTED, DENIED, SEEN = "ASKED", "GRANTED", "DENIED", "SEEN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What somebody asks of the centre (退件, 延期, 挂账, 阻滞, 查看诉求人): asked by one person, decided by another.

    Of all kinds but REVEAL the states are OPEN, APPROVED, REFUSED; of that ASKED, GRANTED, DENIED, SEEN: with
    different names, so that no rule for the one fits the other. `wanted_value` and `wanted_unit` are the time
    it asks for, `wanted_until` the instant that this comes to as things stood when it was asked, and once it
    is approved, as they stand then.
    """

    id: str
    district: str
    case_id: str
    task_id: str
    status: str
    changed_by: str = ""
    kind: str = "RETURN"
    task_was: str = ""
    reason: str = ""
    text: str = ""
    proper_unit: str | None = None
    basis: str = ""
    wanted_value: int | None = None
    wanted_unit: str | None = None
    wanted_until: datetime | None = None
    level: int = 1
    on_behalf: str = ""
    asked_at: datetime
    asked_by: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    decision_text: str = ""
    is_improper: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """A grid officer's look at the spot before filing (核实), art. 11."""

    id: str
    district: str
    case_id: str
    status: str
    changed_by: str = ""
    officer: str = ""
    question: str = ""
    asked_at: datetime
    asked_by: str = ""
    reported_at: datetime | None = None
    reported_by: str = ""
    finding: str = ""
    on_behalf: str = ""


#: The method of a notice that was not given: its words say why.
EXEMPT = "EXEMPT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice to the reporter, kept as a record: 1 acceptance, 2 handling, 96 interim.

    The states are RECORDED, CALLED_BACK, and UNREACHED for a call that nobody answered. `leaves_at` is when it
    counts as sent, None for one that nobody has to send: until then it can be called back.
    """

    id: str
    district: str
    case_id: str
    status: str
    changed_by: str = ""
    task_id: str | None = None
    kind: str = ""
    method: str = ""
    text: str = ""
    made_at: datetime
    made_by: str = ""
    on_behalf: str = ""
    leaves_at: datetime | None = None
    called_back_at: datetime | None = None
    called_back_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A follow-up (回访), art. 30 and 31, after a closure: the calls, the stars given, and what came of bad ones.

    The states are in `visits.py`. `why` says what put the case into the pool, `task_id` whose work was judged.
    Stars are 1 to 5, 0 where nothing was said.
    """

    id: str
    district: str
    case_id: str
    status: str
    changed_by: str = ""
    task_id: str | None = None
    why: str = ""
    opened_at: datetime
    attempts: int = 0
    first_attempt_at: datetime | None = None
    last_attempt_at: datetime | None = None
    visited_by: str = ""
    ended_at: datetime | None = None
    overall: int = 0
    deal_speed: int = 0
    deal_effect: int = 0
    feedback_quality: int = 0
    service: int = 0
    text: str = ""
    explained_at: datetime | None = None
    explained_by: str = ""
    explanation: str = ""
    on_behalf: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    decision_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A remark on a case, seen by the centre and the units concerned."""

    id: str
    district: str
    case_id: str
    status: str
    changed_by: str = ""
    text: str = ""
    made_at: datetime
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file kept beside the store under its content hash, tagged with the stage it proves."""

    id: str
    district: str
    case_id: str
    status: str
    changed_by: str = ""
    task_id: str | None = None
    stage: str = ""
    name: str = ""
    digest: str = ""
    size: int = 0
    made_at: datetime
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commendation:
    """A reporter's thanks (表扬件) for a unit; never a dispatch."""

    id: str
    district: str
    case_id: str
    status: str
    changed_by: str = ""
    unit: str = ""
    text: str = ""
    made_at: datetime
    made_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interim:
    """A measure that holds a danger off (临时处置), art. 10: ordered of one unit, beside filing and disposal.

    The states are ORDERED, ANSWERED once the unit said what it does, DONE. `result` is what was last said.
    """

    id: str
    district: str
    case_id: str
    status: str
    changed_by: str = ""
    unit: str
    measure: str = ""
    text: str = ""
    ordered_at: datetime
    ordered_by: str = ""
    answered_at: datetime | None = None
    done_at: datetime | None = None
    reported_by: str = ""
    result: str = ""
    on_behalf: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordination:
    """Whose case it is, settled by the centre (个案协调, art. 24) or in a joint meeting (联席会议, art. 27).

    The states are OPEN, CONVENED, RULED. `units` are those called together, as `|unit|unit|`. `unit` is the one
    designated; `amends_from` when the duty for the class `category` becomes its own, None when it does not.
    """

    id: str
    district: str
    case_id: str
    status: str
    changed_by: str = ""
    why: str = ""
    text: str = ""
    opened_at: datetime
    opened_by: str = ""
    is_joint: bool = False
    meets_at: datetime | None = None
    place: str = ""
    units: str = ""
    convened_at: datetime | None = None
    convened_by: str = ""
    minutes: str = ""
    ruling: str = ""
    unit: str = ""
    category: str = ""
    amends_from: datetime | None = None
    ruled_at: datetime | None = None
    ruled_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyWarning:
    """An early warning (预警), art. 23: what comes too often, or is hot, dangerous or sensitive.

    It hangs on the case at whose filing it was raised; its id is made of its key and day, so that it can be raised
    only once. The states are in `warnings.py`. `subject` is one of the edition's classes, '' for none of them;
    `hours` the window in which `count` cases were seen; `evidence` all that the count was held against (JSON, so
    that anybody can work it out again); `cases` their ids, apart by blanks, the newest first; `fence` the number
    of the duty lease under which it was written last. `acknowledged` are the recipients who did so.
    """

    id: str
    district: str
    case_id: str
    status: str
    changed_by: str = ""
    scope: str
    subject: str = ""
    category: str = ""
    grain: str = ""
    place: str = ""
    level: str
    hours: int = 0
    count: int = 0
    evidence: str = ""
    cases: str = ""
    fence: int = 0
    raised_at: datetime
    raised_by: str = ""
    levelled_at: datetime
    grown_at: datetime | None = None
    acknowledged: str = ""
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    plan: str = ""
    planned_at: datetime | None = None
    planned_by: str = ""
    shelved_until: datetime | None = None
    shelved_by: str = ""
    shelf_text: str = ""
    muted_until: datetime | None = None
    muted_by: str = ""
    mute_text: str = ""
    closed_at: datetime | None = None


Row = (
    Case
    | Task
    | Request
    | Verification
    | Interim
    | Notice
    | Visit
    | Coordination
    | Note
    | Attachment
    | Commendation
    | EarlyWarning
)


def case_of(row: Row) -> str:
    """The case that a row belongs to."""
    return row.id if isinstance(row, Case) else row.case_id


#: Every synchronised table and the value its rows are. The store makes its columns from these.
TABLES: dict[str, type[Row]] = {
    "case_file": Case,
    "task": Task,
    "request": Request,
    "verification": Verification,
    "interim": Interim,
    "notice": Notice,
    "visit": Visit,
    "coordination": Coordination,
    "note": Note,
    "attachment": Attachment,
    "commendation": Commendation,
    "warning": EarlyWarning,
}
TABLE_OF: dict[type[Row], str] = {kind: name for name, kind in TABLES.items()}

#: Task states in which the unit still owes something.
OPEN_TASKS = frozenset(
    {
        TaskStatus.PENDING_SIGN,
        TaskStatus.SIGNED,
        TaskStatus.RETURN_REVIEW,
        TaskStatus.EXT_REVIEW,
        TaskStatus.SUSPEND_REVIEW,
        TaskStatus.SUSPENDED,
        TaskStatus.STAGE_REVIEW,
        TaskStatus.STAGED,
        TaskStatus.BLOCK_REVIEW,
        TaskStatus.BLOCKED,
        TaskStatus.CANCEL_REVIEW,
        TaskStatus.REWORK,
    }
)
#: Case states after which nothing is due.
ENDED = frozenset(
    {
        CaseStatus.REFUSED,
        CaseStatus.CLOSED_ON_TIME,
        CaseStatus.CLOSED_OVERDUE,
        CaseStatus.COMMENDED,
        CaseStatus.MERGED,
        CaseStatus.SPLIT,
        CaseStatus.VOID,
    }
)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case with everything that hangs on it, children in the order they were made."""

    case: Case
    tasks: tuple[Task, ...] = ()
    requests: tuple[Request, ...] = ()
    verifications: tuple[Verification, ...] = ()
    interims: tuple[Interim, ...] = ()
    notices: tuple[Notice, ...] = ()
    visits: tuple[Visit, ...] = ()
    coordinations: tuple[Coordination, ...] = ()
    notes: tuple[Note, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    commendations: tuple[Commendation, ...] = ()
    warnings: tuple[EarlyWarning, ...] = ()

    def task(self, task_id: str) -> Task | None:
        """The task with that id, if the case has it."""
        return next((task for task in self.tasks if task.id == task_id), None)

    def unit_of(self, task_id: str | None) -> str:
        """The unit of the task with that id; '' without one."""
        task = self.task(task_id or "")
        return task.unit if task else ""

    def request(self, request_id: str) -> Request | None:
        """The request with that id, if the case has it."""
        return next((request for request in self.requests if request.id == request_id), None)

    @property
    def live_tasks(self) -> tuple[Task, ...]:
        """The tasks not cancelled and not taken elsewhere."""
        gone = (TaskStatus.CANCELLED, TaskStatus.REDISPATCHED)
        return tuple(task for task in self.tasks if task.status not in gone)

    @property
    def lead(self) -> Task | None:
        """The task of the unit that leads (牵头); None when nobody does."""
        leading = (task for task in self.live_tasks if task.part is TaskPart.LEAD)
        return max(leading, key=self.tasks.index, default=None)

    def open_request(self, kind: str | None = None) -> Request | None:
        """The oldest request that waits for a decision, of that kind or of any but REVEAL, if there is one."""
        return next((one for one in self.open_requests if kind in (None, one.kind)), None)

    @property
    def open_requests(self) -> tuple[Request, ...]:
        """What waits for a decision, of any kind but REVEAL; at most one for each task. Oldest first."""
        waiting = (one for one in self.requests if one.status == "OPEN")
        return tuple(sorted(waiting, key=lambda one: (one.asked_at, one.id)))

    def open_request_of(self, task: Task) -> Request | None:
        """The request about that task that waits for a decision, if there is one."""
        return next((one for one in self.open_requests if one.task_id == task.id), None)

    @property
    def asked_reveals(self) -> tuple[Request, ...]:
        """What people of units wait for: to be let see the reporter. Oldest first."""
        return tuple(one for one in self.requests if one.status == ASKED)

    @property
    def open_verification(self) -> Verification | None:
        """The verification that the grid officer still owes, if there is one."""
        return next((one for one in self.verifications if one.status == "OPEN"), None)

    def with_row(self, row: Row) -> "Dossier":
        """The dossier with `row` put in place of its former self, or added at the end."""
        if isinstance(row, Case):
            return replace(self, case=row)
        name = CHILDREN[type(row)]
        rows: tuple[Row, ...] = getattr(self, name)
        known = any(one.id == row.id for one in rows)
        swapped = tuple(row if one.id == row.id else one for one in rows)
        return replace(self, **{name: swapped if known else (*rows, row)})


#: Where a child row lives in its dossier.
CHILDREN: dict[type[Row], str] = {
    Task: "tasks",
    Request: "requests",
    Verification: "verifications",
    Interim: "interims",
    Notice: "notices",
    Visit: "visits",
    Coordination: "coordinations",
    Note: "notes",
    Attachment: "attachments",
    Commendation: "commendations",
    EarlyWarning: "warnings",
}
