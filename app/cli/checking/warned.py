"""A burst of the same, so that the seat on duty warns of it: what the forms and the centre of warnings want."""

import asyncio

from app.cli.checking.day import Day
from app.cli.checking.waiting import until
from app.domain.commands import File, Register
from app.domain.terms import Nature
from ui.views.warning_page import WarningPage

#: So many of a class in one community are warned of within a day.
BURST = 10
#: So long it may take until the seat has the duty and has looked (seconds).
PATIENCE, LOOK_EVERY = 40, 0.25


async def brought(day: Day) -> None:
    """`warned` is the case on which the warning hangs; without one its forms are told as not reached."""
    desk = day.seat.desk
    directory = desk.setting.directory
    place = directory.communities[-1]
    for number in range(BURST):
        report = Register(
            narrative=f"工地夜间十一点后仍在施工，噪声很大，无法休息。第 {number + 1} 次来电。",
            nature=Nature.COMPLAINT,
            category="0302",
            address=f"幸福里{number + 1}栋",
            street=place.street,
            community=place.code,
        )
        done = await desk.send(report)
        await desk.send(File(case_id=done.case_id))
    await day.seat.sent()
    for _ in range(int(PATIENCE / LOOK_EVERY)):
        for one in await desk.warnings.known(desk.now()):
            if one.warning.place == place.code:
                day.know("warned", one.warning.case_id, one.number)
                return
        await asyncio.sleep(LOOK_EVERY)


async def shown(day: Day) -> None:
    """The warning centre, once it has something to show."""
    day.seat.hands.press("F9")
    await until(lambda: _is_filled(day), "rows", queue="", n=1)


def _is_filled(day: Day) -> bool:
    page = day.seat.window.pages.currentWidget()
    return isinstance(page, WarningPage) and bool(page.model.rows)
