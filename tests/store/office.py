"""Several seats at one store, deciding by the Measures: what each sends is decided on what it saw, and then offered."""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from app.domain.case import Dossier
from app.domain.commands import (
    AddAssist,
    ApproveRequest,
    ApproveReturn,
    AskCancel,
    AskExtension,
    AskReturn,
    AskStaged,
    AskSuspension,
    Attach,
    Close,
    Command,
    ConveneCoordination,
    Demand,
    Dispatch,
    FallBack,
    Handle,
    LogBlocker,
    Merge,
    OpenCoordination,
    OrderRework,
    RaiseGrade,
    Redispatch,
    RefuseRequest,
    RefuseReturn,
    Reopen,
    Resume,
    RuleCoordination,
    Sign,
    Split,
    Unmerge,
    Unsplit,
    Void,
    WithdrawRequest,
    kind_of,
)
from app.domain.decide import decide
from app.domain.folding import all_folded
from app.domain.measures.disposal import criteria_for, grounds_for_rework
from app.domain.measures.falling import candidates, next_steps
from app.domain.moment import Actor, Moment, Setting
from app.domain.terms import Grade, RequestKind, Role
from app.services.envelope import Envelope, wish_of
from app.services.ports import Answer
from tests.graphs import Graph
from tests.kit import a_unit
from tests.kit import setting as plain
from tests.store.town import Town

DISTRICT = "pingshan"
OURS, THEIRS = "water", "roads"


def setting() -> Setting:
    """The usual rules, in a district where the town's two units answer for something."""
    known = plain().directory
    units = (replace(known.units[0], code=code, street=None) for code in (OURS, THEIRS))
    return replace(plain(), directory=replace(known, units=(*known.units, *units)))


SETTING = setting()
BACK = {"reason": "WRONG_AREA", "text": "非辖区", "proper_unit": a_unit(5), "basis": "清单"}
TWO = (Demand(narrative="甲事请办。"), Demand(narrative="乙事请办。"))
THREE = (*TWO, Demand(narrative="丙事请办。"))


def person(login: str, role: Role, unit: str | None = None) -> Actor:
    return Actor(login, login.title(), role, DISTRICT, unit)


LI, MEI = person("li", Role.OPERATOR), person("mei", Role.OPERATOR)
ZHAO, WU = person("zhao", Role.SHIFT_LEADER), person("wu", Role.DIRECTOR)
ANN, CAO = person("ann", Role.UNIT_HANDLER, OURS), person("cao", Role.UNIT_LEADER, OURS)
BO = person("bo", Role.UNIT_HANDLER, THEIRS)


class Office(Graph):
    """The cases of a store as everybody there has read them."""

    def __init__(self, town: Town) -> None:
        super().__init__(town.clock.now)
        self.town = town

    def moment(self, command: Command, who: Actor) -> Moment:
        """The circumstances of the next command, by the district's rules."""
        return replace(super().moment(command, who), setting=SETTING)

    def criteria(self, case_id: str) -> tuple[str, ...]:
        """What closure review ticks."""
        now = Moment(self.now, LI, str(UUID(int=0)), SETTING)
        return tuple(one.code for one in criteria_for(self.cases[case_id], now))

    def decides(self, command: Command, who: Actor) -> Envelope:
        """What a seat would send that sees everything up to now."""
        on = self.cases.get(getattr(command, "case_id", ""))
        moment = self.moment(command, who)
        self.count += 1
        decision = decide(command, on, moment)
        first = (
            next(one.id for one in decision.effects if one.table == "case_file")
            if on is None
            else on.case.id
        )
        return self.town.envelope(
            who.login,
            kind_of(command),
            first,
            *decision.effects,
            cmd_id=moment.cmd_id,
            relies_on=decision.relies_on,
            wish=wish_of(command),
        )

    def sends(self, envelope: Envelope) -> Answer:
        """Offer it; what is taken everybody reads."""
        answer = self.town.send(envelope)
        if answer.status == "done":
            self.cases |= all_folded(self.cases, envelope.effects, envelope.cmd_id)
        return answer

    def does(self, command: Command, who: Actor | None = None, after: int = 1):
        """Let somebody do it, a minute later."""
        self.now += timedelta(minutes=after)
        self.town.clock.now = self.now
        envelope = self.decides(command, who or LI)
        answer = self.sends(envelope)
        assert answer.status == "done", (envelope.kind, answer)
        return envelope

    def at_once(self) -> "Office":
        """The same office as somebody sees it who reads no further."""
        other = copy(self)
        other.cases = dict(self.cases)
        return other

    # the usual ways, by the town's own people

    def taken(self, *units: str, who: Actor = ANN) -> str:
        """A case that its unit has signed for; others assist."""
        case_id = self.sent(*units)
        self.does(Sign(case_id=case_id, task_id=self.tasks(case_id)[0]), who)
        proof = {"stage": "EVIDENCE", "name": "证明.jpg", "digest": "0" * 64, "size": 1}
        self.does(Attach(case_id=case_id, **proof), who)
        return case_id

    def sent(self, *units: str) -> str:
        """A case that waits for its unit's signature."""
        case_id = self.filed()
        self.does(Dispatch(case_id=case_id, unit=OURS, assists=units))
        return case_id

    def asked(self, kind: str, *units: str) -> str:
        """A case of which the unit asks something."""
        case_id = self.taken(*units)
        self.does(asking(self, case_id, kind), ANN)
        return case_id

    def over(self, case_id: str) -> str:
        """A case that is dispatched, signed for and handled."""
        self.does(Dispatch(case_id=case_id, unit=OURS))
        task = self.tasks(case_id)[-1]
        self.does(Sign(case_id=case_id, task_id=task), ANN)
        self.does(handling(case_id, task), ANN)
        return case_id

    def closed(self, case_id: str) -> str:
        self.does(Close(case_id=case_id, criteria=self.criteria(case_id)), MEI)
        return case_id

    def split(self, case_id: str, demands=TWO) -> tuple[str, ...]:
        self.does(Split(case_id=case_id, demands=demands))
        return self.family(case_id)

    def tasks(self, case_id: str) -> tuple[str, ...]:
        return tuple(one.id for one in self.cases[case_id].tasks)

    def dossier(self, case_id: str) -> Dossier:
        return self.cases[case_id]


def asking(office: Office, case_id: str, kind: str) -> Command:
    about = {"case_id": case_id, "task_id": office.tasks(case_id)[0]}
    asks: Mapping[str, Callable[[], Command]] = {
        RequestKind.RETURN: lambda: AskReturn(**about, **BACK),
        RequestKind.EXTENSION: lambda: AskExtension(**about, reason="WEATHER", text="雨", value=1),
        RequestKind.SUSPENSION: lambda: AskSuspension(**about, text="等产权单位"),
        RequestKind.STAGED: lambda: AskStaged(
            **about, text="分期", until=office.now + timedelta(days=20)
        ),
        RequestKind.BLOCKER: lambda: LogBlocker(**about, text="待迁改", needed_unit=a_unit(5)),
        RequestKind.CANCEL: lambda: AskCancel(**about, text="撤诉"),
    }
    return asks[kind]()


def handling(case_id: str, task_id: str) -> Command:
    return Handle(case_id=case_id, task_id=task_id, result="好", notice="好", method="RECORD")


@dataclass(frozen=True)
class Deed:
    """Somebody's command, made when the scene is there."""

    who: Actor
    make: Callable[[], Command]


Scene = Callable[[Office], list[Deed]]


def _filed(office: Office) -> list[Deed]:
    one, two = office.filed(), office.filed()
    return [
        Deed(LI, lambda: Split(case_id=one, demands=TWO)),
        Deed(MEI, lambda: Split(case_id=one, demands=THREE)),
        Deed(LI, lambda: Merge(case_id=one, members=(two,))),
        Deed(MEI, lambda: Merge(case_id=two, members=(one,))),
        Deed(LI, lambda: Dispatch(case_id=one, unit=OURS)),
        Deed(MEI, lambda: Dispatch(case_id=one, unit=OURS, assists=(THEIRS,))),
        Deed(ZHAO, lambda: Void(case_id=one, reason="错")),
        Deed(MEI, lambda: RaiseGrade(case_id=one, grade=Grade.B)),
        Deed(ZHAO, lambda: falling(office, one)),
        Deed(WU, lambda: OpenCoordination(case_id=one, why="ASKED", text="推诿")),
    ]


def falling(office: Office, case_id: str) -> Command:
    """The case falls on whom it has to fall next."""
    on, moment = office.dossier(case_id), office.moment(Unsplit(case_id=case_id), ZHAO)
    step = next_steps(on, moment)[0]
    unit = next(iter(candidates(step, on, moment)), OURS)
    return FallBack(case_id=case_id, step=step, unit=unit, text="兜底")


def _disputed(office: Office) -> list[Deed]:
    one, two = office.filed(), office.filed()
    office.does(OpenCoordination(case_id=one, why="ASKED", text="推诿"), ZHAO)
    later = office.now + timedelta(days=1)
    ruled = {"case_id": one, "minutes": "记", "ruling": "定"}
    return [
        Deed(
            ZHAO,
            lambda: ConveneCoordination(
                case_id=one, meets_at=later, place="二楼", units=(OURS, THEIRS)
            ),
        ),
        Deed(ZHAO, lambda: RuleCoordination(**ruled, unit=OURS)),
        Deed(WU, lambda: RuleCoordination(**ruled, unit=THEIRS, amends=True)),
        Deed(LI, lambda: Merge(case_id=one, members=(two,))),
        Deed(MEI, lambda: Split(case_id=one, demands=TWO)),
        Deed(MEI, lambda: RaiseGrade(case_id=one, grade=Grade.B)),
    ]


def _sent(office: Office) -> list[Deed]:
    one, two = office.sent(), office.filed()
    task = office.tasks(one)[0]
    return [
        Deed(ANN, lambda: Sign(case_id=one, task_id=task)),
        Deed(CAO, lambda: AskReturn(case_id=one, task_id=task, **BACK)),
        Deed(LI, lambda: AskCancel(case_id=one, task_id=task, text="撤诉")),
        Deed(LI, lambda: AddAssist(case_id=one, unit=THEIRS)),
        Deed(MEI, lambda: Redispatch(case_id=one, task_id=task, unit=THEIRS, reason="选错单位")),
        Deed(LI, lambda: Merge(case_id=one, members=(two,))),
        Deed(MEI, lambda: Merge(case_id=two, members=(one,))),
    ]


def _alone(office: Office) -> list[Deed]:
    one, two = office.taken(), office.filed()
    (task,) = office.tasks(one)
    asks = [Deed(ANN, lambda kind=kind: asking(office, one, kind)) for kind in KINDS]
    return [
        *asks,
        Deed(CAO, lambda: handling(one, task)),
        Deed(LI, lambda: AddAssist(case_id=one, unit=THEIRS)),
        Deed(LI, lambda: Merge(case_id=one, members=(two,))),
        Deed(MEI, lambda: RaiseGrade(case_id=one, grade=Grade.B)),
    ]


def _beside(office: Office) -> list[Deed]:
    one, two = office.taken(THEIRS), office.filed()
    _, second = office.tasks(one)
    kinds = [kind for kind in KINDS if kind != RequestKind.CANCEL]  # who leads is the last to go
    asks = [Deed(ANN, lambda kind=kind: asking(office, one, kind)) for kind in kinds]
    return [
        *asks,
        Deed(BO, lambda: Sign(case_id=one, task_id=second)),
        Deed(BO, lambda: AskReturn(case_id=one, task_id=second, **BACK)),
        Deed(LI, lambda: AskCancel(case_id=one, task_id=second, text="撤诉")),
        Deed(MEI, lambda: Merge(case_id=one, members=(two,))),
    ]


def _approving(kind: str, about: dict[str, str]) -> Command:
    if kind == RequestKind.RETURN:
        return ApproveReturn(**about)
    return ApproveRequest(**about, what=kind, notice="已告知", method="RECORD")


def _refusing(kind: str, about: dict[str, str]) -> Command:
    if kind == RequestKind.RETURN:
        return RefuseReturn(**about, text="不")
    return RefuseRequest(**about, what=kind, text="不")


def _waiting(kind: str) -> Scene:
    def scene(office: Office) -> list[Deed]:
        beside = () if kind == RequestKind.CANCEL else (THEIRS,)
        one, two = office.asked(kind, *beside), office.filed()
        about = {"case_id": one, "request_id": office.dossier(one).requests[-1].id}
        deeds = [
            Deed(ZHAO, lambda: _approving(kind, about)),
            Deed(WU, lambda: _approving(kind, about)),
            Deed(WU, lambda: _refusing(kind, about)),
            Deed(LI, lambda: Merge(case_id=one, members=(two,))),
            Deed(MEI, lambda: RaiseGrade(case_id=one, grade=Grade.B)),
        ]
        if kind != RequestKind.RETURN:
            deeds.append(Deed(ANN, lambda: WithdrawRequest(case_id=one)))
        if beside:
            deeds.append(Deed(BO, lambda: Sign(case_id=one, task_id=office.tasks(one)[1])))
        return deeds

    return scene


def _still(office: Office) -> list[Deed]:
    one, two = office.asked(RequestKind.SUSPENSION), office.filed()
    request = office.dossier(one).requests[-1].id
    office.does(ApproveRequest(case_id=one, request_id=request, what="SUSPENSION"), ZHAO)
    return [
        Deed(LI, lambda: Resume(case_id=one)),
        Deed(ANN, lambda: Resume(case_id=one)),
        Deed(MEI, lambda: Merge(case_id=one, members=(two,))),
        Deed(MEI, lambda: RaiseGrade(case_id=one, grade=Grade.B)),
    ]


def _followed(office: Office) -> list[Deed]:
    one, two, three = office.filed(), office.filed(), office.filed()
    office.does(Merge(case_id=one, members=(two,)))
    return [
        Deed(LI, lambda: Unmerge(case_id=one, members=(two,))),
        Deed(MEI, lambda: Unmerge(case_id=one, members=(two,))),
        Deed(LI, lambda: Merge(case_id=one, members=(three,))),
        Deed(MEI, lambda: Dispatch(case_id=one, unit=OURS)),
        Deed(MEI, lambda: Split(case_id=three, demands=TWO)),
    ]


def _parted(office: Office) -> list[Deed]:
    whole, other = office.filed(), office.filed()
    one, two = office.split(whole)
    office.does(Dispatch(case_id=one, unit=OURS))
    task = office.tasks(one)[0]
    return [
        Deed(LI, lambda: Unsplit(case_id=whole)),
        Deed(MEI, lambda: Unsplit(case_id=whole)),
        Deed(ANN, lambda: Sign(case_id=one, task_id=task)),
        Deed(LI, lambda: Dispatch(case_id=two, unit=THEIRS)),
        Deed(ZHAO, lambda: Void(case_id=two, reason="错")),
        Deed(MEI, lambda: Merge(case_id=two, members=(other,))),
        Deed(CAO, lambda: AskReturn(case_id=one, task_id=task, **BACK)),
        Deed(LI, lambda: RaiseGrade(case_id=two, grade=Grade.B)),
    ]


def _ending(office: Office) -> list[Deed]:
    one, two = (office.over(part) for part in office.split(office.filed()))
    ground = grounds_for_rework(office.dossier(one), office.moment(Unsplit(case_id=one), LI))[0]
    return [
        Deed(LI, lambda: Close(case_id=one, criteria=office.criteria(one))),
        Deed(MEI, lambda: Close(case_id=two, criteria=office.criteria(two))),
        Deed(MEI, lambda: OrderRework(case_id=one, criterion=ground.code, text="再办")),
    ]


def _done(office: Office) -> list[Deed]:
    one, two = (office.closed(office.over(part)) for part in office.split(office.filed()))
    return [
        Deed(WU, lambda: Reopen(case_id=one, text="再办")),
        Deed(WU, lambda: Reopen(case_id=two, text="再办")),
    ]


def _led(office: Office) -> list[Deed]:
    one, two = office.filed(), office.filed()
    office.does(Merge(case_id=one, members=(two,)))
    office.over(one)
    ground = grounds_for_rework(office.dossier(one), office.moment(Unsplit(case_id=one), LI))[0]
    return [
        Deed(LI, lambda: Close(case_id=one, criteria=office.criteria(one))),
        Deed(MEI, lambda: Unmerge(case_id=one, members=(two,))),
        Deed(MEI, lambda: OrderRework(case_id=one, criterion=ground.code, text="再办")),
    ]


KINDS = tuple(str(one) for one in RequestKind if one is not RequestKind.REVEAL)
SCENES: Mapping[str, Scene] = {
    "filed": _filed,
    "sent": _sent,
    "alone": _alone,
    "beside": _beside,
    **{f"waiting-{one}": _waiting(one) for one in KINDS},
    "still": _still,
    "followed": _followed,
    "parted": _parted,
    "ending": _ending,
    "done": _done,
    "led": _led,
    "disputed": _disputed,
}
