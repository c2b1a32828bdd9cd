"""Ctrl+K: every verb, every queue, every person and every case within a few letters."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.services.filters import Filter
from app.services.queries import Queue, QueueRow, WindowQuery
from ui.picker_index import Entry, NameIndex
from ui.plain import announce, heard, named, plain, said
from ui.screen import Screen
from ui.views.ime_edit import ImeEdit
from ui.views.offer_list import Offer, OfferModel, offer_list
from ui.views.old_number import survivor_of
from ui.views.overlay import FocusKeeper, Laid

WIDTH_PX = 660
ROWS = 11
#: Letters before cases are looked for, how many are shown, and the pause before asking (ms).
LEAST_LETTERS = 2
MOST_CASES = 6
PAUSE_MS = 80
_DOWN, _UP, _PAGE_DOWN, _PAGE_UP = (
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_PageUp,
)


def _index_of(offers: Sequence[Offer]) -> NameIndex:
    return _index_by(tuple((offer.code, *offer.names) for offer in offers))


@lru_cache(maxsize=2)
def _index_by(named: tuple[tuple[str, ...], ...]) -> NameIndex:
    """The index of codes, each before its names, kept for a person who changes the language or the seat."""
    return NameIndex.of(Entry(code, tuple(names[:2]), tuple(names[2:])) for code, *names in named)


class Palette(QFrame):
    """Laid over the window; Enter takes the marked offer, Esc gives the focus back."""

    taken = Signal(str)

    def __init__(
        self,
        host: QWidget,
        screen: Screen,
        offers: Callable[[], Sequence[Offer]],
        fallback: Callable[[], None],
    ) -> None:
        super().__init__(host)
        self._screen, self._offers = screen, offers
        self._verbs: tuple[Offer, ...] = ()
        self._asked = 0
        self._focus = FocusKeeper(fallback)
        self.setProperty("role", "palette")
        self.edit = named(ImeEdit(), "frame.palette", screen.words)
        self.model = OfferModel(self)
        self.list = offer_list(self.model, screen)
        self.nothing = plain(role="muted")
        said(self.nothing, "frame.palette_none", screen.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self.edit)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask_cases)
        self._laid = Laid(self, host, self._place)
        self._connect()
        self.hide()

    def warm(self) -> None:
        """Build the index of names while nobody waits for it."""
        _index_of(self._offers())

    def show_palette(self) -> None:
        """Open it with an empty line and everything possible first."""
        self._focus.keep(self)
        self._verbs = tuple(self._offers())
        self.edit.clear()
        self._search("")
        self.show()
        self._laid.lay()
        self.edit.setFocus()

    def hide_palette(self) -> None:
        """Close it; the focus goes back to where it was."""
        if self.isVisible():
            self._pause.stop()
            self.hide()
            self._focus.give_back()

    def retranslate(self) -> None:
        """The hint in the language of now."""
        words = self._screen.words
        self.setAccessibleName(words.say("frame.palette"))
        self.edit.setPlaceholderText(words.say("frame.palette_hint"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide_palette()
            return
        super().keyPressEvent(event)

    def _connect(self) -> None:
        self.edit.on_key = self._on_key
        self.edit.queried.connect(self._search)
        self.edit.entered.connect(self._take)
        self.list.clicked.connect(self._on_clicked)
        heard(self, self._screen.words, self.retranslate)

    def _on_clicked(self, index: QModelIndex) -> None:
        self._mark(index.row())
        self._take()

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.hide_palette()
            return True
        step = {_DOWN: 1, _UP: -1, _PAGE_DOWN: ROWS, _PAGE_UP: -ROWS}.get(Qt.Key(event.key()))
        if step is not None:
            self._mark(self.list.currentIndex().row() + step)
        return step is not None

    def _mark(self, row: int) -> None:
        last = self.model.rowCount() - 1
        self.list.setCurrentIndex(self.model.index(max(0, min(row, last))))

    def _take(self) -> None:
        offer = self.model.offer(self.list.currentIndex().row())
        if offer is not None:
            self.hide_palette()
            self.taken.emit(offer.code)

    def _search(self, query: str) -> None:
        self._asked += 1
        self.model.show_offers(self._found(query))
        self._mark(0)
        is_asking = len(query.strip()) >= LEAST_LETTERS
        self._tell_nothing(is_known=not is_asking)
        if is_asking:
            self._pause.start()

    def _found(self, query: str) -> list[Offer]:
        known = {offer.code: offer for offer in self._verbs}
        if not query.strip():
            return sorted(self._verbs, key=lambda offer: bool(offer.why))
        hits = _index_of(self._verbs).find(query)
        return [known[hit.code] for hit in hits if hit.code in known]

    def _ask_cases(self) -> None:
        self._screen.run(self._add_cases(self.edit.query.strip(), self._asked))

    async def _add_cases(self, text: str, asked: int) -> None:
        desk = self._screen.desk
        query = WindowQuery(
            queue=Queue.ALL, now=desk.now(), filter=Filter(text=text), limit=MOST_CASES
        )
        window = await desk.window(query)
        into = await survivor_of(self._screen, text)
        if asked == self._asked and self.isVisible():
            was_empty = self.model.rowCount() == 0
            led = [self._survivor(into, text)] if into else []
            self.model.add_offers(led + [self._case(row) for row in window.rows])
            if was_empty:
                self._mark(0)
            self._tell_nothing(is_known=True)

    def _tell_nothing(self, *, is_known: bool) -> None:
        """Say that nothing was found once that is known: cases are looked for a little later."""
        is_empty = is_known and self.model.rowCount() == 0
        self.nothing.setVisible(is_empty)
        if is_empty:
            announce(self, self.nothing.text())

    def _survivor(self, row: QueueRow, number: str) -> Offer:
        """Where the case with that old number is dealt with now."""
        shown = f"{row.number}  {row.title}"
        why = self._screen.words.say("frame.palette_merged", number=number.upper())
        return Offer(f"case:{row.id}", (shown,), shown, why)

    def _case(self, row: QueueRow) -> Offer:
        shown = f"{row.number}  {row.title}"
        return Offer(
            f"case:{row.id}", (shown,), shown, self._screen.words.say("frame.palette_case")
        )

    def _place(self, host: QRect) -> QRect:
        width = min(self._screen.theme.scaled(WIDTH_PX), host.width() - 40)
        height = 70 + ROWS * self._screen.theme.row_px
        return QRect((host.width() - width) // 2, 60, width, min(height, host.height() - 80))
