"""The sheet lies exactly over the case it is about, whatever happens to the window around it."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QScrollBar, QSplitter, QWidget

from app.domain.terms import CaseStatus, TaskStatus
from tests.series import IS_SOAK
from ui.main_window import MainWindow
from ui.theme import BASE_PX, SIZES
from ui.views.forms.by_kind import FORMS

#: The keys that end the words of a form's two buttons.
WAYS = ("Ctrl+Enter", "Esc")


@pytest.fixture
def window(whole_window: MainWindow) -> MainWindow:
    whole_window.acts.act("add_note")
    QApplication.processEvents()
    return whole_window


def on_window(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())


def splitter_of(window: MainWindow) -> QSplitter:
    return window.workbench.findChild(QSplitter)


def test_it_covers_exactly_the_pane(window: MainWindow):
    assert on_window(window.sheet) == on_window(window.workbench.pane)


def test_it_follows_the_splitter_while_that_is_dragged(window: MainWindow):
    handle = splitter_of(window).handle(1)
    before = window.sheet.width()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(0, 40))
    for left in (-30, -30, -20, 25):
        QTest.mouseMove(handle, QPoint(left, 40))
        assert on_window(window.sheet) == on_window(window.workbench.pane)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton)
    assert window.sheet.width() > before + 30


@pytest.mark.parametrize("size", [(1920, 1040), (1120, 680), (1500, 900)])
def test_it_follows_the_window(window: MainWindow, size):
    window.resize(*size)
    QApplication.processEvents()
    assert on_window(window.sheet) == on_window(window.workbench.pane)


def test_over_another_page_it_takes_a_part_of_the_width(window: MainWindow):
    window.sheet.close_sheet()
    window.acts.act("new_intake")
    window.acts.act("key_sheet")
    QApplication.processEvents()
    place, ground = on_window(window.sheet), on_window(window.sheet.parentWidget())
    assert place.right() == ground.right()
    assert 500 < place.width() < ground.width() * 0.6


def test_back_at_the_workbench_it_covers_the_pane_again(window: MainWindow):
    window.sheet.close_sheet()
    window.acts.act("new_intake")
    window.acts.act("key_sheet")
    window.acts.act("queue_filing")
    QApplication.processEvents()
    assert on_window(window.sheet) == on_window(window.workbench.pane)


# forms in it

#: A state of a case or of one of its tasks in which each form makes sense.
STANDING = {
    "ask_verification": CaseStatus.REGISTERED,
    "report_verification": CaseStatus.REGISTERED,
    "refuse": CaseStatus.REGISTERED,
    "amend": CaseStatus.REGISTERED,
    "void": CaseStatus.REGISTERED,
    "commend": CaseStatus.REGISTERED,
    "redispatch": TaskStatus.PENDING_SIGN,
    "ask_return": TaskStatus.SIGNED,
    "ask_extension": TaskStatus.SIGNED,
    "ask_suspension": TaskStatus.SIGNED,
    "ask_staged": TaskStatus.SIGNED,
    "log_blocker": TaskStatus.SIGNED,
    "ask_cancel": TaskStatus.SIGNED,
    "handle": TaskStatus.SIGNED,
    "approve_return": TaskStatus.RETURN_REVIEW,
    "refuse_return": TaskStatus.RETURN_REVIEW,
    "close": CaseStatus.PENDING_CLOSURE,
    "order_rework": CaseStatus.PENDING_CLOSURE,
}


def open_form(window: MainWindow, kind: str) -> QWidget:
    wanted = STANDING.get(kind, CaseStatus.FILED)
    desk = window.seat.desk
    on = next(
        one
        for one in desk.dossiers.values()
        if wanted in (one.case.status, *(task.status for task in one.tasks))
    )
    form = FORMS[kind](window.seat, desk._view(on))
    window.sheet.show_content(f"verb.{kind}", form)
    form.first_focus()
    return form


def wholly_seen(widget: QWidget) -> bool:
    return widget.visibleRegion().boundingRect() == widget.rect()


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()


def squeezed(form: QWidget) -> bool:
    """Whether something has to be scrolled to from side to side."""
    bars = [one for one in form.window().findChildren(QScrollBar) if one.isVisible()]
    return any(one.orientation() is Qt.Orientation.Horizontal for one in bars)


#: Large letters need most room; the usual size on request.
LETTERS = (BASE_PX, SIZES[-1]) if IS_SOAK else (SIZES[-1],)


@pytest.fixture(params=[(language, px) for language in ("zh", "en") for px in LETTERS])
def look(request, theme, words):
    language, px = request.param
    theme.use_size(px)
    words.use(language)
    yield request.param
    theme.use_size(BASE_PX)


def test_no_form_hides_its_buttons_or_is_wider_than_the_sheet(whole_window: MainWindow, look):
    wrong = []
    for kind in FORMS:
        form = open_form(whole_window, kind)
        form.show_refusal("own-request", {})
        settle()
        buttons = [one for one in form.findChildren(QPushButton) if one.text().endswith(WAYS)]
        assert len(buttons) == (0 if kind == "classify" else len(WAYS))
        foot = [*buttons, form._refusal]
        wrong += [(kind, one.text()) for one in foot if not wholly_seen(one)]
        wrong += [(kind, "squeezed")] if squeezed(form) else []
    assert not wrong
