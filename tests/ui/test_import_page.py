from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.commands import ImportRecord
from app.domain.refused import Refused
from ui.views.import_page import ImportPage

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
AT = datetime(2018, 9, 7, 1, 30, tzinfo=UTC)


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


@dataclass(frozen=True)
class Seen:
    file: str = "events.csv"
    encoding: str = "utf-8"
    rows: int = 12
    rejected: int = 2
    reasons: tuple = (("time-missing", 2),)
    findings: tuple = (Found("unit-unknown", 3, (("某某办", 3),)),)
    unused_columns: tuple = ("X_PAGE",)
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
    source_ref="7", batch="b", occurred_at=AT, title="路灯不亮", category="SZ-02", unit="CGJ"
)


class Importer:
    """Takes its time, one step at a call of `step`, and stops when it is told to."""

    def __init__(self):
        self.asked, self.cancels, self.no = [], 0, None
        self.seen = Seen(shown=(Row(2, RECORD), Row(3, None, "time-missing")))
        self.gate = None

    async def preview(self, path, kind):
        self.asked.append(("preview", str(path), kind))
        if self.no:
            raise self.no
        return self.seen

    async def run(self, path, kind, progress, *, is_dry_run=False):
        self.asked.append(("run", str(path), kind, is_dry_run))
        for done in range(0, 13, 3):
            progress(done, 12)
            if self.gate is not None:
                await self.gate.wait()
            if self.cancels:
                return Did(ending="CANCELLED", imported=3, left=6)
        if self.no:
            raise self.no
        return Did(is_dry_run=is_dry_run)

    def cancel(self):
        self.cancels += 1


@pytest.fixture
def importer():
    return Importer()


@pytest.fixture
def page(qtbot, screen, importer, until):
    page = ImportPage(screen, importer)
    page.left, page.ended = [], []
    page.cancelled.connect(lambda: page.left.append(1))
    page.finished.connect(page.ended.append)
    host = QWidget()
    QVBoxLayout(host).addWidget(page)
    qtbot.addWidget(host)
    host.resize(760, 760)
    host.show()
    qtbot.waitExposed(host)
    page.first_focus()
    until(page.path.hasFocus)
    page.host = host
    return page


def look(page, until):
    QTest.keyClicks(page.path, "events.csv")
    QTest.keyClick(page.path, Key.Key_Return)
    until(lambda: page._preview is not None)


def test_return_shows_what_the_file_holds_and_imports_nothing(page, importer, until):
    look(page, until)
    assert importer.asked == [("preview", "events.csv", "pingshan")]
    told = page.told.text()
    assert "共 12 行，可导入 10 行" in told
    assert "没有时间" in told
    assert "某某办 3" in told
    assert "X_PAGE" in told
    assert page.table.isVisible()


def test_the_preview_names_data_and_says_why_a_row_will_not_be_taken(page, until):
    look(page, until)
    model = page.table.model()
    rows = [[model.index(r, c).data() for c in range(5)] for r in range(2)]
    assert rows[0] == ["2", "2018-09-07 09:30", "路灯不亮", "路灯不亮", "区城市管理和综合执法局"]
    assert rows[1][2] == "没有时间"


def test_nothing_is_imported_before_it_was_looked_at(page, importer):
    QTest.keyClick(page, Key.Key_Return, CTRL)
    assert importer.asked == []
    assert not page._import.isEnabled()


def test_importing_tells_progress_and_the_numbers_and_where_the_rejects_are(page, importer, until):
    look(page, until)
    QTest.keyClick(page, Key.Key_Return, CTRL)
    until(lambda: page.ended)
    assert importer.asked[-1] == ("run", "events.csv", "pingshan", False)
    told = page.told.text()
    assert "新增 9 件，已在 1 行，未收 2 行" in told
    assert "events.rejects.csv" in told
    assert not page.bar.isVisible()


def test_a_trial_says_so(page, importer, until):
    look(page, until)
    page._try.click()
    until(lambda: page.ended)
    assert importer.asked[-1][-1] is True
    assert page.told.text().startswith("试导入")


def test_escape_stops_a_running_import_and_leaves_afterwards(page, importer, until):
    import asyncio

    look(page, until)
    importer.gate = asyncio.Event()
    QTest.keyClick(page, Key.Key_Return, CTRL)
    until(lambda: page.bar.isVisible() and page.bar.maximum() == 12)
    assert not page.path.isEnabled()
    QTest.keyClick(page, Key.Key_Escape)
    assert (importer.cancels, page.left) == (1, [])
    importer.gate.set()
    until(lambda: page.ended)
    assert "已停止" in page.told.text()
    assert "未到 6 行" in page.told.text()
    QTest.keyClick(page, Key.Key_Escape)
    assert page.left == [1]


def test_another_file_or_kind_asks_for_another_look(page, until):
    look(page, until)
    page.kind.choose("messages")
    assert page._preview is None
    assert not page._import.isEnabled()


def test_a_file_that_is_refused_is_said_in_place(page, importer, until, words):
    importer.no = Refused("import-unreadable", file="events.csv")
    QTest.keyClicks(page.path, "events.csv")
    QTest.keyClick(page.path, Key.Key_Return)
    until(page._trouble.isVisible)
    assert "events.csv" in page._trouble.text()
    words.use("en")
    assert "events.csv" in page._trouble.text()


def test_a_page_that_goes_away_stops_its_import(page, importer, until, told):
    import asyncio

    look(page, until)
    importer.gate = asyncio.Event()
    page.start()
    until(lambda: page.bar.maximum() == 12)
    page.deleteLater()
    until(lambda: importer.cancels)
    importer.gate.set()
    until(lambda: not told.tasks)
    assert told.troubles == []


def test_it_speaks_english(page, until, words):
    words.use("en")
    look(page, until)
    assert "can be imported: 10" in page.told.text()
    assert page.table.model().headerData(2, Qt.Orientation.Horizontal) == "Title or reason"


def test_counts_that_name_nothing_are_left_out(page, importer, until):
    importer.seen = replace(importer.seen, reasons=(), findings=(), unused_columns=())
    look(page, until)
    assert "不收" not in page.told.text()
