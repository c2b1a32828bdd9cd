"""At the start: an import that was cut short is offered, to be gone on with or to be let go."""

from collections.abc import Callable

from ui.import_trace import ImportTrace, Unfinished
from ui.pages import Pages
from ui.screen import Screen
from ui.views.import_choose import told_of
from ui.views.notice_bar import NoticeBar


class UnfinishedImport:
    """Tells it in `bar`, except where the import page does so itself. `may` says whether this person imports."""

    def __init__(
        self, screen: Screen, bar: NoticeBar, pages: Pages, may: Callable[[], bool]
    ) -> None:
        self._screen, self._bar, self._pages, self._may = screen, bar, pages, may
        self._about: Unfinished | None = None
        pages.import_settled.connect(self.show)
        pages.currentChanged.connect(lambda _: self._refresh())  # pyright: ignore[reportUnknownArgumentType, reportUnknownLambdaType] - signals are untyped

    async def look(self) -> None:
        """Ask what the person who sits here left unfinished."""
        found = await ImportTrace(self._screen.desk).unfinished() if self._may() else ()
        self.show(next(iter(found), None))

    def show(self, about: Unfinished | None) -> None:
        """This is what is unfinished now."""
        self._about = about
        self._refresh()

    def _refresh(self) -> None:
        about = self._about
        if about is None or self._pages.is_importing:
            self._bar.hide()
            return
        ways = (
            ("import.unfinished.go_on", self._go_on),
            ("import.unfinished.let_go", self._let_go),
        )
        self._bar.show_notice(lambda: told_of(self._screen, about), ways)

    def _go_on(self) -> None:
        if self._about is not None:
            self._pages.resume_import(self._about)

    def _let_go(self) -> None:
        if self._about is not None:
            self._screen.run(self._forget(self._about.path))

    async def _forget(self, path: str) -> None:
        await ImportTrace(self._screen.desk).forget(path)
        await self.look()
