"""What the centre did not take: told as soon as it is known, and settled by a person, one by one."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any, Protocol

from app.services.ports import Unreachable
from app.services.queries import Attention, SyncState
from ui.models.aside_text import AsideText
from ui.pages import Pages
from ui.product import Product
from ui.screen import Screen
from ui.seat_file import written
from ui.views.sheet import Sheet
from ui.views.undo_strip import UndoStrip

if TYPE_CHECKING:
    from ui.views.attention import AttentionPage


class Window(Protocol):
    """What settling needs of the window around it."""

    @property
    def sheet(self) -> Sheet: ...
    @property
    def strip(self) -> UndoStrip: ...
    @property
    def pages(self) -> Pages: ...

    product: Product


class SetAsides:
    """`open_page` lays a page open under a title, `open_case` brings a case to the front."""

    def __init__(
        self,
        screen: Screen,
        window: Window,
        open_page: Callable[[str, Any], None],
        open_case: Callable[[str], None],
    ) -> None:
        self._screen, self._window = screen, window
        self._open_page, self._open_case = open_page, open_case
        self._known: frozenset[str] = frozenset()

    async def learn(self) -> None:
        """Somebody sits down: what waits already is no news to them."""
        acts = await self._screen.desk.attention()
        self._known = frozenset(one.cmd_id for one in acts)

    def on_sync(self, state: SyncState) -> None:
        """Look whether something new was set aside, or something is settled."""
        if state.attention or self._known:
            self._screen.run(self._look())

    async def show(self) -> None:
        """Lay open what waits for a person."""
        await self._lay_open(await self._screen.desk.attention())

    async def done_anew(self, cmd_id: str, kinds: Collection[str]) -> None:
        """A registration was taken in again: what was built on the first and is done anew is settled."""
        reason = self._screen.words.say("frame.aside.done_anew")
        for act in await self._screen.desk.attention():
            if act.facts.get("on") == cmd_id and act.kind in kinds:
                await self._screen.desk.settle_attention(act.cmd_id, "drop", reason)

    async def _look(self) -> None:
        acts = await self._screen.desk.attention()
        fresh = [one for one in acts if one.cmd_id not in self._known]
        self._known = frozenset(one.cmd_id for one in acts)
        for act in fresh:
            self._tell(act)
        page = self._page
        if page is not None and page.ids != tuple(one.cmd_id for one in acts) and not page.is_busy:
            await self._lay_open(acts)

    def _tell(self, act: Attention) -> None:
        """No success is claimed any longer, and the person reads who was faster."""
        self._window.strip.undone(act.cmd_id)
        text = self._text
        facts = {"kind": text.kind(act), "number": act.number, "why": text.short(act)}
        self._screen.toast("frame.aside.told", facts, "refused")

    @property
    def _page(self) -> "AttentionPage | None":
        content = self._window.sheet.content
        if content is None:
            return None
        from ui.views.attention import AttentionPage  # read when it is opened, or ahead

        return content if isinstance(content, AttentionPage) else None

    @property
    def _text(self) -> AsideText:
        screen = self._screen
        return AsideText(screen.words, screen.data, screen.desk.setting)

    async def _lay_open(self, acts: tuple[Attention, ...]) -> None:
        from ui.views.attention import AttentionPage

        page = AttentionPage(self._screen, acts, await self._screen.desk.report())
        page.exported.connect(lambda: self._screen.run(self._export()))
        page.settled.connect(self._on_settled)
        page.reopened.connect(self._on_reopened)
        page.opened.connect(self._on_opened)
        self._open_page("frame.attention_title", page)

    def _on_settled(self, cmd_id: str, how: str, reason: str) -> None:
        self._screen.run(self._settle(cmd_id, how, reason))

    async def _settle(self, cmd_id: str, how: str, reason: str) -> None:
        await self._screen.desk.settle_attention(cmd_id, how, reason)
        self._screen.toast(f"frame.attention_settled.{how}", {}, "done")
        await self.show()

    async def _export(self) -> None:
        """Write down for a supervisor what waits here, and say where it lies."""
        product, report = self._window.product, await self._screen.desk.report()
        try:
            path = written(self._screen, report, product.reports, product.version)
        except OSError as error:
            raise Unreachable("disk") from error
        self._screen.toast("frame.report.exported", {"path": str(path)}, "done")

    def _on_opened(self, case_id: str) -> None:
        self._window.sheet.close_sheet()
        self._open_case(case_id)

    def _on_reopened(self, act: Attention) -> None:
        self._screen.run(self._reopen(act))

    async def _reopen(self, act: Attention) -> None:
        """Nothing is settled yet: that happens in one step with the new registration."""
        wish = await self._screen.desk.registration(act.cmd_id)
        if wish is None:
            await self.show()
            return
        built = [one for one in await self._screen.desk.attention() if one.facts.get("on")]
        units = [one.wish.get("unit", "") for one in built if one.facts["on"] == act.cmd_id]
        unit = next((one for one in reversed(units) if one), "")
        await self._window.pages.show_again(wish, act, unit)
