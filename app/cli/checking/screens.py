"""The screens that are photographed, by who sits there and the keys that lead to them."""

import csv
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from app.cli.checking import dispatching as work
from app.cli.checking import under_way, warned
from app.cli.checking.day import Day
from app.cli.checking.dispatching import DIRECTOR, GRID, HANDLER, LEADER, OPERATOR, OTHER, UNIT
from app.cli.checking.gallery import Shot
from app.cli.checking.seat import TAIL, Seat
from app.cli.checking.waiting import Missed, until
from app.domain.commands import AskReveal, AskVerification, Claim, RaiseGrade, Register, Sign
from app.domain.terms import Grade, Nature
from app.services.queries import Queue, QueueRow
from ui.import_trace import ImportTrace
from ui.theme import SIZES
from ui.views.brief_page import BriefPage
from ui.views.import_foot import Step
from ui.views.import_page import ImportPage
from ui.views.shift_page import ShiftPage

Show = Callable[[Day], Awaitable[None]]
#: Rows of a file that takes some seconds; a busy machine may need this long to look through them.
LONG, LOOKED_THROUGH = 20_000, 60.0
#: The forms: kind, keys, the case they are shown for, and who sits there.
FORMS: tuple[tuple[str, str, str, str], ...] = (
    ("dispatch", "F5", "filed", OPERATOR),
    ("classify", "F4", "filed", OPERATOR),
    ("amend", "E", "filing", OPERATOR),
    ("refuse", "B", "filing", OPERATOR),
    ("ask_verification", "Y", "filing", OPERATOR),
    ("raise_grade", "U", "filed", OPERATOR),
    ("commend", "Alt+Shift+T", "thanking", OPERATOR),
    ("add_note", "Ctrl+M", "filed", OPERATOR),
    ("record_notice", "Alt+Shift+N", "filed", OPERATOR),
    ("attach", "Alt+Shift+A", "filed", OPERATOR),
    ("redispatch", "D", "signing", OPERATOR),
    ("close", "C", "reviewed", OTHER),
    ("order_rework", "Shift+C", "reviewed", OTHER),
    ("lower_grade", "Shift+U", "urgent", LEADER),
    ("void", "Alt+Shift+V", "filing", LEADER),
    ("take_over", "Alt+Shift+G", "claimed", LEADER),
    ("hand_over", "Shift+G", "claimed", LEADER),
    ("approve_return", "A", "sent_back", LEADER),
    ("refuse_return", "Shift+R", "sent_back", LEADER),
    ("ask_return", "R", "signing", LEADER),
    ("approve_reveal", "I", "asked", LEADER),
    ("refuse_reveal", "Shift+I", "asked", LEADER),
    ("ask_reveal", "Shift+P", "at_work", HANDLER),
    ("report_progress", "Shift+O", "at_work", HANDLER),
    ("handle", "O", "at_work", HANDLER),
    ("report_verification", "Shift+Y", "verifying", GRID),
    ("add_assist", "Shift+D", "in_hand", OPERATOR),
    ("ask_cancel", "Shift+X", "in_hand", OPERATOR),
    ("merge", "F7", "repeated", OPERATOR),
    ("unmerge", "Ctrl+F7", "merged", OPERATOR),
    ("split", "F6", "manifold", OPERATOR),
    ("sign", "Q", "several", OPERATOR),
    ("order_interim", "T", "urgent", OPERATOR),
    ("report_interim", "Shift+T", "guarded", OPERATOR),
    ("ask_extension", "Shift+E", "in_hand", HANDLER),
    ("ask_suspension", "H", "in_hand", HANDLER),
    ("ask_staged", "Shift+Z", "in_hand", HANDLER),
    ("log_blocker", "Shift+S", "in_hand", HANDLER),
    ("fall_back", "Shift+L", "filed", LEADER),
    ("open_coordination", "Shift+Q", "several", LEADER),
    ("convene_coordination", "Ctrl+Shift+Y", "contested", LEADER),
    ("rule_coordination", "Ctrl+Shift+X", "contested", LEADER),
    ("approve_request", "Shift+A", "stalled", LEADER),
    ("refuse_request", "Ctrl+Shift+R", "stalled", LEADER),
    ("record_visit", "W", "visited", OPERATOR),
    ("explain_rating", "Shift+V", "rated", HANDLER),
    ("decide_rating", "Z", "rated", LEADER),
    ("reopen", "Ctrl+Shift+O", "visited", DIRECTOR),
    ("acknowledge_warning", "Ctrl+Y", "warned", OPERATOR),
    ("plan_warning", "Ctrl+Shift+W", "warned", OPERATOR),
    ("shelve_warning", "Ctrl+F9", "warned", OPERATOR),
    ("mute_warning", "Ctrl+Shift+F9", "warned", OPERATOR),
)


async def gather(day: Day) -> None:
    """Find a case for every form among those of the district's past, and make what it lacks."""
    await day.seat.sit(OPERATOR)
    day.taken.clear()
    own, _ = day.cases.get(
        "own", ("", "")
    )  # the leader asked to return it and may not decide on that
    wanted: tuple[tuple[str, Queue, Callable[[QueueRow], bool]], ...] = (
        ("filing", Queue.FILING, lambda row: row.nature is Nature.COMPLAINT),
        ("verifying", Queue.FILING, lambda row: row.nature is Nature.COMPLAINT),
        ("filed", Queue.DISPATCH, lambda _: True),
        ("claimed", Queue.DISPATCH, lambda _: True),
        ("urgent", Queue.DISPATCH, lambda _: True),
        ("signing", Queue.SIGN, lambda row: row.lead_unit != UNIT),
        ("at_work", Queue.DISPOSAL, _is_theirs),
        ("sent_back", Queue.RETURNED, lambda row: row.id != own),
        ("reviewed", Queue.CLOSURE, lambda _: True),
    )
    for name, queue, fits in wanted:
        try:
            await day.pick(name, queue, fits)
        except Missed:
            continue  # its form is told as not reached
    await _make(day)


async def _make(day: Day) -> None:
    desk = day.seat.desk
    thanks = Register(narrative=work.THANKS, nature=Nature.THANKS)
    done = await desk.send(thanks)
    day.know("thanking", done.case_id, done.number)
    if "at_work" not in day.cases:
        await _sign(day)
    for name in ("at_work", "urgent"):  # else no step is reported, and no grade is lowered
        await _raise_to_the_top(day, name)
    if "claimed" in day.cases:
        await desk.send(Claim(case_id=day.id_of("claimed")))
    if "verifying" in day.cases:
        about, question = day.id_of("verifying"), "请到现场看垃圾是否已清。"
        await desk.send(AskVerification(case_id=about, officer=GRID, question=question))
    await day.seat.sent()
    await _ask_to_see(day)
    await under_way.brought(day)
    await warned.brought(day)


async def _raise_to_the_top(day: Day, name: str) -> None:
    if name in day.cases and (await day.seat.dossier(day.id_of(name))).case.grade is not Grade.A:
        await day.seat.desk.send(RaiseGrade(case_id=day.id_of(name), grade=Grade.A))


async def _ask_to_see(day: Day) -> None:
    """The unit's handler asks to see a reporter, and a leader has something to decide on."""
    with suppress(Missed):  # its forms are told as not reached
        row = await _signed(day)
        task = (await day.seat.dossier(row.id)).live_tasks[-1].id
        await day.seat.sit(HANDLER)
        why = "现场找不到位置，拟约诉求人带路。"
        wish = AskReveal(case_id=row.id, task_id=task, purpose="visit", text=why)
        await day.seat.desk.send(wish)
        await day.seat.sent()
    await day.seat.sit(OPERATOR)


async def _signed(day: Day) -> QueueRow:
    """One that the unit works on; where it has no other, one that it has still to sign for."""
    with suppress(Missed):
        return await day.pick("asked", Queue.DISPOSAL, _is_theirs)
    row = await day.pick("asked", Queue.SIGN, _is_theirs)
    task = (await day.seat.dossier(row.id)).live_tasks[-1].id
    await day.seat.desk.send(Sign(case_id=row.id, task_id=task))
    await day.seat.sent()
    return row


def _is_theirs(row: QueueRow) -> bool:
    return row.lead_unit == UNIT and row.nature is Nature.COMPLAINT


async def _sign(day: Day) -> None:
    """The centre signs for the unit, so that its handler has something to report."""
    row = await day.pick("at_work", Queue.SIGN, _is_theirs)
    task = (await day.seat.dossier(row.id)).live_tasks[-1]
    await day.seat.desk.send(Sign(case_id=row.id, task_id=task.id))


# -- the list --------------------------------------------------------------------------------------


async def _queue(queue: Queue, day: Day) -> None:
    await day.seat.use_queue(queue)
    day.seat.hands.press("J")


async def _shift(day: Day) -> None:
    """The leader's page, once its numbers are there."""
    day.seat.hands.press("Ctrl+5")
    await until(lambda: _is_counted(day), "rows", queue="", n=1)


def _is_counted(day: Day) -> bool:
    page = day.seat.window.pages.currentWidget()
    return isinstance(page, ShiftPage) and bool(page.units.lines)


async def _brief(day: Day) -> None:
    """The morning brief, once it is counted."""
    day.seat.hands.press("Ctrl+6")
    await until(lambda: _is_taken(day), "rows", queue="", n=1)


def _is_taken(day: Day) -> bool:
    page = day.seat.window.pages.currentWidget()
    return isinstance(page, BriefPage) and page.brief is not None


async def _found(day: Day) -> None:
    await day.seat.use_queue(Queue.ALL)
    day.seat.hands.press("F3")
    day.seat.hands.write("路灯")
    bench = day.seat.window.workbench
    await until(lambda: bench.source.question.filter.text == "路灯", "search", text="路灯")
    await day.seat.calm()


async def _nothing_found(day: Day) -> None:
    await day.seat.use_queue(Queue.ALL)
    day.seat.hands.press("F3")
    day.seat.hands.write("查无此事")
    await until(lambda: not day.seat.rows, "rows", queue="", n=0)


async def _elsewhere(day: Day) -> None:
    """A case that is found, but not in the queue shown."""
    await day.seat.use_queue(Queue.FILING)
    day.seat.hands.press("F3")
    day.seat.hands.write(day.number_of("filed")[-TAIL:])
    side = day.seat.window.workbench.side
    await until(lambda: side.hits, "rows", queue="", n=1)


async def _case(name: str, day: Day) -> None:
    await day.seat.find(day.number_of(name))
    day.seat.hands.press("F3", "Escape")
    day.seat.hands.press("Escape")
    await day.seat.shown(day.number_of(name))


async def _reveal(keys: tuple[str, ...], day: Day) -> None:
    """The reporter in clear, or the form that asks why."""
    await _case("filed", day)
    day.seat.hands.press("P", *keys)
    bench = day.seat.window.workbench
    await until(lambda: bench.person.is_clear if keys else day.seat.form, "form", kind="reveal")


async def _files(day: Day) -> None:
    """The photographs of the case that was handled."""
    await _case("main", day)
    day.seat.hands.press("Alt+Shift+F")
    await until(lambda: day.seat.form, "form", kind="files")


async def _timeline(day: Day) -> None:
    await day.seat.find(day.number_of("main"))
    day.seat.hands.press("Alt+V")


async def _filter_menu(day: Day) -> None:
    await day.seat.use_queue(Queue.DISPATCH)
    filters = day.seat.window.workbench.side.filters
    filters.menu.popup(filters.opener.mapToGlobal(filters.opener.rect().bottomLeft()))
    await until(filters.menu.isVisible, "menu")
    day.seat.hands.press("Down", "Right")


async def _saved_menu(day: Day) -> None:
    await day.seat.use_queue(Queue.DISPATCH)
    day.seat.hands.press("Ctrl+Shift+F")
    await until(day.seat.window.workbench.side.saved.menu.isVisible, "menu")


# -- intake ----------------------------------------------------------------------------------------


async def _intake(day: Day) -> None:
    await work.open_intake(day.seat)


async def _intake_filled(day: Day) -> None:
    await work.open_intake(day.seat)
    await work.fill_in(day.seat, work.NARRATIVE)
    day.seat.hands.press("Alt+1")
    form = work.intake_of(day.seat)
    assert form is not None
    await until(lambda: form.aside.list.rows, "rows", queue="", n=1)


async def _intake_missing(day: Day) -> None:
    await work.open_intake(day.seat)
    day.seat.hands.press(*["Return"] * 4)
    day.seat.hands.write("有人反映。")
    day.seat.hands.press("Ctrl+Return")


async def _picker(day: Day) -> None:
    form = await work.open_intake(day.seat)
    await work.fill_in(day.seat, work.NARRATIVE)
    day.seat.hands.press("F4")
    await until(lambda: form.over.is_open, "picker")
    day.seat.hands.spell("ld")


# -- over everything -------------------------------------------------------------------------------


async def _palette(text: str, day: Day) -> None:
    await day.seat.use_queue(Queue.DISPATCH)
    day.seat.hands.press("Ctrl+K")
    await until(day.seat.window.palette_panel.isVisible, "palette")
    day.seat.hands.write(text)


async def _sheet(keys: str, day: Day) -> None:
    await day.seat.use_queue(Queue.DISPATCH)
    day.seat.hands.press(keys)
    await until(lambda: day.seat.form, "form", kind=keys)


async def _key_taken(day: Day) -> None:
    """A key is pressed that another verb has."""
    await _sheet("Ctrl+F1", day)
    day.seat.hands.spell("fb")
    day.seat.hands.press("Return", "F3")


async def _sort_menu(day: Day) -> None:
    await day.seat.use_queue(Queue.DISPATCH)
    day.seat.hands.press("Alt+L")
    await until(day.seat.window.workbench.sorting.menu().isVisible, "menu")


async def _lock(day: Day) -> None:
    await day.seat.use_queue(Queue.DISPATCH)
    day.seat.hands.press("F12")
    await until(lambda: day.seat.window.is_locked, "lock")


async def _size(keys: str, day: Day) -> None:
    """The list as large or as small as it can be written."""
    await _queue(Queue.DISPATCH, day)
    day.seat.hands.press(*[keys] * len(SIZES))


async def _about(day: Day) -> None:
    await _palette("guanyu", day)
    day.seat.hands.press("Return")
    await until(lambda: day.seat.form, "form", kind="about")


async def _told(day: Day) -> None:
    """Three messages at once, and something to take back."""
    seat = day.seat
    await _queue(Queue.FILING, day)
    toast = seat.window.seat.toast
    toast("refused.filing-incomplete", {"missing": ("address-missing",)}, "refused")
    toast("frame.busy", {}, "told")
    toast("queue.saved.done", {"name": "路灯案件"}, "done")
    await seat.open_form("Ctrl+M", "add_note")
    seat.hands.write("已电话联系诉求人。")
    await seat.submit()


async def _form(name: str, kind: str, keys: str, day: Day) -> None:
    await day.seat.find(day.number_of(name))
    await day.seat.open_form(keys, kind)
    if kind == "classify":
        day.seat.hands.spell("ldbl")
    if kind == "record_visit":  # who was reached gives stars
        day.seat.hands.press("1")


# -- import ----------------------------------------------------------------------------------------


async def _import(day: Day) -> ImportPage:
    day.seat.hands.press("Ctrl+O")
    page = await until(lambda: _page(day.seat), "form", kind="import")
    assert page is not None
    return page


async def _import_empty(day: Day) -> None:
    await _import(day)


async def _import_preview(day: Day) -> None:
    await _looked_at(day, _made_up_file(day.folder))


async def _looked_at(day: Day, path: Path) -> None:
    page = await _import(day)
    day.seat.hands.write(str(path))
    day.seat.hands.press("Return")
    seconds, name = LOOKED_THROUGH, path.name
    await until(lambda: page.step is Step.LOOK, "file", seconds=seconds, name=name)
    await day.seat.calm()


async def _import_running(day: Day) -> None:
    """A trial of a long file; leaving the screen stops it."""
    await _looked_at(day, _made_up_file(day.folder, rows=LONG))
    page = _page(day.seat)
    assert page is not None
    day.seat.hands.press("Ctrl+T")
    told, name = page.run, "events.csv"
    await until(lambda: told.pace.seconds_left, "file", seconds=LOOKED_THROUGH, name=name)


async def _import_result(day: Day) -> None:
    await _import_preview(day)
    page = _page(day.seat)
    assert page is not None
    day.seat.hands.press("Ctrl+T")
    await until(lambda: page.step is Step.END, "file", name="events.csv")
    await day.seat.calm()


async def _cut_short(day: Day) -> None:
    """As if the program had been closed while it imported."""
    path = str(day.folder / "events.csv")
    await ImportTrace(day.seat.desk).keep(path, "pingshan", 2_400, 6_952)
    await day.seat.window.unfinished.look()


async def _unfinished(day: Day) -> None:
    await _cut_short(day)
    await _queue(Queue.DISPATCH, day)


async def _import_unfinished(day: Day) -> None:
    await _cut_short(day)
    await _import(day)
    await day.seat.calm()
    await ImportTrace(day.seat.desk).forget(str(day.folder / "events.csv"))


def _page(seat: Seat) -> ImportPage | None:
    pages = seat.window.findChildren(ImportPage)
    return next((one for one in pages if one.isVisible()), None)


def _made_up_file(folder: Path, rows: int = 12) -> Path:
    """Event records as the district publishes them, of which one cannot be taken over."""
    path = folder / "events.csv"
    names = (
        *("ROW_ORDER", "REC_ID", "CREATE_TIME", "STREET_NAME", "COMMUNITY_NAME"),
        *("EVENT_TYPE_NAME", "MAIN_TYPE_NAME", "SUB_TYPE_NAME", "DISPOSE_UNIT_NAME"),
        *("DISPOSE_UNIT_ID", "EVENT_SRC_NAME", "OVERTIME_ARCHIVE_NUM", "INTIME_ARCHIVE_NUM"),
        *("EVENT_PROPERTY_NAME", "OCCUR_PLACE"),
    )
    usual = ("龙田街道", "南布社区", "市容环卫", "垃圾问题", "暴露垃圾", "城市管理局", "1583")
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.writer(out)
        table.writerow(names)
        for at in range(1, rows + 1):
            when = "" if at == 7 else f"2018-07-{at % 28 + 1:02} 09:24:41"
            table.writerow((at, 70_000 + at, when, *usual, "12345", 0, 1, "投诉", "-"))
    return path


def shots() -> list[Shot]:
    """Every screen, ordered by who sits there."""
    own = {Queue.ASKED: LEADER}
    lists = [
        Shot(f"queue-{queue.lower()}", OPERATOR, partial(_queue, queue))
        for queue in Queue
        if queue not in own
    ]
    found: list[Shot] = [
        *lists,
        Shot("search", OPERATOR, _found),
        Shot("search-nothing", OPERATOR, _nothing_found),
        Shot("search-elsewhere", OPERATOR, _elsewhere),
        Shot("case-long", OPERATOR, partial(_case, "main")),
        Shot("case-timeline", OPERATOR, _timeline),
        Shot("case-files", OPERATOR, _files),
        Shot("form-reveal", OPERATOR, partial(_reveal, ())),
        Shot("case-clear", OPERATOR, partial(_reveal, ("1", "Ctrl+Return"))),
        Shot("filter-menu", OPERATOR, _filter_menu),
        Shot("saved-filters", OPERATOR, _saved_menu),
        Shot("intake-empty", OPERATOR, _intake),
        Shot("intake-filled", OPERATOR, _intake_filled),
        Shot("intake-missing", OPERATOR, _intake_missing),
        Shot("picker", OPERATOR, _picker),
        Shot("palette", OPERATOR, partial(_palette, "")),
        Shot("palette-query", OPERATOR, partial(_palette, "fb")),
        Shot("key-sheet", OPERATOR, partial(_sheet, "F1")),
        Shot("key-map", OPERATOR, partial(_sheet, "Ctrl+F1")),
        Shot("key-map-taken", OPERATOR, _key_taken),
        Shot("sort-menu", OPERATOR, _sort_menu),
        Shot("lock", OPERATOR, _lock),
        Shot("text-smallest", OPERATOR, partial(_size, "Ctrl+-")),
        Shot("text-largest", OPERATOR, partial(_size, "Ctrl+=")),
        Shot("people", OPERATOR, partial(_sheet, "Ctrl+Shift+P")),
        Shot("attention-none", OPERATOR, partial(_sheet, "Ctrl+3")),
        Shot("about", OPERATOR, _about),
        Shot("messages", OPERATOR, _told),
        *_forms(OPERATOR, OTHER),
        Shot("queue-asked", LEADER, partial(_queue, Queue.ASKED)),
        Shot("shift", LEADER, _shift),
        Shot("brief", LEADER, _brief),
        Shot("warnings", OPERATOR, warned.shown),
        *_forms(LEADER),
        Shot("import-empty", LEADER, _import_empty),
        Shot("import-preview", LEADER, _import_preview),
        Shot("import-running", LEADER, _import_running, is_under_way=True),
        Shot("import-result", LEADER, _import_result),
        Shot("unfinished", LEADER, _unfinished),
        Shot("import-unfinished", LEADER, _import_unfinished),
        *_forms(DIRECTOR),
        *_forms(HANDLER),
        *_forms(GRID),
        Shot("empty", GRID, partial(_queue, Queue.CLOSURE)),
    ]
    return found


def _forms(*logins: str) -> list[Shot]:
    return [
        Shot(f"form-{kind}", login, partial(_form, name, kind, keys))
        for kind, keys, name, login in FORMS
        if login in logins
    ]
