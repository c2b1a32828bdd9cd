"""The beginning and the end: a window at once, failures told in words, looks recalled, nothing left behind."""

import gc
import signal
import sys
from pathlib import Path
from sqlite3 import DatabaseError

import pytest
from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.domain.refused import Refused
from app.services.ports import Unreachable
from tests.ui.fake_desk import FakeDesk
from tests.ui.placeholders import plain_rooms
from ui.main_window import MainWindow
from ui.product import Product
from ui.start import Day, QtWords, Sweeper, input_method
from ui.trouble import Trouble
from ui.views.opening import Opening


@pytest.fixture
def day(words, theme, tmp_path, qtbot, loop):
    """A day at the desk, ready to be run; signals and garbage collection as they were after it."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    trouble = Trouble(tmp_path, "0.0")
    yield Day(words, theme, plain_rooms(), Product("0.0", tmp_path), trouble)
    gc.enable()
    gc.unfreeze()
    for number, handler in handlers.items():
        signal.signal(number, handler)
    words.use("zh")
    theme.use_size(14)
    theme.use("light")


def windows(kind) -> list:
    shown = (one for one in QApplication.topLevelWidgets() if isinstance(one, kind))
    return [one for one in shown if one.isVisible()]


def run(day: Day, loop, open_desk, closed: list):
    async def close(desk) -> None:
        closed.append(desk)

    return loop.create_task(day.run(open_desk, close))


def test_a_day_opens_works_and_closes(day, loop, until, words, theme):
    desk, closed, met = FakeDesk(), [], []
    desk.remembered.update({"frame.language": "en", "frame.theme": "dark", "frame.text_px": 16})

    def open_desk(given, progress):
        met.append((given, windows(Opening)))
        progress(3, 10)
        return desk

    task = run(day, loop, open_desk, closed)
    until(lambda: windows(MainWindow))
    assert met[0][0] is loop
    assert met[0][1], "a window is shown before the stores are open"
    assert (words.language, theme.name, theme.font_px) == ("en", "dark", 16)
    until(lambda: not gc.isenabled())
    until(lambda: not windows(Opening))
    windows(MainWindow)[0].close()
    until(task.done)
    assert task.result() == 0
    assert closed == [desk]
    assert "frame.layout" in desk.remembered
    assert not desk._changed
    assert not desk._synced


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (Refused("store-on-network-share", path="//nas/x"), "网络共享盘"),
        (Unreachable("disk"), "磁盘空间"),
        (Unreachable("centre"), "中心"),
    ],
)
def test_failing_to_open_is_told_in_words(day, loop, until, trouble, told):
    closed = []

    def open_desk(given, progress):
        raise trouble

    task = run(day, loop, open_desk, closed)
    until(lambda: windows(Opening) and told in windows(Opening)[0]._line.text())
    assert not windows(MainWindow)
    windows(Opening)[0].close()
    until(task.done)
    assert task.result() == 1
    assert closed == []


def test_escape_closes_the_window_that_could_not_open(day, loop, until):
    def open_desk(given, progress):
        raise Unreachable("store-damaged")

    task = run(day, loop, open_desk, [])
    until(lambda: windows(Opening) and windows(Opening)[0].again.isVisible())
    opening = windows(Opening)[0]
    assert opening.again.hasFocus(), "the likeliest way is under the hand"
    assert "备份" in opening._line.text(), "and what can be done is said"
    for one in (opening._line, opening.again, opening.close_button):
        assert one.visibleRegion().boundingRect() == one.rect()
    QTest.keyClick(opening, Qt.Key.Key_Escape)
    until(task.done)
    assert task.result() == 1


def test_once_the_trouble_is_over_another_try_opens_the_desk(day, loop, until):
    desk, closed, tries = FakeDesk(), [], []

    def open_desk(given, progress):
        tries.append(given)
        if len(tries) < 3:
            raise Unreachable("store-busy")
        return desk

    task = run(day, loop, open_desk, closed)
    for number in (1, 2):
        until(lambda number=number: len(tries) == number and windows(Opening)[0].again.isVisible())
        QTest.keyClick(windows(Opening)[0].again, Qt.Key.Key_Return)
    until(lambda: windows(MainWindow))
    until(lambda: not windows(Opening))
    windows(MainWindow)[0].close()
    until(task.done)
    assert (task.result(), closed) == (0, [desk])


def test_what_nobody_foresaw_is_a_window_and_a_report_and_no_traceback(
    day, loop, until, tmp_path, capsys
):
    def open_desk(given, progress):
        raise DatabaseError("database disk image is malformed")

    task = run(day, loop, open_desk, [])
    until(lambda: windows(Opening) and windows(Opening)[0].again.isVisible())
    (report,) = tmp_path.glob("report-*.txt")
    assert "DatabaseError" in report.read_text("utf-8")
    assert report.name in windows(Opening)[0]._line.text()
    windows(Opening)[0].close_button.click()
    until(task.done)
    assert task.result() == 1
    assert "Traceback" not in capsys.readouterr().err


def test_progress_is_shown_while_something_long_is_made(words, theme, qtbot):
    opening = Opening(words, theme)
    qtbot.addWidget(opening)
    opening.show_progress(30, 120)
    assert "30/120" in opening._line.text()
    assert (opening._bar.value(), opening._bar.maximum()) == (30, 120)


def test_qt_speaks_the_language_of_the_screen(qapp, words):
    spoken = QtWords(qapp, words)
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    words.use("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    words.use("zh")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    spoken.stop()
    spoken.deleteLater()


def test_garbage_is_swept_on_this_thread_only(qapp):
    parent = QObject()
    sweeper = Sweeper(parent)
    sweeper.begin()
    try:
        assert not gc.isenabled()
        assert gc.get_freeze_count() > 0
        for _ in range(7):
            sweeper.sweep()
    finally:
        gc.enable()
        gc.unfreeze()
        parent.deleteLater()


@pytest.mark.skipif(sys.platform != "linux", reason="input methods differ elsewhere")
@pytest.mark.skipif(sys.platform != "linux", reason="other systems bring their input methods")
def test_chinese_can_be_typed_with_what_the_wheel_brings(tmp_path: Path):
    known = tmp_path / "machine-id"
    known.write_text("0123456789abcdef0123456789abcdef\n")
    for wanted in ({}, {"QT_IM_MODULE": "fcitx"}):
        assert input_method(wanted, tmp_path, [known]) == {"QT_IM_MODULE": "ibus"}
    assert input_method({"QT_IM_MODULE": "compose"}, tmp_path, [known]) == {}
    (tmp_path / "libfcitx5platforminputcontextplugin.so").touch()
    assert input_method({"QT_IM_MODULE": "fcitx"}, tmp_path, [known]) == {}


def test_nobody_asks_for_ibus_on_a_machine_without_an_id(tmp_path: Path):
    """The D-Bus library would end the program there."""
    empty = tmp_path / "machine-id"
    empty.touch()
    assert input_method({}, tmp_path, [tmp_path / "none", empty]) == {}


def test_the_wheel_still_brings_qts_chinese_words():
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    assert (folder / "qtbase_zh_CN.qm").exists()
