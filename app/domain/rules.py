"""THE table: who may do what to which row, from which state to which, touching which fields.

The screen asks it what to offer, the store asks it what to accept, and the tests walk it. One row
speaks of one effect of one kind of command; `undo` rows are the inverses of the rows they undo.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from app.domain.case import ASKED, DENIED, GRANTED, SEEN, TABLES
from app.domain.effects import OWN_TO_THE_STORE, Wire, kinds_of
from app.domain.holding import CALLED_BACK, UNREACHED
from app.domain.terms import Role
from app.domain.warnings import ACKNOWLEDGED, CLOSED, MUTED, PLANNED, RAISED

CENTRE = (Role.OPERATOR, Role.SHIFT_LEADER, Role.DIRECTOR)
LEADERS = (Role.SHIFT_LEADER, Role.DIRECTOR)
UNIT = (Role.UNIT_HANDLER, Role.UNIT_LEADER)
CENTRE_OR_UNIT = (*CENTRE, *UNIT)

#: Derived by `deadlines.settle`; any command that touches a case may carry them.
SETTLED = frozenset(
    {"stage", "lead_unit", "units", "due_at", "due_clock", "due_is_provisional"}
    | {"asked", "asked_at"}
)
TASK_LIMIT = frozenset(
    {"limit_value", "limit_unit", "limit_source", "limit_article", "limit_origin", "limits"}
)
#: Who has claimed a case. A move that takes it out of the centre's hands ends the claim.
HELD = frozenset({"holder", "held_at"})
#: The case is in the centre's hands: it may be claimed.
IN_HAND = ("REGISTERED", "VERIFYING", "FILED", "PENDING_CLOSURE")
#: Who may hold the case that a rule's `held` speaks of.
NOBODY, OWN, ANOTHER = "NOBODY", "OWN", "ANOTHER"
#: The state of an inserted row whose command was taken back.
WITHDRAWN = "WITHDRAWN"
#: Who stands in a stamped field: the login of the connection, whatever the payload says.
ACTOR = "actor"


@dataclass(frozen=True, slots=True)
class Rule:
    """One permitted effect: `before` is None for an insert; `after` is None when the state stays.

    `stamps` are fields the store fills itself (a reporter's key only where his phone is said); `not_by`
    names a field that must not hold the actor
    (nobody approves his own request); `least` and `most` bound how often the effect may occur.
    `held` says who must hold the case that it changes, None where that is all one. `beside`: the effect is on
    another case than the command's own, which it concerns too.
    """

    kind: str
    role: Role
    table: str
    before: str | None
    after: str | None
    fields: frozenset[str]
    stamps: frozenset[str] = frozenset()
    not_by: str | None = None
    least: int = 1
    most: int = 1
    held: str | None = None
    beside: bool = False

    @property
    def is_insert(self) -> bool:
        """Whether the effect makes a row."""
        return self.before is None


@dataclass(frozen=True, slots=True)
class _Part:
    table: str
    befores: tuple[str | None, ...]
    afters: tuple[str | None, ...]
    fields: frozenset[str]
    stamps: frozenset[str] = frozenset()
    not_by: str | None = None
    least: int = 1
    most: int = 1
    held: str | None = None
    beside: bool = False
    only: tuple[Role, ...] = field(default=tuple(Role))


def _made(table: str, *states: str, stamps: str = "", least: int = 1, most: int = 1) -> _Part:
    fields = frozenset(kinds_of(TABLES[table])) - OWN_TO_THE_STORE
    return _Part(table, (None,), states, fields, frozenset(stamps.split()), None, least, most)


def _moved(table: str, befores: str, afters: str, fields: str = "", **more: object) -> _Part:
    """States are blank-separated names; an `afters` of '=' leaves the state as it is.

    Where only settled fields could differ the case is touched at most once, and need not be.
    """
    extra = SETTLED if table == "case_file" else frozenset[str]()
    after = (None,) if afters == "=" else tuple(afters.split())
    if table == "case_file" and not {None, *IN_HAND} & set(after):
        extra |= HELD
    part = _Part(table, tuple(befores.split()), after, frozenset(fields.split()) | extra)
    stamps = frozenset(str(more.pop("stamps", "")).split())
    return replace(part, stamps=stamps, **more)


def _beside(table: str, befores: str, afters: str, fields: str = "", **more: object) -> _Part:
    """The same of a row of another case; so many of these may be concerned as may follow one."""
    part = _moved(table, befores, afters, fields, **{"most": MOST_MEMBERS, **more})
    return replace(part, beside=True)


def _made_beside(table: str, *states: str, stamps: str = "", **more: object) -> _Part:
    """A row that is made in another case, or is another case."""
    return replace(_made(table, *states, stamps=stamps), beside=True, **more)


#: So many cases at most follow one, and so many rows of theirs one command moves.
MOST_MEMBERS = 100
#: So few and so many parts one case is split into at least and at most.
LEAST_PARTS, MOST_PARTS = 2, 10
_INTAKE = "REGISTERED VERIFYING FILED"
_LIVE = "REGISTERED VERIFYING FILED DISPATCHED SUSPENDED STAGED REWORK"
_OPEN = f"{_LIVE} PENDING_CLOSURE"
_WITH_UNITS = "DISPATCHED SUSPENDED STAGED REWORK"
#: What a case is that others may be merged into, and what one is that may follow it.
SURVIVES = f"REGISTERED FILED {_WITH_UNITS}"
FOLLOWS = "REGISTERED FILED DISPATCHED"
_CLOSED = "CLOSED_ON_TIME CLOSED_OVERDUE"
_WAITING = "EXT_REVIEW SUSPEND_REVIEW STAGE_REVIEW BLOCK_REVIEW"
_OWED = "PENDING_SIGN SIGNED REWORK"
#: So many units at most deal with one case at the same time.
MOST_UNITS = 10
#: What a task is left with that stands still or is called off.
_LEFT = "pauses returned_at"
_AT_WORK = (
    f"PENDING_SIGN SIGNED RETURN_REVIEW {_WAITING} CANCEL_REVIEW SUSPENDED STAGED BLOCKED REWORK"
)
_WRITTEN = (
    "title narrative address street community nature category channel keep_secret safety_hazard"
    " reporter_masked phone_masked is_anonymous"
)
_RECORDED = "RECORDED"
_ADOPTED = (
    "REGISTERED",
    "FILED",
    "DISPATCHED",
    "CLOSED_ON_TIME",
    "CLOSED_OVERDUE",
    "COMMENDED",
)
_LIMIT = " ".join(sorted(TASK_LIMIT))
_VISITED = (
    "attempts first_attempt_at last_attempt_at ended_at text"
    " overall deal_speed deal_effect feedback_quality service"
)
#: A closed case done again.
_AGAIN = (
    _moved(
        "case_file",
        _CLOSED,
        "REWORK",
        "rework_at rework_reason rework_count closed_at closure_text",
        least=0,
    ),
    _moved("task", "DONE", "REWORK", "rework_at pauses done_at", least=0, most=20),
)
_CALLED = "is_joint meets_at place units convened_at"
_RULED = "minutes ruling unit category amends_from ruled_at"
_STANDING = f"{RAISED} {ACKNOWLEDGED} {PLANNED}"
_GROWN = (
    "level hours count evidence cases fence grown_at levelled_at"
    " acknowledged acknowledged_at shelved_until"
)
_MERGED = "merged_into merged_at merged_from"
_COUNTED = "parts parts_open"
#: What becomes of a split case when one of its parts is over: it counts on, or with the last it is over too.
_PART_OVER = (
    _beside("case_file", "SPLIT", "=", _COUNTED, least=0, most=1),
    _beside("case_file", "SPLIT", f"{_CLOSED} VOID", f"{_COUNTED} closed_at", least=0, most=1),
)
#: The visit of another case is not made any more.
_DROPPED = _beside(
    "visit", "OPEN BAD EXPLAINED", "DROPPED", "decided_at", stamps="decided_by", least=0
)
_WHOLE_VISITED = _made_beside("visit", "OPEN", least=0)

_TABLE: tuple[tuple[str, tuple[Role, ...], tuple[_Part, ...]], ...] = (
    (
        "register",
        (*CENTRE, Role.SYSTEM),
        (_made("case_file", "REGISTERED", stamps="registered_by reporter_key"),),
    ),
    (
        "import_record",
        (*LEADERS, Role.ADMINISTRATOR, Role.SYSTEM),
        (
            _made(
                "case_file",
                *_ADOPTED,
                stamps="registered_by reporter_key",
            ),
            _made("task", "SIGNED", "DONE", stamps="dispatched_by", least=0),
            _made("commendation", _RECORDED, stamps="made_by", least=0),
        ),
    ),
    (
        "ask_verification",
        CENTRE,
        (
            _moved("case_file", "REGISTERED", "VERIFYING"),
            _made("verification", "OPEN", stamps="asked_by"),
        ),
    ),
    (
        "report_verification",
        (*CENTRE, Role.GRID_OFFICER),
        (
            _moved("case_file", "VERIFYING", "=", least=0),
            _moved(
                "verification",
                "OPEN",
                "TRUE UNTRUE",
                "reported_at finding on_behalf",
                stamps="reported_by",
            ),
        ),
    ),
    ("file", CENTRE, (_moved("case_file", "REGISTERED VERIFYING", "FILED", "filed_at"),)),
    (
        "refuse",
        CENTRE,
        (
            _moved(
                "case_file",
                "REGISTERED VERIFYING",
                "REFUSED",
                "refused_at refusal_reason refusal_text",
            ),
            _made("notice", _RECORDED, stamps="made_by"),
        ),
    ),
    ("amend", CENTRE, (_moved("case_file", _INTAKE, "=", _WRITTEN, stamps="reporter_key"),)),
    *(
        (
            kind,
            roles,
            (
                _moved("case_file", _LIVE, "=", wanted, least=0),
                _moved("task", _AT_WORK, "=", _LIMIT, least=0, most=20),
            ),
        )
        for kind, roles, wanted in (
            ("classify", CENTRE, "category grade bases"),
            ("raise_grade", CENTRE, "grade bases"),
            ("lower_grade", LEADERS, "grade bases"),
        )
    ),
    (
        "order_interim",
        CENTRE,
        (
            _moved("case_file", _LIVE, "=", least=0),
            _made("interim", "ORDERED", stamps="ordered_by"),
        ),
    ),
    (
        "report_interim",
        CENTRE_OR_UNIT,
        (
            _moved("case_file", _OPEN, "=", least=0),
            *(
                _moved(
                    "interim",
                    befores,
                    after,
                    "answered_at done_at result on_behalf",
                    stamps="reported_by",
                )
                for befores, after in (
                    ("ORDERED ANSWERED", "DONE"),
                    ("ORDERED", "ANSWERED"),
                    ("ANSWERED", "="),
                )
            ),
        ),
    ),
    (
        "dispatch",
        CENTRE,
        (
            _moved("case_file", "FILED", "DISPATCHED", "dispatched_at", least=0),
            _moved("case_file", "DISPATCHED", "=", least=0),
            _made("task", "PENDING_SIGN", stamps="dispatched_by", most=MOST_UNITS),
        ),
    ),
    (
        "fall_back",
        LEADERS,
        (
            _moved("case_file", "FILED", "DISPATCHED", "dispatched_at", least=0),
            _moved("case_file", "DISPATCHED", "=", least=0),
            _moved("task", "PENDING_SIGN", "REDISPATCHED", "returned_at", least=0),
            _made("task", "PENDING_SIGN", stamps="dispatched_by"),
        ),
    ),
    (
        "open_coordination",
        LEADERS,
        (
            _moved("case_file", "FILED DISPATCHED", "=", least=0),
            _made("coordination", "OPEN", stamps="opened_by"),
        ),
    ),
    (
        "convene_coordination",
        LEADERS,
        (
            _moved("case_file", "FILED DISPATCHED", "=", least=0),
            *(
                _moved("coordination", before, after, _CALLED, stamps="convened_by")
                for before, after in (("OPEN", "CONVENED"), ("CONVENED", "="))
            ),
        ),
    ),
    (
        "rule_coordination",
        LEADERS,
        (
            _moved("case_file", "FILED", "DISPATCHED", "dispatched_at", least=0),
            _moved("case_file", "DISPATCHED", "=", least=0),
            *(
                _moved("task", befores, afters, "returned_at part", least=0, most=2)
                for befores, afters in (
                    ("PENDING_SIGN SIGNED RETURN_REVIEW BLOCKED", "REDISPATCHED"),
                    ("RETURN_REVIEW", "PENDING_SIGN SIGNED"),
                    (_AT_WORK, "="),
                )
            ),
            _made("task", "PENDING_SIGN", stamps="dispatched_by", least=0),
            _moved(
                "request",
                "OPEN",
                "APPROVED REFUSED",
                "decided_at decision_text is_improper",
                stamps="decided_by",
                not_by="asked_by",
                least=0,
            ),
            _moved("coordination", "OPEN CONVENED", "RULED", _RULED, stamps="ruled_by"),
        ),
    ),
    (
        "add_assist",
        CENTRE,
        (
            _moved("case_file", "DISPATCHED", "=", least=0),
            _made("task", "PENDING_SIGN", stamps="dispatched_by"),
        ),
    ),
    (
        "redispatch",
        CENTRE,
        (
            _moved("case_file", "DISPATCHED", "=", least=0),
            _moved("task", "PENDING_SIGN", "REDISPATCHED", "returned_at"),
            _made("task", "PENDING_SIGN", stamps="dispatched_by"),
        ),
    ),
    (
        "sign",
        CENTRE_OR_UNIT,
        (
            _moved("case_file", "DISPATCHED", "=", least=0),
            _moved("task", "PENDING_SIGN", "SIGNED", "signed_at on_behalf", stamps="signed_by"),
        ),
    ),
    (
        "ask_return",
        CENTRE_OR_UNIT,
        (
            _moved("case_file", "DISPATCHED", "=", "return_count"),
            _moved("task", "PENDING_SIGN SIGNED", "RETURN_REVIEW"),
            _made("request", "OPEN", stamps="asked_by"),
            _made("coordination", "OPEN", stamps="opened_by", least=0),
        ),
    ),
    (
        "approve_return",
        LEADERS,
        (
            _moved("case_file", "DISPATCHED", "FILED", least=0),
            _moved("case_file", "DISPATCHED", "=", least=0),
            _moved("case_file", "DISPATCHED", "PENDING_CLOSURE", "closure_asked_at", least=0),
            _moved("task", "RETURN_REVIEW", "REDISPATCHED", "returned_at"),
            _moved(
                "request",
                "OPEN",
                "APPROVED",
                "decided_at decision_text",
                stamps="decided_by",
                not_by="asked_by",
            ),
        ),
    ),
    (
        "refuse_return",
        LEADERS,
        (
            _moved("case_file", "DISPATCHED", "=", least=0),
            _moved("task", "RETURN_REVIEW", "SIGNED PENDING_SIGN"),
            _moved(
                "request",
                "OPEN",
                "REFUSED",
                "decided_at decision_text is_improper",
                stamps="decided_by",
                not_by="asked_by",
            ),
        ),
    ),
    (
        "ask_reveal",
        UNIT,
        (
            _moved("case_file", _WITH_UNITS, "=", least=0),
            _made("request", ASKED, stamps="asked_by"),
        ),
    ),
    *(
        (
            kind,
            LEADERS,
            (
                _moved("case_file", _WITH_UNITS, "=", least=0),
                _moved(
                    "request",
                    ASKED,
                    after,
                    "decided_at decision_text",
                    stamps="decided_by",
                    not_by="asked_by",
                ),
            ),
        )
        for kind, after in (("approve_reveal", GRANTED), ("refuse_reveal", DENIED))
    ),
    (
        "see_reporter",
        UNIT,
        (
            _moved("case_file", _WITH_UNITS, "=", least=0),
            _moved("request", GRANTED, SEEN),
        ),
    ),
    *(
        (
            kind,
            CENTRE_OR_UNIT,
            (
                _moved("case_file", "DISPATCHED", "=", least=0),
                _moved("task", "SIGNED", waiting),
                _made("request", "OPEN", stamps="asked_by"),
            ),
        )
        for kind, waiting in (
            ("ask_extension", "EXT_REVIEW"),
            ("ask_suspension", "SUSPEND_REVIEW"),
            ("ask_staged", "STAGE_REVIEW"),
            ("log_blocker", "BLOCK_REVIEW"),
        )
    ),
    (
        "ask_cancel",
        CENTRE_OR_UNIT,
        (
            _moved("case_file", "DISPATCHED REWORK", "=", least=0),
            _moved("task", _OWED, "CANCEL_REVIEW"),
            _made("request", "OPEN", stamps="asked_by"),
        ),
    ),
    (
        "resume",
        (*CENTRE_OR_UNIT, Role.SYSTEM),
        (
            _moved("case_file", "DISPATCHED", "=", least=0),
            _moved("case_file", "SUSPENDED STAGED", "DISPATCHED", least=0),
            _moved("task", "SUSPENDED STAGED BLOCKED", "SIGNED", "pauses"),
        ),
    ),
    (
        "approve_request",
        LEADERS,
        (
            _moved("case_file", "DISPATCHED REWORK", "=", least=0),
            _moved("case_file", "DISPATCHED", "SUSPENDED STAGED", least=0),
            _moved("case_file", "DISPATCHED REWORK", "VOID", "closed_at closure_text", least=0),
            _moved(
                "case_file", "DISPATCHED REWORK", "PENDING_CLOSURE", "closure_asked_at", least=0
            ),
            _moved("task", "CANCEL_REVIEW", "CANCELLED", _LEFT),
            _moved("task", "EXT_REVIEW", "SIGNED", _LEFT),
            _moved("task", "SUSPEND_REVIEW", "SUSPENDED", _LEFT),
            _moved("task", "STAGE_REVIEW", "STAGED", _LEFT),
            _moved("task", "BLOCK_REVIEW", "BLOCKED", _LEFT),
            _moved(
                "request",
                "OPEN",
                "APPROVED",
                "decided_at decision_text wanted_value wanted_until",
                stamps="decided_by",
                not_by="asked_by",
            ),
            _made("notice", _RECORDED, stamps="made_by", least=0),
            *_PART_OVER,
            _WHOLE_VISITED,
        ),
    ),
    (
        "refuse_request",
        LEADERS,
        (
            _moved("case_file", "DISPATCHED REWORK", "=", least=0),
            _moved("task", _WAITING, "SIGNED"),
            _moved("task", "CANCEL_REVIEW", _OWED),
            _moved(
                "request",
                "OPEN",
                "REFUSED",
                "decided_at decision_text",
                stamps="decided_by",
                not_by="asked_by",
            ),
        ),
    ),
    (
        "withdraw_request",
        (*CENTRE_OR_UNIT, Role.SYSTEM),
        (
            _moved("case_file", "DISPATCHED REWORK", "=", least=0),
            _moved("task", _WAITING, "SIGNED"),
            _moved("task", "CANCEL_REVIEW", _OWED),
            _moved("request", "OPEN", "LAPSED DROPPED", "decided_at"),
        ),
    ),
    (
        "report_progress",
        CENTRE_OR_UNIT,
        (
            _moved("case_file", "DISPATCHED REWORK", "=", least=0),
            _moved("task", f"SIGNED {_WAITING} REWORK", "=", "on_site_at controlled_at on_behalf"),
        ),
    ),
    (
        "handle",
        CENTRE_OR_UNIT,
        (
            _moved("case_file", "DISPATCHED REWORK", "=", least=0),
            _moved(
                "case_file", "DISPATCHED REWORK", "PENDING_CLOSURE", "closure_asked_at", least=0
            ),
            _moved(
                "task",
                f"SIGNED {_WAITING} REWORK",
                "HANDLED",
                "handled_at result on_behalf",
                stamps="handled_by",
            ),
            _moved("request", "OPEN", "LAPSED", "decided_at", least=0),
            _made("notice", _RECORDED, stamps="made_by", least=0),
        ),
    ),
    (
        "close",
        CENTRE,
        (
            _moved(
                "case_file",
                "PENDING_CLOSURE",
                "CLOSED_ON_TIME CLOSED_OVERDUE",
                "closed_at closure_text",
            ),
            _moved("task", "HANDLED", "DONE", "done_at", not_by="handled_by", most=20),
            _made("visit", "OPEN", least=0),
            _beside("case_file", "MERGED", _CLOSED, "closed_at", least=0),
            *_PART_OVER,
            _made_beside("visit", "OPEN", least=0, most=MOST_MEMBERS + 1),
        ),
    ),
    (
        "record_visit",
        CENTRE,
        (
            _moved("case_file", _CLOSED, "=", least=0),
            *(
                _moved("visit", "OPEN", after, _VISITED, stamps="visited_by")
                for after in ("=", "RATED BAD UNREACHED DECLINED SILENT")
            ),
        ),
    ),
    (
        "explain_rating",
        CENTRE_OR_UNIT,
        (
            _moved("case_file", _CLOSED, "=", least=0),
            _moved(
                "visit",
                "BAD",
                "EXPLAINED",
                "explained_at explanation on_behalf",
                stamps="explained_by",
            ),
        ),
    ),
    (
        "decide_rating",
        CENTRE,
        (
            _moved("case_file", _CLOSED, "=", least=0),
            *_AGAIN,
            _moved(
                "visit",
                "BAD EXPLAINED",
                "UPHELD REWORKED",
                "decided_at decision_text",
                stamps="decided_by",
                not_by="explained_by",
            ),
        ),
    ),
    (
        "reopen",
        (Role.DIRECTOR,),
        (
            *_AGAIN,
            _moved(
                "visit", "OPEN BAD EXPLAINED", "DROPPED", "decided_at", stamps="decided_by", least=0
            ),
            _beside("case_file", "SPLIT", "=", _COUNTED, least=0, most=1),
            _beside("case_file", _CLOSED, "SPLIT", f"{_COUNTED} closed_at", least=0, most=1),
            _DROPPED,
        ),
    ),
    (
        "merge",
        CENTRE,
        (
            _moved("case_file", SURVIVES, "=", "members shared"),
            _beside("case_file", FOLLOWS, "MERGED", _MERGED),
            _beside("task", "PENDING_SIGN", "CANCELLED", "returned_at", least=0),
        ),
    ),
    (
        "unmerge",
        CENTRE,
        (
            _moved("case_file", f"{SURVIVES} PENDING_CLOSURE {_CLOSED}", "=", "members shared"),
            _beside("case_file", f"MERGED {_CLOSED}", FOLLOWS, f"{_MERGED} closed_at"),
            _beside("task", "CANCELLED", "PENDING_SIGN", "returned_at", least=0),
            _DROPPED,
        ),
    ),
    (
        "split",
        CENTRE,
        (
            _moved("case_file", "FILED", "SPLIT", f"{_COUNTED} split_at"),
            _made_beside(
                "case_file", "FILED", stamps="reporter_key", least=LEAST_PARTS, most=MOST_PARTS
            ),
        ),
    ),
    (
        "unsplit",
        CENTRE,
        (
            _moved("case_file", "SPLIT", "FILED", f"{_COUNTED} split_at"),
            _beside("case_file", "FILED DISPATCHED", "VOID", most=MOST_PARTS),
            _beside("task", "PENDING_SIGN", "CANCELLED", "returned_at", least=0),
        ),
    ),
    (
        "order_rework",
        CENTRE,
        (
            _moved(
                "case_file", "PENDING_CLOSURE", "REWORK", "rework_at rework_reason rework_count"
            ),
            _moved("task", "HANDLED", "REWORK", "rework_at pauses", most=20),
        ),
    ),
    *(
        (
            kind,
            roles,
            (_moved("case_file", " ".join(IN_HAND), "=", fields, stamps=stamps, held=held),),
        )
        for kind, roles, fields, stamps, held in (
            ("claim", CENTRE, "held_at", "holder", NOBODY),
            ("release", CENTRE, "holder held_at", "", OWN),
            ("take_over", LEADERS, "held_at", "holder", ANOTHER),
            ("hand_over", LEADERS, "holder held_at", "", None),
        )
    ),
    (
        "commend",
        CENTRE,
        (
            _moved("case_file", "REGISTERED FILED", "COMMENDED", "closed_at"),
            _made("commendation", _RECORDED, stamps="made_by"),
            *_PART_OVER,
            _WHOLE_VISITED,
        ),
    ),
    (
        "add_note",
        (*CENTRE_OR_UNIT, Role.GRID_OFFICER),
        (_made("note", _RECORDED, stamps="made_by"),),
    ),
    (
        "attach",
        (*CENTRE_OR_UNIT, Role.GRID_OFFICER),
        (_made("attachment", _RECORDED, stamps="made_by"),),
    ),
    (
        "record_notice",
        CENTRE_OR_UNIT,
        (_made("notice", _RECORDED, UNREACHED, stamps="made_by"),),
    ),
    (
        "call_back_notice",
        CENTRE_OR_UNIT,
        (_moved("notice", _RECORDED, CALLED_BACK, "called_back_at", stamps="called_back_by"),),
    ),
    (
        "raise_warning",
        (*CENTRE, Role.SYSTEM),
        (_made("warning", RAISED, stamps="raised_by"),),
    ),
    (
        "grow_warning",
        (*CENTRE, Role.SYSTEM),
        (
            _moved("warning", _STANDING, "=", _GROWN),
            _moved("warning", f"{ACKNOWLEDGED} {PLANNED}", RAISED, _GROWN),
        ),
    ),
    *(
        (kind, roles, (_moved("warning", befores, afters, fields, stamps=stamps),))
        for kind, roles, befores, afters, fields, stamps in (
            ("close_warning", (*CENTRE, Role.SYSTEM), _STANDING, CLOSED, "closed_at fence", ""),
            ("plan_warning", CENTRE, _STANDING, PLANNED, "plan planned_at", "planned_by"),
            ("shelve_warning", CENTRE, _STANDING, "=", "shelved_until shelf_text", "shelved_by"),
            ("mute_warning", CENTRE, _STANDING, MUTED, "muted_until mute_text", "muted_by"),
        )
    ),
    (
        "acknowledge_warning",
        CENTRE,
        tuple(
            _moved(
                "warning", RAISED, after, "acknowledged acknowledged_at", stamps="acknowledged_by"
            )
            for after in ("=", ACKNOWLEDGED)
        ),
    ),
    (
        "void",
        LEADERS,
        (
            _moved("case_file", _INTAKE, "VOID", "closure_text closed_at"),
            *_PART_OVER,
            _WHOLE_VISITED,
        ),
    ),
    ("resettle", (Role.SYSTEM,), (_moved("case_file", _OPEN, "=", "calendar bases"),)),
)

#: What one seat does for all while it holds the duty lease: each says the number of that lease.
ON_DUTY = frozenset({"raise_warning", "grow_warning", "close_warning"})
#: What may be taken back by its own author, while no later command has touched the same rows.
UNDOABLE = frozenset(
    kind
    for kind, _, _ in _TABLE
    if kind
    not in {"import_record", "record_notice", "call_back_notice", "resettle", "see_reporter"}
    | ON_DUTY
)
#: Where a row goes whose command was taken back; a registration's number stays on the books.
_TAKEN_BACK = {"task": "CANCELLED", "case_file": "VOID"}
#: What lists sort an ended case by.
_NOTHING_DUE: Wire = {
    "stage": "ENDED",
    "due_at": None,
    "due_clock": None,
    "due_is_provisional": False,
}


def withdrawal(table: str) -> Wire:
    """The fields of a row that an undone command made, once that is taken back."""
    state: Wire = {"status": _TAKEN_BACK.get(table, WITHDRAWN)}
    return {**state, **_NOTHING_DUE} if table == "case_file" else state


def undo_of(kind: str) -> str:
    """The kind under which a command of `kind` is taken back."""
    return f"undo.{kind}"


def _forward() -> Iterator[Rule]:
    for kind, roles, parts in _TABLE:
        for role in roles:
            for part in parts:
                yield from _rules_of(kind, role, part)


def _rules_of(kind: str, role: Role, part: _Part) -> Iterator[Rule]:
    for before in part.befores:
        for after in part.afters:
            yield Rule(
                kind,
                role,
                part.table,
                before,
                after,
                part.fields,
                part.stamps,
                part.not_by,
                part.least,
                part.most,
                part.held,
                part.beside,
            )


def _inverse(rule: Rule) -> Rule:
    """Back from where the rule led: an inserted row is withdrawn, a changed one restored."""
    if rule.is_insert:
        withdrawn = _TAKEN_BACK.get(rule.table, WITHDRAWN)
        fields = SETTLED if rule.table == "case_file" else frozenset[str]()
        swap = replace(rule, before=rule.after, after=withdrawn, fields=fields)
    else:
        here = rule.before if rule.after is None else rule.after
        back = None if rule.after is None else rule.before
        swap = replace(rule, before=here, after=back, fields=rule.fields | rule.stamps)
    return replace(swap, kind=undo_of(rule.kind), stamps=frozenset(), not_by=None, held=None)


RULES: tuple[Rule, ...] = (
    *_forward(),
    *(_inverse(rule) for rule in _forward() if rule.kind in UNDOABLE),
)


#: Kinds of commands that concern several cases at once.
WIDE = frozenset(rule.kind for rule in RULES if rule.beside)


@cache
def rules_of(kind: str, role: Role) -> tuple[Rule, ...]:
    """The rows that speak of one kind of command in one role's hands."""
    return tuple(rule for rule in RULES if rule.kind == kind and rule.role == role)
