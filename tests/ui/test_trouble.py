"""Bugs: always a report for us, never a traceback for the person, and nobody's number in it."""

import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qWarning

from app.domain.refused import Refused
from app.services.ports import Broken, Unreachable
from ui.offscreen import hushed
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
    assert "KeyError" in story
    assert "test_trouble.py:" in story
    assert "in raised" in story
    assert "dispatch" in story
    assert "1.2.3" in story
    assert told.args[0].endswith(".txt")


NUMBERS = ["13812345678", "+86 138-1234-5678", "0755-28212345", "44030119900101123X"]


@pytest.mark.parametrize("number", NUMBERS)
def test_no_number_of_anybody_gets_into_a_report(trouble, number):
    trouble.raised(*raised(ValueError(f"bad phone {number}")))
    trouble.raised(*raised(Broken(f"row of {number}")))
    trouble.did(f"来电 {number}。")
    trouble.report("story")
    assert number not in "".join(reports(trouble))
    assert number not in without_numbers(f"来电 {number}。")


@pytest.mark.parametrize(
    "bug",
    [
        KeyError({"name": "张三丰"}),
        ValueError("张三丰 is no number"),
        TypeError("张三丰"),
        UnicodeEncodeError("ascii", "张三丰", 0, 1, "no"),
        Refused("text-too-long", name="张三丰"),
        ExceptionGroup("张三丰", [ValueError("张三丰")]),
    ],
)
def test_no_name_of_anybody_gets_into_a_report(trouble, bug):
    def stumble(reporter: str) -> None:
        try:
            raise bug
        except type(bug) as first:
            raise LookupError(reporter) from first

    with pytest.raises(LookupError) as caught:
        stumble("张三丰")
    trouble.raised(*raised(caught.value))
    (story,) = reports(trouble)
    assert "张三丰" not in story
    assert type(bug).__name__ in story
    assert "LookupError" in story
    assert "test_trouble.py" in story


def test_what_our_own_exceptions_say_is_told(trouble):
    trouble.raised(*raised(Unreachable("disk")))
    trouble.raised(*raised(Broken("page 12 of the journal")))
    told = "".join(reports(trouble))
    assert "app.services.ports.Unreachable: disk" in told
    assert "Broken: page # of the journal" in told


def test_no_report_tells_whose_home_the_program_lies_in(trouble):
    trouble.raised(*raised(ValueError()))
    (story,) = reports(trouble)
    assert "tests/ui/test_trouble.py:" in story
    assert str(Path(__file__).parents[2]) not in story


def test_a_circle_of_causes_ends(trouble):
    one, two = ValueError(), KeyError()
    one.__context__, two.__context__ = two, one
    trouble.raised(*raised(one))
    assert len(reports(trouble)) == 1


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


NOTICES = [
    "This plugin does not support raise()",
    "This plugin does not support propagateSizeHints()",
    "This plugin does not support grabbing the keyboard",
]
OTHERS = ["This plugin does not support raise() at all", "QPainter::begin: no", "plugin"]


def test_only_what_a_missing_screen_cannot_do_is_left_out_of_a_report(trouble):
    for text in (*NOTICES, *OTHERS):
        trouble._qt_says(QtMsgType.QtWarningMsg, QMessageLogContext(), text)
    trouble.report("story")
    (told,) = reports(trouble)
    said = [line.partition("Qt QtWarningMsg: ")[2] for line in told.splitlines()]
    assert [one for one in said if one] == OTHERS


def test_where_nobody_listened_everything_else_is_still_told(qapp, capfd):
    first = qInstallMessageHandler(None)
    try:
        with hushed():
            for text in (*NOTICES, *OTHERS):
                qWarning(text)
        qWarning(NOTICES[0])
    finally:
        qInstallMessageHandler(first)
    assert capfd.readouterr().err.splitlines() == [*OTHERS, NOTICES[0]]


def test_whoever_listened_before_hears_everything_else(qapp):
    heard: list[str] = []
    first = qInstallMessageHandler(lambda level, context, text: heard.append(text))
    try:
        with hushed():
            for text in (*NOTICES, *OTHERS):
                qWarning(text)
        qWarning(NOTICES[0])
    finally:
        qInstallMessageHandler(first)
    assert heard == [*OTHERS, NOTICES[0]]


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
