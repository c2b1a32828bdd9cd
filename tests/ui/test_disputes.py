"""Disputes on screen: the evidence beside every decision, the ruling as the dispatch, whose turn it is on a rota."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from app.domain.case import Coordination, Dossier
from app.domain.commands import (
    AskReturn,
    ConveneCoordination,
    FallBack,
    OpenCoordination,
    RefuseReturn,
    RuleCoordination,
)
from app.domain.coordinations import live
from app.domain.disputes import Known
from app.domain.evidence import pack_of
from app.domain.rotas import Rota, Share
from app.domain.terms import CaseStatus, Origin, TaskStatus
from tests.ui.fake_desk import FakeDesk, _row
from tests.ui.hands import form, press
from tests.ui.test_extending import about, opened, show
from ui.main_window import MainWindow
from ui.models.pack_text import whole
from ui.models.wish_text import WishText
from ui.models.work_lines import WorkText
from ui.views.forms.by_kind import FORMS
from ui.views.pack_card import PackCard

__all__ = ["about"]
Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(login="li")


def sent_back(desk: FakeDesk, about: str) -> None:
    task = desk.dossiers[about].live_tasks[-1].id
    wish = AskReturn(
        case_id=about,
        task_id=task,
        reason="NOT_DUTY",
        text="不属我局",
        proper_unit="SWJ",
        basis="职责清单第三条",
    )
    desk.colleague_does(about, wish, "chen")


def returned(desk: FakeDesk, about: str, times: int) -> None:
    """So often sent back; all but the last were refused as improper."""
    for n in range(times):
        sent_back(desk, about)
        if n < times - 1:
            request = desk.dossiers[about].requests[-1].id
            desk.colleague_does(about, RefuseReturn(case_id=about, request_id=request, text="应办"))


def read_in(made) -> str:
    return "\n".join(label.text() for label in made.findChildren(QLabel))


@pytest.mark.article(24)
def test_from_the_second_return_on_whoever_decides_reads_how_often_and_all_the_evidence(
    screen, desk, about, qtbot
):
    returned(desk, about, 1)
    made = opened(screen, desk, about, "refuse_return", qtbot)
    assert "本件第" not in read_in(made)
    request = desk.dossiers[about].requests[-1].id
    desk.colleague_does(about, RefuseReturn(case_id=about, request_id=request, text="应办"))
    sent_back(desk, about)
    made = opened(screen, desk, about, "refuse_return", qtbot)
    told = read_in(made)
    assert "本件第 2 次退件；区城市管理和综合执法局 已退 2 次，其中不当 1 次" in told
    assert "派遣经过" in told


@pytest.mark.article(24)
def test_the_third_return_is_ruled_with_the_pack_in_view_and_the_pack_is_copied_whole(
    screen, desk, about, qtbot
):
    returned(desk, about, 3)
    assert live(desk.dossiers[about]) is not None
    made = opened(screen, desk, about, "rule_coordination", qtbot)
    card = made.findChild(PackCard)
    card.copy()
    text = QGuiApplication.clipboard().text()
    assert text == card.text
    for part in ("争议证据包", "不属我局", "职责清单第三条", "区水务局", "不当退件"):
        assert part in text
    sent = []
    made.submitted.connect(sent.extend)
    made.submit()
    assert sent == []
    made.unit.set_value("SWJ")
    made.ruling.setPlainText("属水务职责")
    made.minutes.setPlainText("三家到会")
    made.after.tick("AMENDS")
    made.submit()
    assert sent == [
        RuleCoordination(
            case_id=about, unit="SWJ", minutes="三家到会", ruling="属水务职责", amends=True
        )
    ]


@pytest.mark.article(27)
def test_the_units_concerned_are_called_already_and_only_a_readable_time_is_sent(
    screen, desk, about, qtbot, words
):
    returned(desk, about, 3)
    made = opened(screen, desk, about, "convene_coordination", qtbot)
    assert made.units.codes == ("CGJ", "SWJ")
    sent = []
    made.submitted.connect(sent.extend)
    made.place.setText("二楼会议室")
    made.at.setText("soon")
    assert made._asked.hinted == words.say("form.coordination.unread")
    made.submit()
    assert sent == []
    made.at.setText("11-25 14:30")
    assert made._asked.hinted == "11-25 14:30 召开"
    made.joint.tick("JOINT")
    made.submit()
    (wish,) = sent
    assert wish == ConveneCoordination(
        case_id=about,
        meets_at=datetime(2026, 11, 25, 6, 30, tzinfo=UTC),
        place="二楼会议室",
        units=("CGJ", "SWJ"),
        is_joint=True,
    )


@pytest.mark.article(24)
def test_a_coordination_is_opened_by_key_for_a_reason_and_the_list_marks_it(
    whole_window: MainWindow, desk: FakeDesk, about, until
):
    show(whole_window, about, until)
    press(whole_window, Key.Key_Q, SHIFT)
    made = form(whole_window)
    assert made.why.value == "ASKED"
    made.words.setPlainText("两家推诿")
    press(whole_window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and whole_window.runner.is_idle)
    assert desk.sent == [OpenCoordination(case_id=about, why="ASKED", text="两家推诿")]
    row = _row(desk.dossiers[about])
    assert row.asked == "COORDINATION"


@pytest.mark.article(24, 27)
def test_the_case_tells_of_meeting_ruling_and_duty(screen, desk, about, words):
    desk.colleague_does(about, OpenCoordination(case_id=about, why="ASKED", text="两家推诿"))
    at = desk.now() + timedelta(days=1)
    wish = ConveneCoordination(
        case_id=about, meets_at=at, place="二楼", units=("CGJ", "SWJ"), is_joint=True
    )
    desk.colleague_does(about, wish)
    desk.colleague_does(
        about,
        RuleCoordination(case_id=about, unit="SWJ", minutes="到会", ruling="属水务", amends=True),
    )
    view = desk._view(desk.dossiers[about])
    text = WorkText(WishText(words, screen.data, desk.setting, view.edition))
    parts = {one.name: one.lines for one in text.parts(view.dossier)}
    (line,) = parts["coordinations"]
    assert (line.head, line.state) == ("联席会议：依申请", "已裁定")
    assert "指定 区水务局 承办：属水务" in line.body
    assert "职责调整" in line.body
    heads = [text.wish.headline(one) for one in view.timeline][-3:]
    assert heads == [
        "启动个案协调：依申请",
        f"召集联席会议，{words.when(at)}",
        "协调裁定：指定 区水务局 承办",
    ]


def given_back(desk: FakeDesk, about: str) -> None:
    on = desk.dossiers[about]
    case = replace(on.case, status=CaseStatus.FILED)
    desk.dossiers[about] = replace(
        on,
        case=case,
        tasks=(replace(on.tasks[0], status=TaskStatus.REDISPATCHED, returned_at=desk.now()),),
    )


@pytest.mark.article(21, 25, 26)
def test_the_step_is_told_with_why_and_the_unit_of_it_is_there_already(screen, desk, about, qtbot):
    given_back(desk, about)
    made = opened(screen, desk, about, "fall_back", qtbot)
    told = read_in(made)
    assert "兜底第 1 步（共 3 步）：首问负责" in told
    assert "每步 1 个工作日" in told
    assert (made.step.value, made.unit.value) == ("FIRST_ASKED", "CGJ")
    made.words.setPlainText("权属不清")
    sent = []
    made.submitted.connect(sent.extend)
    made.submit()
    assert sent == [FallBack(case_id=about, step="FIRST_ASKED", unit="CGJ", text="权属不清")]


def with_rota(desk: FakeDesk, about: str, given: dict[str, int]):
    category = desk.dossiers[about].case.category
    shares = (Share("STJ", 60, Origin.PROP), Share("JTJ", 40, Origin.PROP))
    rota = Rota("R", "无主线缆轮值", "ownerless cables", (category,), shares)
    desk._setting = replace(desk.setting, directory=replace(desk.setting.directory, rotas=(rota,)))
    view = desk._view(desk.dossiers[about])
    return replace(view, known=Known({"R": given}))


@pytest.mark.article(21)
def test_a_rota_shows_whose_turn_it_is_and_why_and_another_may_be_taken(screen, desk, about, qtbot):
    given_back(desk, about)
    view = with_rota(desk, about, {"STJ": 1})
    made = FORMS["fall_back"](screen, view)
    qtbot.addWidget(made)
    told = read_in(made)
    assert "此前共派 1 件" in told
    assert "▶ 交通运输分局：份额 40%（建议值），已派 0 件，差额最大，轮到" in told
    assert made.unit.value == "JTJ"
    assert made._unit.hinted == ""
    made.unit.set_value("SWJ")
    made._compare()
    assert made._unit.hinted == "轮到的是 交通运输分局，改派须写明理由"
    made.words.setPlainText("JTJ 正在抢险")
    made.cost.setText("抢险 800 元")
    sent = []
    made.submitted.connect(sent.extend)
    made.submit()
    (wish,) = sent
    assert (wish.rota, wish.turn, wish.unit, wish.cost) == ("R", "JTJ", "SWJ", "抢险 800 元")


@pytest.mark.article(27)
def test_a_ruling_that_changed_the_duty_list_comes_first_from_its_day_on(screen, desk, qtbot):
    on = next(one for one in desk.dossiers.values() if one.case.status is CaseStatus.FILED)
    view = desk._view(on)
    for days, is_first in ((-1, True), (1, False)):
        ruling = Coordination(
            id="k",
            district="",
            case_id="other",
            status="RULED",
            opened_at=desk.now(),
            unit="JYJ",
            category=on.case.category or "",
            amends_from=desk.now() + timedelta(days=days),
        )
        made = FORMS["dispatch"](screen, replace(view, known=Known(amended=(ruling,))))
        qtbot.addWidget(made)
        assert (made.unit.value == "JYJ") is is_first


def test_the_pack_says_of_an_empty_case_what_there_is(screen, desk):
    on = next(iter(desk.dossiers.values()))
    bare = Dossier(on.case)
    found = pack_of(bare, desk.setting.directory)
    text = whole(found, screen.words, screen.data, desk.setting.policy(on.case))
    assert on.case.number in text
