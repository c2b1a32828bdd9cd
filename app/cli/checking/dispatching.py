"""The centre's own work: the list, a new report by keyboard, its dispatch, taking it back, other verbs."""

from app.cli.checking.day import Day, Seen, Step
from app.cli.checking.seat import Seat
from app.cli.checking.waiting import must, until
from app.domain.terms import CaseStatus, Grade, Nature
from app.services.queries import Queue, QueueRow
from ui.views.intake import IntakeForm

OPERATOR, OTHER, LEADER, GRID = "zhang.min", "li.qiang", "chen.jing", "grid.hu"
DIRECTOR = "zhou.hua"
UNIT = "URBAN"
HANDLER = f"unit.{UNIT.lower()}"
NAME, PHONE = "张女士", "13800001234"
ADDRESS, PLACE = "和平小区东门", "hepingsq"
NARRATIVE = "和平小区东门路灯不亮已经三天，夜间出行不安全，请尽快维修。"
#: Initials of the class (路灯不亮, a city part) and its code.
CLASS_LETTERS, CLASS = "ldbl", "060115"
THANKS = "感谢城管队员及时清理了小区门口的垃圾，非常满意。"


async def see_queues(day: Day) -> Seen:
    """Every queue that he has shows as many rows as its counter says; that of all also what has ended."""
    seat = day.seat
    counts = await seat.desk.counts(seat.desk.now())
    for queue in (one for one in Queue if one is not Queue.ASKED):  # which is the leaders'
        await seat.use_queue(queue)
        await _has_rows(day, queue, counts.waiting[queue])
    await seat.use_queue(Queue.DISPATCH)
    must(seat.rows, "rows", queue=str(Queue.DISPATCH), n=1)
    return {"n": counts.waiting[Queue.ALL], "overdue": counts.waiting[Queue.OVERDUE]}


async def _has_rows(day: Day, queue: Queue, wanted: int) -> None:
    def right() -> bool:
        count = day.seat.window.workbench.model.rowCount()
        return count >= wanted if queue is Queue.ALL else count == wanted

    await until(right, "rows", queue=day.words.say(f"queue.name.{queue}"), n=wanted)


async def take_in(day: Day) -> Seen:
    """A new report: typed, classed by initials in the picker, registered, filed and dispatched at once."""
    seat = day.seat
    await open_intake(seat)
    await fill_in(seat, NARRATIVE)
    await choose_class(seat)
    seat.hands.press("Ctrl+Return")
    case_id, number = await taken_in(seat)
    day.know("main", case_id, number)
    await seat.status(case_id, CaseStatus.DISPATCHED)
    task = (await seat.dossier(case_id)).live_tasks[-1]
    must(task.unit == UNIT, "unit", unit=task.unit)
    return {"number": number, "unit": seat.window.seat.data.unit(task.unit)}


async def open_intake(seat: Seat) -> IntakeForm:
    """F2, and the cursor stands in the form."""
    seat.hands.press("F2")
    await until(lambda: isinstance(intake_of(seat), IntakeForm), "intake")
    await seat.calm()
    form = intake_of(seat)
    assert form is not None
    return form


def intake_of(seat: Seat) -> IntakeForm | None:
    """The intake form in front, if it is."""
    forms = seat.window.findChildren(IntakeForm)
    return next((one for one in forms if one.isVisible()), None)


async def fill_in(seat: Seat, narrative: str) -> None:
    """Who, where and what; Return leads from field to field."""
    for text in (NAME, PHONE, ADDRESS):
        seat.hands.write(text)
        seat.hands.press("Return")
    seat.hands.spell(PLACE)
    seat.hands.press("Return")
    seat.hands.write(narrative)


async def choose_class(seat: Seat) -> None:
    """F4, initials, Return."""
    form = intake_of(seat)
    assert form is not None
    seat.hands.press("F4")
    await until(lambda: form.over.is_open, "picker")
    seat.hands.spell(CLASS_LETTERS)
    seat.hands.press("Return")
    await until(lambda: form.fields.category.value == CLASS, "class")


async def taken_in(seat: Seat) -> tuple[str, str]:
    """Wait for the intake to be put away; id and number of the new case."""
    await until(lambda: intake_of(seat) is None, "intake_sent")
    await seat.calm()
    newest = await seat.newest()
    return newest.id, newest.number


async def take_back(day: Day) -> Seen:
    """Ctrl+Z takes the dispatch back; F5 dispatches again, the unit offered by the class."""
    seat, case_id, number = day.seat, day.id_of("main"), day.number_of("main")
    seat.hands.press("Ctrl+Z")
    await seat.status(case_id, CaseStatus.FILED)
    await seat.find(number)
    await seat.open_form("F5", "dispatch")
    await seat.submit()
    await seat.status(case_id, CaseStatus.DISPATCHED)
    return {"number": number}


def _is_complaint(row: QueueRow) -> bool:
    return row.nature is Nature.COMPLAINT


async def refuse(day: Day) -> Seen:
    """A report is declined with a reason, words and the notice that writes itself."""
    seat = day.seat
    await seat.sit(OPERATOR)
    row = await day.pick("refused", Queue.FILING, _is_complaint)
    await seat.find(row.number)
    await seat.open_form("B", "refuse")
    policy = seat.desk.setting.policy((await seat.dossier(row.id)).case)
    codes = [one.code for one in policy.refusal_reasons]
    seat.hands.press(str((codes.index("NO_DEMAND") + 1) % 10), "Return")
    seat.hands.write("来电人只是试拨，没有提出诉求。")
    await seat.submit()
    await seat.status(row.id, CaseStatus.REFUSED)
    told = (await seat.dossier(row.id)).notices
    must(told, "notice")
    return {"number": row.number, "notice": told[-1].text[:24]}


async def verify(day: Day) -> Seen:
    """A grid officer is asked, reports at his own seat, and the case is filed."""
    seat = day.seat
    await seat.sit(OPERATOR)
    row = await day.pick("verified", Queue.FILING, _is_complaint)
    await seat.find(row.number)
    await seat.open_form("Y", "ask_verification")
    seat.hands.write("请到现场看是否属实。")
    seat.hands.press("Return")
    seat.hands.spell("hm")
    seat.hands.press("Return")
    await seat.submit()
    await seat.status(row.id, CaseStatus.VERIFYING)
    await seat.sent()
    await seat.sit(GRID)
    await seat.find(row.number)
    await seat.open_form("Shift+Y", "report_verification")
    seat.hands.press("1", "Return")
    seat.hands.write("已到现场，情况属实。")
    await seat.submit()
    await seat.sent()
    await seat.sit(OPERATOR)
    await seat.find(row.number)
    await seat.do("F", "file")
    await seat.status(row.id, CaseStatus.FILED)
    return {"number": row.number, "name": seat.window.seat.data.person(GRID)}


async def grade(day: Day) -> Seen:
    """The shift leader raises the urgency of a case and lowers it again, with a reason."""
    seat = day.seat
    await seat.sit(LEADER)
    row = await day.pick("graded", Queue.DISPATCH, lambda row: row.grade is Grade.C)
    await seat.find(row.number)
    await seat.open_form("U", "raise_grade")
    seat.hands.press("1", "Return")
    seat.hands.write("有人被困。")
    await seat.submit()
    raised = (await seat.dossier(row.id)).case.grade
    must(raised is Grade.A, "grade", grade=str(raised))
    await seat.open_form("Shift+U", "lower_grade")
    seat.hands.press("2", "Return")
    seat.hands.write("险情已排除。")
    await seat.submit()
    lowered = (await seat.dossier(row.id)).case.grade
    must(lowered is Grade.C, "grade", grade=str(lowered))
    return {"number": row.number, "high": str(raised), "low": str(lowered)}


async def commend(day: Day) -> Seen:
    """Thanks are registered and passed on to the unit they name; they are never dispatched."""
    seat = day.seat
    await seat.sit(OPERATOR)
    form = await open_intake(seat)
    await fill_in(seat, THANKS)
    seat.hands.press("Return", str(list(Nature).index(Nature.THANKS) + 1))
    must(form.fields.nature.value == Nature.THANKS, "nature")
    seat.hands.press("Ctrl+S")
    case_id, number = await taken_in(seat)
    day.know("thanks", case_id, number)
    await seat.find(number)
    await seat.open_form("Alt+Shift+T", "commend")
    seat.hands.spell("csgl")
    seat.hands.press("Return")
    await seat.submit()
    await seat.status(case_id, CaseStatus.COMMENDED)
    return {"number": number}


STEPS_BEFORE = (Step("queues", see_queues), Step("intake", take_in), Step("undo", take_back))
STEPS_AFTER = (
    Step("refuse", refuse),
    Step("verify", verify),
    Step("grade", grade),
    Step("commend", commend),
)
