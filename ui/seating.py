"""Who sits here: the page of people, the change from one to another, and one's own password."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Protocol

from app.domain.refused import Refused
from app.services.ports import Unreachable
from app.services.queries import SyncState
from ui.screen import Screen
from ui.views.curtain import Curtain
from ui.views.notice_bar import NoticeBar
from ui.views.sheet import Sheet

if TYPE_CHECKING:
    from ui.views.password_page import PasswordPage


class Window(Protocol):
    """What a change of persons needs of the window around it."""

    @property
    def password_notice(self) -> NoticeBar: ...
    @property
    def sheet(self) -> Sheet: ...
    @property
    def curtain(self) -> Curtain: ...
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

    def show_password(self) -> None:
        """Lay open where one's password is changed; while the centre takes it no more, where it is typed anew."""
        from ui.views.password_page import CHANGE, RENEW, PasswordPage  # read when it is opened

        desk = self._screen.desk
        if self._is_shut_out(desk.sync_state):
            words = ("frame.password.renew_told", "frame.password.go_on")
            page = PasswordPage(self._screen, *words, RENEW, desk.renew_password)
            self._lay(page, "frame.password.renew", "frame.password.renewed")
        else:
            words = ("frame.password.change_told", "frame.password.set")
            page = PasswordPage(self._screen, *words, CHANGE, desk.change_password)
            self._lay(page, "frame.password.change", "frame.password.done")

    def _lay(self, page: "PasswordPage", title: str, told: str) -> None:
        page.done.connect(self._window.sheet.close_sheet)
        page.done.connect(lambda: self._screen.toast(told, {}, "done"))
        self._open_page(title, page)

    def on_sync(self, state: SyncState) -> None:
        """Ask for the password in place, without a dialog, for as long as the centre takes the old one no more."""
        bar, is_shut_out = self._window.password_notice, self._is_shut_out(state)
        if is_shut_out and bar.isHidden():
            say = self._screen.words.say
            ways = (("frame.password.renew", self.show_password),)
            bar.show_notice(lambda: say("frame.password.notice"), ways)
        elif not is_shut_out:
            bar.hide()

    def _is_shut_out(self, state: SyncState) -> bool:
        is_asked = state.code in ("login-wrong", "login-needed")
        return is_asked and not state.online and self._screen.desk.is_guarded

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
        """From who sits here to another; where neither could sit down it can be tried again.

        That it is under way is seen at once; whoever stays, because it could not be, has his screen back.
        """
        curtain, desk = self._window.curtain, self._screen.desk
        curtain.change(login)
        try:
            if not desk.is_vacant:
                await self._put_aside()
            await desk.switch(login)
            await self._begin()
        except (Refused, Unreachable) as no:
            if not desk.is_vacant:
                raise
            self._window.strand(no, lambda: self.seat(login))
            return
        finally:
            if not desk.is_vacant:
                curtain.lift()
        self._window.person_changed()
        facts = {"name": desk.me.name, "role": str(desk.me.role)}
        self._screen.toast("frame.person_now", facts, "done")
