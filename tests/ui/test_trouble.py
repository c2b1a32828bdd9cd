"""Bugs: always a report for us, never a traceback for the person, and nobody's number in it."""

import sys
import threading

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType

from ui.trouble import KEPT, Trouble, without_numbers


@pytest.fixture
def trouble(tmp_path, qapp) -> Trouble:
    return Trouble(tmp_path / "reports", "1.2.3")


def reports(trouble: Trouble) -> list[str]:
    return [path.read_text("utf-8") for path in sorted(trouble._folder.glob("report-*.txt"))]


def raised(bug: BaseException):
    try:
        raise bug
    except type(bug) as caught:
        return type(caught), caught, caught.__traceback__


def test_a_bug_is_written_down_with_what_went_before(trouble, qtbot):
    trouble.did("dispatch")
    with qtbot.waitSignal(trouble.reported) as told:
        trouble.raised(*raised(KeyError("unit")))
    (story,) = reports(trouble)
    assert "KeyError: 'unit'" in story
    assert "test_trouble.py" in story
    assert "dispatch" in story
    assert "1.2.3" in story
    assert told.args[0].endswith(".txt")


@pytest.mark.parametrize(
    "number", ["13812345678", "+86 138-1234-5678", "0755-28212345", "44030119900101123X"]
)
def test_no_number_of_anybody_gets_into_a_report(trouble, number):
    trouble.raised(*raised(ValueError(f"bad phone {number}")))
    (story,) = reports(trouble)
    assert number not in story
    assert "bad phone" in story
    assert number not in without_numbers(f"来电 {number}。")


def test_a_bug_in_a_thread_is_reported_on_the_screens_thread(trouble, qtbot):
    before = threading.excepthook, sys.excepthook, sys.unraisablehook
    heard = []
    trouble.reported.connect(lambda path: heard.append(threading.current_thread()))
    trouble.install()
    try:
        worker = threading.Thread(target=lambda: 1 // 0, name="wire")
        worker.start()
        worker.join()
        qtbot.waitUntil(lambda: bool(heard))
    finally:
        trouble.remove()
    assert (threading.excepthook, sys.excepthook, sys.unraisablehook) == before
    assert heard == [threading.main_thread()]
    assert "ZeroDivisionError" in reports(trouble)[0]


def test_interrupting_the_program_is_no_bug(trouble, capsys):
    trouble.raised(*raised(KeyboardInterrupt()))
    assert not trouble._folder.exists()
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_what_qt_says_is_remembered_and_what_it_cannot_bear_is_reported(trouble):
    trouble._qt_says(QtMsgType.QtWarningMsg, QMessageLogContext(), "a mild word")
    assert not trouble._folder.exists()
    trouble._qt_says(QtMsgType.QtCriticalMsg, QMessageLogContext(), "a hard word")
    (story,) = reports(trouble)
    assert "a mild word" in story
    assert "a hard word" in story


def test_old_reports_go(trouble):
    for _ in range(KEPT + 5):
        trouble.report("story")
    assert len(reports(trouble)) == KEPT


def test_the_track_is_short(trouble):
    for number in range(500):
        trouble.did(f"act {number}")
    trouble.report("story")
    (story,) = reports(trouble)
    assert "act 499" in story
    assert "act 100" not in story
