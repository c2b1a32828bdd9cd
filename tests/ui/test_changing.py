"""While one person gets up and another sits down it is told who comes, and no key goes to the old screen."""

import asyncio
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.domain.refused import Refused
from tests.ui.fake_desk import FakeDesk
from ui.main_window import MainWindow

Key = Qt.Key


@pytest.fixture
def slow(desk: FakeDesk, monkeypatch) -> Iterator[asyncio.Event]:
    """A store at which nobody sits down before this is set."""
    may, switch = asyncio.Event(), desk.switch

    async def later(login: str) -> None:
        await may.wait()
        await switch(login)

    monkeypatch.setattr(desk, "switch", later)
    yield may
    may.set()


@pytest.fixture
def changing(window: MainWindow, slow: asyncio.Event, until) -> MainWindow:
    window.acts.take("person:li")
    until(window.curtain.changing.isVisible)
    return window


def test_who_comes_is_told_at_once_in_the_place_of_the_screen(changing, desk, words):
    assert desk.me.login != "li"
    assert changing.seat.data.person("li") in changing.curtain.changing.told
    assert not changing.workbench.isVisible()
    words.use("en")
    assert "sitting down" in changing.curtain.changing.told


def test_keys_typed_meanwhile_do_nothing_on_the_screen_of_the_one_who_leaves(
    changing, slow, desk, until
):
    asked = list(changing.workbench.asked)
    for key in (Key.Key_F2, Key.Key_F5, Key.Key_J, Key.Key_Return, Key.Key_Escape, Key.Key_Tab):
        QTest.keyClick(changing.focusWidget(), key)
    assert changing.curtain.changing.isVisible()
    slow.set()
    until(lambda: desk.me.login == "li" and changing.runner.is_idle)
    assert changing.sheet.content is None
    assert changing.pages.currentWidget() is changing.workbench
    assert changing.workbench.isVisible()
    assert "go_next" not in changing.workbench.asked[len(asked) :]
    assert not desk.sent


def test_whoever_stays_has_his_screen_back(changing, slow, desk, until, monkeypatch):
    async def refused(login: str) -> None:
        raise Refused("person-unknown", login=login)

    before = desk.me.login
    slow.set()
    until(lambda: changing.runner.is_idle)
    monkeypatch.setattr(desk, "switch", refused)
    changing.acts.take("person:zhang")
    until(lambda: changing.runner.is_idle)
    assert (desk.me.login, before) == ("li", before)
    assert changing.workbench.isVisible()
    assert not changing.is_locked
