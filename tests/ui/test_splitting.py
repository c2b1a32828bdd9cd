"""A report split on screen: sentences given by digits, a class for each part, every clock told, found either side."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.case import Dossier
from app.domain.commands import Demand, Split, Unsplit
from app.domain.terms import CaseStatus, Grade, Nature, Stage
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import form, press
from tests.ui.test_extending import show
from ui.main_window import MainWindow
from ui.views.forms.by_kind import FORMS

pytestmark = pytest.mark.article(19)
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
STORY = "您好，我是幸福里的业主。北门外路灯不亮。夜里施工噪声很大！门前积水很深。"
LAMP, NOISE, WATER = "北门外路灯不亮。", "夜里施工噪声很大！", "门前积水很深。"


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def whole(desk: FakeDesk) -> str:
    """A filed case that says several things."""
    one = sorted(desk.dossiers)[0]
    case = replace(
        desk.dossiers[one].case,
        status=CaseStatus.FILED,
        stage=Stage.DISPATCH,
        nature=Nature.COMPLAINT,
        grade=Grade.C,
        narrative=STORY,
        registered_at=desk.now(),
        filed_at=desk.now(),
        units="",
        lead_unit=None,
    )
    desk.dossiers[one] = Dossier(case)
    return one


def keys(window: MainWindow, *which: Key) -> None:
    for one in which:
        press(window, one)


def told_in(made) -> str:
    return "\n".join(one.text() for one in made.findChildren(QLabel))


def test_two_demands_are_split_by_six_keys(whole_window: MainWindow, desk, whole, until):
    """F6, not the greeting, 1, 2, 3, submit: 0.28 s each and two looks of 1.35 s come to less than 12 s."""
    show(whole_window, whole, until)
    keys(whole_window, Key.Key_F6)
    made = form(whole_window)
    keys(whole_window, Key.Key_Down, Key.Key_1, Key.Key_2, Key.Key_2)
    press(whole_window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and whole_window.runner.is_idle)
    (wish,) = desk.sent
    assert isinstance(wish, Split)
    assert [one.narrative for one in wish.demands] == [LAMP, NOISE + WATER]
    assert made.board.told == ("您好，我是幸福里的业主。", LAMP, NOISE, WATER)
    assert desk.dossiers[whole].case.status is CaseStatus.SPLIT


def test_what_goes_with_every_part_and_what_with_none(screen, desk, whole, qtbot):
    made = FORMS["split"](screen, desk._view(desk.dossiers[whole]))
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    board = made.board
    board.buttons[0].setFocus()
    qtbot.keyClick(board.buttons[0], Key.Key_Space)
    for at, part in ((1, 1), (2, 2)):
        board.give(at, part)
    assert [one.narrative for one in made.demands] == [board.told[0] + LAMP, board.told[0] + NOISE]
    board.buttons[2].setFocus()
    qtbot.keyClick(board.buttons[2], Key.Key_Delete)
    assert board.value == (-1, 1, 0, 0)
    made.submit()
    assert "各件" in told_in(made) or made.board.is_blank
    assert not desk.sent


def test_the_preview_tells_parts_clocks_inheritance_and_the_rules_no(screen, desk, whole, qtbot):
    made = FORMS["split"](screen, desk._view(desk.dossiers[whole]))
    qtbot.addWidget(made)
    assert "至少分成两件" in made.text
    made.board.give(1, 1)
    made.board.give(3, 4)
    first, second = made.parts.cards
    assert ("第1件" in first.head.text(), "第4件" in second.head.text()) == (True, True)
    assert "分拨" in first.clock.text()
    assert "生成 2 件" in made.text
    assert "继承：诉求人" in made.text
    assert desk.dossiers[whole].case.reporter_masked in made.text
    screen.words.use("en")
    assert "2 parts are made" in made.text


def test_a_class_is_chosen_in_the_picker_for_one_part(screen, desk, whole, qtbot):
    made = FORMS["split"](screen, desk._view(desk.dossiers[whole]))
    qtbot.addWidget(made)
    made.show()
    made.board.give(1, 1)
    made.board.give(2, 2)
    first, second = made.parts.cards
    before = first.value
    second.button.click()
    assert made.over.is_open
    other = next(
        one.code
        for one in screen.desk.setting.directory.taxonomy.leaves()
        if one.code not in (before, second.value)
    )
    made.over.picker.chosen.emit(other)
    assert not made.over.is_open
    assert (first.value, second.value) == (before, other)
    assert [one.category for one in made.demands][1] == other
    assert made.written["values"]["form.parts"] == {"2": other} if made.written else True


def test_either_side_says_where_the_other_is_and_it_becomes_one_again(
    whole_window: MainWindow, desk, whole, until
):
    demands = tuple(Demand(narrative=one) for one in (LAMP, NOISE))
    desk.colleague_does(whole, Split(case_id=whole, demands=demands))
    pane = whole_window.workbench.pane
    show(whole_window, whole, until)
    until(lambda: pane.facts.links("parts"))
    number = desk.dossiers[whole].case.number
    links = pane.facts.links("parts")
    assert [one.text() for one in links] == [f"{number}-01", f"{number}-02"]
    told = told_in(pane.work["parts"])
    assert "北门外路灯不亮" in told
    assert "已立案" in told or "待分拨" in told
    links[0].click()
    until(lambda: pane.view is not None and pane.view.dossier.case.split_from == whole)
    (back,) = pane.facts.links("split_from")
    assert back.text() == number
    show(whole_window, whole, until)
    press(whole_window, Key.Key_F6, CTRL)
    until(lambda: desk.sent and whole_window.runner.is_idle)
    assert desk.sent == [Unsplit(case_id=whole)]
    assert desk.dossiers[whole].case.status is CaseStatus.FILED
