"""What a hundred thousand rows cost a hand: a key to its picture, a second's tick, beside a bare table.

Milliseconds are reported, only ratios may fail: the machine is whatever it is.
"""

import gc
import statistics
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from time import perf_counter

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from app.services.queries import CaseView, Queue, QueueRow, Window, WindowQuery
from tests.ui.conftest import *  # noqa: F403 - the screen's fixtures
from tests.ui.fake_desk import FakeDesk, _row
from ui.models.case_shelf import CaseShelf
from ui.models.row_text import Column
from ui.views.workbench import Workbench

pytestmark = [pytest.mark.ui, pytest.mark.slow]
ROWS, PRESSES, TICKS = 100_000, 120, 60
#: How much dearer than static text a living row may be.
MOST = 3.0
NOWHERE = QModelIndex()


class LongDesk(FakeDesk):
    """Forty cases told over and over, a hundred thousand rows in all."""

    def __init__(self) -> None:
        super().__init__(40)
        self.rows = [_row(one) for one in self.dossiers.values()]

    async def window(self, query: WindowQuery) -> Window:
        rows = tuple(
            self._at(at) for at in range(query.offset, min(query.offset + query.limit, ROWS))
        )
        return Window(rows, query.offset, ROWS)

    async def case(self, case_id: str) -> CaseView:
        on = list(self.dossiers.values())[int(case_id.split("-")[1]) % len(self.rows)]
        return self._view(replace(on, case=replace(on.case, id=case_id)))

    def _at(self, at: int) -> QueueRow:
        row = self.rows[at % len(self.rows)]
        due = row.due_at and row.due_at + timedelta(minutes=at // len(self.rows))
        return row._replace(id=f"case-{at}", number=f"SZPS{at:018}", due_at=due)


class Static(QAbstractTableModel):
    """The same number of cells, each the same text."""

    def rowCount(self, parent=NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else ROWS

    def columnCount(self, parent=NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(Column)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole):
        return "夜间施工噪音扰民" if role == Qt.ItemDataRole.DisplayRole else None


@pytest.fixture
def desk() -> LongDesk:
    return LongDesk()


@pytest.fixture
def bench(screen, qtbot, until) -> Workbench:
    bench = Workbench(screen)
    qtbot.addWidget(bench)
    bench.resize(1920, 1000)
    bench.use_queue(Queue.ALL)
    bench.show()
    bench.table.setFocus()
    until(lambda: bench.view is not None)
    assert bench.model.rowCount() == ROWS
    yield bench
    bench.hide()


@pytest.fixture
def bare(qtbot, bench) -> QTableView:
    table = QTableView()
    table.setModel(Static(table))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(30)
    qtbot.addWidget(table)
    table.resize(bench.table.size())
    table.show()
    table.setFocus()
    return table


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def timed(act: Callable[[], None], times: int) -> list[float]:
    """Milliseconds from `act` until everything it asked for is painted."""
    spent = []
    gc.disable()
    for _ in range(times):
        begun = perf_counter()
        act()
        QApplication.processEvents()
        spent.append((perf_counter() - begun) * 1000)
    gc.enable()
    return spent


def pressed(table: QTableView, key: Qt.Key, times: int = PRESSES) -> list[float]:
    QApplication.processEvents()
    return timed(lambda: QTest.keyClick(table, key), times)


def report(name: str, living: list[float], static: list[float]) -> float:
    ratio = p95(living) / p95(static)
    sys.stdout.write(
        f"\n{name}: p50 {statistics.median(living):.1f} p95 {p95(living):.1f} ms;"
        f" bare table p50 {statistics.median(static):.1f} p95 {p95(static):.1f} ms; ratio {ratio:.2f}\n"
    )
    return ratio


def test_a_key_to_its_picture(bench, bare, capsys):
    bench.pane.hide()  # the list alone, as the bare table is alone
    static, living = pressed(bare, Qt.Key.Key_Down), pressed(bench.table, Qt.Key.Key_Down)
    with capsys.disabled():
        ratio = report("down", living, static)
    assert ratio <= MOST


def test_a_page_to_its_picture(bench, bare, capsys):
    bench.pane.hide()
    static, living = pressed(bare, Qt.Key.Key_PageDown), pressed(bench.table, Qt.Key.Key_PageDown)
    with capsys.disabled():
        ratio = report("page down", living, static)
    assert ratio <= MOST


def test_a_tick_repaints_less_than_the_whole(bench, desk, capsys):
    bench.pane.hide()
    QApplication.processEvents()
    whole = timed(bench.table.viewport().update, TICKS)

    def tick() -> None:
        desk.pass_time(seconds=1)
        bench.table.tick()

    ticks = timed(tick, TICKS)
    bench.hide()
    hidden = timed(bench.table.tick, TICKS)
    with capsys.disabled():
        sys.stdout.write(
            f"\ntick: p50 {statistics.median(ticks):.1f} p95 {p95(ticks):.1f} ms,"
            f" hidden p95 {p95(hidden):.2f} ms; whole list p50 {statistics.median(whole):.1f}\n"
        )
    assert statistics.median(ticks) < statistics.median(whole)
    assert statistics.median(hidden) < statistics.median(ticks) / 5


async def fetched(shelf: CaseShelf, last: int) -> None:
    for at in range(last + 1):
        await shelf.fetch(f"case-{at}")


def test_a_key_with_the_case_beside_it(bench, bare, told, until, capsys):
    """With the pane filled for each case, as when J is held down over cases at hand."""
    static, shelf = pressed(bare, Qt.Key.Key_Down), bench.reader._shelf
    told.run(fetched(shelf, 50))
    until(lambda: shelf.peek("case-50") is not None)
    living = pressed(bench.table, Qt.Key.Key_J, 45)
    with capsys.disabled():
        report("down with the case", living, static)
    assert statistics.median(living) < 40 * statistics.median(static)
