"""The window: bars around the workbench, and over it the sheet, the palette and the messages."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.refused import Refused
from app.domain.rules import UNDOABLE
from app.services.desk import Desk
from app.services.ports import Unreachable
from app.services.queries import Changed, SyncState
from ui.acts import NO_IMPORT, Acts
from ui.alarming import Alarming
from ui.clipboard import CopiedPerson
from ui.farewell import Farewell
from ui.idle import Idle
from ui.indexes import warm
from ui.keys import Keys
from ui.memory import Memory
from ui.menus import Menus
from ui.names import DataNames
from ui.offers import Offers
from ui.pages import Pages
from ui.plain import heard
from ui.product import Product
from ui.rooms import Rooms
from ui.runner import Runner, deleted_after
from ui.screen import NOTHING, Screen
from ui.theme import Theme
from ui.unfinished import UnfinishedImport
from ui.verbs import BY_NAME
from ui.views.curtain import Curtain
from ui.views.key_hints import KeyHints
from ui.views.laying import side_by_side, stacked
from ui.views.notice_bar import NoticeBar
from ui.views.palette import Palette
from ui.views.rail import Rail
from ui.views.sheet import Sheet
from ui.views.status_bar import StatusBar
from ui.views.tab_order import InReadingOrder
from ui.views.toasts import Toasts
from ui.views.top_bar import TopBar
from ui.views.undo_strip import UndoStrip
from ui.why_not import NOT_HIS
from ui.wording import Wording

LEAST_SIZE = (960, 600)
#: How much of the screen a window takes that was never placed by hand.
FIRST_SHARE = 0.92


class MainWindow(InReadingOrder):
    """One person's desk. `left` when the person closes it; whoever started it then shuts down."""

    left = Signal()

    def __init__(
        self, desk: Desk, words: Wording, theme: Theme, rooms: Rooms, product: Product
    ) -> None:
        super().__init__()
        self.setMinimumSize(*LEAST_SIZE)
        self.resize(QGuiApplication.primaryScreen().availableSize() * FIRST_SHARE)
        self.product, self._ahead = product, rooms.ahead
        self.runner = Runner(self._on_refused, self._on_unreachable)
        data = DataNames(words, lambda: desk.setting)
        self.seat = Screen(desk, words, theme, self.runner, self._toast, data)
        self._build(rooms)
        self._lay_over()
        self.memory = Memory(self, self.seat, self.workbench)
        self.acts = Acts(self.seat, self, rooms, self.memory)
        act, keymap = self.acts.act, self.seat.keymap
        self.menus = Menus(self.menuBar(), words, keymap, act, self.acts.why_not)
        self._keys = Keys(self, self.workbench, self.acts.press, keymap)
        self._offers.ask(self.acts.why_not)
        may_import = partial(self._may, "import_file")
        self.unfinished = UnfinishedImport(self.seat, self.notice, self.pages, may_import)
        self.farewell = Farewell(self, self.seat, self.question, act, lambda: self.is_locked)
        self._copied = CopiedPerson(self, self.curtain.drawn, self.left)
        self._idle = Idle(self, desk.now, product.lock_after, self.lock)
        self._connect()

    # what acts and tests reach for

    def show_palette(self) -> None:
        """Open the palette over everything."""
        self.palette_panel.show_palette()

    def leave_intake(self) -> None:
        """Put the intake form away and go back to the list."""
        self.pages.leave_intake()

    @property
    def is_locked(self) -> bool:
        """Whether the person takes a break."""
        return self.curtain.is_drawn

    def lock(self) -> None:
        """Cover everything until the person comes back; also for whatever notices that nobody is there.

        What is half-typed is kept first; the curtain does not wait for the disk.
        """
        if not self.is_locked:
            self.pages.keep_typed()
            self.acts.casework.drafts.keep_soon()
            self.palette_panel.hide_palette()
            self.curtain.draw()

    def strand(self, no: Refused | Unreachable, again: Callable[[], None]) -> None:
        """Neither who comes nor who was here could sit down."""
        self.curtain.strand(no, again)

    def _hush(self, is_locked: bool) -> None:  # noqa: FBT001 - as signalled
        self.menuBar().setVisible(not is_locked)
        self._keys.sleep(is_asleep=is_locked)
        self.toasts.hold(is_held=is_locked)
        self.alarming.hold(is_locked=is_locked)

    def person_changed(self) -> None:
        """Somebody else sits here now."""
        self.curtain.lift()
        self._copied.clear()
        self.workbench.person_changed()
        self.queue_bar.refresh()
        self._offer_screens()
        self.top.retranslate()
        self.menus.refresh()
        self.pages.show_workbench()
        self.workbench.focus_list()
        self.seat.run(self.unfinished.look())

    def tell_trouble(self, path: str) -> None:
        """A bug of ours was met and reported at `path`."""
        self._toast("frame.broken", {"name": Path(path).name}, "refused")

    def leave(self) -> None:
        """Close the window; where acts wait for a decision that is asked about first."""
        self.close()

    async def prepare(self) -> None:
        """Before it is shown: its place and layout of last time, and the keys of who sits here."""
        await self.memory.restore()

    async def begin(self) -> None:
        """Fetch what the frame shows: people's names, drafts; the rest is made ready soon."""
        people = await self.seat.desk.people()
        self.seat.data.learn(people)
        self._offers.learn(people)
        await self.acts.begin()
        await self._count_drafts()
        await self.unfinished.look()
        self.workbench.focus_list()
        self.runner(warm(self.seat.desk, *self._ahead, self.palette_panel.warm))
        for one in self.product.complaints:
            self._toast(one.key, one.facts, "refused")

    async def end(self) -> None:
        """Let go of the desk: remember the layout, stop listening, let what runs end."""
        self.acts.casework.drafts.keep_soon()
        await self.memory.keep_layout()
        for stop in self._listening:
            stop()
        await self.runner.finish(seconds=2)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell whoever started the window."""
        super().closeEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Remember the size soon."""
        super().resizeEvent(event)
        self.memory.changed()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Remember the place soon."""
        super().moveEvent(event)
        self.memory.changed()

    def _build(self, rooms: Rooms) -> None:
        screen = self.seat
        self.queue_bar = rooms.queue_bar(screen)
        self.strip = UndoStrip(screen.words, screen.data, lambda kind: kind in UNDOABLE)
        self.top = TopBar(screen, self.queue_bar)
        self.rail = Rail(screen.words, screen.theme)
        self.status = StatusBar(screen.words, self.strip, KeyHints(screen))
        self.pages = Pages(screen, rooms, self.rail, self._retire)
        self.workbench = self.pages.workbench
        self._ground = QWidget()  # what lies over the pages lies on this, beside them
        self._ground.setProperty("role", "page")
        side_by_side(self._ground, self.pages)
        self.notice, self.password_notice, self.question = (NoticeBar(screen) for _ in range(3))
        body, head, centre = QWidget(), QWidget(), QWidget()
        side_by_side(body, self.rail, self._ground)
        stacked(head, self.top, self.question, self.password_notice, self.notice)
        stacked(centre, head, body, self.status, stretching=body)
        self.curtain = Curtain(screen, centre, self.workbench.focus_list)
        self.setCentralWidget(self.curtain)
        self.rail.mark("workbench")

    def _lay_over(self) -> None:
        screen = self.seat
        self._offers = Offers(screen)
        self.sheet = Sheet(
            self._ground, screen.words, screen.theme, self.workbench.focus_list, self._retire
        )
        self.sheet.cover(self.workbench.sheet_place, self.pages.currentWidget)
        self.rail.follow(self.sheet)
        self.palette_panel = Palette(self, screen, self._offers, self.workbench.focus_list)
        beside = self.workbench.message_place
        self.alarming = Alarming(self._ground, screen, self.pages, lambda: self.acts)
        self.toasts = Toasts(self._ground, screen.words, screen.theme, beside, self.sheet)

    def _connect(self) -> None:
        acts, desk = self.acts, self.seat.desk
        for part in (self.top, self.rail, self.status, self.workbench):
            part.acted.connect(acts.act)
        self.palette_panel.taken.connect(acts.take)
        self.curtain.drawn.connect(self._hush)
        self.curtain.vacant.left.connect(self.farewell.go)
        self.strip.wanted.connect(acts.undo)
        self.queue_bar.chosen.connect(self.workbench.use_queue)
        self.pages.made.connect(self._on_intake)
        self.pages.opening.connect(self.sheet.close_sheet)
        for drafted in (self.pages.drafted, acts.casework.drafts.changed):
            drafted.connect(lambda: self.seat.run(self._count_drafts()))
        self.pages.currentChanged.connect(self._on_page)
        self.workbench.queue_changed.connect(self.queue_bar.show_queue)
        self.workbench.view_changed.connect(self._on_view)
        self.workbench.view_changed.connect(self.toasts.follow)
        heard(self, self.seat.words, self.retranslate)
        self._offer_screens()
        self.status.show_sync(desk.sync_state)
        self._listening = desk.on_sync(self._on_sync), desk.on_changed(self._on_changed)

    def retranslate(self) -> None:
        """Title and menus in the language of now."""
        title = "frame.demo_title" if self.product.is_demo else "frame.title"
        self.setWindowTitle(self.seat.words.say(title))
        self.menus.refresh()

    def _offer_screens(self) -> None:
        """The rail holds what the post of this person has to do with."""
        self.rail.offer(self._may)
        self.status.hints.offer(self._may)

    def _may(self, verb: str) -> bool:
        no = self.acts.why_not(BY_NAME[verb])
        return no is None or no.key not in (NOT_HIS, NO_IMPORT)

    def _retire(self, form: QWidget) -> None:
        form.hide()
        if self.runner.is_idle:
            form.deleteLater()
        else:
            self.seat.run(deleted_after(self.runner.under_way(), form))

    def _on_intake(self, form: Any) -> None:
        sending = self.acts.sending()
        form.submitted.connect(partial(self.acts.submit_intake, form, sending))
        form.opened.connect(self.acts.open_case)

    # news and troubles

    def _on_view(self, _: object) -> None:
        self.memory.changed()

    def _on_page(self, at: int) -> None:
        self.status.hints.show_list(is_list=at == 0)

    def _on_sync(self, state: SyncState) -> None:
        self.top.link.show_sync(state)
        self.status.show_sync(state)
        self.acts.asides.on_sync(state)
        self.farewell.hear(state)
        self.acts.seating.on_sync(state)

    def _on_changed(self, news: Changed) -> None:
        if news.cases is None or news.is_own:
            self.seat.run(self._count_drafts())

    async def _count_drafts(self) -> None:
        self.status.show_drafts(len(await self.seat.desk.drafts()))

    def _on_refused(self, no: Refused) -> None:
        self._toast(f"refused.{no.code}", no.facts, "refused")

    def _on_unreachable(self, away: Unreachable) -> None:
        self.status.show_unreachable(away.code)

    def _toast(self, key: str, facts: Mapping[str, Any] = NOTHING, kind: str = "told") -> None:
        self.toasts.show_toast(key, self.seat.data.told(facts), kind)
