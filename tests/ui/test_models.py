"""Every model that a view looks through keeps Qt's promises: empty, filled, emptied again, and asked beside it."""

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtWidgets import QWidget

from app.domain.taxonomy import Taxonomy
from app.services.queries import Queue
from app.services.watched import Known
from tests.kit import setting
from tests.ui.fake_desk import _row
from tests.ui.fake_town import NOW
from tests.ui.test_case_pane import entry, wish_text
from tests.ui.test_import_page import RECORD, Row, Seen
from tests.ui.test_queue_model import made as queue_model
from tests.ui.test_warning_centre import warning
from ui.models.category_tree import CategoryTree
from ui.models.load_rows import Cell, Line
from ui.models.preview_table import PreviewTable
from ui.models.queue_source import Question
from ui.models.timeline_model import TimelineModel, tell
from ui.models.warning_model import WarningModel
from ui.models.warning_rows import WarningRows
from ui.models.warning_text import WarningText
from ui.models.wish_text import Side
from ui.names import DataNames
from ui.views.choices import Choice, ChoiceModel
from ui.views.key_list import KeyModel, KeyRow
from ui.views.load_table import LoadModel
from ui.views.offer_list import Offer, OfferModel

pytestmark = pytest.mark.ui

UI = Path(__file__).parents[2] / "ui"
#: A model, what fills it, and what empties it again (None: nothing does).
Made = tuple[QAbstractItemModel, Callable[[], Any], Callable[[], Any] | None]


def choices(screen, owner) -> Made:
    model = ChoiceModel(owner)
    rows = [Choice("", "近用", heading=True), Choice("01", "路灯"), Choice("02", "垃圾", "市容")]
    return model, lambda: model.show(rows), lambda: model.show([])


def offers(screen, owner) -> Made:
    model = OfferModel(owner)
    rows = [Offer("a", ("a",), "A", "F1"), Offer("b", ("b",), "B", why="no")]
    return model, lambda: model.show_offers(rows), lambda: model.show_offers([])


def preview(screen, owner) -> Made:
    model = PreviewTable(screen, owner)
    found = Seen(shown=(Row(2, RECORD), Row(3, None, "time-missing")))
    return model, lambda: model.show(found), lambda: model.show(None)


def queue(screen, owner) -> Made:
    model = queue_model(screen)
    rows = [_row(one) for one in screen.desk.dossiers.values()]
    return model, lambda: model.show(len(rows) + 9, 0, rows), model.clear


def timeline(screen, owner) -> Made:
    model = TimelineModel(owner)
    told = tell([entry("sign", n) for n in range(1, 5)], Side.ALL, wish_text(screen), screen.words)
    return model, lambda: model.show(told), lambda: model.show([])


def tree(screen, owner) -> Made:
    taxonomy, names = setting().directory.taxonomy, DataNames(screen.words, setting)
    model = CategoryTree(taxonomy, names, lambda: screen.theme.row_px, owner)
    return model, lambda: None, None


def bare_tree(screen, owner) -> Made:
    names = DataNames(screen.words, setting)
    model = CategoryTree(Taxonomy(()), names, lambda: screen.theme.row_px, owner)
    return model, lambda: None, None


def keys(screen, owner) -> Made:
    model = KeyModel(owner)
    rows = [KeyRow("", "办理"), KeyRow("dispatch", "分拨", ("F5",)), KeyRow("about", "关于")]
    return model, lambda: model.show(rows), lambda: model.show([])


def loads(screen, owner) -> Made:
    model = LoadModel(screen, "queues", ("waiting", "late"))
    lines = tuple(Line(code, code, (Cell("3", Question(Queue.ALL)), Cell("0"))) for code in "ab")
    return model, lambda: model.show(lines), lambda: model.show(())


def warned(screen, owner) -> Made:
    model = WarningModel(screen)
    text = WarningText(screen.words, screen.data, screen.desk.setting)
    known = [Known(warning("c", number), "SZPS1", "噪声") for number in range(2)]
    rows = WarningRows(text, screen.desk.setting).rows(known, NOW)
    return model, lambda: model.show(rows), lambda: model.show([])


MODELS = (choices, offers, preview, queue, timeline, tree, bare_tree, keys, loads, warned)


@pytest.fixture
def owner(qtbot) -> QWidget:
    owner = QWidget()
    qtbot.addWidget(owner)
    return owner


@pytest.fixture(params=MODELS, ids=lambda one: one.__name__)
def made(request, screen, owner) -> Made:
    return request.param(screen, owner)


def asked_beside(model: QAbstractItemModel) -> None:
    """What a view may ask at any time, on its way between two states."""
    nowhere = QModelIndex()
    for role in Qt.ItemDataRole:
        assert model.data(nowhere, role) is None
        for section in (-1, 0, 99):
            for way in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical):
                model.headerData(section, way, role)
    assert not model.flags(nowhere) & Qt.ItemFlag.ItemIsSelectable
    assert not model.index(model.rowCount(), 0).isValid()
    assert not model.index(-1, 0).isValid()


def asked_within(model: QAbstractItemModel) -> None:
    """Every role of the first rows: what Python refuses here would end the whole run in Qt's tester."""
    for row in range(min(model.rowCount(), 3)):
        index = model.index(row, 0)
        model.flags(index)
        for role in Qt.ItemDataRole:
            model.data(index, role)


def test_what_is_asked_beside_the_rows_is_answered_with_nothing(made):
    model, fill, empty = made
    asked_beside(model)
    fill()
    asked_beside(model)
    if empty:
        empty()
        asked_beside(model)


def test_qt_finds_no_fault(made, qtmodeltester):
    model, fill, empty = made
    asked_beside(model)
    qtmodeltester.check(model)
    fill()
    assert model.rowCount() or empty is None
    asked_within(model)
    qtmodeltester.check(model)
    if empty:
        empty()
        assert model.rowCount() == 0
        qtmodeltester.check(model)


def test_no_model_is_left_out(screen, owner):
    tested = {type(make(screen, owner)[0]).__name__ for make in MODELS}
    assert tested == {
        node.name
        for file in UI.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
        and any(getattr(base, "id", "").startswith("QAbstract") for base in node.bases)
        and any(getattr(base, "id", "").endswith("Model") for base in node.bases)
    }
