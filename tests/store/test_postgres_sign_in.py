"""The desk's own command at a real centre that asks for passwords, from the first window to the last, by keys."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.__main__ import main
from app.cli.checking.run import on_a_loop
from db.central.link import Link
from db.wallet import Wallet
from tests.store.conftest import postgres_link
from tests.store.test_postgres_door import LOGIN, enrolled
from tests.sync.desks import until
from ui.main_window import MainWindow
from ui.start import Day
from ui.theme import Theme
from ui.trouble import Trouble
from ui.views.login import Login
from ui.views.opening import Opening
from ui.wording import Wording

pytestmark = [pytest.mark.ui, pytest.mark.e2e, pytest.mark.slow]
Key = Qt.Key
WRONG = "canary-wrong-one"


@pytest.fixture
def root(postgres: str) -> Iterator[Link]:
    root = postgres_link(f"{postgres} dbname=postgres")
    yield root
    root.run(f'DROP ROLE IF EXISTS "{LOGIN}"')
    root.close()


def shown(kind: type) -> list[Any]:
    return [one for one in QApplication.topLevelWidgets() if type(one) is kind and one.isVisible()]


async def typed(text: str) -> None:
    """Into whatever has the focus, and Return."""
    await until(lambda: QApplication.focusWidget() is not None)
    QTest.keyClicks(QApplication.focusWidget(), text)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Return)


def gone_home() -> None:
    """Also when it did not go as it should: nobody waits for a window."""
    for kind in (MainWindow, Login, Opening):
        for window in shown(kind):
            window.close()


async def a_day(password: str, seen: list[str]) -> None:
    """Wrong, right, a break with a wrong and the right password, and home."""
    await until(lambda: shown(Login))
    seen.append(shown(Login)[0].told)
    await typed(WRONG)
    await until(lambda: shown(Login) and shown(Login)[0].told != seen[0])
    seen.append(shown(Login)[0].told)
    await typed(password)
    await until(lambda: shown(MainWindow))
    window = shown(MainWindow)[0]
    await until(lambda: window.seat.desk.sync_state.online and window.runner.is_idle)
    assert window.seat.desk.me.login == LOGIN
    QTest.keyClick(window.focusWidget() or window, Key.Key_F12)
    await until(lambda: window.is_locked)
    await typed(WRONG)
    await until(lambda: window.curtain.lock.refusal)
    seen.append(window.curtain.lock.refusal)
    assert window.is_locked
    await typed(password)
    await until(lambda: not window.is_locked)


def nothing_holds(home: Path, *passwords: str) -> None:
    """No file of a seat has one of them in it."""
    files = [one for one in home.rglob("*") if one.is_file()]
    assert "logins.json" in {one.name for one in files}
    for file in files:
        held = file.read_bytes()
        assert not [one for one in passwords if one.encode() in held], file.name


def test_a_day_at_a_centre_begins_with_a_password_and_leaves_none_of_it_behind(
    qapp: QApplication, url: str, root: Link, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    password = enrolled(url, root, LOGIN)[LOGIN]
    home, seen = tmp_path / "seat", list[str]()
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "none"))
    monkeypatch.setattr("db.wallet.wallet", lambda: Wallet(None))

    def program(opened, closed, product, *, language, rooms, door) -> int:
        """`run_desk`, in the program that runs the tests."""
        words, trouble = Wording("zh"), Trouble(product.reports, product.version)
        day = Day(words, Theme(), rooms, product, trouble, language, door)
        trouble.install()

        async def both() -> int:
            person = asyncio.ensure_future(a_day(password, seen))
            person.add_done_callback(lambda _: gone_home())
            try:
                return await day.run(opened, closed)
            finally:
                await person

        try:
            return on_a_loop(qapp, both)
        finally:
            trouble.remove()
            assert not words.missing

    monkeypatch.setattr("app.cli.desk.run_desk", program)
    arguments = ["--home", str(home), "--store", url.replace("fenbo@", ""), "--as", LOGIN]
    assert main([*arguments, "--lang", "zh"]) == 0
    assert ["请输入" in seen[0], "再错 4 次" in seen[1], "再错 4 次" in seen[2]] == [True] * 3
    assert not shown(Login)
    assert not shown(Opening)
    nothing_holds(home, password, WRONG)
