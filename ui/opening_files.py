"""Opening the files of a case: fetched when a person asks for one, then handed to the program for its kind."""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from app.domain.case import Attachment
from app.services.files import Whereabouts
from app.services.queries import CaseView
from ui.screen import Screen
from ui.verbs import files_of
from ui.views.living import lives, run_for
from ui.views.sheet import Sheet

#: What was asked for and could not be had may be there a little later.
_LATER = frozenset({Whereabouts.NOT_YET, Whereabouts.AWAY})
#: What came of asking, which this seat does not know by itself afterwards.
_SAID = _LATER | {Whereabouts.WRONG}


class Window(Protocol):
    """What opening files needs of the window around it."""

    @property
    def workbench(self) -> Any: ...
    @property
    def sheet(self) -> Sheet: ...


class OpeningFiles(QObject):
    """`open_page` lays a page open under a title; the page goes with its case, and with it what is under way."""

    def __init__(
        self, screen: Screen, window: Window, open_page: Callable[[str, Any], None]
    ) -> None:
        super().__init__(window.sheet)
        self._screen, self._window, self._open_page = screen, window, open_page
        self._under_way: dict[str, asyncio.Future[Whereabouts]] = {}
        self._opening: set[str] = set()
        window.workbench.view_changed.connect(self._on_view)
        window.sheet.left.connect(self._on_left)

    def show(self) -> None:
        """The files of the case shown."""
        from ui.views.files_page import FilesPage  # read when it is opened, or ahead

        view: CaseView = self._window.workbench.view
        page = FilesPage(self._screen, view.dossier.case.id, files_of(view))

        def open_(one: Attachment) -> None:
            run_for(self._screen, page, self._open(page, one))

        page.opened.connect(open_)
        page.looked.connect(lambda: run_for(self._screen, page, self._look(page)))
        self._open_page("verb.files", page)
        run_for(self._screen, page, self._look(page))

    async def _open(self, page: Any, one: Attachment) -> None:
        """Once, however often it is asked for meanwhile."""
        if one.digest in self._opening:
            return
        self._opening.add(one.digest)
        try:
            await self._opened(page, one)
        finally:
            self._opening.discard(one.digest)

    async def _opened(self, page: Any, one: Attachment) -> None:
        """Where it is not here, it is fetched first; it opens only while its page is there."""
        is_here = await self._fetched(page, one) is Whereabouts.HERE
        if is_here and self._window.sheet.content is page:
            path = await self._screen.desk.files.lend(one.digest, one.name)
            if not QDesktopServices.openUrl(QUrl.fromLocalFile(path)):
                self._screen.toast("files.no_program", {"name": one.name}, "refused")

    async def _fetched(self, page: Any, one: Attachment) -> Whereabouts:
        (here,) = (await self._screen.desk.files.where([one.digest])).values()
        if _is_here(here):
            return Whereabouts.HERE
        page.tell({one.digest: Whereabouts.COMING})
        return await self._fetch(page, one)

    async def _fetch(self, page: Any, one: Attachment) -> Whereabouts:
        """Ask for it; who leaves the page asks no more."""
        asked = asyncio.ensure_future(self._screen.desk.files.fetch(one.digest, one.size))
        self._under_way[one.digest] = asked
        said = Whereabouts.ELSEWHERE
        try:
            said = await asked
        finally:
            self._under_way.pop(one.digest, None)
            page.tell({one.digest: said})
        return said

    async def _look(self, page: Any) -> None:
        """Where everything is; what was asked for in vain is asked for again, and opened by nobody."""
        places = await self._screen.desk.files.where(one.digest for one in page.files)
        said = {one for one, place in page.places.items() if place in _SAID}
        stays = {one for one in said | self._under_way.keys() if not _is_here(places.get(one))}
        page.tell({one: place for one, place in places.items() if one not in stays})
        for one in page.files:
            if page.places[one.digest] in _LATER and one.digest not in self._under_way:
                await self._fetch(page, one)

    def _on_left(self, _page: object) -> None:
        for asked in self._under_way.values():
            asked.cancel()

    def _on_view(self, view: CaseView | None) -> None:
        """Another case, or other files: the page is that of what is shown."""
        page: Any = self._window.sheet.content
        if getattr(page, "case_id", None) is None or not hasattr(page, "files"):
            return
        if view is None or view.dossier.case.id != page.case_id:
            self._window.sheet.close_sheet()
        elif files_of(view) != page.files and lives(page):
            self.show()


def _is_here(place: Whereabouts | None) -> bool:
    return place in (Whereabouts.HERE, Whereabouts.UNSENT)
