"""Importing by keyboard: choose, look, try, import, stop, read the result; and what was cut short is offered again."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from app.domain.commands import ImportRecord
from app.domain.refused import Refused
from app.services.importing import Stopped
from app.services.ports import Unreachable
from tests.ui.fake_town import NOW
from ui.import_trace import KEY, ImportTrace, Unfinished, unfinished_of
from ui.models.pace import Pace
from ui.views.import_foot import Step
from ui.views.import_page import ImportPage

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
AT = datetime(2018, 9, 7, 1, 30, tzinfo=UTC)
MAPPED = (
    ("source", ("REC_ID",)),
    ("at", ("CREATE_TIME",)),
    ("title", ("TITLE",)),
    ("category", ("EVENT_TYPE_NAME", "MAIN_TYPE_NAME")),
    ("unit", ("DISPOSE_UNIT_NAME",)),
)


@dataclass(frozen=True)
class Found:
    code: str
    count: int
    names: tuple = ()


@dataclass(frozen=True)
class Row:
    line: int
    record: ImportRecord | None
    code: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    kind: str
    needed: tuple = ("REC_ID",)
    used: tuple = ("OCCUR_PLACE",)


@dataclass(frozen=True)
class Seen:
    file: str = "events.csv"
    kind: str = "pingshan"
    encoding: str = "utf-8"
    rows: int = 12
    rejected: int = 2
    repeated: int = 1
    reasons: tuple = (("time-unreadable", 2),)
    samples: tuple = (Row(3, None, "time-unreadable", {"text": "昨天"}),)
    findings: tuple = (Found("unit-unknown", 3, (("某某办", 3),)),)
    unused_columns: tuple = ("X_PAGE",)
    mapped: tuple = MAPPED
    shown: tuple = ()
    first: datetime | None = AT
    last: datetime | None = AT


@dataclass(frozen=True)
class Did(Seen):
    imported: int = 9
    already: int = 1
    left: int = 0
    rejects_file: Path | None = Path("events.rejects.csv")
    ending: str = "FINISHED"
    is_dry_run: bool = False
    seconds: float = 1.25


RECORD = ImportRecord(
    source_ref="pingshan:7",
    batch="b",
    occurred_at=AT,
    title="路灯不亮",
    category="SZ-02",
    unit="CGJ",
)


class Importer:
    """Takes its time, one step whenever the gate opens, and stops when it is told to."""

    formats = (Kind("pingshan"), Kind("messages", used=()))

    def __init__(self):
        self.asked, self.cancels, self.no, self.away = [], 0, None, None
        self.seen = Seen(
            shown=(
                Row(2, RECORD),
                Row(3, None, "time-unreadable", {"text": "昨天"}),
            )
        )
        self.gate = None
        self.others = {}

    async def preview(self, path, kind):
        self.asked.append(("preview", str(path), kind))
        if self.gate is not None:
            await self.gate.wait()
            if self.cancels:
                raise Stopped
        if no := self.others.get(kind) or self.no:
            raise no
        return replace(self.seen, kind=kind)

    async def run(self, path, kind, progress, *, is_dry_run=False):
        self.asked.append(("run", str(path), kind, is_dry_run))
        for done in range(0, 13, 3):
            progress(done, 12)
            if self.gate is not None:
                await self.gate.wait()
            if self.cancels:
                return Did(ending="CANCELLED", imported=3, left=6)
        if self.no or self.away:
            raise self.no or self.away
        return Did(is_dry_run=is_dry_run)

    def cancel(self):
        self.cancels += 1


@pytest.fixture
def importer():
    return Importer()


@pytest.fixture
def opened(qtbot, screen, importer, until, told):
    """Opens the page in a window of its own."""

    def open_page():
        page = ImportPage(screen, importer)
        page.left, page.ended, page.states = [], [], []
        page.cancelled.connect(lambda: page.left.append(1))
        page.finished.connect(page.ended.append)
        page.settled.connect(page.states.append)
        host = QWidget()
        QVBoxLayout(host).addWidget(page)
        qtbot.addWidget(host)
        host.resize(1280, 700)
        host.show()
        qtbot.waitExposed(host)
        until(lambda: not told.tasks)
        page.first_focus()
        until(lambda: page.isAncestorOf(QApplication.focusWidget()))
        page.host = host
        return page

    return open_page


@pytest.fixture
def page(opened):
    return opened()


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def look(page, until):
    QTest.keyClicks(page.choose.path, "events.csv")
    press(Key.Key_Return)
    until(lambda: page.step is Step.LOOK)


# -- looking ---------------------------------------------------------------------------------------


def test_it_begins_where_a_path_is_typed_and_says_what_is_understood(page):
    assert page.choose.path.hasFocus()
    assert not page.foot.on.isEnabled()
    texts = [label.text() for label in page.choose.findChildren(QLabel)]
    assert {"REC_ID", "OCCUR_PLACE", "区事件记录", "留言"} <= set(texts)


def test_return_shows_what_the_file_holds_and_imports_nothing(page, importer, until):
    look(page, until)
    assert importer.asked == [("preview", "events.csv", "pingshan")]
    assert "区事件记录" in page.look.head.full
    assert page.look.tiles.text == "12 共有行数 = 9 可以导入 + 1 整行重复 + 2 不能收 3 处需要留意"
    told = page.look.findings.text
    assert "2 时间读不懂：昨天" in told
    assert "某某办 3" in told
    assert "X_PAGE" in told
    assert page.look.table.hasFocus()
    assert page.foot.on.text() == "导入 9 行 Ctrl+Enter"


def test_the_preview_shows_each_field_with_the_columns_it_is_made_from(page, until):
    look(page, until)
    model = page.look.model
    heads = [model.headerData(at, Qt.Orientation.Horizontal) for at in range(6)]
    assert heads[1:3] == ["来源编号\nREC_ID", "时间\nCREATE_TIME"]
    assert heads[4] == "类别\nEVENT_TYPE_NAME +1"
    tip = model.headerData(4, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "MAIN_TYPE_NAME" in tip
    cells = [model.index(0, at).data() for at in range(6)]
    assert cells == ["2", "7", "2018-09-07 09:30", "路灯不亮", "路灯不亮", "区城市管理和综合执法局"]


def test_a_row_that_will_not_be_taken_says_why_across_all_columns(page, until):
    look(page, until)
    assert page.look.model.index(1, 1).data() == "时间读不懂：昨天"
    assert page.look.table.columnSpan(1, 1) == len(MAPPED)


def test_the_kind_is_told_by_the_header(page, importer, until):
    importer.others["pingshan"] = Refused("import-column-missing", columns=("REC_ID",))
    look(page, until)
    assert [one[2] for one in importer.asked] == ["pingshan", "messages"]
    assert "留言" in page.look.head.full
    press(Key.Key_Return, CTRL)
    until(lambda: page.ended)
    assert importer.asked[-1] == ("run", "events.csv", "messages", False)


def test_a_file_of_no_kind_is_told_by_the_nearest(page, importer, until):
    facts = {"file": "events.csv", "kind": "x"}
    far = Refused("import-column-missing", columns=("甲", "乙", "丙"), **facts)
    importer.others = {
        "pingshan": far,
        "messages": Refused("import-column-missing", columns=("丁",), **facts),
    }
    QTest.keyClicks(page.choose.path, "events.csv")
    press(Key.Key_Return)
    until(page.choose.trouble.isVisible)
    assert page.choose.trouble.text().startswith("认不出文件 events.csv")
    assert "丁" in page.choose.trouble.text()
    assert page.choose.path.hasFocus()


def test_a_file_that_is_refused_is_said_in_place_in_either_language(page, importer, until, words):
    importer.no = Refused("import-unreadable", file="events.csv")
    QTest.keyClicks(page.choose.path, "events.csv")
    press(Key.Key_Return)
    until(page.choose.trouble.isVisible)
    assert "读不了" in page.choose.trouble.text()
    words.use("en")
    assert "events.csv" in page.choose.trouble.text()
    QTest.keyClicks(page.choose.path, "x")
    assert not page.choose.trouble.isVisible()


def test_while_a_file_is_looked_through_stop_has_the_keys_and_escape_ends_it(
    page, importer, until, told
):
    importer.gate = asyncio.Event()
    QTest.keyClicks(page.choose.path, "events.csv")
    press(Key.Key_Return)
    until(lambda: importer.asked)
    assert page.foot.stop.isVisible()
    assert page.foot.stop.hasFocus()
    assert not page.foot.on.isVisible()
    assert page.foot.told.text() == "正在读文件…"
    press(Key.Key_Escape)
    importer.gate.set()
    until(lambda: page.choose.path.hasFocus())
    assert (importer.cancels, page.step, page.path) == (1, Step.CHOOSE, "events.csv")
    assert not page.left
    assert not page.choose.trouble.isVisible()
    assert not told.troubles
    assert (page.foot.told.text(), page.foot.on.isEnabled()) == ("", True)


def test_a_look_that_is_stopped_by_its_button_can_be_begun_again(page, importer, until):
    importer.gate = asyncio.Event()
    QTest.keyClicks(page.choose.path, "events.csv")
    press(Key.Key_Return)
    until(lambda: importer.asked)
    page.foot.stop.click()
    importer.gate.set()
    until(lambda: page.choose.path.hasFocus())
    importer.gate, importer.cancels = None, 0
    press(Key.Key_Return)
    until(lambda: page.step is Step.LOOK)


def test_an_import_that_is_stopped_before_it_has_read_the_file_leaves_no_trace(
    page, importer, desk, until
):
    look(page, until)
    importer.no = Stopped()
    press(Key.Key_Return, CTRL)
    until(lambda: page.choose.path.hasFocus())
    assert not desk.remembered.get(KEY)
    assert not page.choose.trouble.isVisible()


def test_nothing_is_imported_before_it_was_looked_at(page, importer):
    press(Key.Key_Return, CTRL)
    press(Key.Key_T, CTRL)
    assert importer.asked == []


def test_what_holds_nothing_to_import_is_not_imported(page, importer, until):
    importer.seen = replace(importer.seen, rows=3, rejected=2)
    look(page, until)
    assert not page.foot.on.isEnabled()
    press(Key.Key_Return, CTRL)
    assert importer.asked[-1][0] == "preview"


def test_a_reason_is_told_with_what_stood_there_and_where(page, importer, until):
    look(page, until)
    assert "2 时间读不懂：昨天 首见于第 3 行" in page.look.findings.text
    importer.seen = replace(importer.seen, rejected=1, reasons=(("time-unreadable", 1),))
    page.look.show_found(importer.seen)
    assert "1 时间读不懂：昨天 第 3 行" in page.look.findings.text


def test_rows_said_twice_are_not_promised_as_cases(page, until):
    look(page, until)
    told = page.look.tiles.text
    assert "12 共有行数 = 9 可以导入 + 1 整行重复 + 2 不能收" in told
    assert page.foot.on.text() == "导入 9 行 Ctrl+Enter"


def test_after_an_error_another_path_can_be_typed_and_goes_on(page, importer, until):
    importer.no = Refused("import-unreadable", file="a.csv")
    QTest.keyClicks(page.choose.path, "a.csv")
    press(Key.Key_Return)
    until(page.choose.trouble.isVisible)
    page.choose.unfinished.show_about(Unfinished("b.csv", "pingshan", 1, 2, AT))
    page.first_focus()
    assert page.choose.path.hasFocus()
    importer.no = None
    page.choose.path.selectAll()
    QTest.keyClicks(QApplication.focusWidget(), "events.csv")
    assert not page.choose.trouble.isVisible()
    press(Key.Key_Return)
    until(lambda: page.step is Step.LOOK)


@pytest.mark.parametrize(("kind", "name"), [("pingshan", "区事件记录"), ("messages", "留言")])
def test_a_kind_of_source_is_called_by_its_name(words, kind, name):
    no = Refused("import-column-missing", file="a.csv", kind=kind, columns=("甲",))
    assert f"“{name}”" in words.refused(no)
    assert kind not in words.refused(no)


def test_nothing_noticed_is_said_too(page, importer, until):
    importer.seen = replace(importer.seen, rejected=0, reasons=(), findings=(), unused_columns=())
    look(page, until)
    assert page.look.findings.text == ""
    labels = [label.text() for label in page.look.findings.findChildren(QLabel)]
    assert "每一行都能照样读入，没有要留意的。" in labels


# -- dropping --------------------------------------------------------------------------------------


def dropped(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return data


@pytest.mark.parametrize("where", ["area", "page"])
def test_a_file_that_is_dropped_is_looked_at(page, importer, until, where):
    target = page.choose.area if where == "area" else page
    data, actions = dropped("/tmp/a.csv", "/tmp/b.csv"), Qt.DropAction.CopyAction
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), actions, data, buttons, keys)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    assert bool(page.choose.area.property("over")) is (where == "area")
    QApplication.sendEvent(target, QDropEvent(QPointF(9, 9), actions, data, buttons, keys))
    until(lambda: page.step is Step.LOOK)
    assert importer.asked == [("preview", "/tmp/a.csv", "pingshan")]
    assert not page.choose.area.property("over")


def test_what_is_no_file_is_not_taken(page):
    data = QMimeData()
    data.setText("路灯")
    enter = QDragEnterEvent(
        QPoint(9, 9),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter.setAccepted(False)
    QApplication.sendEvent(page.choose.area, enter)
    assert not enter.isAccepted()


# -- importing -------------------------------------------------------------------------------------


def test_the_numbers_add_up_and_the_rejects_can_be_found(page, importer, until, told):
    look(page, until)
    press(Key.Key_Return, CTRL)
    until(lambda: page.ended)
    assert importer.asked[-1] == ("run", "events.csv", "pingshan", False)
    assert page.step is Step.END
    assert (
        page.end.tiles.text == "9 新增案件 + 1 已在库或重复 + 2 不能收 + 0 没有读到 = 12 共有行数"
    )
    assert "导入完成" in page.end.title.text()
    assert "events.rejects.csv" in page.end.rejects.told.text()
    page.end.rejects.copy.click()
    assert QGuiApplication.clipboard().text() == "events.rejects.csv"
    assert told.toasts[-1][0] == "import.rejects.copied"


def test_without_rejects_it_says_so(page, importer, until):
    look(page, until)
    page.end.show_report(Did(rejects_file=None, rejected=0))
    assert page.end.rejects.told.text() == "没有未收的行。"
    assert not page.end.rejects.copy.isVisibleTo(page.end)


def test_a_trial_that_left_rows_out_does_not_say_that_there_are_none(page, importer, until):
    look(page, until)
    page.end.show_report(Did(rejects_file=None, rejected=2, is_dry_run=True))
    assert page.end.rejects.told.text() == "未收的行到正式导入时才写成文件。"
    assert not page.end.rejects.copy.isVisibleTo(page.end)


def test_a_trial_says_so_and_leads_to_the_import(page, importer, until):
    look(page, until)
    press(Key.Key_T, CTRL)
    until(lambda: page.ended)
    assert importer.asked[-1][-1] is True
    assert "不留下什么" in page.run.note.text()
    assert "没有写入" in page.end.title.text()
    assert "将新增案件" in page.end.tiles.text
    assert page.foot.on.hasFocus()
    press(Key.Key_Return)
    until(lambda: len(page.ended) == 2)
    assert importer.asked[-1][-1] is False
    assert "已收的保留" in page.run.note.text()


def test_while_it_runs_pace_and_time_are_told_and_escape_stops_it(page, importer, until):
    look(page, until)
    importer.gate = asyncio.Event()
    press(Key.Key_Return, CTRL)
    until(lambda: page.run.bar.maximum() == 12)
    assert page.step is Step.RUN
    assert "0 / 12 行（0%）" in page.run.rows.text()
    assert "已用" in page.run.time.text()
    press(Key.Key_Escape)
    assert (importer.cancels, page.left) == (1, [])
    importer.gate.set()
    until(lambda: page.ended)
    assert "已停止" in page.end.title.text()
    assert "+ 6 没有读到" in page.end.tiles.text
    assert page.foot.on.text() == "接着导入 Ctrl+Enter"
    press(Key.Key_Escape)
    assert page.left == [1]


def test_after_a_whole_import_another_file_can_be_chosen(page, importer, until):
    look(page, until)
    press(Key.Key_Return, CTRL)
    until(lambda: page.ended)
    press(Key.Key_Return, CTRL)
    assert page.step is Step.CHOOSE
    assert page.path == ""
    assert page.choose.path.hasFocus()


def test_escape_leads_back_step_by_step(page, until):
    look(page, until)
    press(Key.Key_Escape)
    assert (page.step, page.left) == (Step.CHOOSE, [])
    assert page.path == "events.csv"
    press(Key.Key_Escape)
    assert page.left == [1]


def test_tab_reaches_everything_of_each_step(page, until):
    look(page, until)
    seen = []
    for _ in range(8):
        seen.append(QApplication.focusWidget())
        press(Key.Key_Tab)
    assert {page.look.table, page.foot.on, page.foot.trial, page.foot.back} <= set(seen)


def test_a_store_out_of_reach_leaves_the_page_usable(page, importer, until, told):
    look(page, until)
    importer.away = Unreachable("centre")
    press(Key.Key_Return, CTRL)
    until(lambda: told.troubles)
    assert page.step is Step.CHOOSE
    assert page.choose.isEnabled()


def test_a_page_that_goes_away_stops_its_import(page, importer, until, told):
    look(page, until)
    importer.gate = asyncio.Event()
    page.start()
    until(lambda: page.run.bar.maximum() == 12)
    page.deleteLater()
    until(lambda: importer.cancels)
    importer.gate.set()
    until(lambda: not told.tasks)
    assert told.troubles == []


def test_it_speaks_english(page, until, words):
    words.use("en")
    look(page, until)
    assert "9 can be imported" in page.look.tiles.text
    assert page.look.model.headerData(2, Qt.Orientation.Horizontal) == "Time\nCREATE_TIME"
    words.use("zh")
    assert "9 可以导入" in page.look.tiles.text


# -- what was cut short ----------------------------------------------------------------------------


def test_an_import_leaves_its_trace_until_it_has_ended(page, importer, desk, until):
    look(page, until)
    importer.gate = asyncio.Event()
    press(Key.Key_Return, CTRL)
    until(lambda: page.run.bar.maximum() == 12)
    (kept,) = map(unfinished_of, desk.remembered[KEY])
    assert (kept.path, kept.kind, kept.at) == ("events.csv", "pingshan", NOW)
    assert page.states[-1] is None  # while it runs, nobody is told that it was cut short
    importer.gate.set()
    until(lambda: page.ended)
    assert desk.remembered[KEY] == []


def test_a_trial_leaves_none(page, importer, desk, until):
    look(page, until)
    press(Key.Key_T, CTRL)
    until(lambda: page.ended)
    assert KEY not in desk.remembered


def test_how_far_it_came_is_remembered_as_it_goes(page, importer, desk, until, monkeypatch):
    monkeypatch.setattr("ui.views.import_work.KEEP_EVERY", 0.0)
    look(page, until)
    importer.gate = asyncio.Event()
    rows = []
    keep = ImportTrace.keep

    async def kept(self, path, kind, done, total):
        rows.append((done, total))
        await keep(self, path, kind, done, total)

    monkeypatch.setattr(ImportTrace, "keep", kept)
    press(Key.Key_Return, CTRL)
    until(lambda: rows == [(0, 0), (0, 12)])
    importer.gate.set()
    until(lambda: page.ended)
    assert desk.remembered[KEY] == []  # nothing is kept of it after its end


def cut_short(desk, path="/data/events.csv"):
    desk.remembered[KEY] = [Unfinished(path, "messages", 2400, 6952, NOW).plain]


def test_what_was_cut_short_is_offered_with_file_rows_and_time(opened, desk):
    cut_short(desk)
    page = opened()
    card = page.choose.unfinished
    assert card.isVisible()
    for part in ("/data/events.csv", "2,400", "6,952", "11-23"):
        assert part in card.told.text()
    assert card.go_on.hasFocus()


def test_it_is_gone_on_with_at_a_key(opened, desk, importer, until):
    cut_short(desk)
    page = opened()
    press(Key.Key_Return)
    until(lambda: page.ended)
    assert importer.asked == [("run", "/data/events.csv", "messages", False)]
    assert desk.remembered[KEY] == []
    assert page.states[-1] is None


def test_it_can_be_let_go(opened, desk, importer, until):
    cut_short(desk)
    page = opened()
    page.choose.unfinished.let_go.click()
    until(lambda: not page.choose.unfinished.isVisible())
    assert desk.remembered[KEY] == []
    assert importer.asked == []
    assert page.choose.path.hasFocus()


def test_a_file_that_is_gone_is_said_and_still_offered(opened, desk, importer, until):
    cut_short(desk)
    importer.no = Refused("import-unreadable", file="events.csv")
    page = opened()
    press(Key.Key_Return)
    until(page.choose.trouble.isVisible)
    assert page.step is Step.CHOOSE
    assert page.choose.unfinished.isVisible()
    assert len(desk.remembered[KEY]) == 1


def test_another_file_does_not_take_the_place_of_the_one_cut_short(opened, desk, importer, until):
    cut_short(desk)
    page = opened()
    page.choose.path.setFocus()
    look(page, until)
    press(Key.Key_Return, CTRL)
    until(lambda: page.ended)
    assert [one["path"] for one in desk.remembered[KEY]] == ["/data/events.csv"]


def test_one_who_leaves_the_seat_finds_it_again_later(page, importer, desk, until):
    look(page, until)
    importer.gate = asyncio.Event()
    press(Key.Key_Return, CTRL)
    until(lambda: page.run.bar.maximum() == 12)
    page.stop()
    assert importer.cancels == 1
    importer.gate.set()
    until(lambda: page.ended)
    assert len(desk.remembered[KEY]) == 1


@pytest.mark.parametrize("kept", [None, 7, [], [{}], [{"path": "a"}], {"path": "a"}])
def test_what_cannot_be_understood_is_passed_over(opened, desk, kept):
    desk.remembered[KEY] = kept
    assert not opened().choose.unfinished.isVisible()


# -- pace ------------------------------------------------------------------------------------------


def test_the_pace_is_that_of_the_last_seconds():
    pace = Pace(100.0)
    assert (pace.per_second, pace.seconds_left) == (None, None)
    pace.tell(0, 1000, 100.0)
    pace.tell(100, 1000, 101.0)
    assert pace.per_second == 100
    assert pace.seconds_left == 9
    for second in range(2, 13):
        pace.tell(100 + 10 * second, 1000, 100.0 + second)
    assert pace.per_second == pytest.approx(10, abs=1)
    assert pace.elapsed(112.0) == 12


def test_a_first_leap_is_no_pace():
    pace = Pace(0.0)
    pace.tell(5000, 6952, 3.0)
    pace.tell(5200, 6952, 3.1)
    assert pace.per_second is None
    pace.tell(5400, 6952, 5.0)
    assert pace.per_second == 200
    pace.tell(5400, 6952, 60.0)
    assert pace.per_second is not None
