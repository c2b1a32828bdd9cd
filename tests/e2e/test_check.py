"""The check without its pictures: the whole main job by real keys over a real store, every step as it says."""

from itertools import product
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.cli.checking import dispatching, finding, handling, keeping, own
from app.cli.checking import run as whole
from app.cli.checking.day import Day, Outcome
from app.cli.checking.gallery import LOOKS, Gallery, Look, Shot, take
from app.cli.checking.run import JOB, began, line, on_a_loop, walked
from app.cli.checking.screens import FORMS as PHOTOGRAPHED
from app.cli.checking.screens import gather, shots
from app.cli.checking.waiting import Missed
from ui.theme import Theme
from ui.views.forms.by_kind import FORMS
from ui.wording import Wording

pytestmark = [pytest.mark.ui, pytest.mark.e2e, pytest.mark.slow]

#: What a dispatcher, a unit and their leaders do in a day; none of it may go missing from the check.
NEEDED = {
    *("queues", "intake", "undo", "sign", "ask_return", "approve_return", "handle", "rework"),
    *("close", "refuse", "verify", "grade", "commend", "search", "saved", "second_desk"),
    *("come_back", "sound"),
}


@pytest.fixture
def no_native_dialogs():
    from PySide6.QtCore import QCoreApplication, Qt

    wanted = Qt.ApplicationAttribute.AA_DontUseNativeDialogs
    QCoreApplication.setAttribute(wanted, True)
    yield
    QCoreApplication.setAttribute(wanted, False)


def test_the_main_job_can_be_done_by_keys(
    qapp: QApplication, store: Path, tmp_path: Path, no_native_dialogs: None
):
    words = Wording("zh")

    async def day() -> list[Outcome]:
        first = await began(store, words, Theme())
        outcomes = await walked(first, tmp_path, JOB)
        await first.seat.close()
        return outcomes

    outcomes = on_a_loop(qapp, day)
    assert {one.name for one in outcomes} >= NEEDED
    failed = [line(one, words) for one in outcomes if not one.is_ok]
    assert not failed, "\n".join(failed)
    assert not words.missing


#: A few screens of every kind: a list, what is over it, forms, a page whose work goes on.
SOME = (
    "queue-filing",
    "intake-missing",
    "form-lower_grade",
    "form-handle",
    "import-running",
    "import-result",
)
LOOK = Look("dark", "en", (1366, 768))


def test_some_screens_of_the_gallery_are_reached_and_have_no_fault(
    qapp: QApplication, store: Path, tmp_path: Path, no_native_dialogs: None
):
    """The whole of it is `python -m app check`; whatever the hour, each form has its case."""
    gallery = Gallery(tmp_path)
    some = [shot for shot in shots() if shot.name in SOME]

    async def day() -> set[str]:
        first = await began(store, Wording("zh"), Theme())
        try:
            await gather(first)
            await take(first, gallery, some, (LOOK,))
        finally:
            await first.seat.close()
        return set(first.cases)

    known = on_a_loop(qapp, day)
    assert known >= {name for _, _, name, _ in PHOTOGRAPHED}
    assert not gallery.lost
    assert not gallery.faults
    assert {one.name for one in tmp_path.glob("*.png")} == {
        f"{name}-{LOOK.stem}.png" for name in SOME
    }


def test_a_screen_that_cannot_be_left_costs_no_other_picture(
    qapp: QApplication, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    async def shown(day: Day) -> None:
        pass

    left: list[int] = []

    async def stuck(seat: object) -> None:
        left.append(1)
        if len(left) == 1:
            raise Missed("focus")

    monkeypatch.setattr("app.cli.checking.gallery.leave", stuck)
    gallery = Gallery(tmp_path)

    async def day() -> None:
        first = await began(store, Wording("zh"), Theme())
        login = first.seat.desk.me.login
        await take(first, gallery, [Shot("one", login, shown), Shot("two", login, shown)], (LOOK,))
        await first.seat.close()

    on_a_loop(qapp, day)
    assert gallery.taken == 2
    assert gallery.lost == [f"one-{LOOK.stem}: 窗口没有得到焦点"]


def test_whatever_goes_wrong_with_the_pictures_the_seat_is_left(
    qapp: QApplication, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    days: list[Day] = []

    async def broken(day: Day, gallery: Gallery) -> None:
        days.append(day)
        raise ZeroDivisionError

    monkeypatch.setattr(whole, "JOB", ())
    monkeypatch.setattr(whole, "photographed", broken)
    with pytest.raises(ZeroDivisionError):
        on_a_loop(qapp, lambda: whole._checked(store, tmp_path, Wording("zh"), Theme()))
    assert days[0].seat.is_left


def test_every_screen_is_photographed_in_both_themes_languages_and_sizes():
    looks = {(one.theme, one.language, one.size) for one in LOOKS}
    assert looks == set(product(("light", "dark"), ("zh", "en"), ((1920, 1040), (1366, 768))))
    names = [shot.name for shot in shots()]
    assert len(names) == len(set(names))
    assert {f"form-{kind}" for kind in FORMS} <= set(names)


def test_every_step_has_words_in_both_languages():
    steps = (*dispatching.STEPS_BEFORE, *dispatching.STEPS_AFTER, *handling.STEPS)
    for language in ("zh", "en"):
        words = Wording(language)
        for step in (*steps, *finding.STEPS, *own.STEPS, *keeping.STEPS):
            assert words.knows(f"check.step.{step.name}")
            assert words.knows(f"check.seen.{step.name}")
