"""Data is shown as it was typed: no tooltip, no label, no view reads it as markup."""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTextEdit, QWidget

from app.domain.case import Case
from app.domain.commands import ImportRecord
from app.services.queries import Done, Queue
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_town import NOW
from tests.ui.test_furnished import PAGES
from ui.furnished import furnished
from ui.main_window import MainWindow
from ui.models.preview_table import PreviewTable
from ui.plain import tip
from ui.product import Product

EVIL = "<img src=x>"
UI = Path(__file__).parents[2] / "ui"
FILES = sorted(UI.rglob("*.py"))
HINT = Qt.ItemDataRole.ToolTipRole


def read_as_markup(text: str) -> bool:
    """Whether Qt would make a picture of what somebody typed."""
    if not GuiQt.mightBeRichText(text):
        return False
    page = QTextDocument()
    page.setHtml(text)
    return "\ufffc" in page.toPlainText()


@given(st.text())
def test_a_tip_shows_what_was_typed(text):
    page = QTextDocument()
    shown = tip(text)
    if shown == text:
        assert not GuiQt.mightBeRichText(text)
        return
    page.setHtml(shown)
    assert page.toPlainText().split() == text.split()


@pytest.mark.parametrize("text", [EVIL, f"幸福里{EVIL}12号", f"{EVIL}\n二", "<b>1 < 2 & 3</b>"])
def test_a_tip_makes_no_markup_of_it(text):
    page = QTextDocument()
    page.setHtml(tip(text))
    assert page.toPlainText().split() == text.split()
    assert "\ufffc" not in page.toPlainText()


# the house: nobody sets a tip without making it safe


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == name:
            yield node


def is_tip(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "tip"


def unsafe(source: str) -> list[int]:
    """The lines that give Qt a tooltip that `tip` has not made safe."""
    tree = ast.parse(source)
    bare = [one.lineno for one in calls(tree, "setToolTip") if not is_tip(one.args[0])]
    for model in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        told = [node for node in ast.walk(model) if _speaks_of_tips(node)]
        if told and not any(is_tip(node) for node in ast.walk(model)):
            bare.append(told[0].lineno)
    return bare


def _speaks_of_tips(node: ast.AST) -> bool:
    return getattr(node, "attr", "") == "ToolTipRole" or getattr(node, "id", "") == "_HINT"


@pytest.mark.parametrize("file", FILES, ids=lambda one: one.relative_to(UI).as_posix())
def test_every_tip_is_made_safe(file):
    assert not unsafe(file.read_text("utf-8"))


def test_the_house_sees_a_bare_tip():
    assert unsafe("w.setToolTip(row.address)") == [1]
    assert unsafe("class M:\n  def data(self, r):\n    if r == Qt.ToolTipRole: return x") == [3]
    assert not unsafe("w.setToolTip(tip(row.address))")


# a town whose people type markup


def evil_case(case: Case) -> Case:
    texts = ("title", "narrative", "address", "reporter_masked", "refusal_text", "closure_text")
    known = {one.name for one in fields(case)}
    return replace(
        case, **{name: f"{getattr(case, name)}{EVIL}" for name in texts if name in known}
    )


@pytest.fixture
def desk() -> FakeDesk:
    desk = FakeDesk()
    desk.dossiers = {
        name: replace(on, case=evil_case(on.case), tasks=tuple(map(evil_task, on.tasks)))
        for name, on in desk.dossiers.items()
    }
    return desk


def evil_task(task: Any) -> Any:
    return replace(task, instruction=EVIL, result=EVIL)


@pytest.fixture
def window(loop, desk, words, theme, qtbot, until, tmp_path):
    with theme.undressed():
        window = MainWindow(desk, words, theme, furnished(), Product("0.0", tmp_path))
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.seat.run(window.begin())
    until(lambda: window.workbench.view is not None)
    yield window
    until(lambda: window.runner.is_idle)
    window.close()
    window.deleteLater()


def cells(model: QAbstractItemModel, under: QModelIndex) -> Iterator[str]:
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(under)
    for row in range(min(model.rowCount(under), 50)):
        for column in range(columns):
            yield str(model.index(row, column, under).data(HINT) or "")


def tips(window: QWidget) -> Iterator[str]:
    for one in (*window.findChildren(QWidget), *window.findChildren(QAction)):
        yield one.toolTip()
    for view in window.findChildren(QAbstractItemView):
        if view.model() is not None:
            yield from cells(view.model(), view.rootIndex())


def assert_all_plain(window: QWidget) -> None:
    assert not [text for text in tips(window) if read_as_markup(text)]
    for label in window.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText or EVIL not in label.text()
    for text in window.findChildren(QTextEdit):
        assert "\ufffc" not in text.toPlainText()


def test_the_town_does_type_markup(window):
    assert EVIL in window.workbench.view.dossier.case.title
    assert any("&lt;img" in text for text in tips(window)), "the tips hold it, and hold it safely"


def test_no_list_reads_markup(window, until):
    for queue in Queue:
        window.workbench.use_queue(queue)
        until(lambda queue=queue: window.workbench.queue is queue and window.runner.is_idle)
        assert_all_plain(window)


@pytest.mark.parametrize("name", list(PAGES))
def test_no_page_reads_markup(window, until, name):
    window.workbench.open_case(PAGES[name])
    until(lambda: window.workbench.view and window.workbench.view.dossier.case.id == PAGES[name])
    if name:
        window.acts.act(name)
    until(lambda: window.runner.is_idle)
    assert_all_plain(window)


def test_neither_strip_nor_palette_nor_toast_reads_markup(window, until):
    window.strip.push(Done("c1", "dispatch", "case-001", "SZPS1"), {"unit": EVIL})
    window.seat.toast("refused.other", {"code": EVIL}, "refused")
    window.palette_panel.show_palette()
    window.palette_panel.edit.setText(EVIL)
    until(lambda: window.runner.is_idle)
    assert EVIL in window.strip.text
    assert_all_plain(window)


@dataclass(frozen=True)
class Row:
    """A row of a file about to be imported."""

    record: ImportRecord | None
    line: int = 1
    code: str = "category-unknown"
    facts: Mapping[str, str] = field(default_factory=lambda: {"category": EVIL})


@dataclass(frozen=True)
class Looked:
    """A file of which only its rows and columns are looked at."""

    shown: tuple[Row, ...]
    mapped: tuple = (("title", (EVIL,)), ("unit", ("UNIT",)), ("address", ("PLACE",)))


def test_the_preview_of_a_file_reads_no_markup(screen):
    table = PreviewTable(screen)
    evil = ImportRecord(
        source_ref="1", batch="b", occurred_at=NOW, title=EVIL, unit=EVIL, address=EVIL
    )
    table.show(Looked((Row(evil), Row(None, 2))))
    told = list(cells(table, QModelIndex()))
    heads = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
    across = Qt.Orientation.Horizontal
    told += [table.headerData(at, across, role) for at in range(1, 4) for role in heads]
    assert any("img" in text for text in told)
    assert not [text for text in told if read_as_markup(text)]
