"""A desk with its window, and what a person does there again and again: sit down, find a case, fill a form."""

import asyncio
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from app.cli.checking.hands import Hands
from app.cli.checking.waiting import PATIENCE, must, until, until_told
from app.cli.places import setting
from app.cli.wiring import close_desk, open_desk
from app.domain.case import Dossier
from app.domain.terms import CaseStatus
from app.importing.importer import FileImporter
from app.services.desk import Desk
from app.services.guard import UNGUARDED, Guard
from app.services.live import LiveDesk
from app.services.queries import Queue, QueueRow, Sort, Window, WindowQuery
from db.central.archive import open_archive
from db.central.store import utc_now
from ui.furnished import furnished
from ui.main_window import MainWindow
from ui.product import Product
from ui.theme import Theme
from ui.verbs import BY_NAME
from ui.views.forms.by_kind import FORMS
from ui.views.palette import Palette
from ui.wording import Wording

#: The window's size in the day's work.
SIZE = (1366, 768)
#: By then a window system has told who is in front (seconds).
SETTLED = 0.05
#: A number that is the same after this time is steady (seconds).
STEADY = 0.15
#: As many signs of a case's number are typed to find it.
TAIL = 9


@dataclass(slots=True)
class Seat:
    """One window over one desk. Widgets are read, never told: acting is done by `hands`."""

    desk: LiveDesk
    window: MainWindow
    hands: Hands = field(default_factory=Hands)
    is_left: bool = False

    # -- what is seen -------------------------------------------------------------------------

    @property
    def rows(self) -> list[QueueRow]:
        """The rows of the list that are loaded."""
        model = self.window.workbench.model
        found = (model.row_at(at) for at in range(model.rowCount()))
        return [row for row in found if row is not None]

    @property
    def form(self) -> QWidget | None:
        """What the sheet shows."""
        return self.window.sheet.content

    @property
    def toasts(self) -> list[str]:
        """The keys of the messages on screen, newest first."""
        return [card.key for card in self.window.toasts.shown]

    async def queue(self, queue: Queue) -> Window:
        """A queue as the desk has it, whatever is shown."""
        return await self.desk.window(WindowQuery(queue=queue, now=self.desk.now()))

    async def newest(self) -> QueueRow:
        """The case registered last."""
        query = WindowQuery(
            queue=Queue.ALL, now=self.desk.now(), sort=Sort.REGISTERED, descending=True, limit=1
        )
        return (await self.desk.window(query)).rows[0]

    async def dossier(self, case_id: str) -> Dossier:
        """A case as the desk has it."""
        view = await self.desk.case(case_id)
        must(view, "case")
        assert view is not None
        return view.dossier

    # -- what is waited for -------------------------------------------------------------------

    async def calm(self) -> None:
        """Nothing is under way any more."""
        await until(lambda: self.window.runner.is_idle, "idle")

    async def status(self, case_id: str, *wanted: CaseStatus) -> CaseStatus:
        """Wait until a case has reached one of these states."""

        async def reached() -> CaseStatus | None:
            view = await self.desk.case(case_id)
            found = view.dossier.case.status if view is not None else None
            return found if found in wanted else None

        found = await until_told(reached, "status", wanted=str(wanted[0]))
        assert found is not None
        return found

    async def sent(self) -> None:
        """The centre has taken everything done here."""
        await until(lambda: not self.desk.sync_state.waiting, "sent")

    async def in_front(self) -> None:
        """The window system's part: after a dialog or a menu the window is active again."""
        await asyncio.sleep(SETTLED)
        await until(lambda: not _is_covered(), "dialog_closed")
        if not self.window.isActiveWindow():
            self.window.activateWindow()
        await until(lambda: _is_inside(self.window), "focus")

    # -- what is done by keys -----------------------------------------------------------------

    async def sit(self, login: str) -> None:
        """Another person sits down, through the command palette."""
        if self.desk.me.login == login:
            return
        panel = self.window.palette_panel
        self.hands.press("Ctrl+K")
        await until(panel.isVisible, "palette")
        self.hands.write(login)
        await until(lambda: _offered(panel, f"person:{login}"), "offer", login=login)
        self.hands.press("Return")
        await until(lambda: self.desk.me.login == login, "person", login=login)
        await self._filled()
        await self.calm()

    async def _filled(self) -> None:
        """Another person's cases are all there: their number stays as it is."""
        end, before, now = time.monotonic() + PATIENCE, -1, 0
        while (before != now or not now) and time.monotonic() < end:
            await asyncio.sleep(STEADY)
            before, now = now, (await self.queue(Queue.ALL)).total

    async def use_queue(self, queue: Queue) -> None:
        """Show a queue."""
        self.hands.press("Ctrl+1", BY_NAME[f"queue_{queue.lower()}"].keys[0])
        bench = self.window.workbench
        await until(lambda: bench.queue is queue and bench.source.has_answered, "queue")
        await self.calm()

    async def find(self, number: str) -> None:
        """Bring a case up by the end of its number."""
        if self.window.workbench.queue is not Queue.ALL:
            await self.use_queue(Queue.ALL)
        self.hands.press("F3")
        self.hands.write(number[-TAIL:])
        await until(lambda: [row.number for row in self.rows] == [number], "row", number=number)
        self.hands.press("Return")
        await self.shown(number)

    async def shown(self, number: str) -> None:
        """The pane shows this case, as it is now."""
        await until(lambda: self._number() == number, "shown", number=number)
        await self.calm()

    def _number(self) -> str:
        view = self.window.workbench.view
        return view.dossier.case.number if view is not None else ""

    async def open_form(self, keys: str, kind: str) -> QWidget:
        """Ask for a verb and wait for its form."""
        await self._is_offered(kind)
        self.hands.press(keys)
        wanted = FORMS[kind]
        form = await until(
            lambda: self.form if isinstance(self.form, wanted) else None, "form", kind=kind
        )
        assert form is not None
        await self.calm()
        return form

    async def _is_offered(self, kind: str) -> None:
        def offered() -> bool:
            view = self.window.workbench.view
            return view is not None and kind in view.verbs

        await until(offered, "verb", kind=kind)

    async def do(self, keys: str, kind: str) -> None:
        """Ask for a verb that has no form."""
        await self._is_offered(kind)
        self.hands.press(keys)
        await self.calm()

    async def submit(self) -> None:
        """Send the form that is open; it must go without a no."""
        self.hands.press("Ctrl+Return")
        await until(lambda: self.form is None, "submitted", why=self.refusal())
        await self.calm()

    def refusal(self) -> str:
        """The no that the open form shows, if any."""
        labels = self.form.findChildren(QWidget) if self.form is not None else []
        shown = (one for one in labels if one.property("role") == "refused" and one.isVisible())
        return " ".join(str(one.property("text")) for one in shown)

    async def close(self) -> None:
        """Leave: the window as a person closes it, then the desk."""
        self.is_left = True
        self.window.close()
        await self.window.end()
        self.window.deleteLater()
        await asyncio.sleep(0)
        close_desk(self.desk)


def _is_covered() -> bool:
    front = QApplication.activeWindow()
    return isinstance(front, QDialog | QMenu) and front.isVisible()


def _is_inside(window: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and focus.window() is window


def _offered(panel: Palette, code: str) -> bool:
    offer = panel.model.offer(panel.list.currentIndex().row())
    return offer is not None and offer.code == code


async def take_seat(  # noqa: PLR0913 - what a seat is made of
    folder: Path,
    store: Path,
    login: str,
    words: Wording,
    theme: Theme,
    size: tuple[int, int] = SIZE,
    guard: Guard = UNGUARDED,
) -> Seat:
    """Open a desk in `folder` at `store` and its window, filled and ready for keys."""
    desk = await desk_at(folder, store, login, guard)
    product = Product("0.1.0", folder / "reports", is_demo=True)
    window = MainWindow(desk, words, theme, furnished(_importers(store)), product)
    await window.prepare()
    window.showNormal()
    window.resize(*size)
    window.activateWindow()
    await window.begin()
    seat = Seat(desk, window)
    await until(lambda: window.workbench.source.has_answered, "queue")
    await seat.calm()
    return seat


def _importers(store: Path) -> Callable[[Desk], FileImporter]:
    def importer(desk: Desk) -> FileImporter:
        return FileImporter(lambda: closing(open_archive(store, desk.me.login)), setting(), utc_now)

    return importer


async def desk_at(folder: Path, store: Path, login: str, guard: Guard = UNGUARDED) -> LiveDesk:
    """A desk without a window, filled."""
    loop = asyncio.get_running_loop()

    def opened() -> tuple[LiveDesk, bool]:
        desk = open_desk(folder, store, login, setting(), loop.call_soon_threadsafe, guard=guard)
        return desk, store.exists()

    desk, is_there = await loop.run_in_executor(None, opened)
    if is_there:
        await until(lambda: _is_filled(desk), "filled", seconds=20)
    return desk


def _is_filled(desk: LiveDesk) -> bool:
    state = desk.sync_state
    return state.online and state.filled >= state.to_fill
