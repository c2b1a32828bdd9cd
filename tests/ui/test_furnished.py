"""The whole window as a person has it: real workbench, real forms, real keys, one dispatch after another."""

import asyncio

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from app.domain.commands import Classify, Dispatch, Register
from app.domain.terms import Stage
from app.services.queries import Queue
from tests.ui.colours import contrast
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import press
from tests.ui.test_accessibility import _ground, _ink, is_legible, shown
from ui.furnished import furnished
from ui.main_window import MainWindow
from ui.plain import TARGET_PX
from ui.product import Product
from ui.sending import direct
from ui.theme import NAMES, Theme
from ui.verbs import OF_KIND
from ui.views.forms.by_kind import FORMS

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier
_NEVER = Qt.FocusPolicy.NoFocus
#: Verbs that open each page, and a case that permits them.
PAGES = {
    "": "case-001",
    "dispatch": "case-001",
    "classify": "case-001",
    "amend": "case-001",
    "raise_grade": "case-001",
    "add_note": "case-001",
    "attach": "case-001",
    "record_notice": "case-001",
    "refuse": "case-000",
    "ask_verification": "case-000",
    "redispatch": "case-003",
    "ask_return": "case-003",
    "handle": "case-004",
    "close": "case-006",
    "order_rework": "case-006",
    "new_intake": "case-001",
}


@pytest.fixture
def window(whole_window: MainWindow) -> MainWindow:
    return whole_window


@pytest.fixture(params=PAGES)
def page(request, window: MainWindow, until) -> MainWindow:
    window.workbench.open_case(PAGES[request.param])
    until(lambda: window.runner.is_idle)
    until(lambda: window.workbench.view.dossier.case.id == PAGES[request.param])
    if request.param:
        window.acts.act(request.param)
        assert window.sheet.content is not None or request.param == "new_intake"
    until(lambda: window.runner.is_idle)
    QApplication.processEvents()
    return window


#: Asked for elsewhere: at intake, in the strip, by the importer, and before a reporter is shown.
NOT_BY_FORM = {"register", "undo", "import_record", "see_reporter"}

#: Asked whose task is meant only where several wait.
ASKING_SOMETIMES = {"sign"}


def test_every_command_has_a_form_or_asks_nothing():
    kinds = {kind for kind in OF_KIND if kind not in NOT_BY_FORM}
    assert set(FORMS) < kinds
    for kind in kinds - set(FORMS):
        assert direct(kind, "case", "task")
    for kind in set(FORMS) - ASKING_SOMETIMES:
        with pytest.raises(KeyError):
            direct(kind, "case", "task")


def test_three_keys_dispatch_a_case_whose_unit_is_known(window: MainWindow, desk, until):
    first = window.workbench.selected
    press(window, Key.Key_F5)
    until(lambda: window.sheet.content is not None)
    press(window, Key.Key_Return, Control)
    until(lambda: desk.sent)
    until(lambda: window.sheet.content is None and window.runner.is_idle)
    assert [type(one) for one in desk.sent] == [Dispatch]
    assert desk.sent[0].case_id == first
    until(lambda: window.workbench.selected != first)
    assert window.focusWidget() is window.workbench.table
    assert window.strip.latest is not None


def test_one_dispatch_after_another_without_the_mouse(window: MainWindow, desk, until):
    for number in range(1, 4):
        before = window.workbench.selected
        press(window, Key.Key_F5)
        until(lambda: window.sheet.content is not None)
        press(window, Key.Key_Return, Control)
        until(lambda number=number: len(desk.sent) == number)
        until(lambda: window.sheet.content is None and window.runner.is_idle)
        until(lambda before=before: window.workbench.selected not in (None, before))
    assert len({one.case_id for one in desk.sent}) == 3


def test_another_class_is_sent_before_the_dispatch(window: MainWindow, desk, until):
    press(window, Key.Key_Slash)
    until(lambda: window.sheet.content is not None)
    assert window.sheet._title.text() == "选择分类"
    press(window, Key.Key_Escape)
    while window.sheet.content is not None:
        press(window, Key.Key_Escape)
    assert not [one for one in desk.sent if isinstance(one, Classify)]


def test_a_queue_is_chosen_by_chord_and_shown_in_the_bar(window: MainWindow, until):
    press(window, Key.Key_G)
    press(window, Key.Key_3)
    until(lambda: window.workbench.queue is Queue.SIGN)
    assert window.queue_bar.button(Queue.SIGN).isChecked()


def test_an_intake_is_registered_by_keys_alone(window: MainWindow, desk, until):
    press(window, Key.Key_F2)
    form = window.pages.currentWidget()
    QTest.keyClicks(window.focusWidget(), "Wang")
    for _ in range(12):
        if window.focusWidget() is form.fields.narrative:
            break
        press(window, Key.Key_Tab)
    QTest.keyClicks(window.focusWidget(), "street lamp out in the lane")
    press(window, Key.Key_S, Control)
    until(lambda: desk.sent)
    assert isinstance(desk.sent[0], Register)
    assert "street lamp" in desk.sent[0].narrative
    until(lambda: window.pages.currentWidget() is window.workbench)


def test_with_an_empty_queue_the_keys_still_work(window: MainWindow, desk, until):
    desk.dossiers = {
        key: one for key, one in desk.dossiers.items() if one.case.stage.value != "DISPATCH"
    }
    window.workbench.use_queue(Queue.DISPATCH)
    until(lambda: window.workbench.side.is_empty)
    press(window, Key.Key_G)
    press(window, Key.Key_1)
    until(lambda: window.workbench.queue is Queue.FILING)


def test_everything_of_a_page_is_named_roomy_legible_and_reached(page: MainWindow, theme):
    """One window for all of it: to build one takes longer than to look at it. Tab, which moves, comes last."""
    everything_has_a_name_and_room(page)
    no_list_wakes_the_input_method(page)
    for name in NAMES:
        every_word_can_be_read(page, theme, name)
    tab_reaches_everything(page)


def everything_has_a_name_and_room(page: MainWindow) -> None:
    nameless = []
    small = []
    for one in shown(page):
        if one.focusPolicy() == Qt.FocusPolicy.NoFocus or one.visibleRegion().isEmpty():
            continue
        interface = QAccessible.queryAccessibleInterface(one)
        if not interface.text(QAccessible.Text.Name):
            nameless.append(one)
        if min(one.width(), one.height()) < TARGET_PX and not isinstance(one, QAbstractItemView):
            small.append((one, one.size()))
    assert not nameless
    assert not small


def no_list_wakes_the_input_method(page: MainWindow) -> None:
    lists = [one for one in shown(page, (QAbstractItemView,)) if one.focusPolicy() != _NEVER]
    awake = [one for one in lists if one.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)]
    assert not awake


def every_word_can_be_read(page: MainWindow, theme: Theme, name: str) -> None:
    theme.use(name)
    QApplication.processEvents()
    picture = page.grab().toImage()
    weak = [
        (one.text(), _ink(one), _ground(one, picture))
        for one in shown(page, (QLabel, QPushButton, QLineEdit))
        if one.isEnabled() and is_legible(one) and one.text()
        if contrast(_ink(one), _ground(one, picture)) < 4.5
    ]
    theme.use("light")
    assert not weak, name


def tab_reaches_everything(page: MainWindow) -> None:
    wanted = {
        one
        for one in shown(page)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isEnabled() and not one.focusProxy()
    }
    met: set[QWidget] = set()
    for _ in range(200):
        now = page.focusWidget()
        if now in met:
            break
        met.add(now)
        QTest.keyClick(now, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    if page.sheet._title_key == "verb.classify" and page.sheet.content is not None:
        wanted = {one for one in wanted if page.sheet.isAncestorOf(one)} & met  # Tab shows the tree
    missed = {one for one in wanted - met if not _sisters(one) & met}
    assert not missed, {one.accessibleName() or repr(one) for one in missed}


def _sisters(one: QWidget) -> set[QWidget]:
    """Buttons of one group, or under one parent when each shuts out the others, share one stop."""
    if not isinstance(one, QAbstractButton):
        return set()
    group = one.group()
    if group is not None and group.exclusive():
        return set(group.buttons())
    parent = one.parentWidget()
    is_shared = one.autoExclusive() and parent is not None
    return set(parent.findChildren(type(one))) if is_shared else set()


def test_nothing_of_who_sat_here_stays_to_be_seen(window: MainWindow, desk: FakeDesk, until):
    """The list, the marks, the case and the counts of one person are no business of the next."""
    bench = window.workbench
    until(lambda: bench.view is not None)
    bench.model.mark(bench.selected, is_marked=True)
    window.seat.run(desk.switch("chen"))
    until(lambda: desk.me.login == "chen")
    window.person_changed()
    assert bench.model.rowCount() == 0
    assert (bench.view, bench.selected, bench.marked) == (None, None, frozenset())
    until(lambda: bench.view is not None)
    assert bench.queue is Queue.SIGN
    assert bench.selected == bench.model.row_at(0).id
    assert window.top._person.text().startswith("陈工")


def test_an_answer_to_who_sat_here_is_dropped(window: MainWindow, desk: FakeDesk, until):
    bench, held = window.workbench, desk.window
    until(lambda: bench.view is not None)
    gate = asyncio.Event()

    async def late(query):
        answer = await held(query)
        await gate.wait()
        return answer

    desk.window = late
    bench.apply_order()
    QTest.qWait(30)
    desk.window = held
    window.seat.run(desk.switch("chen"))
    until(lambda: desk.me.login == "chen")
    window.person_changed()
    gate.set()
    until(lambda: window.runner.is_idle and bench.view is not None)
    assert bench.queue is Queue.SIGN
    assert {bench.model.row_at(at).stage for at in range(bench.model.rowCount())} == {Stage.SIGN}


def test_a_window_that_was_built_undressed_looks_like_any_other(
    whole_window: MainWindow, desk, words, theme, tmp_path, qtbot, until
):
    def picture(window: MainWindow) -> QImage:
        window.workbench.open_case("case-003")
        until(lambda: window.runner.is_idle)
        window.workbench.focus_list()
        QApplication.processEvents()
        return window.grab().toImage()

    undressed = picture(whole_window)
    assert QApplication.instance().styleSheet()
    other = MainWindow(desk, words, theme, furnished(), Product("0.0", tmp_path))
    other.resize(whole_window.size())
    other.show()
    qtbot.waitExposed(other)
    other.activateWindow()
    other.seat.run(other.begin())
    until(lambda: other.runner.is_idle)
    try:
        assert picture(other) == undressed
    finally:
        other.close()
        other.deleteLater()
