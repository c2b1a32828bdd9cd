"""The files of a case on the screen: where each is, said in words; fetched and opened by keys, and by nobody else."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices

from app.domain.case import Attachment
from app.services.files import Whereabouts
from app.services.ports import Unreachable
from app.services.queries import Changed
from tests.ui.fake_desk import FakeDesk
from tests.ui.hands import press, texts
from ui.main_window import MainWindow
from ui.verbs import BY_NAME
from ui.views.files_page import FilesPage

pytestmark = pytest.mark.ui
Key = Qt.Key
ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
CASE = "case-001"
PHOTO, REPLY, TOOL = (digit * 64 for digit in "123")


def attach(desk: FakeDesk, *files: tuple[str, str], status: str = "RECORDED") -> None:
    on = desk.dossiers[CASE]
    made = {"district": on.case.district, "case_id": CASE, "stage": "REPORT", "size": 20480}
    rows = [
        Attachment(
            id=f"{digest}-{status}",
            digest=digest,
            name=name,
            status=status,
            made_at=desk.now(),
            **made,
        )
        for digest, name in files
    ]
    desk.dossiers[CASE] = replace(on, attachments=(*on.attachments, *rows))
    desk._tell(Changed(frozenset({CASE})))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Paths that were handed to the programs for their kinds; they all have one."""
    paths: list[str] = []
    monkeypatch.setattr(
        QDesktopServices, "openUrl", lambda url: paths.append(url.toLocalFile()) or True
    )
    return paths


@pytest.fixture
def window(whole_window: MainWindow, desk: FakeDesk, until: Any) -> MainWindow:
    attach(desk, (PHOTO, "照片.jpg"), (REPLY, "../答复.PDF"))
    attach(desk, (TOOL, "gone.png"), status="WITHDRAWN")
    whole_window.workbench.open_case(CASE)
    until(lambda: whole_window.workbench.view and whole_window.runner.is_idle)
    until(lambda: len(whole_window.workbench.view.dossier.attachments) == 3)
    return whole_window


@pytest.fixture
def page(window: MainWindow, until: Any) -> FilesPage:
    window.workbench.focus_list()
    press(window, Key.Key_F, ALT_SHIFT)
    until(lambda: window.runner.is_idle)
    content = window.sheet.content
    assert isinstance(content, FilesPage)
    return content


def test_the_page_says_of_each_file_where_it_is(window, desk, page, until):
    assert [one.name for one in page.files] == ["照片.jpg", "../答复.PDF"]
    assert page.lines == ["不在本机，打开时取来"] * 2
    assert page.buttons[0].hasFocus()
    assert page.buttons[1].accessibleName() == "打开 ../答复.PDF"
    desk.files.places = {PHOTO: Whereabouts.HERE, REPLY: Whereabouts.UNSENT}
    page.looked.emit()
    until(lambda: page.lines == ["在本机", "在本机，还没有全部上传到中心"])
    window.seat.words.use("en")
    assert page.lines[0] == "Here"


def test_a_file_is_fetched_and_opened_by_return_and_its_name_is_for_show(
    window, desk, page, until, opened
):
    desk.files.gate = asyncio.Event()
    press(window, Key.Key_Tab)
    press(window, Key.Key_Return)
    until(lambda: page.lines[1] == "正在取来…")
    press(window, Key.Key_Return)
    desk.files.gate.set()
    until(lambda: opened and window.runner.is_idle)
    assert opened == [f"/lent/{REPLY}.pdf"]
    assert desk.files.fetched == [REPLY], "once for two strokes"
    assert page.lines == ["不在本机，打开时取来", "在本机"]
    press(window, Key.Key_Return)
    until(lambda: len(opened) == 2)
    assert desk.files.fetched == [REPLY]


@pytest.mark.parametrize(
    ("brings", "line"),
    [
        (Whereabouts.NOT_YET, "中心还没有：附上它的席位还没上传，可能离线。到了会在这里说明"),
        (Whereabouts.AWAY, "连不上中心，现在取不到；恢复后自动再取"),
    ],
)
def test_what_cannot_be_had_yet_is_said_and_asked_for_again_and_opened_by_nobody(
    window, desk, page, until, opened, brings, line
):
    desk.files.brings = brings
    press(window, Key.Key_Return)
    until(lambda: page.lines[0] == line and window.runner.is_idle)
    page.looked.emit()
    until(lambda: len(desk.files.fetched) == 2 and window.runner.is_idle)
    assert page.lines[0] == line
    desk.files.brings = Whereabouts.HERE
    page.looked.emit()
    until(lambda: page.lines[0] == "在本机")
    assert opened == []
    assert set(desk.files.fetched) == {PHOTO}, "nobody asked for the other"


def test_what_is_not_what_it_should_be_is_said_and_stays_said(window, desk, page, until, opened):
    desk.files.brings = Whereabouts.WRONG
    press(window, Key.Key_Return)
    until(lambda: page.lines[0].startswith("取来的内容与登记的指纹不符"))
    page.looked.emit()
    until(lambda: window.runner.is_idle)
    assert page.lines[0].startswith("取来的内容与登记的指纹不符")
    assert (opened, len(desk.files.fetched)) == ([], 1)


def test_what_was_left_under_way_is_told_as_it_is_when_the_page_comes_back(
    window, desk, page, until, opened
):
    desk.files.places = {PHOTO: Whereabouts.COMING}
    page.looked.emit()
    until(lambda: page.lines[0] == "正在取来…")
    desk.files.places = {}
    page.looked.emit()
    until(lambda: page.lines[0] == "不在本机，打开时取来")
    for _ in range(2):
        press(window, Key.Key_Return)
    until(lambda: opened and window.runner.is_idle)
    assert (len(opened), len(desk.files.fetched)) == (1, 1), "once for two quick strokes"


def test_who_leaves_the_page_waits_for_nothing_and_nothing_opens(window, desk, page, until, opened):
    desk.files.gate = asyncio.Event()
    press(window, Key.Key_Return)
    until(lambda: page.lines[0] == "正在取来…")
    press(window, Key.Key_Escape)
    until(lambda: window.sheet.content is None and window.runner.is_idle)
    desk.files.gate.set()
    assert opened == []


def test_another_case_takes_the_page_away_and_another_file_brings_it_anew(
    window, desk, page, until
):
    attach(desk, (TOOL, "新.png"))
    until(lambda: window.sheet.content is not page and window.runner.is_idle)
    assert [one.name for one in window.sheet.content.files][-1] == "新.png"
    window.workbench.open_case("case-002")
    until(lambda: window.sheet.content is None and window.runner.is_idle)


def test_a_kind_that_could_act_is_not_opened_and_a_missing_program_is_said(
    window, desk, page, until, monkeypatch
):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    desk.files.places = dict.fromkeys((PHOTO, TOOL), Whereabouts.HERE)
    press(window, Key.Key_Return)
    until(lambda: "没有程序能打开 照片.jpg" in texts(window))
    attach(desk, (TOOL, "x.exe"))
    until(lambda: window.sheet.content is not page and window.runner.is_idle)
    window.sheet.content.buttons[-1].click()
    until(lambda: "这类文件（x.exe）不能在这里直接打开。" in texts(window))


def test_a_disk_that_takes_nothing_is_told_in_the_status_bar(
    window, desk, page, until, monkeypatch
):
    async def full(_digest: str, _size: int) -> Whereabouts:
        raise Unreachable("file")

    monkeypatch.setattr(desk.files, "fetch", full)
    press(window, Key.Key_Return)
    until(lambda: window.runner.is_idle)
    assert page.lines[0] == "不在本机，打开时取来"


def test_a_case_without_files_says_why_nothing_opens(whole_window: MainWindow, until):
    until(lambda: whole_window.runner.is_idle)
    assert not BY_NAME["files"].able(None)
    whole_window.acts.act("files")
    assert whole_window.sheet.content is None
    assert "本件没有附件" in texts(whole_window)


def test_the_button_stands_below_the_files_and_opens_their_page(window, until):
    pane = window.workbench.pane
    assert pane.open.isVisibleTo(pane)
    pane.open.click()
    until(lambda: isinstance(window.sheet.content, FilesPage))
