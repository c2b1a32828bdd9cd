"""Ctrl+K: every verb, every queue, every person and every case within a few letters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.services.queries import Filter, Queue, QueueRow, WindowQuery
from ui.picker_index import Entry, NameIndex
from ui.plain import dressed, heard, named
from ui.screen import Screen
from ui.theme import Theme
from ui.views.ime_edit import ImeEdit
from ui.views.overlay import FocusKeeper, Laid

WIDTH_PX = 660
ROWS = 11
#: Letters before cases are looked for, how many are shown, and the pause before asking (ms).
LEAST_LETTERS = 2
MOST_CASES = 6
PAUSE_MS = 80
_Index = QModelIndex | QPersistentModelIndex
_DOWN, _UP, _PAGE_DOWN, _PAGE_UP = (
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_PageUp,
)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the palette can do: `code` is `verb:<name>`, `person:<login>` or `case:<id>`.

    `names` are all it is found by, `shown` what it is called now, `keys` its shortcut, `why` the
    reason when it is not possible.
    """

    code: str
    names: tuple[str, ...]
    shown: str
    keys: str = ""
    why: str = ""


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
        self._index: tuple[tuple[tuple[str, ...], ...], NameIndex] | None = None
        self._asked = 0
        self._focus = FocusKeeper(fallback)
        self.setProperty("role", "palette")
        self.edit = named(ImeEdit(), "frame.palette", screen.words)
        self.model = OfferModel(self)
        self.list = _list(self.model, screen)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self.edit)
        column.addWidget(self.list, 1)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._ask_cases)
        self._laid = Laid(self, host, self._place)
        self._connect()
        self.hide()

    def warm(self) -> None:
        """Build the index of names while nobody waits for it."""
        self._index_of(tuple(self._offers()))

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
        if len(query.strip()) >= LEAST_LETTERS:
            self._pause.start()

    def _found(self, query: str) -> list[Offer]:
        known = {offer.code: offer for offer in self._verbs}
        if not query.strip():
            return sorted(self._verbs, key=lambda offer: bool(offer.why))
        hits = self._index_of(self._verbs).find(query)
        return [known[hit.code] for hit in hits if hit.code in known]

    def _index_of(self, offers: tuple[Offer, ...]) -> NameIndex:
        names = tuple(offer.names for offer in offers)
        if self._index is None or self._index[0] != names:
            entries = (Entry(o.code, o.names[:2], o.names[2:]) for o in offers)
            self._index = (names, NameIndex.of(entries))
        return self._index[1]

    def _ask_cases(self) -> None:
        self._screen.run(self._add_cases(self.edit.query.strip(), self._asked))

    async def _add_cases(self, text: str, asked: int) -> None:
        desk = self._screen.desk
        query = WindowQuery(
            queue=Queue.ALL, now=desk.now(), filter=Filter(text=text), limit=MOST_CASES
        )
        window = await desk.window(query)
        if asked == self._asked and self.isVisible():
            was_empty = self.model.rowCount() == 0
            self.model.add_offers([self._case(row) for row in window.rows])
            if was_empty:
                self._mark(0)

    def _case(self, row: QueueRow) -> Offer:
        shown = f"{row.number}  {row.title}"
        return Offer(
            f"case:{row.id}", (shown,), shown, self._screen.words.say("frame.palette_case")
        )

    def _place(self, host: QRect) -> QRect:
        width = min(self._screen.theme.scaled(WIDTH_PX), host.width() - 40)
        height = 70 + ROWS * self._screen.theme.row_px
        return QRect((host.width() - width) // 2, 60, width, min(height, host.height() - 80))


class OfferModel(QAbstractListModel):
    """A thin skin over a list of offers."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[Offer] = []

    def show_offers(self, offers: list[Offer]) -> None:
        """Put these in place of what there was."""
        self.beginResetModel()
        self._rows = offers
        self.endResetModel()

    def add_offers(self, offers: list[Offer]) -> None:
        """Put these below."""
        if offers:
            at = len(self._rows)
            self.beginInsertRows(QModelIndex(), at, at + len(offers) - 1)
            self._rows = [*self._rows, *offers]
            self.endInsertRows()

    def offer(self, row: int) -> Offer | None:
        """The offer in that row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Its name; for a screen reader also its keys, or why it is not possible."""
        offer = self.offer(index.row())
        if offer is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return offer.shown
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (offer.shown, offer.why or offer.keys) if part)
        return offer if role == Qt.ItemDataRole.UserRole else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Selectable, never editable: an editable list would wake the input method."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _OfferDelegate(QStyledItemDelegate):
    """Name on the left, keys or the reason on the right."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """One row."""
        return QSize(super().sizeHint(option, index).width(), self._theme.row_px)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw ground, name and keys."""
        offer: Offer = index.data(Qt.ItemDataRole.UserRole)
        shown: Any = option
        is_marked = bool(shown.state & QStyle.StateFlag.State_Selected)
        if is_marked:
            painter.fillRect(shown.rect, self._theme.color("selected"))
        box: QRect = shown.rect.adjusted(12, 0, -12, 0)
        right = offer.why or offer.keys
        painter.setPen(self._theme.color("on_selected" if is_marked else "muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, right)
        room = box.width() - painter.fontMetrics().horizontalAdvance(right) - 24
        text = painter.fontMetrics().elidedText(offer.shown, Qt.TextElideMode.ElideRight, room)
        plain = "disabled" if offer.why else "text"
        painter.setPen(self._theme.color("on_selected" if is_marked else plain))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


def _list(model: OfferModel, screen: Screen) -> QListView:
    view = named(QListView(), "frame.palette_list", screen.words)
    view.setModel(model)
    view.setItemDelegate(_OfferDelegate(screen.theme, view))
    view.setUniformItemSizes(True)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    dressed(view, screen.theme, lambda: view.setPalette(QPalette(screen.theme.palette())))
    return view
