"""The morning brief on the screen: by keys, each number with its list, as text and as a page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app.services.brief import Beside, Line
from tests.ui.fake_desk import FakeDesk
from tests.ui.fake_town import NOW
from tests.ui.hands import press
from tests.ui.test_shift import listed, numbers
from ui.main_window import MainWindow
from ui.models.brief_rows import TABLES, BriefRows, change
from ui.printing import as_page, write_pdf
from ui.views.brief_page import BriefPage

Key = Qt.Key


@pytest.fixture
def desk() -> FakeDesk:
    """Every other case is of yesterday, one in five of the day before."""
    desk = FakeDesk()
    for at, (one, on) in enumerate(desk.dossiers.items()):
        back = timedelta(days=1 if at % 2 else 2 if at % 5 == 0 else 0)
        when = on.case.registered_at - back
        closed = when + timedelta(hours=2) if on.case.stage == "ENDED" else None
        fields = {"registered_at": when, "closed_at": closed, "dispatched_at": None}
        desk.dossiers[one] = replace(on, case=replace(on.case, **fields))
    return desk


@pytest.fixture
def page(whole_window: MainWindow, until) -> BriefPage:
    press(whole_window, Key.Key_G)
    press(whole_window, Key.Key_M)
    until(lambda: whole_window.findChild(BriefPage) and whole_window.runner.is_idle)
    page = whole_window.findChild(BriefPage)
    until(lambda: page.isVisible() and page.brief is not None)
    return page


def test_every_number_opens_a_list_of_so_many_cases(whole_window, page, until):
    found = [(table, *one) for table in page.tables.values() for one in numbers(table)]
    assert {table for table, *_ in found} >= {page.tables[name] for name in ("flow", "street")}
    first = {}
    for table, row, column, number in found:  # of each table's columns one
        first.setdefault((table, column), (row, number))
    for (table, column), (row, number) in first.items():
        whole_window.acts.act("brief")
        until(lambda: page.isVisible() and whole_window.runner.is_idle)
        table.asked.emit(table.lines[row].cells[column - 1].opens)
        until(lambda: whole_window.workbench.isVisible() and whole_window.runner.is_idle)
        assert listed(whole_window) == number, (table.lines[row].name, column)


def test_a_figure_opens_its_list_and_what_is_nothing_opens_none(whole_window, page, until):
    figure = page.figures["received"]
    number = int(figure.text_shown.split()[0])
    assert number == page.brief.flow[Line.RECEIVED].day > 0
    figure.click()
    until(lambda: whole_window.workbench.isVisible() and whole_window.runner.is_idle)
    assert listed(whole_window) == number
    chips = whole_window.workbench.side.filters.chips
    assert [one.text().split("  ")[0] for one in chips] == ["登记日期：2026-11-22"]


def test_it_stands_as_it_was_taken_until_it_is_counted_again(whole_window, page, desk, until):
    before = page.figures["received"].text_shown
    some = next(
        one for one, on in desk.dossiers.items() if on.case.registered_at > NOW - timedelta(1)
    )
    desk.colleague(some, registered_at=NOW - timedelta(days=1))
    until(lambda: whole_window.runner.is_idle)
    assert page.figures["received"].text_shown == before
    page.again.click()
    until(lambda: page.figures["received"].text_shown != before)


def test_another_day_has_another_brief(whole_window, page, desk, until):
    press(whole_window, Key.Key_Escape)
    until(lambda: whole_window.workbench.isVisible())
    desk.pass_time(days=1)
    whole_window.acts.act("brief")
    until(lambda: page.brief.day.day == 23)
    assert "2026-11-23" in page.title.text()
    assert "星期一" in page.title.text()


def test_it_is_copied_as_text_with_every_number_of_the_screen(whole_window, page, words):
    page.copy.click()
    text = QGuiApplication.clipboard().text()
    assert text.startswith("每日早报 2026-11-22（星期日）\n数据截至 11-23 14:02")
    for table in page.tables.values():
        for line in table.lines:
            told = [one for one in text.splitlines() if one.startswith(f"{line.name} ")]
            assert any(line.cells[0].text in one for one in told), line.name
    assert whole_window.toasts.shown[-1].text == words.say("brief.copied")


def test_it_is_saved_as_a_page_where_one_says(whole_window, page, until, tmp_path):
    page.save.click()
    until(lambda: page.findChildren(QFileDialog))
    (dialog,) = page.findChildren(QFileDialog)
    assert dialog.windowTitle() == "存为"
    path = tmp_path / "早报.pdf"
    dialog.fileSelected.emit(str(path))
    dialog.reject()
    assert path.read_bytes().startswith(b"%PDF-")
    assert str(path) in whole_window.toasts.shown[-1].text


def test_where_nothing_can_be_written_that_is_said_and_nothing_is_left(
    screen, page, words, tmp_path
):
    path = tmp_path / "no" / "brief.pdf"
    assert not write_pdf(str(path), "<p>1</p>", screen.theme.font())
    assert list(tmp_path.glob("**/*.pdf")) == []
    page._save(str(path))
    assert words.say("brief.not_saved", path=str(path)) in [
        one.text for one in page.window().toasts.shown
    ]


def test_names_are_no_markup_on_the_page(screen, page, monkeypatch: pytest.MonkeyPatch):
    rows = BriefRows(screen.words, screen.data)
    monkeypatch.setattr(type(screen.data), "street", lambda _, code: f"<b>{code}</b>")
    html = as_page(rows, page.brief)
    assert "&lt;b&gt;HP&lt;/b&gt;" in html
    assert "<b>HP" not in html


def test_a_day_is_compared_with_the_day_before():
    told = {(12, 10): "+20 %", (5, 10): "−50 %", (10, 10): "±0 %", (3, 0): "", (0, 4): "−100 %"}
    assert {one: change(Beside(*one)) for one in told} == told


def test_everything_is_said_in_both_languages(page, words):
    for language in ("en", "zh"):
        words.use(language)
        titles = [page.tables[name].accessibleName() for name in TABLES]
        assert len(set(titles)) == len(TABLES)
    assert not words.missing


def test_without_anything_that_is_said(whole_window, page, desk, until):
    desk.dossiers.clear()
    page.take()
    until(lambda: page.nothing.isVisible())
    assert not page.tables["street"].isVisible()
