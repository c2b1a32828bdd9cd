"""What every test of the screen stands on: the loop, a desk in memory, words, looks, and a screen."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from app.domain.refused import Refused
from tests.ui.fake_desk import PEOPLE, FakeDesk
from tests.ui.placeholders import plain_rooms
from ui.furnished import furnished
from ui.loop import OrderedLoop
from ui.main_window import MainWindow
from ui.names import DataNames
from ui.product import Product
from ui.screen import Screen
from ui.theme import Theme, families
from ui.wording import Wording

#: A bound for what hangs, not for what is slow on a busy machine.
TIMEOUT_MS = 15_000


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["fenbo-tests"]


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[asyncio.AbstractEventLoop]:
    """The screen's asyncio loop, running for the length of the test on Qt's events."""
    loop = OrderedLoop(qapp, already_running=True)
    asyncio.set_event_loop(loop)
    yield loop
    told = set[asyncio.Task[Any]]()
    for _ in range(1000):  # each has to be told, what waited for it, and what a timer still begins
        for task in asyncio.all_tasks(loop) - told:
            task.cancel()
            told.add(task)
        qapp.processEvents()
        if not asyncio.all_tasks(loop):
            break
    asyncio.events._set_running_loop(None)
    asyncio.set_event_loop(None)
    loop.stop()
    QTimer.singleShot(0, qapp.quit)
    qapp.exec()  # `stop` told every later loop of Qt to leave at once; this takes it back
    loop.close()


@pytest.fixture
def until(qtbot: Any, loop: asyncio.AbstractEventLoop) -> Callable[..., None]:
    """Let events run until `condition()` holds; the test fails when it does not in three seconds."""

    def wait(condition: Callable[[], Any], timeout: int = TIMEOUT_MS) -> None:
        qtbot.waitUntil(lambda: bool(condition()), timeout=timeout)

    return wait


@pytest.fixture
def words(qapp: QApplication) -> Iterator[Wording]:
    """Chinese to begin with; a sentence that nobody wrote fails the test."""
    words = Wording("zh")
    yield words
    assert not words.missing, f"no words for {sorted(words.missing)}"


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme("light")
    theme.dress(qapp)
    return theme


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@dataclass
class Told:
    """What a screen said and met: toasts as (key, facts, kind), and troubles of its coroutines."""

    toasts: list[tuple[str, Mapping[str, Any], str]] = field(default_factory=list)
    troubles: list[BaseException] = field(default_factory=list)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def toast(self, key: str, facts: Mapping[str, Any] = {}, kind: str = "told") -> None:
        self.toasts.append((key, facts, kind))

    def run(self, coro: Any) -> None:
        task = asyncio.get_event_loop().create_task(coro)
        self.tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (trouble := task.exception()):
            self.troubles.append(trouble)
            if isinstance(trouble, Refused):
                self.toast(f"refused.{trouble.code}", trouble.facts, "refused")


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def screen(
    loop: asyncio.AbstractEventLoop, desk: FakeDesk, words: Wording, theme: Theme, told: Told
) -> Screen:
    """A screen for one widget alone, without the frame around it."""
    data = DataNames(words, lambda: desk.setting)
    data.learn(PEOPLE)
    return Screen(desk, words, theme, told.run, told.toast, data)


@pytest.fixture
def window(
    loop: asyncio.AbstractEventLoop,
    desk: FakeDesk,
    words: Wording,
    theme: Theme,
    qtbot: Any,
    until: Callable[..., None],
    tmp_path: Path,
) -> Iterator[MainWindow]:
    """The frame with plain stand-ins for workbench and forms, shown and settled."""
    with theme.undressed():  # as ui.start builds it: in half the time
        window = MainWindow(desk, words, theme, plain_rooms(), Product("0.0", tmp_path))
    window.show()
    qtbot.waitExposed(window)
    window.seat.run(window.begin())
    until(lambda: window.runner.is_idle)
    window.activateWindow()
    yield window
    until(lambda: window.runner.is_idle)
    window.close()
    window.deleteLater()


@pytest.fixture
def whole_window(
    loop: asyncio.AbstractEventLoop,
    desk: FakeDesk,
    words: Wording,
    theme: Theme,
    qtbot: Any,
    until: Callable[..., None],
    tmp_path: Path,
) -> Iterator[MainWindow]:
    """The window as a person has it, with the real workbench and forms, on a small screen."""
    with theme.undressed():
        window = MainWindow(desk, words, theme, furnished(), Product("0.0", tmp_path))
    window.pages._ahead.blockSignals(True)  # a form is made when it is asked for (test_gradual)
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    window.seat.run(window.begin())
    until(lambda: window.runner.is_idle and window.workbench.view is not None)
    window.activateWindow()
    yield window
    until(lambda: window.runner.is_idle)
    window.farewell.go()
    window.deleteLater()


@pytest.fixture(autouse=True, scope="session")
def a_chinese_font(qapp: QApplication) -> None:
    """Without one every picture is full of boxes and every width is wrong."""
    if not set(QFontDatabase.families()) & set(families()):
        pytest.exit("these tests need a Chinese font (fonts-noto-cjk)", returncode=3)


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    left = [one.name for one in threading.enumerate() if one not in before and not one.daemon]
    assert not left, f"threads still alive: {left}"
