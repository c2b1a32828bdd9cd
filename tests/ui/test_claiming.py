"""Claiming a case at the window: by its key, by a button, and what the screen says of who has it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.commands import Claim, Release, TakeOver
from app.domain.terms import Role
from app.services.queries import Attention, Queue, QueueRow, SyncState
from tests.ui.fake_desk import PEOPLE, FakeDesk
from tests.ui.fake_town import NOW
from tests.ui.hands import form, press, texts, write
from ui.main_window import MainWindow
from ui.models.aside_text import AsideText
from ui.models.row_text import Column
from ui.verbs import BY_NAME
from ui.views.queue_bar import QueueBar

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT_SHIFT = Qt.KeyboardModifier.AltModifier | SHIFT


@pytest.fixture
def reading(whole_window: MainWindow, until) -> MainWindow:
    bench = whole_window.workbench
    bench.use_queue(Queue.DISPATCH)
    until(lambda: bench.view and bench.view.suggested == "dispatch" and whole_window.runner.is_idle)
    return whole_window


def head(window: MainWindow) -> str:
    return window.workbench.pane.header.spoken


def marks(window: MainWindow) -> str:
    bench = window.workbench
    row = bench.model.row_of(bench.selected)
    return bench.model.cell(row, Column.MARKS)


def offered(window: MainWindow) -> set[str]:
    return {"claim", "release", "take_over"} & set(window.workbench.pane.acts.names)


def test_the_key_claims_and_the_same_key_with_shift_lets_go(reading, desk, until, words):
    about = reading.workbench.selected
    press(reading, Key.Key_M)
    until(lambda: desk.sent == [Claim(case_id=about)] and reading.runner.is_idle)
    until(lambda: "您已认领" in head(reading))
    assert reading.strip.text == f"已认领 {desk.dossiers[about].case.number}"
    assert reading.workbench.selected == about
    until(lambda: marks(reading) == desk.me.name)
    assert offered(reading) == {"release"}
    words.use("en")
    assert "claimed by you" in head(reading)
    words.use("zh")
    press(reading, Key.Key_M, SHIFT)
    until(lambda: desk.sent[1:] == [Release(case_id=about)] and reading.runner.is_idle)
    until(lambda: "认领" not in head(reading))
    assert marks(reading) == ""
    assert offered(reading) == {"claim"}


def test_a_claim_is_taken_back_by_undo(reading, desk, until):
    about = reading.workbench.selected
    press(reading, Key.Key_M)
    until(lambda: desk.dossiers[about].case.holder == desk.me.login and reading.runner.is_idle)
    press(reading, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    until(lambda: desk.dossiers[about].case.holder == "" and reading.runner.is_idle)


def test_who_comes_second_reads_who_has_it(reading, desk, until):
    about = reading.workbench.selected
    desk.colleague_does(about, Claim(case_id=about))
    until(lambda: "李" in head(reading) and "已认领" in head(reading))
    assert marks(reading).startswith("李")
    assert offered(reading) == set()
    press(reading, Key.Key_M)
    until(lambda: any("已于" in one and "认领" in one for one in texts(reading)))
    assert any("李" in one for one in texts(reading))
    assert desk.sent == []


def test_a_leader_takes_over_with_a_reason(whole_window, desk, until):
    bench = whole_window.workbench
    leader = next(one.login for one in PEOPLE if one.role is Role.SHIFT_LEADER)
    whole_window.acts.seating.seat(leader)
    until(lambda: desk.me.login == leader and whole_window.runner.is_idle)
    bench.use_queue(Queue.DISPATCH)
    until(lambda: bench.view and bench.view.suggested == "dispatch" and whole_window.runner.is_idle)
    about = bench.selected
    desk.colleague_does(about, Claim(case_id=about), "zhang")
    until(lambda: offered(whole_window) == {"take_over"})
    press(whole_window, Key.Key_G, ALT_SHIFT)
    until(lambda: form(whole_window) is not None)
    write(whole_window, "他下班了")
    QTest.keyClick(whole_window.focusWidget(), Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    until(lambda: desk.sent == [TakeOver(case_id=about, reason="他下班了")])
    until(lambda: "您已认领" in head(whole_window))


@pytest.fixture
def lost(desk: FakeDesk) -> Attention:
    """A claim for which somebody else was faster, as the centre tells it."""
    case = next(iter(desk.dossiers.values())).case
    row = {"id": case.id, "holder": "li", "held_at": "2026-11-23T02:14:00.000000Z"}
    return Attention(
        cmd_id="c9",
        kind="claim",
        case_id=case.id,
        number=case.number,
        why="conflict",
        at=NOW,
        wish={"case_id": case.id},
        facts={"said": "base", "rows": [["case_file", row]], "since": []},
        can_be_note=False,
        case=case,
    )


def test_a_lost_claim_is_told_at_once_with_the_name_of_who_has_it(whole_window, desk, until, lost):
    desk.waiting_attention = [lost]
    desk.go(SyncState(online=True, attention=1))
    until(lambda: any("已于 11-23 10:14 认领本件" in one for one in texts(whole_window)))
    assert any(lost.number in one and "李" in one for one in texts(whole_window))


def test_a_claim_that_lost_to_something_else_says_what(screen, lost):
    text = AsideText(screen.words, screen.data, screen.desk.setting)
    free = replace(lost, facts={"said": "base", "rows": [["case_file", {"holder": ""}]]})
    assert text.why(free) == screen.words.say("frame.why_not.conflict")
    assert "认领" in text.why(lost)


def test_what_one_has_claimed_is_a_list_of_its_own(reading, desk: FakeDesk, until):
    """By a key; it grows as one claims, and shrinks as another takes over, without a row moving."""
    first, second = (one.id for one in rows(reading)[:2])
    for one in (first, second):
        desk.colleague(one, holder="zhang", held_at=NOW)
    press(reading, Key.Key_G)
    press(reading, Key.Key_9)
    until(lambda: {one.id for one in rows(reading)} == {first, second})
    bar = reading.findChild(QueueBar)
    until(lambda: bar.button(Queue.MINE).accessibleName().startswith("我认领的：2"))
    desk.colleague(first, holder="li")
    until(lambda: first in reading.workbench.model.gone)
    assert {one.id for one in rows(reading)} == {first, second}
    assert reading.acts.why_not(BY_NAME["queue_mine"]) is None
    assert "verb:queue_mine" in {one.code for one in reading._offers()}


def test_who_holds_nothing_reads_how_to_claim(reading, desk: FakeDesk, until):
    reading.acts.act("queue_mine")
    until(lambda: reading.workbench.queue is Queue.MINE and reading.runner.is_idle)
    until(lambda: "按 M" in reading.workbench.side.empty.hint.text())


def test_who_cannot_claim_has_no_such_list(reading, desk: FakeDesk, until):
    bar = reading.findChild(QueueBar)
    assert not bar.button(Queue.MINE).isHidden()
    reading.acts.seating.seat("chen")
    until(lambda: desk.me.login == "chen" and reading.runner.is_idle)
    until(lambda: bar.button(Queue.MINE).isHidden())
    assert reading.acts.why_not(BY_NAME["queue_mine"]) is not None


def rows(window: MainWindow) -> list[QueueRow]:
    model = window.workbench.model
    return [row for at in range(model.rowCount()) if (row := model.row_at(at)) is not None]
