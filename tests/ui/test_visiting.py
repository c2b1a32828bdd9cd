"""Visits on screen: the queue, the call with its script and stars, the unit's word, the decision, opening again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.domain.commands import Close, DecideRating, ExplainRating, RecordVisit, Reopen
from app.domain.measures.disposal import criteria_for
from app.domain.terms import CaseStatus, Stage
from app.domain.visits import BAD, EXPLAINED, OPEN, UPHELD
from app.services.queries import Queue
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import form, press
from tests.ui.test_holding import show
from ui.main_window import MainWindow
from ui.views.forms.by_kind import FORMS
from ui.views.queue_bar import QueueBar

pytestmark = pytest.mark.article(30, 31)
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
#: Handled by chen, and waiting for its review.
ABOUT = "case-006"


@pytest.fixture
def closed(desk: FakeDesk) -> str:
    on = desk.dossiers[ABOUT]
    from app.domain.moment import Moment

    moment = Moment(desk.now(), desk.me, "", desk.setting)
    ticked = tuple(one.code for one in criteria_for(on, moment))
    desk.colleague_does(ABOUT, Close(case_id=ABOUT, criteria=ticked))
    assert desk.dossiers[ABOUT].visits[0].status == OPEN
    return ABOUT


def rated(desk: FakeDesk, stars: int = 1) -> None:
    visit = desk.dossiers[ABOUT].visits[0].id
    wish = RecordVisit(
        case_id=ABOUT, visit_id=visit, outcome="REACHED", overall=stars, text="拖了太久"
    )
    desk.colleague_does(ABOUT, wish)


def explained(desk: FakeDesk) -> None:
    visit = desk.dossiers[ABOUT].visits[0].id
    wish = ExplainRating(case_id=ABOUT, visit_id=visit, text="产权单位备料需三天")
    desk.colleague_does(ABOUT, wish)


def read(made) -> str:
    return "\n".join(one.text() for one in made.findChildren(QLabel) if not one.isHidden())


def test_closed_cases_wait_in_a_queue_of_their_own(
    whole_window: MainWindow, desk: FakeDesk, closed: str, until
):
    window = whole_window
    press(window, Key.Key_G)
    press(window, Key.Key_V)
    until(lambda: window.workbench.queue is Queue.VISIT and window.runner.is_idle)
    assert window.workbench.model.rowCount() == 1
    bar = window.findChild(QueueBar)
    bar.refresh()
    until(lambda: bar.button(Queue.VISIT).accessibleName().startswith("待回访：1"))


def test_whom_to_call_and_what_to_say_stand_above_what_came_of_it(
    whole_window: MainWindow, desk: FakeDesk, closed: str, until
):
    show(whole_window, ABOUT, until)
    press(whole_window, Key.Key_W)
    until(lambda: form(whole_window))
    made = form(whole_window)
    told = read(made)
    assert "138****1206" in told
    assert "请问问题解决了吗" in told
    assert "已现场处理并答复" in told
    assert "〔" not in told
    press(whole_window, Key.Key_1)
    press(whole_window, Key.Key_Return)
    press(whole_window, Key.Key_5)
    assert made.stars["overall"].value == "5"
    made.stars["service"].choose("4")
    made.words.setPlainText("满意")
    press(whole_window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and whole_window.runner.is_idle)
    visit = desk.dossiers[ABOUT].visits[0]
    assert desk.sent == [
        RecordVisit(
            case_id=ABOUT,
            visit_id=visit.id,
            outcome="REACHED",
            text="满意",
            overall=5,
            service=4,
        )
    ]
    assert desk.dossiers[ABOUT].case.stage is Stage.ENDED


@pytest.fixture
def visiting(screen, desk, closed, qtbot):
    made = FORMS["record_visit"](screen, desk._view(desk.dossiers[ABOUT]))
    qtbot.addWidget(made)
    return made


def test_stars_are_asked_only_of_who_was_reached(visiting):
    assert all(field.isHidden() for field in visiting._rated.values())
    visiting.outcome.choose("REACHED")
    assert [one.key for one in visiting.column.missing] == ["form.visit.overall"]
    visiting.stars["overall"].choose("2")
    visiting.outcome.choose("NO_ANSWER")
    assert not visiting.column.missing
    assert visiting._commands()[0].overall == 0


def test_silence_is_offered_only_after_its_days(screen, desk, closed, qtbot):
    def offered() -> list[str]:
        made = FORMS["record_visit"](screen, desk._view(desk.dossiers[ABOUT]))
        qtbot.addWidget(made)
        return made._outcomes()

    assert "SILENT" not in offered()
    desk.pass_time(days=7)
    assert "SILENT" in offered()


def test_a_bad_rating_is_explained_and_stands(
    whole_window: MainWindow, desk: FakeDesk, closed: str, until
):
    rated(desk)
    assert desk.dossiers[ABOUT].visits[0].status == BAD
    explained(desk)
    show(whole_window, ABOUT, until)
    press(whole_window, Key.Key_Z)
    until(lambda: form(whole_window))
    told = read(form(whole_window))
    assert "总体 1 分" in told
    assert "拖了太久" in told
    assert "产权单位备料需三天" in told
    form(whole_window).what.choose(UPHELD)
    press(whole_window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and whole_window.runner.is_idle)
    assert desk.dossiers[ABOUT].visits[0].status == UPHELD


def test_what_is_not_explained_can_only_be_done_again(screen, desk, closed, qtbot):
    rated(desk)
    made = FORMS["decide_rating"](screen, desk._view(desk.dossiers[ABOUT]))
    qtbot.addWidget(made)
    assert made.what.value == "REWORKED"
    assert [one.key for one in made.column.missing] == ["form.rating.words"]
    made.words.setPlainText("仍未修复")
    (wish,) = made._commands()
    visit = desk.dossiers[ABOUT].visits[0].id
    assert wish == DecideRating(case_id=ABOUT, visit_id=visit, is_rework=True, text="仍未修复")
    desk.colleague_does(ABOUT, wish)
    assert desk.dossiers[ABOUT].case.status is CaseStatus.REWORK


def test_the_unit_reads_what_it_has_to_explain(screen, desk, closed, qtbot):
    rated(desk)
    made = FORMS["explain_rating"](screen, desk._view(desk.dossiers[ABOUT]))
    qtbot.addWidget(made)
    assert "拖了太久" in read(made)
    made.words.setPlainText("备料")
    assert isinstance(made._commands()[0], ExplainRating)
    desk.colleague_does(ABOUT, made._commands()[0])
    assert desk.dossiers[ABOUT].visits[0].status == EXPLAINED


def test_the_pane_tells_the_visit_line_by_line(
    whole_window: MainWindow, desk: FakeDesk, closed: str, until
):
    rated(desk)
    explained(desk)
    show(whole_window, ABOUT, until)
    told = read(whole_window.workbench.pane.work["visits"])
    assert "投诉全部回访" in told
    assert "已说明待裁定" in told
    assert "总体 1 分" in told
    assert "单位说明：产权单位备料需三天" in told
    assert "差评裁定" in whole_window.workbench.pane.header.spoken


def test_opening_again_says_how_long_that_is_possible(screen, desk, closed, qtbot):
    made = FORMS["reopen"](screen, desk._view(desk.dossiers[ABOUT]))
    qtbot.addWidget(made)
    assert "30 天内" in read(made)
    made.words.setPlainText("又响了")
    assert made._commands() == (Reopen(case_id=ABOUT, text="又响了"),)
