"""Reports of one event merged on screen: proposed with reasons, swapped by a key, previewed, told on either side."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.case import Dossier
from app.domain.commands import Merge, Unmerge
from app.domain.terms import CaseStatus, Grade, Nature, Stage
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import form, press
from tests.ui.test_extending import show
from ui.main_window import MainWindow
from ui.views.forms.by_kind import FORMS

pytestmark = pytest.mark.article(18)
Key = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
STORY = "文化路北侧工地夜间施工噪声扰民，希望尽快处理。"


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def pair(desk: FakeDesk) -> tuple[str, str]:
    """Two filed cases of one class at one place, and nothing else like them."""
    ids = sorted(desk.dossiers)[:2]
    first = desk.dossiers[ids[0]].case
    for at, one in enumerate(ids):
        case = replace(
            desk.dossiers[one].case,
            status=CaseStatus.FILED,
            stage=Stage.DISPATCH,
            nature=Nature.COMPLAINT,
            grade=Grade.C,
            narrative=STORY,
            category=first.category,
            community=first.community,
            registered_at=desk.now(),
            filed_at=desk.now(),
            units="",
            lead_unit=None,
            reporter_masked=f"李*{at}",
        )
        desk.dossiers[one] = Dossier(case)
    for one in sorted(desk.dossiers)[2:]:
        on = desk.dossiers[one]
        desk.dossiers[one] = replace(
            on, case=replace(on.case, community="elsewhere", narrative="另一件")
        )
    return ids[0], ids[1]


def opened(window: MainWindow, about: str, until):
    show(window, about, until)
    press(window, Key.Key_F7)
    until(lambda: form(window) is not None and form(window).members.codes)
    return form(window)


def test_a_duplicate_is_proposed_with_reasons_and_merged_in_three_keys(
    whole_window: MainWindow, desk: FakeDesk, pair, until
):
    into, member = pair
    made = opened(whole_window, into, until)
    assert list(made.known) == [member]
    told = "\n".join(one.text() for one in made.findChildren(QLabel))
    assert "同类 · 同社区 · 文字重合 100%" in told
    press(whole_window, Key.Key_1, ALT)
    assert made.members.value == (member,)
    assert "1 件并入" in made.text
    assert "李*1" in made.text
    press(whole_window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and whole_window.runner.is_idle)
    assert desk.sent == [Merge(case_id=into, members=(member,))]
    assert desk.dossiers[member].case.status is CaseStatus.MERGED


def test_one_key_swaps_who_survives(whole_window: MainWindow, desk: FakeDesk, pair, until):
    into, member = pair
    made = opened(whole_window, into, until)
    press(whole_window, Key.Key_1, ALT)
    press(whole_window, Key.Key_F7)
    assert desk.dossiers[member].case.number in made.keeps.text()
    assert made.members.value == (into,)
    press(whole_window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and whole_window.runner.is_idle)
    assert desk.sent == [Merge(case_id=member, members=(into,))]


def test_the_preview_tells_the_rules_no(whole_window: MainWindow, desk: FakeDesk, pair, until):
    into, member = pair
    on = desk.dossiers[member]
    desk.dossiers[member] = replace(on, case=replace(on.case, grade=Grade.B))
    made = opened(whole_window, into, until)
    press(whole_window, Key.Key_1, ALT)
    assert "级别更高" in made.text


def test_a_case_is_added_by_its_number(whole_window: MainWindow, desk: FakeDesk, pair, until):
    into, _ = pair
    other = sorted(desk.dossiers)[5]
    on = desk.dossiers[other]
    desk.dossiers[other] = Dossier(replace(on.case, status=CaseStatus.FILED))
    made = opened(whole_window, into, until)
    made.number.setText(on.case.number)
    made.number.returnPressed.emit()
    until(lambda: other in made.members.value)
    made.number.setText("nowhere")
    made.number.returnPressed.emit()
    until(lambda: "nowhere" in made.refusal)


def test_marked_cases_are_ticked_when_it_opens(whole_window: MainWindow, pair, until, monkeypatch):
    into, member = pair
    show(whole_window, into, until)
    monkeypatch.setattr(type(whole_window.workbench), "marked", {into, member})
    press(whole_window, Key.Key_F7)
    until(lambda: form(whole_window) is not None and member in form(whole_window).members.value)


def test_either_case_says_where_the_other_is(whole_window: MainWindow, desk: FakeDesk, pair, until):
    into, member = pair
    desk.colleague_does(into, Merge(case_id=into, members=(member,)))
    pane = whole_window.workbench.pane
    show(whole_window, member, until)
    until(lambda: pane.facts.links("merged_into"))
    (link,) = pane.facts.links("merged_into")
    assert link.text() == desk.dossiers[into].case.number
    link.click()
    until(lambda: pane.view is not None and pane.view.dossier.case.id == into)
    told = "\n".join(one.text() for one in pane.work["members"].findChildren(QLabel))
    assert desk.dossiers[member].case.number in told
    assert "李*1" in told


def shown_toasts(window: MainWindow) -> str:
    return "\n".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())


def test_an_old_number_leads_to_the_survivor_and_says_so(
    whole_window: MainWindow, desk: FakeDesk, pair, until
):
    into, member = pair
    desk.colleague_does(into, Merge(case_id=into, members=(member,)))
    bench, number = whole_window.workbench, desk.dossiers[member].case.number
    press(whole_window, Key.Key_F3)
    bench.side.search.edit.setText(number)
    press(whole_window, Key.Key_Return)
    until(lambda: bench.view is not None and bench.view.dossier.case.id == into)
    until(lambda: f"{number} 已并入" in shown_toasts(whole_window))
    palette = whole_window.palette_panel
    palette.show_palette()
    palette.edit.setText(number)
    until(lambda: palette.model.rowCount())
    first = palette.model.offer(0)
    assert first.code == f"case:{into}"
    assert number in first.keys
    palette.hide_palette()


def test_they_part_by_one_form(whole_window: MainWindow, desk: FakeDesk, pair, until):
    into, member = pair
    desk.colleague_does(into, Merge(case_id=into, members=(member,)))
    show(whole_window, into, until)
    press(whole_window, Key.Key_F7, CTRL)
    made = form(whole_window)
    assert made is not None
    assert made.members.value == (member,)
    press(whole_window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and whole_window.runner.is_idle)
    assert desk.sent == [Unmerge(case_id=into, members=(member,))]
    assert desk.dossiers[member].case.status is CaseStatus.FILED


def test_closing_says_which_cases_close_along_with_it(screen, desk: FakeDesk, pair, qtbot):
    into, member = pair
    desk.colleague_does(into, Merge(case_id=into, members=(member,)))
    made = FORMS["close"](screen, desk._view(desk.dossiers[into]))
    qtbot.addWidget(made)
    assert desk.dossiers[member].case.number in made.along.text()
    alone = FORMS["close"](screen, desk._view(desk.dossiers[sorted(desk.dossiers)[9]]))
    qtbot.addWidget(alone)
    assert alone.along.isHidden()
