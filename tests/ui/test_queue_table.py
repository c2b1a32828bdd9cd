"""The list under the hand: keys, marks, sorting, widths, and a clock that costs only what is seen."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QInputMethodEvent
from PySide6.QtWidgets import QApplication

from app.domain.terms import Nature
from app.services.queries import Changed, Queue, Sort
from tests.ui.fake_desk import FakeDesk
from ui.countdown import DAY, Countdown, Urgency, short
from ui.models.queue_model import QueueModel, Voice
from ui.models.queue_source import Question, QueueSource
from ui.models.row_clock import RowClock
from ui.models.row_text import Column, RowText
from ui.theme import SIZES
from ui.views.queue_table import QueueTable

pytestmark = pytest.mark.ui
Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def table(screen, qtbot, until) -> QueueTable:
    clock = RowClock(screen.desk.setting)
    voice = Voice(screen.words, RowText(screen.words, screen.data), lambda: clock, screen.desk.now)
    model = QueueModel(voice)
    table = QueueTable(screen, model)
    source = table.source = QueueSource(screen, model, table)
    source.opened.connect(table.settle)
    table.view_moved.connect(source.look_at)
    qtbot.addWidget(table)
    table.resize(1100, 600)
    table.show()
    table.setFocus()
    source.ask(Question(Queue.ALL))
    until(lambda: table.current is not None)
    return table


def rows(table: QueueTable) -> list[str]:
    model = table.model()
    return [model.row_at(at).id for at in range(model.rowCount())]


def test_the_cursor_begins_on_the_first_case(table):
    assert table.current == rows(table)[0]


def test_j_and_k_and_the_arrows_walk(table, qtbot):
    ids = rows(table)
    for key, at in ((Key.Key_J, 1), (Key.Key_Down, 2), (Key.Key_K, 1), (Key.Key_Up, 0)):
        qtbot.keyClick(table, key)
        assert table.current == ids[at]


def test_walking_stops_at_both_ends(table, qtbot):
    ids = rows(table)
    qtbot.keyClick(table, Key.Key_K)
    assert table.current == ids[0]
    qtbot.keyClick(table, Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    for _ in range(3):
        qtbot.keyClick(table, Key.Key_J)
    assert table.current == ids[-1]


def test_home_and_end_go_to_both_ends(table, qtbot):
    ids = rows(table)
    qtbot.keyClick(table, Key.Key_End)
    assert table.current == ids[-1]
    qtbot.keyClick(table, Key.Key_Home)
    assert table.current == ids[0]


def test_walking_passes_over_cases_that_have_left(table, qtbot):
    ids = rows(table)
    for gone in ids[1:3]:
        table.model().set_gone(gone, is_gone=True)
    qtbot.keyClick(table, Key.Key_J)
    assert table.current == ids[3]
    qtbot.keyClick(table, Key.Key_K)
    assert table.current == ids[0]


def test_x_marks_and_shift_j_extends(table, qtbot):
    ids = rows(table)
    qtbot.keyClick(table, Key.Key_X)
    assert table.model().marks == {ids[0]}
    qtbot.keyClick(table, Key.Key_J, SHIFT)
    qtbot.keyClick(table, Key.Key_J, SHIFT)
    assert table.model().marks == set(ids[:3])
    qtbot.keyClick(table, Key.Key_X)
    assert table.model().marks == set(ids[:2])


def test_escape_clears_the_marks(table, qtbot):
    qtbot.keyClick(table, Key.Key_X)
    qtbot.keyClick(table, Key.Key_Escape)
    assert table.model().marks == set()


def test_enter_opens_the_case(table, qtbot):
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Key.Key_Return)
    assert opened.args == [rows(table)[0]]


def test_digits_and_other_letters_do_nothing(table, qtbot):
    before = table.current
    for key in (Key.Key_1, Key.Key_7, Key.Key_Z):
        qtbot.keyClick(table, key)
    assert table.current == before
    assert table.model().marks == set()


def test_an_input_method_stays_out_of_the_list(table, qtbot):
    for key in (Key.Key_J, Key.Key_K, Key.Key_End):
        qtbot.keyClick(table, key)
        assert not table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
    QApplication.sendEvent(table, QInputMethodEvent("ni", []))
    assert table.inputMethodQuery(Qt.InputMethodQuery.ImSurroundingText) in (None, "")


def test_a_header_sorts_through_the_desk_and_again_reverses(table, qtbot):
    asked = []
    table.sort_wanted.connect(lambda sort, descending: asked.append((sort, descending)))
    header = table.horizontalHeader()
    for _ in range(2):
        at = header.sectionViewportPosition(Column.TITLE) + 20
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 8))
    assert asked == [(Sort.TITLE, False), (Sort.TITLE, True)]


def test_a_column_that_does_not_sort_leaves_the_arrow_where_it_was(table, qtbot):
    table.show_sort(Sort.UNIT, descending=True)
    table._on_header(Column.CHANNEL)
    header = table.horizontalHeader()
    assert header.sortIndicatorSection() == Column.UNIT
    assert header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder


def test_widths_are_kept_also_of_columns_that_hide(table):
    table.setColumnWidth(Column.UNIT, 177)
    table.resize(640, 600)
    assert table.isColumnHidden(Column.UNIT)
    assert table.widths()["UNIT"] == 177
    table.set_widths({"UNIT": 181, "NUMBER": "wide", "NONSENSE": 5})
    table.resize(1300, 600)
    assert not table.isColumnHidden(Column.UNIT)
    assert table.columnWidth(Column.UNIT) == 181


def test_the_title_is_never_squeezed_out(table):
    for width in (1400, 1000, 760, 620):
        table.resize(width, 600)
        assert table.columnWidth(Column.TITLE) >= 120


def test_a_second_repaints_the_countdowns_that_are_seen_and_no_others(table, qtbot):
    told = []
    table.model().dataChanged.connect(lambda first, last, _: told.append((first, last)))
    table.tick()
    ((first, last),) = told
    assert (first.row(), first.column(), last.column()) == (0, Column.LEFT, Column.LEFT)
    assert last.row() <= 600 // table.rowHeight(0) + 1
    told.clear()
    table.hide()
    table.tick()
    assert told == []


def test_a_countdown_tells_its_state_to_who_listens(table, desk):
    index = table.model().index(0, Column.LEFT)
    assert "已超期" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert index.data().startswith("✕")
    interface = QAccessible.queryAccessibleInterface(table)
    assert interface.text(QAccessible.Text.Name) == "案件列表"


def test_colours_and_words_follow(table, theme, words):
    before = table.grab().toImage()
    theme.use("dark")
    QApplication.processEvents()
    assert table.grab().toImage() != before
    words.use("en")
    header = table.model().headerData(Column.TITLE, Qt.Orientation.Horizontal)
    assert header == "Title"
    theme.use("light")


def test_an_own_row_that_is_not_sent_says_so(table, desk, until):
    row = table.model().row_at(0)
    table.model().renew([row._replace(is_unsent=True, return_count=2, keep_secret=True)])
    assert table.model().index(0, Column.MARKS).data() == "↑未发 退2 密"


class TestLong:
    @pytest.fixture
    def desk(self) -> FakeDesk:
        return FakeDesk(1000)

    def test_scrolling_brings_the_rows_that_come_into_sight(self, table, qtbot, until):
        qtbot.keyClick(table, Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        until(lambda: table.model().row_at(999) is not None)
        assert table.visible_rows()[1] == 999

    def test_the_cursor_stays_on_its_case_when_the_order_is_made_anew(
        self, table, qtbot, desk, until
    ):
        for _ in range(9):
            qtbot.keyClick(table, Key.Key_J)
        chosen = table.current
        desk.colleague("case-900", due_at=desk.now().replace(year=2020))
        table.source.news(Changed(frozenset({"case-900"})))
        table.source.apply()
        until(lambda: not table.source.is_asking)
        assert table.current == chosen
        assert table.currentIndex().row() == 10


def test_a_press_with_control_marks(table, qtbot):
    spot = table.visualRect(table.model().index(4, Column.TITLE)).center()
    qtbot.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, spot
    )
    assert table.model().marks == {rows(table)[4]}


def test_a_double_click_opens(table, qtbot):
    spot = table.visualRect(table.model().index(2, Column.TITLE)).center()
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert opened.args == [rows(table)[2]]


def test_long_texts_are_told_in_full_by_a_hint(table):
    hint = table.model().index(0, Column.PLACE).data(Qt.ItemDataRole.ToolTipRole)
    assert "幸福里" in hint


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_countdown_is_cut_whatever_the_size_of_the_letters(language, screen, qtbot, words):
    words.use(language)
    clock = RowClock(screen.desk.setting)
    voice = Voice(words, RowText(words, screen.data), lambda: clock, screen.desk.now)
    table = QueueTable(screen, QueueModel(voice))
    qtbot.addWidget(table)
    before = table.columnWidth(Column.LEFT)
    for px in SIZES:
        screen.theme.use_size(px)
        font = QFontMetrics(screen.theme.font(bold=True))
        late = short(Countdown(Urgency.BREACHED, 60 - DAY), words.say)
        glyph = screen.theme.scaled(20)
        assert table.columnWidth(Column.LEFT) > font.horizontalAdvance(late) + glyph + 8
        assert table.rowHeight(0) >= font.height() + 6 or not table.model().rowCount()
    screen.theme.use_size(14)
    assert table.columnWidth(Column.LEFT) == before


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_report_wants_is_never_cut_where_it_is_shown(language, table, words, until):
    words.use(language)
    table.resize(1900, 600)
    for px in SIZES:
        table._screen.theme.use_size(px)
        letters = QFontMetrics(table._screen.theme.font()).horizontalAdvance
        longest = max(letters(words.say(f"queue.nature_short.{one}")) for one in Nature)
        assert (
            table.isColumnHidden(Column.NATURE) or table.columnWidth(Column.NATURE) >= longest + 16
        )
    table._screen.theme.use_size(14)
    assert not table.isColumnHidden(Column.NATURE)
