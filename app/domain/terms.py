"""The glossary as types: natures, grades, states and stages, named as the Measures and the platform name them."""

from enum import StrEnum


class Nature(StrEnum):
    """What the reporter wants (问题性质). HELP is judged as a complaint; THANKS becomes a commendation."""

    COMPLAINT = "COMPLAINT"
    INQUIRY = "INQUIRY"
    SUGGESTION = "SUGGESTION"
    HELP = "HELP"
    THANKS = "THANKS"

    @property
    def judged_as(self) -> "Nature":
        """The nature whose limits and closure criteria apply (DECISIONS: 求助 and 求决 are judged as 投诉)."""
        return Nature.COMPLAINT if self is Nature.HELP else self


class Grade(StrEnum):
    """Urgency of a case (事件分级, art. 9): A 应急, B 快速, C 常态."""

    A = "A"
    B = "B"
    C = "C"


class CaseStatus(StrEnum):
    """States of a case (诉求件) that one-unit dispatch can reach; the special procedures add theirs later."""

    REGISTERED = "REGISTERED"
    VERIFYING = "VERIFYING"
    REFUSED = "REFUSED"
    FILED = "FILED"
    DISPATCHED = "DISPATCHED"
    SUSPENDED = "SUSPENDED"
    STAGED = "STAGED"
    PENDING_CLOSURE = "PENDING_CLOSURE"
    REWORK = "REWORK"
    CLOSED_ON_TIME = "CLOSED_ON_TIME"
    CLOSED_OVERDUE = "CLOSED_OVERDUE"
    COMMENDED = "COMMENDED"
    MERGED = "MERGED"
    SPLIT = "SPLIT"
    VOID = "VOID"


class TaskStatus(StrEnum):
    """States of a dispatched task (派遣任务)."""

    PENDING_SIGN = "PENDING_SIGN"
    SIGNED = "SIGNED"
    RETURN_REVIEW = "RETURN_REVIEW"
    EXT_REVIEW = "EXT_REVIEW"
    SUSPEND_REVIEW = "SUSPEND_REVIEW"
    SUSPENDED = "SUSPENDED"
    STAGE_REVIEW = "STAGE_REVIEW"
    STAGED = "STAGED"
    BLOCK_REVIEW = "BLOCK_REVIEW"
    BLOCKED = "BLOCKED"
    CANCEL_REVIEW = "CANCEL_REVIEW"
    REDISPATCHED = "REDISPATCHED"
    HANDLED = "HANDLED"
    REWORK = "REWORK"
    DONE = "DONE"
    CANCELLED = "CANCELLED"


class TaskPart(StrEnum):
    """Which part a unit has in a case that several deal with at the same time (并行派遣)."""

    LEAD = "LEAD"  # 牵头
    ASSIST = "ASSIST"  # 协办


class RequestKind(StrEnum):
    """What a unit, or the centre for it, may ask a leader of the centre for."""

    RETURN = "RETURN"  # 退件
    EXTENSION = "EXTENSION"  # 延期
    SUSPENSION = "SUSPENSION"  # 挂账
    STAGED = "STAGED"  # 阶段性结案
    REVEAL = "REVEAL"  # 查看诉求人
    CANCEL = "CANCEL"  # 取消
    BLOCKER = "BLOCKER"  # 阻滞


class Stage(StrEnum):
    """The queue in which a case waits, derived from the states of the case and its tasks."""

    FILING = "FILING"  # 待立案
    DISPATCH = "DISPATCH"  # 待分拨
    SIGN = "SIGN"  # 待签收
    DISPOSAL = "DISPOSAL"  # 处置中
    RETURNED = "RETURNED"  # 待审批: a return, an extension or the like waits for a decision
    CLOSURE = "CLOSURE"  # 待结案
    VISIT = "VISIT"  # 待回访: closed, and the reporter is still to be asked, or answered
    ENDED = "ENDED"


class Role(StrEnum):
    """Person roles (actor codes of the Measures' practice), and the system acting under the duty lease."""

    OPERATOR = "OPERATOR"
    SHIFT_LEADER = "SHIFT_LEADER"
    DIRECTOR = "DIRECTOR"
    UNIT_HANDLER = "UNIT_HANDLER"
    UNIT_LEADER = "UNIT_LEADER"
    GRID_OFFICER = "GRID_OFFICER"
    VISITOR = "VISITOR"
    ASSESSOR = "ASSESSOR"
    ADMINISTRATOR = "ADMINISTRATOR"
    AUDITOR = "AUDITOR"
    SYSTEM = "SYSTEM"


class Clock(StrEnum):
    """The clocks of the Measures (K1 to K14); K1V is the field verification inside filing, KI an
    interim measure, KO the opinion of a unit that assists, KC the ruling of a coordination, KF a step of the fallback.
    """

    K1 = "K1"
    K1V = "K1V"
    K2 = "K2"
    K3 = "K3"
    K4 = "K4"
    K5 = "K5"
    K6 = "K6"
    K7 = "K7"
    K8 = "K8"
    K9 = "K9"
    K10 = "K10"
    K11 = "K11"
    K12 = "K12"
    K13 = "K13"
    K14 = "K14"
    KI = "KI"
    KO = "KO"
    KC = "KC"
    KF = "KF"


class Origin(StrEnum):
    """Where a number comes from: published rule, system material, city rule, proxy, inference, proposal."""

    P = "P"
    P_SYS = "P-sys"
    SZ = "SZ"
    PX = "PX"
    INF = "INF"
    PROP = "PROP"
