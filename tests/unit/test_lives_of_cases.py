"""Any acts in any order by anybody: what is decided the rule table permits, and no case loses its way."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from app.domain.calendar import local_date
from app.domain.case import ENDED, OPEN_TASKS, TABLE_OF
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
    LogBlocker,
    LowerGrade,
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
    Release,
    Reopen,
    ReportInterim,
    ReportProgress,
    ReportVerification,
    Resume,
    RuleCoordination,
    SeeReporter,
    ShelveWarning,
    Sign,
    TakeOver,
    Void,
    WithdrawRequest,
    kind_of,
)
from app.domain.deadlines import BINDING, ledgers, settle
from app.domain.decide import decide
from app.domain.effects import wire_of
from app.domain.folding import folded, rows_of
from app.domain.measures.disposal import criteria_for, grounds_for_rework
from app.domain.measures.falling import candidates, next_steps
from app.domain.refused import Refused
from app.domain.rules import IN_HAND, RULES
from app.domain.terms import CaseStatus, Grade, Nature, Role, Stage
from app.domain.visits import owed
from app.domain.warnings import id_of, key_of
from app.services.checks import Held, RuleBook, check, well_formed
from app.services.envelope import Envelope, decode, encode, wish_of
from app.services.queries import Operator
from app.services.scope import scope_of
from app.services.wishes import command_of
from tests.kit import MORNING, Story, a_class, a_unit, report, setting, someone
from tests.series import examples

BOOK = RuleBook(RULES)
UNITS = [a_unit(n) for n in range(3)]
ROLES = [
    Role.OPERATOR,
    Role.SHIFT_LEADER,
    Role.DIRECTOR,
    Role.UNIT_HANDLER,
    Role.UNIT_LEADER,
    Role.GRID_OFFICER,
]
CLASSES = [a_class(), a_class(component=True)]


def interim_orders(on):
    """At most two orders that are not under way already, then those that are."""
    given = [
        OrderInterim(case_id=on.case.id, unit=unit, measure=measure, text="疏散")
        for unit in UNITS
        for measure in ("FENCE_OFF", "CUT_POWER", "WARN_ON_SITE", "NOTIFY_EMERGENCY", "OTHER")
    ]
    owed = {(one.unit, one.measure) for one in on.interims if one.status != "DONE"}
    return sorted(given, key=lambda one: (one.unit, one.measure) in owed)[:2]


def fall(on, moment):
    """The step that comes next, onto whom it may fall."""
    step = next_steps(on, moment)[0]
    unit = next(iter(candidates(step, on, moment)), UNITS[0])
    return FallBack(case_id=on.case.id, step=step, unit=unit, text="兜底")


def wishes(story, which=-1):
    """One well-meant command of every kind about the case as it stands."""
    on, case = story.on, story.case.id
    task = on.tasks[which % len(on.tasks)].id if on.tasks else "none"
    chosen = on.requests[which % len(on.requests)] if on.requests else None
    request, asked = (chosen.id, chosen.kind) if chosen else ("none", "EXTENSION")
    moment = story.moment(someone())
    ticked = tuple(one.code for one in criteria_for(on, moment))
    return [
        AskVerification(case_id=case),
        ReportVerification(case_id=case, is_true=True, finding="属实", officer="u_grid_officer"),
        ReportVerification(case_id=case, is_true=False, finding="不实", officer="u_grid_officer"),
        File(case_id=case),
        Refuse(case_id=case, reason="NO_DEMAND", text="无", notice="告知"),
        Refuse(case_id=case, reason="NOT_TRUE", text="无", notice="告知"),
        Amend(case_id=case, title="新标题", nature=Nature.THANKS),
        Amend(case_id=case, nature=Nature.COMPLAINT),
        *(Classify(case_id=case, category=one) for one in CLASSES),
        RaiseGrade(case_id=case, grade=Grade.A),
        LowerGrade(case_id=case, grade=Grade.C, reason="误"),
        *interim_orders(on),
        *(
            ReportInterim(
                case_id=case, interim_id=one, text=f"第{len(on.requests)}次", is_done=is_done
            )
            for one in [row.id for row in on.interims if row.status != "DONE"] or ["none"]
            for is_done in (False, True)
        ),
        *(Dispatch(case_id=case, unit=one) for one in UNITS[:2]),
        Dispatch(case_id=case, unit=UNITS[0], assists=(UNITS[1],)),
        AddAssist(case_id=case, unit=UNITS[1]),
        FallBack(case_id=case, step="THIRD_PARTY", unit=UNITS[1], text="兜底"),
        fall(on, moment),
        *coordination_wishes(on, story.now),
        Redispatch(case_id=case, task_id=task, unit=UNITS[1], reason="误派"),
        Sign(case_id=case, task_id=task),
        AskReturn(
            case_id=case,
            task_id=task,
            reason="WRONG_AREA",
            text="非辖区",
            proper_unit=a_unit(5),
            basis="清单",
        ),
        ApproveReturn(case_id=case, request_id=request),
        RefuseReturn(case_id=case, request_id=request, text="属你单位"),
        AskReveal(case_id=case, task_id=task, purpose="callback", text="约时间"),
        ApproveReveal(case_id=case, request_id=request),
        RefuseReveal(case_id=case, request_id=request, text="由中心转达"),
        SeeReporter(case_id=case, request_id=request),
        AskExtension(case_id=case, task_id=task, reason="WEATHER", text="连日暴雨", value=1),
        AskSuspension(case_id=case, task_id=task, text="待第三方"),
        AskStaged(
            case_id=case, task_id=task, text="管网改造", until=story.now + timedelta(days=40)
        ),
        LogBlocker(case_id=case, task_id=task, text="待迁改管线", needed_unit=a_unit(5)),
        AskCancel(case_id=case, task_id=task, text="诉求人撤诉"),
        Resume(case_id=case),
        ApproveRequest(case_id=case, request_id=request, what=asked, notice="已延期"),
        RefuseRequest(case_id=case, request_id=request, what=asked, text="不属实"),
        WithdrawRequest(case_id=case),
        Attach(case_id=case, stage="EVIDENCE", name="a.pdf", digest="2", size=1),
        Handle(case_id=case, task_id=task, result="好", notice="好"),
        ReportProgress(case_id=case, task_id=task, step="ON_SITE"),
        ReportProgress(case_id=case, task_id=task, step="CONTROL"),
        Close(case_id=case, criteria=ticked),
        OrderRework(
            case_id=case,
            criterion=grounds_for_rework(on, moment)[0].code
            if grounds_for_rework(on, moment)
            else "",
            text="再办",
        ),
        Claim(case_id=case),
        Release(case_id=case),
        TakeOver(case_id=case, reason="换班"),
        HandOver(case_id=case, holder="li", reason="换班"),
        Commend(case_id=case, unit=UNITS[0]),
        AddNote(case_id=case, text="备注"),
        Attach(case_id=case, stage="BEFORE", name="a.png", digest="0", size=1),
        Attach(case_id=case, stage="AFTER", name="b.png", digest="1", size=1, task_id=task),
        RecordNotice(case_id=case, notice_kind="2", method="SMS", text="告知", task_id=task),
        RecordNotice(case_id=case, notice_kind="1", method="SMS", text="已受理"),
        CallBackNotice(case_id=case, notice_id=on.notices[-1].id if on.notices else "none"),
        *visit_wishes(on),
        *warning_wishes(story),
        Void(case_id=case, reason="错录"),
    ]


def coordination_wishes(on, now):
    """Every way a coordination can go on."""
    case, later = on.case.id, now + timedelta(days=1)
    return [
        OpenCoordination(case_id=case, why="ASKED", text="推诿"),
        ConveneCoordination(case_id=case, meets_at=later, place="二楼", units=(UNITS[2],)),
        RuleCoordination(case_id=case, unit=UNITS[0], minutes="记", ruling="定", amends=True),
        RuleCoordination(case_id=case, unit=UNITS[1], minutes="记", ruling="定", is_improper=True),
    ]


def visit_wishes(on):
    """Every way a visit can go on, and the case by it."""
    case, visit = on.case.id, on.visits[-1].id if on.visits else "none"
    return [
        RecordVisit(case_id=case, visit_id=visit, outcome="REACHED", overall=5),
        RecordVisit(case_id=case, visit_id=visit, outcome="REACHED", overall=1),
        RecordVisit(case_id=case, visit_id=visit, outcome="NO_ANSWER"),
        ExplainRating(case_id=case, visit_id=visit, text="备料"),
        DecideRating(case_id=case, visit_id=visit, is_rework=False),
        DecideRating(case_id=case, visit_id=visit, is_rework=True, text="再办"),
        Reopen(case_id=case, text="又坏了"),
    ]


def warning_wishes(story):
    """Every way a warning can come and go on."""
    on, key = story.on, key_of("FREQUENT", "0306", "COMMUNITY", "10005")
    case, own = on.case.id, id_of(on.case.district, key, local_date(story.now))
    about = {"case_id": case, "warning_id": on.warnings[-1].id if on.warnings else own}
    counted = {"count": 2, "cases": ("x", "y"), "evidence": "{}", "fence": 1}
    what = {"scope": "FREQUENT", "category": "0306", "grain": "COMMUNITY", "place": "10005"}
    return [
        RaiseWarning(case_id=case, warning_id=own, level="BLUE", **counted, **what),
        GrowWarning(**about, level="ORANGE", **counted),
        CloseWarning(**about, fence=1),
        *(
            AcknowledgeWarning(**about, recipient=one, method="PHONE")
            for one in ("RESPONSIBLE_UNIT", "STREET_OFFICE", "PETITIONS", "DISTRICT_LEADERS")
        ),
        PlanWarning(**about, text="约谈"),
        ShelveWarning(**about, until=story.now + timedelta(hours=1), text="等通知"),
        MuteWarning(**about, text="施工"),
    ]


class Lives(RuleBasedStateMachine):
    """One case in the hands of everybody, checked as the store would check it."""

    @initialize(hour=st.integers(0, 24 * 14), assists=st.sampled_from([None, (), UNITS[1:2]]))
    def begins(self, hour, assists):
        self.story = Story(MORNING + timedelta(hours=hour))
        self.story.does(report())
        if assists is not None:
            self.story.does(File(case_id="x"))
            self.story.does(Dispatch(case_id="x", unit=UNITS[0], assists=tuple(assists)))
        self.closed_as = None
        self.judged = {}

    @rule(
        role=st.sampled_from(ROLES),
        unit=st.sampled_from(UNITS[:2]),
        pick=st.integers(0, 109),
        minutes=st.integers(0, 600),
        twin=st.booleans(),
        which=st.sampled_from([-1, -1, -2, -3]),
    )
    def somebody_acts(self, role, unit, pick, minutes, twin, which):
        options = wishes(self.story, which)
        command = options[pick % len(options)]
        who = someone(role, unit if role in (Role.UNIT_HANDLER, Role.UNIT_LEADER) else None)
        who = replace(who, login=who.login + ("_b" if twin else ""))
        self.story.now += timedelta(minutes=minutes)
        self._acts(command, who)

    def _acts(self, command, who):
        story = self.story
        before, moment = story.on, story.moment(who)
        try:
            decision = decide(command, before, moment)
        except Refused:
            return
        envelope = Envelope(
            cmd_id=moment.cmd_id,
            kind=kind_of(command),
            actor=who.login,
            seat="AAA",
            district=who.district,
            case_id=before.case.id,
            wish=wish_of(command),
            effects=decision.effects,
            relies_on=decision.relies_on,
            claimed_at=story.now,
        )
        viewer = Operator(who.login, who.name, who.role, who.district, who.unit)
        assert decode(encode(envelope)) == envelope
        assert decide(command_of(envelope.kind, envelope.wish), before, moment) == decision
        assert well_formed(envelope, viewer) is None
        if role_sees(viewer, before):
            assert check(envelope, viewer, held(before, envelope), BOOK) is None, envelope.kind
        story.dossier = folded(before, decision.effects, moment.cmd_id)
        if isinstance(command, (DecideRating, Reopen)) and story.case.status == "REWORK":
            self.closed_as = None
        if isinstance(command, ApproveReturn):
            returned = before.request(command.request_id).task_id
            assert clocks_but(returned, story.on) == clocks_but(returned, before)
        story.count += 1

    @invariant()
    def the_case_is_settled(self):
        case = self.story.case
        assert settle(self.story.on, setting()) == case

    @invariant()
    def an_ended_case_owes_nothing(self):
        if self.story.case.status in ENDED:
            is_visited = owed(self.story.on) is not None
            assert (self.story.case.due_at is not None) == is_visited
            assert self.story.case.stage is (Stage.VISIT if is_visited else Stage.ENDED)
            assert not any(task.status in OPEN_TASKS for task in self.story.on.live_tasks)

    @invariant()
    def nobody_holds_what_is_not_in_the_centres_hands(self):
        case = self.story.case
        assert case.status in IN_HAND or not case.holder

    @invariant()
    def an_open_case_always_has_a_running_clock(self):
        if self.story.case.status not in ENDED:
            running = [one for one in ledgers(self.story.on, setting()) if one.stopped is None]
            assert {one.clock for one in running} & BINDING
            assert self.story.case.due_at is not None

    @invariant()
    def what_a_clock_was_judged_by_stays(self):
        """By what it was about and when it ran; an accepted return or a rework may let it run on."""
        now = {
            (one.clock, one.matter, one.about, one.started, one.stopped): (one.limit, one.due)
            for one in ledgers(self.story.on, setting())
            if one.stopped is not None
        }
        for key, judged in self.judged.items():
            assert now.get(key, judged) == judged, key
        self.judged |= now

    @invariant()
    def what_is_closed_stays_closed(self):
        closed = (CaseStatus.CLOSED_ON_TIME, CaseStatus.CLOSED_OVERDUE)
        if self.closed_as is not None:
            assert self.story.case.status is self.closed_as
        elif self.story.case.status in closed:
            self.closed_as = self.story.case.status

    @invariant()
    def at_most_one_visit_is_owed_and_only_of_what_is_closed(self):
        open_ = [one for one in self.story.on.visits if one.status in ("OPEN", "BAD", "EXPLAINED")]
        assert len(open_) <= (self.story.case.status in ENDED)

    @invariant()
    def nobody_decided_his_own_request(self):
        for request in self.story.on.requests:
            assert request.status == "OPEN" or request.decided_by != request.asked_by


def clocks_but(task_id, on):
    """The clocks of all tasks but one."""
    others = {task.id for task in on.tasks} - {task_id}
    return [one for one in ledgers(on, setting()) if one.about in others]


def held(on, envelope):
    made = {(one.table, one.id): None for one in envelope.effects}
    rows = made | {(TABLE_OF[type(row)], row.id): wire_of(row) for row in rows_of(on)}
    officers = [one.officer for one in on.verifications if one.status == "OPEN"]
    scope = scope_of(wire_of(on.case), officers)
    return Held(
        rows=rows, scopes={on.case.id: scope}, task_units={one.id: one.unit for one in on.tasks}
    )


def role_sees(viewer, on):
    from app.services.scope import sees_case

    officers = [one.officer for one in on.verifications if one.status == "OPEN"]
    return sees_case(viewer, scope_of(wire_of(on.case), officers))


TestLives = pytest.mark.repeats(pytest.mark.slow(Lives.TestCase))
TestLives.settings = settings(max_examples=examples(40, 100), stateful_step_count=40, deadline=None)
