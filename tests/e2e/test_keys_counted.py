"""How many keys the main job takes in the real windows over a real store, and that no mouse is needed."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.cli.checking import dispatching as work
from app.cli.checking.hands import Mice
from app.cli.checking.run import on_a_loop
from app.cli.checking.seat import Seat, take_seat
from app.cli.checking.waiting import until
from app.domain.terms import CaseStatus, Nature
from app.services.guess import Hints
from app.services.queries import Queue
from ui.indexes import indexes_of
from ui.theme import Theme
from ui.wording import Wording

pytestmark = [pytest.mark.ui, pytest.mark.e2e, pytest.mark.slow]

Work = Callable[[Seat], Awaitable[str]]


@pytest.fixture
def count(qapp: QApplication, store: Path):
    """Does some work at a new seat; returns the keys it took and how often a mouse was used."""

    async def counted(do: Work) -> tuple[int, int]:
        theme = Theme()
        theme.dress(qapp)
        seat = await take_seat(store.parent / "first", store, work.OPERATOR, Wording("zh"), theme)
        await seat.use_queue(Queue.DISPATCH)
        await _on_a_complaint(seat)
        seat.hands.keys, mice = 0, Mice(qapp)
        try:
            case_id = await do(seat)
            await seat.status(case_id, CaseStatus.DISPATCHED)
        finally:
            mice.leave()
            await seat.close()
        return seat.hands.keys, mice.count

    return lambda do: on_a_loop(qapp, lambda: counted(do))


async def _on_a_complaint(seat: Seat) -> None:
    """The cursor stands on a filed complaint, of which the standard has words."""
    while not _is_fit(seat):
        seat.hands.press("J")
        await until(lambda: seat.window.workbench.view, "shown", number="")
        await seat.calm()


def _is_fit(seat: Seat) -> bool:
    view = seat.window.workbench.view
    if view is None or view.suggested != "dispatch":
        return False
    return view.dossier.case.nature is Nature.COMPLAINT and bool(another_class(seat))


def another_class(seat: Seat) -> int:
    """The digit of the first suggestion that is not the case's class already; 0 when there is none."""
    view = seat.window.workbench.view
    assert view is not None
    case, guesser = view.dossier.case, indexes_of(seat.desk.setting.directory).guesser
    offered = guesser.guess(Hints(f"{case.title} {case.narrative}"))
    digits = (at for at, one in enumerate(offered, 1) if one.category != case.category)
    return next(digits, 0)


def open_case(seat: Seat) -> str:
    view = seat.window.workbench.view
    assert view is not None
    return view.dossier.case.id


async def as_classed(seat: Seat) -> str:
    case_id = open_case(seat)
    await seat.open_form("F5", "dispatch")
    await seat.submit()
    return case_id


async def by_suggestion(seat: Seat) -> str:
    digit = another_class(seat)
    await seat.open_form("F4", "classify")
    seat.hands.press(str(digit))
    await until(lambda: seat.form is None, "form_closed")
    await seat.calm()
    return await as_classed(seat)


async def by_initials(seat: Seat) -> str:
    await seat.open_form("F4", "classify")
    seat.hands.spell(work.CLASS_LETTERS)
    seat.hands.press("Return")
    await until(lambda: seat.form is None, "form_closed")
    await seat.calm()
    return await as_classed(seat)


@pytest.mark.parametrize(
    ("do", "most"),
    [(as_classed, 2), (by_suggestion, 5), (by_initials, 9)],
    ids=lambda one: getattr(one, "__name__", str(one)),
)
def test_a_filed_case_is_dispatched_in_few_keys(count, do, most):
    keys, mice = count(do)
    assert keys <= most
    assert mice == 0


async def call_by_suggestion(seat: Seat) -> str:
    await work.open_intake(seat)
    await work.fill_in(seat, work.NARRATIVE)
    seat.hands.press("Alt+1", "Ctrl+Return")
    return (await work.taken_in(seat))[0]


async def call_by_initials(seat: Seat) -> str:
    await work.open_intake(seat)
    await work.fill_in(seat, work.NARRATIVE)
    await work.choose_class(seat)
    seat.hands.press("Ctrl+Return")
    return (await work.taken_in(seat))[0]


@pytest.mark.parametrize("do", [call_by_suggestion, call_by_initials])
def test_a_call_is_dispatched_within_25_keys_beside_its_words(count, do):
    keys, mice = count(do)
    assert keys <= 25
    assert mice == 0
