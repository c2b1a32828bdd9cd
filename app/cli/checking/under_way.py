"""Cases in the hands of units, as the forms of requests, of parallel dispatch and of interim measures want them."""

from app.cli.checking.day import Day
from app.cli.checking.dispatching import HANDLER, OPERATOR, UNIT
from app.domain.commands import (
    AskSuspension,
    Dispatch,
    File,
    OrderInterim,
    RaiseGrade,
    Register,
    Sign,
)
from app.domain.terms import Grade, Nature

#: Who assists where several units have a case.
ASSIST = "TRAFFICPOLICE"


async def brought(day: Day) -> None:
    """`in_hand` and `stalled` lie with a unit, that one asking to let it rest; `several` waits to be signed for by
    two units, and in `guarded` a danger is held off.
    """
    desk = day.seat.desk
    for name, assists in (("in_hand", ()), ("stalled", ()), ("several", (ASSIST,))):
        case_id = await _filed(day, name)
        await desk.send(Dispatch(case_id=case_id, unit=UNIT, assists=assists))
    case_id = await _filed(day, "guarded")
    await desk.send(RaiseGrade(case_id=case_id, grade=Grade.A))
    order = OrderInterim(
        case_id=case_id, unit=UNIT, measure="FENCE_OFF", text="先围起来，派人看守。"
    )
    await desk.send(order)
    await day.seat.sent()
    await _taken_on(day)


async def _filed(day: Day, name: str) -> str:
    desk = day.seat.desk
    directory = desk.setting.directory
    leaves = directory.taxonomy.leaves()
    category = next(one.code for one in leaves if one.grade is Grade.C and not one.is_sensitive)
    place = directory.communities[0]
    report = Register(
        narrative="小区北门外的人行道塌了一块，雨天积水，行人只能绕到车道上走。",
        nature=Nature.COMPLAINT,
        category=category,
        address="幸福里北门外人行道",
        street=place.street,
        community=place.code,
    )
    done = await desk.send(report)
    await desk.send(File(case_id=done.case_id))
    day.know(name, done.case_id, done.number)
    return done.case_id


async def _taken_on(day: Day) -> None:
    await day.seat.sit(HANDLER)
    for name in ("in_hand", "stalled"):
        case_id = day.id_of(name)
        task_id = (await day.seat.dossier(case_id)).live_tasks[0].id
        await day.seat.desk.send(Sign(case_id=case_id, task_id=task_id))
    why = "等待产权单位答复，暂时无法施工。"
    await day.seat.desk.send(AskSuspension(case_id=case_id, task_id=task_id, text=why))
    await day.seat.sent()
    await day.seat.sit(OPERATOR)
