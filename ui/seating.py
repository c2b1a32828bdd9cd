"""Who sits here: the page of people, and the change from one to another."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from app.domain.refused import Refused
from app.services.ports import Unreachable
from ui.screen import Screen


class Window(Protocol):
    """What a change of persons needs of the window around it."""

    def strand(self, no: Refused | Unreachable, again: Callable[[], None]) -> None: ...
    def person_changed(self) -> None: ...


class Seating:
    """`put_aside` keeps what the one who leaves has typed, `begin` brings what waits for the one who comes.

    `open_page` lays a page open under a title.
    """

    def __init__(
        self,
        screen: Screen,
        window: Window,
        put_aside: Callable[[], Awaitable[None]],
        begin: Callable[[], Awaitable[None]],
        open_page: Callable[[str, Any], None],
    ) -> None:
        self._screen, self._window = screen, window
        self._put_aside, self._begin, self._open_page = put_aside, begin, open_page

    async def show(self) -> None:
        """Lay open who may sit here."""
        from ui.views.person_switch import PersonSwitch  # read when it is opened, or ahead

        page = PersonSwitch(self._screen, await self._screen.desk.people())
        page.chosen.connect(self.seat)
        self._open_page("frame.people", page)

    def seat(self, login: str) -> None:
        """Let that person sit down."""
        self._screen.run(self.change(login))

    async def change(self, login: str) -> None:
        """From who sits here to another; where neither could sit down it can be tried again."""
        desk = self._screen.desk
        if not desk.is_vacant:
            await self._put_aside()
        try:
            await desk.switch(login)
        except (Refused, Unreachable) as no:
            if not desk.is_vacant:
                raise
            self._window.strand(no, lambda: self.seat(login))
            return
        await self._begin()
        self._window.person_changed()
        facts = {"name": desk.me.name, "role": str(desk.me.role)}
        self._screen.toast("frame.person_now", facts, "done")
