"""A danger held off, on screen: ordered by a key, seen in the case with its clocks, reported with a photograph."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.domain.commands import OrderInterim, ReportInterim
from app.domain.terms import CaseStatus, Clock
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import press, write
from tests.ui.test_extending import show
from ui.main_window import MainWindow
from ui.models.clock_lines import ClockText
from ui.models.wish_text import WishText
from ui.models.work_lines import WorkText
from ui.views.forms.by_kind import FORMS

pytestmark = pytest.mark.article(10)

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk(login="li")


@pytest.fixture
def about(desk: FakeDesk) -> str:
    """A hazard that waits to be filed."""
    on = next(one for one in desk.dossiers.values() if one.case.status is CaseStatus.REGISTERED)
    desk.dossiers[on.case.id] = replace(on, case=replace(on.case, safety_hazard=True))
    return on.case.id


def order(desk: FakeDesk, about: str, unit: str = "CGJ") -> None:
    wish = OrderInterim(case_id=about, unit=unit, measure="FENCE_OFF", text="两侧都围")
    desk.colleague_does(about, wish)


def text_of(screen, desk, about):
    view = desk._view(desk.dossiers[about])
    wish = WishText(screen.words, screen.data, desk.setting, view.edition)
    return view, wish


def test_it_is_ordered_by_keys(whole_window: MainWindow, desk: FakeDesk, about, until):
    show(whole_window, about, until)
    press(whole_window, Key.Key_T)
    made = whole_window.sheet.content
    made.measure.choose("FENCE_OFF")
    made.unit.set_value("CGJ")
    made.words.take_focus()
    write(whole_window, "两侧都围")
    press(whole_window, Key.Key_Return, CTRL)
    until(lambda: desk.sent and whole_window.runner.is_idle)
    assert desk.sent == [
        OrderInterim(case_id=about, unit="CGJ", measure="FENCE_OFF", text="两侧都围")
    ]
    assert desk.dossiers[about].case.units == "|CGJ|"


def test_the_case_tells_what_was_ordered_and_both_clocks(screen, desk, about):
    order(desk, about)
    view, wish = text_of(screen, desk, about)
    (part,) = [one for one in WorkText(wish).parts(view.dossier) if one.name == "interims"]
    (line,) = part.lines
    assert "围挡隔离" in line.head
    assert (line.state, line.tone, line.body) == ("待回应", "soon", "两侧都围")
    text = ClockText.of(screen.words, screen.data, desk.setting, view.dossier)
    names = [text.name(one) for one in view.ledgers if one.clock is Clock.KI]
    unit = screen.data.unit("CGJ")
    assert names == [f"临时处置回应 · {unit}", f"临时处置完成 · {unit}"]
    assert wish.headline(view.timeline[-1]) == f"请 {unit} 临时处置：围挡隔离"


@pytest.mark.parametrize(
    ("outcome", "is_done", "said_so"), [("DONE", True, "已处置"), ("AT_IT", False, "正在处置")]
)
def test_what_became_of_it_is_reported_with_a_photo(
    screen, desk, about, qtbot, until, outcome, is_done, said_so
):
    order(desk, about)
    made = FORMS["report_interim"](screen, desk._view(desk.dossiers[about]))
    qtbot.addWidget(made)
    interim = desk.dossiers[about].interims[0]
    assert made.which.value == interim.id
    made.files.take(["/tmp/a.jpg"])
    until(lambda: made.files.kept)
    made.outcome.choose(outcome)
    made.words.setPlainText("已围好")
    photo, said = made._commands()
    assert (photo.stage, photo.task_id) == ("INTERIM", None)
    assert said == ReportInterim(
        case_id=about, interim_id=interim.id, text="已围好", is_done=is_done
    )
    desk.colleague_does(about, said)
    view, wish = text_of(screen, desk, about)
    assert wish.headline(view.timeline[-1]) == f"临时处置：{said_so}"
    (part,) = [one for one in WorkText(wish).parts(view.dossier) if one.name == "interims"]
    assert part.lines[0].body.endswith("情况：已围好")


def test_a_measure_that_the_edition_lacks_is_told_by_its_code(screen, desk, about, qtbot):
    order(desk, about)
    on = desk.dossiers[about]
    desk.dossiers[about] = replace(on, interims=(replace(on.interims[0], measure="OLD"),))
    made = FORMS["report_interim"](screen, desk._view(desk.dossiers[about]))
    qtbot.addWidget(made)
    _, wish = text_of(screen, desk, about)
    assert wish.measure("OLD") == "OLD"
    assert replace(wish, edition="NONE@1").measure("OLD") == "OLD"


def test_where_nothing_is_owed_nothing_is_chosen(screen, desk, about, qtbot):
    made = FORMS["report_interim"](screen, desk._view(desk.dossiers[about]))
    qtbot.addWidget(made)
    assert made._commands()[0].interim_id == ""
