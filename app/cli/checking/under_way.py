"""Cases in the hands of units, as the forms of requests, of parallel dispatch and of interim measures want them."""

from app.cli.checking.day import Day
from app.cli.checking.dispatching import HANDLER, LEADER, OPERATOR, UNIT
from app.domain.commands import (
    AskSuspension,
    Close,
    Demand,
    Dispatch,
    File,
    Handle,
    Merge,
    OpenCoordination,
    OrderInterim,
    Person,
    RaiseGrade,
    RecordVisit,
    Register,
    Sign,
    Split,
)
from app.domain.coordinations import ASKED
from app.domain.measures.disposal import criteria_for
from app.domain.sentences import sentences
from app.domain.terms import Grade, Nature

#: Who assists where several units have a case.
ASSIST = "TRAFFICPOLICE"
#: What is reported: one thing, and several.
SUNKEN = "小区北门外的人行道塌了一块，雨天积水，行人只能绕到车道上走。"
MANIFOLD = (
    "北门外三盏路灯不亮，晚上看不清路。对面工地夜里施工到凌晨，噪声很大，孩子睡不着！"
    "路口的井盖破了，车轮陷进去过；垃圾桶也满了好几天没有人清。"
)
#: Cases that are closed in the course of it.
_CLOSED = ("visited", "rated")


async def brought(day: Day) -> None:
    """`in_hand` and `stalled` lie with a unit, that one asking to let it rest; `several` waits to be signed for by
    two units, and in `guarded` a danger is held off. `visited` and `rated` are closed, that one rated badly;
    `contested` is coordinated.
    """
    desk = day.seat.desk
    for name, assists in (
        *((one, ()) for one in ("in_hand", "stalled", "contested", *_CLOSED)),
        ("several", (ASSIST,)),
    ):
        case_id = await _filed(day, name)
        await desk.send(Dispatch(case_id=case_id, unit=UNIT, assists=assists))
    case_id = await _filed(day, "guarded")
    await desk.send(RaiseGrade(case_id=case_id, grade=Grade.A))
    order = OrderInterim(
        case_id=case_id, unit=UNIT, measure="FENCE_OFF", text="先围起来，派人看守。"
    )
    await desk.send(order)
    await _repeated(day)
    await _manifold(day)
    await day.seat.sent()
    await _taken_on(day)
    await _closed(day)
    await _contested(day)


async def _filed(day: Day, name: str, narrative: str = SUNKEN) -> str:
    desk = day.seat.desk
    directory = desk.setting.directory
    leaves = directory.taxonomy.leaves()
    category = next(one.code for one in leaves if one.grade is Grade.C and not one.is_sensitive)
    place = directory.communities[0]
    report = Register(
        narrative=narrative,
        nature=Nature.COMPLAINT,
        category=category,
        address="幸福里北门外人行道",
        street=place.street,
        community=place.code,
        reporter=Person(name="欧阳明", phone="13812345678"),
    )
    done = await desk.send(report)
    await desk.send(File(case_id=done.case_id))
    day.know(name, done.case_id, done.number)
    return done.case_id


async def _manifold(day: Day) -> None:
    """`manifold` asks for several things; so did `parted`, which was split."""
    for name in ("manifold", "parted"):
        await _filed(day, name, MANIFOLD)
    demands = tuple(Demand(narrative=one) for one in sentences(MANIFOLD))
    await day.seat.desk.send(Split(case_id=day.id_of("parted"), demands=demands))


async def _repeated(day: Day) -> None:
    """`repeated` was reported by others too; one of these follows `merged`."""
    for name in ("repeated", "merged", "joined"):
        await _filed(day, name)
    wish = Merge(case_id=day.id_of("merged"), members=(day.id_of("joined"),))
    await day.seat.desk.send(wish)


async def _taken_on(day: Day) -> None:
    await day.seat.sit(HANDLER)
    for name in ("in_hand", *_CLOSED, "stalled"):
        case_id = day.id_of(name)
        task_id = (await day.seat.dossier(case_id)).live_tasks[0].id
        await day.seat.desk.send(Sign(case_id=case_id, task_id=task_id))
    case_id = day.id_of("stalled")
    task_id = (await day.seat.dossier(case_id)).live_tasks[0].id
    why = "等待产权单位答复，暂时无法施工。"
    await day.seat.desk.send(AskSuspension(case_id=case_id, task_id=task_id, text=why))
    for name in _CLOSED:
        case_id = day.id_of(name)
        task = (await day.seat.dossier(case_id)).live_tasks[0].id
        result = "已回填夯实并恢复铺装，现场已开放通行。"
        done = Handle(case_id=case_id, task_id=task, result=result, notice=result, method="RECORD")
        await day.seat.desk.send(done)
    await day.seat.sent()
    await day.seat.sit(OPERATOR)


async def _contested(day: Day) -> None:
    """`contested` is coordinated, since two units say that it is the other's."""
    case_id = day.id_of("contested")
    await day.seat.sit(LEADER)
    why = "两家单位都认为应由对方承办。"
    await day.seat.desk.send(OpenCoordination(case_id=case_id, why=ASKED, text=why))
    await day.seat.sent()
    await day.seat.sit(OPERATOR)


async def _closed(day: Day) -> None:
    """Closed by whoever did not handle them; of one the reporter is not content."""
    desk = day.seat.desk
    for name in _CLOSED:
        on = await day.seat.dossier(day.id_of(name))
        ticked = tuple(one.code for one in criteria_for(on, day.seat.window.seat.moment))
        await desk.send(Close(case_id=on.case.id, criteria=ticked))
    on = await day.seat.dossier(day.id_of("rated"))
    call = RecordVisit(
        case_id=on.case.id,
        visit_id=on.visits[0].id,
        outcome="REACHED",
        overall=1,
        deal_speed=2,
        text="铺了三天又塌了，走路还是要绕。",
    )
    await desk.send(call)
    await day.seat.sent()
