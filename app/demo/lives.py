"""The lives of made-up cases: who does what when, decided by the Measures like everything else."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from app.demo.people import handler_of
from app.demo.photos import PHOTOS
from app.demo.scenarios import Scenario
from app.domain.case import Dossier
from app.domain.clocks import Ledger
from app.domain.commands import (
    ApproveReturn,
    AskReturn,
    AskVerification,
    Attach,
    Close,
    Command,
    Commend,
    Dispatch,
    File,
    Handle,
    OrderRework,
    RecordNotice,
    Refuse,
    RefuseReturn,
    Register,
    ReportProgress,
    ReportVerification,
    Sign,
)
from app.domain.deadlines import ledgers, return_window
from app.domain.emergencies import CONTROL, ON_SITE, STEPS, is_emergency
from app.domain.measures.disposal import criteria_for, grounds_for_rework
from app.domain.measures.photos import BEFORE, lacking
from app.domain.moment import Actor, Moment, Setting
from app.domain.terms import CaseStatus, Clock, Nature, Role, Stage

#: Shares of made-up cases that go astray: late, sent back, worked again, refused, verified first.
OVERDUE, RETURNED, REWORKED, REFUSED, VERIFIED = 0.035, 0.06, 0.03, 0.05, 0.04
OPERATORS = ("zhang.min", "li.qiang", "wang.fang")
LEADERS = ("chen.jing", "lin.tao")
GRID = "grid.hu"
#: Reading the criteria needs circumstances, not a person.
_READER = Actor("", "", Role.SYSTEM, "")


#: Where a life may halt: in a queue, or in a state within one.
Halt = Stage | CaseStatus


@dataclass(frozen=True, slots=True)
class Act:
    """One step of a life: who does what, and when at the earliest."""

    at: datetime
    login: str
    command: Command


@dataclass(frozen=True, slots=True)
class Fate:
    """How one case is going to fare. `halt` is where it still waits, if anywhere."""

    scenario: Scenario
    seed: int
    unit: str
    wrong_unit: str
    halt: Halt | None = None


class Life:
    """One case from its registration to its end, step by step; the next step depends on the last."""

    def __init__(self, fate: Fate, setting: Setting) -> None:
        self.fate = fate
        self._setting = setting
        self._random = Random(fate.seed)
        self._returns = self._happens(RETURNED) or fate.halt is Stage.RETURNED
        self._reworks = self._happens(REWORKED)
        self._refused = self._happens(REFUSED) and fate.halt is None
        looked_at = self._happens(VERIFIED) and fate.halt is None
        self._verifies = looked_at or fate.halt is CaseStatus.VERIFYING
        self._late = self._happens(OVERDUE)

    def begins(self, report: Register, at: datetime) -> Act:
        """The report reaches the centre."""
        return Act(at, self._random.choice(OPERATORS), report)

    def goes_on(self, on: Dossier, at: datetime) -> Act | None:
        """The next step after `at`, or None when the life is over (or halts as it should)."""
        if self.fate.halt is not None and self.fate.halt in (on.case.stage, on.case.status):
            return None
        steps = {
            Stage.FILING: self._filing,
            Stage.DISPATCH: self._dispatch,
            Stage.SIGN: self._sign,
            Stage.DISPOSAL: self._dispose,
            Stage.RETURNED: self._return_decided,
            Stage.CLOSURE: self._review,
        }
        step = steps.get(on.case.stage)
        return step(on, at) if step else None

    def _happens(self, share: float) -> bool:
        return self._random.random() < share

    def _later(self, at: datetime, low: float, high: float) -> datetime:
        return at + timedelta(minutes=self._random.triangular(low, high, low + (high - low) / 4))

    def _operator(self) -> str:
        return self._random.choice(OPERATORS)

    def _filing(self, on: Dossier, at: datetime) -> Act:
        case = on.case
        if case.nature is Nature.THANKS:
            wish: Command = Commend(case_id=case.id, unit=self.fate.unit, text="")
        elif on.open_verification is not None:
            found = ReportVerification(
                case_id=case.id, is_true=not self._refused, finding="已到现场查看"
            )
            return Act(self._later(at, 60, 600), GRID, found)
        elif self._verifies and not on.verifications:
            wish = AskVerification(case_id=case.id, officer=GRID, question="请到现场核实")
        elif self._refused:
            wish = self._refusal(on)
        else:
            wish = File(case_id=case.id)
        return Act(self._later(at, 1, 18), self._operator(), wish)

    def _refusal(self, on: Dossier) -> Refuse:
        looked = bool(on.verifications)
        reason = "NOT_TRUE" if looked else self._random.choice(("NO_DEMAND", "DUPLICATE"))
        told = "您好，您反映的事项经核对不予立案，如有补充请再次来电。"
        way = _way(on, "SMS")
        text = "经核对不符合立案条件"
        return Refuse(case_id=on.case.id, reason=reason, text=text, notice=told, method=way)

    def _dispatch(self, on: Dossier, at: datetime) -> Act:
        wrong = self._returns and on.case.return_count == 0
        unit = self.fate.wrong_unit if wrong else self.fate.unit
        words = "请在时限内办理并答复诉求人，不得向被投诉方泄露诉求人信息。"
        wish = Dispatch(case_id=on.case.id, unit=unit, instruction=words)
        return Act(self._later(at, 2, 70), self._operator(), wish)

    def _sign(self, on: Dossier, at: datetime) -> Act:
        task = on.live_tasks[-1]
        limit = self._due(on, Clock.K3, at)
        minutes = (limit - at).total_seconds() / 60
        when = self._later(at, 2, max(5, minutes * (1.3 if self._happens(0.04) else 0.9)))
        return Act(when, handler_of(task.unit), Sign(case_id=on.case.id, task_id=task.id))

    def _dispose(self, on: Dossier, at: datetime) -> Act:
        task = on.live_tasks[-1]
        who = handler_of(task.unit)
        if task.unit == self.fate.wrong_unit and on.case.return_count == 0:
            when = self._later(at, 3, 20)
            if when <= self._returnable(on, when):
                return Act(when, who, self._sent_back(on))
        if not any(one.kind == "1" and one.task_id == task.id for one in on.notices):
            told = RecordNotice(
                case_id=on.case.id,
                notice_kind="1",
                method=_way(on, "SMS"),
                task_id=task.id,
                text="您好，您反映的事项已由我单位受理，正在办理。",
            )
            return Act(self._later(at, 5, 40), who, told)
        if (step := self._step(on)) is not None:
            return Act(self._later(at, 10, 70), who, step)
        if (photo := self._photo(on)) is not None:
            return Act(self._later(at, 5, 30), who, photo)
        return Act(self._handling_time(on, at), who, self._handling(on))

    def _returnable(self, on: Dossier, at: datetime) -> datetime:
        """Until when the task may be sent back; who signed too late for that keeps it."""
        window = return_window(on.live_tasks[-1], on, self._setting)
        return (window and window.due) or at

    def _handling_time(self, on: Dossier, at: datetime) -> datetime:
        due = self._due(on, Clock.K5, at)
        whole = max(due - at, timedelta(minutes=20))
        return at + whole * (self._random.uniform(1.1, 1.6) if self._late else self._share())

    def _share(self) -> float:
        return min(0.97, self._random.betavariate(1.6, 3.0))

    def _step(self, on: Dossier) -> ReportProgress | None:
        """The next step of an emergency that nobody has reported yet."""
        task = on.live_tasks[-1]
        reached = (task.on_site_at, task.controlled_at)
        if not is_emergency(on.case) or all(reached):
            return None
        step = ON_SITE if reached[0] is None else CONTROL
        return ReportProgress(case_id=on.case.id, task_id=task.id, step=step)

    def _photo(self, on: Dossier) -> Attach | None:
        """The next picture that a city part still has to show."""
        category = self._setting.directory.taxonomy.get(on.case.category)
        task = on.live_tasks[-1]
        wanted = lacking(task, on) if category is not None and category.component else ()
        if not wanted:
            return None
        name = "处置前.png" if wanted[0] == BEFORE else "处置后.png"
        digest, size = PHOTOS[wanted[0]]
        wish = Attach(case_id=on.case.id, stage=wanted[0], name=name, digest=digest, size=size)
        return replace(wish, task_id=task.id)

    def _handling(self, on: Dossier) -> Handle:
        result = self.fate.scenario.result or "已办理。"
        return Handle(
            case_id=on.case.id,
            task_id=on.live_tasks[-1].id,
            result=result,
            notice=f"您好，您反映的事项{result}感谢您的监督。",
            method=_way(on, "PHONE"),
        )

    def _sent_back(self, on: Dossier) -> AskReturn:
        return AskReturn(
            case_id=on.case.id,
            task_id=on.live_tasks[-1].id,
            reason="NOT_OUR_DUTY",
            text="经查该事项不属于我单位职责范围。",
            proper_unit=self.fate.unit,
            basis="职责清单及属地管理原则",
        )

    def _return_decided(self, on: Dossier, at: datetime) -> Act:
        request = on.open_request()
        asked = request.id if request else ""
        wish: Command = ApproveReturn(case_id=on.case.id, request_id=asked, text="情况属实，改派。")
        if self._happens(0.15):
            text = "该事项属你单位职责，请继续办理。"
            wish = RefuseReturn(case_id=on.case.id, request_id=asked, text=text)
        return Act(self._later(at, 5, 50), self._random.choice(LEADERS), wish)

    def _review(self, on: Dossier, at: datetime) -> Act:
        moment = Moment(at, _READER, "", self._setting)
        if self._reworks and on.case.rework_count == 0:
            ground = grounds_for_rework(on, moment)[0].code
            wish: Command = OrderRework(
                case_id=on.case.id, criterion=ground, text="请补充处置过程和结果。"
            )
        else:
            ticked = tuple(one.code for one in criteria_for(on, moment))
            wish = Close(case_id=on.case.id, criteria=ticked, text="")
        return Act(self._later(at, 10, 200), self._operator(), wish)

    def _due(self, on: Dossier, clock: Clock, at: datetime) -> datetime:
        found: Iterator[Ledger] = (
            one
            for one in ledgers(on, self._setting)
            if one.clock is clock and one.matter not in STEPS and not one.stopped
        )
        due = next((one.due for one in found if one.due is not None), None)
        return max(due or at, at + timedelta(minutes=10))


def _way(on: Dossier, usual: str) -> str:
    """How the reporter is told: who left no name, on record only."""
    return "RECORD" if on.case.is_anonymous else usual
