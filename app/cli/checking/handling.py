"""The hands a case goes through after its dispatch: unit, shift leader, unit again, another operator."""

from pathlib import Path

from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QFileDialog

from app.cli.checking.day import Day, Seen, Step
from app.cli.checking.dispatching import HANDLER, LEADER, OPERATOR, OTHER, UNIT
from app.cli.checking.seat import Seat
from app.cli.checking.waiting import must, until
from app.domain.measures.disposal import criteria_for
from app.domain.terms import CaseStatus, TaskStatus
from app.services.queries import Queue
from ui.views.forms.attach import Form as AttachForm
from ui.views.forms.options import STAGES

#: What the made-up pictures show: a lamp that is out, one that is lit, and the same at night.
DARK, LIT, NIGHT = "#30343a", "#f0d890", "#8a7a3c"
RESULT = "已到现场更换灯具和线路，夜间亮灯正常。"


async def sign(day: Day) -> Seen:
    """The unit's handler sees only his unit's tasks, signs, and tells the reporter."""
    seat, case_id, number = day.seat, day.id_of("main"), day.number_of("main")
    await seat.sent()
    await seat.sit(HANDLER)
    await seat.use_queue(Queue.ALL)
    mine = await seat.queue(Queue.ALL)
    others = [row.number for row in mine.rows if row.lead_unit != UNIT]
    must(mine.rows and not others, "others", numbers=others)
    await seat.find(number)
    await seat.do("Q", "sign")
    task = (await seat.dossier(case_id)).live_tasks[-1]
    must(task.status is TaskStatus.SIGNED, "task", status=str(task.status))
    await _tell(seat)
    notices = (await seat.dossier(case_id)).notices
    must(notices, "notice")
    return {"number": number, "n": mine.total}


async def _tell(seat: Seat) -> None:
    """The acceptance notice."""
    await seat.open_form("Alt+Shift+N", "record_notice")
    seat.hands.press("1", "Return", "Return")
    seat.hands.write("您好，您反映的路灯问题已由我局受理。")
    await seat.submit()


async def ask_return(day: Day) -> Seen:
    """Another unit sends its task back: reason, proper unit, basis, words."""
    seat = day.seat
    await seat.sit(OPERATOR)
    row = await day.pick("returned", Queue.SIGN, lambda row: row.lead_unit not in (None, UNIT))
    await seat.sit(f"unit.{str(row.lead_unit).lower()}")
    await seat.find(row.number)
    await fill_return(seat)
    await seat.submit()
    asked = (await seat.dossier(row.id)).open_request()
    must(asked is not None and asked.proper_unit == UNIT, "request")
    return {"number": row.number, "unit": seat.window.seat.data.unit(row.lead_unit)}


async def fill_return(seat: Seat) -> None:
    """Open the form and fill it in to its end."""
    await seat.open_form("R", "ask_return")
    seat.hands.press("1", "Return")
    seat.hands.spell("csgl")
    seat.hands.press("Return")
    seat.hands.write("职责清单第三条")
    seat.hands.press("Return")
    seat.hands.write("该事项属城市管理部门职责。")


async def approve_return(day: Day) -> Seen:
    """The shift leader may not decide on what he asked himself; he agrees to the unit's, and it goes on."""
    seat, case_id, number = day.seat, day.id_of("returned"), day.number_of("returned")
    await seat.sent()
    await seat.sit(LEADER)
    own = await day.pick("own", Queue.SIGN, lambda row: row.lead_unit != UNIT)
    await seat.find(own.number)
    await fill_return(seat)
    await seat.submit()
    no = await _refused(seat, "A")
    await seat.find(number)
    await seat.open_form("A", "approve_return")
    await seat.submit()
    await seat.status(case_id, CaseStatus.FILED)
    await seat.open_form("F5", "dispatch")
    await seat.submit()
    await seat.status(case_id, CaseStatus.DISPATCHED)
    task = (await seat.dossier(case_id)).live_tasks[-1]
    must(task.unit == UNIT, "unit", unit=task.unit)
    return {"number": number, "unit": seat.window.seat.data.unit(UNIT), "no": no}


async def _refused(seat: Seat, keys: str) -> str:
    """Ask for a verb that is barred: no form opens, and the bar says the same as the answer."""
    bar, toasts = seat.window.workbench.pane.acts, seat.window.toasts
    await until(lambda: bar.objections, "no")
    seat.hands.press(keys)
    await until(lambda: toasts.shown and toasts.shown[0].text in bar.objections, "no")
    must(seat.form is None, "no")
    return toasts.shown[0].text


async def handle(day: Day) -> Seen:
    """The unit reports the disposal; without photographs of the city part it is told what is missing."""
    seat, case_id, number = day.seat, day.id_of("main"), day.number_of("main")
    await seat.sent()
    await seat.sit(HANDLER)
    await seat.find(number)
    no = await _refused(seat, "O")
    for stage, colour in (("BEFORE", DARK), ("AFTER", LIT)):
        await attach(seat, _photograph(day.folder, stage, colour), stage)
    await report(seat)
    await seat.status(case_id, CaseStatus.PENDING_CLOSURE)
    files = (await seat.dossier(case_id)).attachments
    return {"number": number, "n": len(files), "no": no}


async def report(seat: Seat) -> None:
    """The result in words, and the notice that writes itself."""
    await seat.open_form("O", "handle")
    seat.hands.write(RESULT)
    await seat.submit()


async def attach(seat: Seat, path: Path, stage: str) -> None:
    """Choose a file by typing its name, say what it proves."""
    form = await seat.open_form("Alt+Shift+A", "attach")
    assert isinstance(form, AttachForm)
    seat.hands.press("Space")
    await until(_is_dialog_in_front, "dialog")
    seat.hands.write(str(path))
    seat.hands.press("Return")
    await until(lambda: form.files.kept, "file", name=path.name)
    await seat.in_front()
    seat.hands.press(str(STAGES.index(stage) + 1))
    await until(lambda: form.stage.value == stage, "stage")
    await seat.submit()


def _is_dialog_in_front() -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and isinstance(focus.window(), QFileDialog)


def _photograph(folder: Path, name: str, colour: str) -> Path:
    """A picture of something before it was mended, or after."""
    path = folder / f"{name.lower()}.png"
    image = QImage(320, 200, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    image.save(str(path))
    return path


async def rework(day: Day) -> Seen:
    """Another operator sends it back to work; the unit reports again, with the picture that was asked for."""
    seat, case_id, number = day.seat, day.id_of("main"), day.number_of("main")
    await seat.sent()
    await seat.sit(OTHER)
    await seat.find(number)
    await seat.open_form("Shift+C", "order_rework")
    seat.hands.press("1", "Return")
    seat.hands.write("请补充维修后的夜间照片。")
    await seat.submit()
    await seat.status(case_id, CaseStatus.REWORK)
    await seat.sent()
    await seat.sit(HANDLER)
    await seat.find(number)
    await _refused(seat, "O")
    await attach(seat, _photograph(day.folder, "NIGHT", NIGHT), "AFTER")
    await report(seat)
    await seat.status(case_id, CaseStatus.PENDING_CLOSURE)
    return {"number": number}


async def close(day: Day) -> Seen:
    """Closure review passed: every criterion ticked."""
    seat, case_id, number = day.seat, day.id_of("main"), day.number_of("main")
    await seat.sent()
    await seat.sit(OTHER)
    await seat.find(number)
    await seat.open_form("C", "close")
    ticked = await _criteria(seat, case_id)
    seat.hands.press(*(str(digit) for digit in ticked))
    await seat.submit()
    status = await seat.status(case_id, CaseStatus.CLOSED_ON_TIME, CaseStatus.CLOSED_OVERDUE)
    return {"number": number, "status": str(status), "n": len(ticked)}


async def _criteria(seat: Seat, case_id: str) -> list[int]:
    """Digits of the first way to close this nature, and of what a city part needs besides."""
    asked = criteria_for(await seat.dossier(case_id), seat.window.seat.moment)
    ways = [at for at, one in enumerate(asked, 1) if not one.component_only]
    always = [at for at, one in enumerate(asked, 1) if one.component_only]
    return [*ways[:1], *always]


STEPS = (
    Step("sign", sign),
    Step("ask_return", ask_return),
    Step("approve_return", approve_return),
    Step("handle", handle),
    Step("rework", rework),
    Step("close", close),
)
