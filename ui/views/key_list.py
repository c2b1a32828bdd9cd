"""The verbs as rows with their keys drawn as caps; those a person changed stand out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.plain import dressed
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
PAD, GAP, CAP_PAD = 10, 5, 6
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
#: The name keeps at least this share of a row; the caps that find no room are left out.
NAME_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A verb by `name` as it is called now, and its keys; a `heading` is no verb. `spoken` is for ears."""

    name: str
    shown: str
    caps: tuple[str, ...] = ()
    is_own: bool = False
    spoken: str = ""

    @property
    def is_heading(self) -> bool:
        """Whether it only parts the others."""
        return not self.name


class KeyModel(QAbstractListModel):
    """A thin skin over a tuple of rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[KeyRow, ...] = ()

    def show(self, rows: Sequence[KeyRow]) -> None:
        """Show other rows; as many with the same names are told as changed, not as new."""
        if [row.name for row in rows] == [row.name for row in self.rows] and rows:
            self.rows = tuple(rows)
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name; for ears with its keys."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.shown
        return row.spoken or row.shown if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing can be edited, so no input method opens over the list."""
        if not index.isValid() or self.rows[index.row()].is_heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled


class _Delegate(QStyledItemDelegate):
    """Name on the left, caps on the right."""

    def __init__(self, theme: Theme, model: KeyModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Every row is as high as a row of the queue."""
        return QSize(120, self._theme.row_px)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        row, drawn = (
            self._model.rows[index.row()],
            cast(Any, option),
        )  # the stubs lack rect and state
        rect: QRect = drawn.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if drawn.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("selected"))
        elif drawn.state & QStyle.StateFlag.State_MouseOver and not row.is_heading:
            painter.fillRect(rect, self._theme.color("hover"))
        inner = rect.adjusted(PAD, 0, -PAD, 0)
        if row.is_heading:
            self._heading(painter, inner, row)
        else:
            left = self._caps(painter, inner, row)
            self._name(painter, inner.adjusted(0, 0, left - inner.right(), 0), row)
        painter.restore()

    def _heading(self, painter: QPainter, inner: QRect, row: KeyRow) -> None:
        painter.setFont(self._theme.font(steps=-2, bold=True))
        painter.setPen(self._theme.color("muted"))
        painter.drawText(inner.adjusted(0, 0, 0, -3), Qt.AlignmentFlag.AlignBottom, row.shown)

    def _name(self, painter: QPainter, room: QRect, row: KeyRow) -> None:
        font = self._theme.font(bold=row.is_own)
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        elide = Qt.TextElideMode.ElideRight
        painter.drawText(
            room, _MIDDLE, QFontMetrics(font).elidedText(row.shown, elide, room.width())
        )

    def _caps(self, painter: QPainter, inner: QRect, row: KeyRow) -> int:
        """Draw as many caps as find room, from the right; where they begin."""
        font = self._theme.font(steps=-2)
        metrics, tall = QFontMetrics(font), QFontMetrics(font).height() + 4
        widths = [metrics.horizontalAdvance(cap) + 2 * CAP_PAD for cap in row.caps]
        room = int(inner.width() * (1 - NAME_SHARE))
        while widths and sum(widths) + GAP * len(widths) > room:
            widths.pop()
        left = inner.right() - sum(widths) - GAP * max(len(widths) - 1, 0)
        begin, top = left, inner.center().y() - tall // 2
        ink = self._theme.color("accent" if row.is_own else "muted")
        painter.setFont(font)
        for cap, width in zip(row.caps, widths, strict=False):
            place = QRect(left, top, width, tall)
            painter.setPen(QPen(self._theme.color("accent" if row.is_own else "line"), 1))
            painter.setBrush(self._theme.color("sunken"))
            painter.drawRoundedRect(place.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            painter.setPen(ink)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, cap)
            left += width + GAP
        return begin - GAP


class KeyList(QListView):
    """The list; the focus stays where one types, the current row is moved from there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._model = KeyModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(theme, self._model, self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        dressed(self, theme, self.scheduleDelayedItemsLayout)

    @property
    def rows(self) -> tuple[KeyRow, ...]:
        """What is shown."""
        return self._model.rows

    @property
    def current(self) -> str:
        """The verb the list points at, or nothing."""
        row = self.currentIndex().row()
        return self.rows[row].name if 0 <= row < len(self.rows) else ""

    def show_rows(self, rows: Sequence[KeyRow], *, stays: bool) -> None:
        """Show `rows`, pointing at the first verb, or if it `stays` at the one that was pointed at."""
        was = self.current if stays else ""
        self._model.show(rows)
        names = [row.name for row in rows]
        first = next((at for at, name in enumerate(names) if name), -1)
        self._point(names.index(was) if was and was in names else first)

    def step(self, by: int) -> None:
        """Point some rows further, past headings, as far as there are any."""
        verbs = [at for at, row in enumerate(self.rows) if not row.is_heading]
        if not verbs:
            return
        at = self.currentIndex().row()
        place = verbs.index(at) if at in verbs else 0
        self._point(verbs[max(0, min(place + by, len(verbs) - 1))])

    def _point(self, at: int) -> None:
        self.setCurrentIndex(self._model.index(at) if at >= 0 else _NOWHERE)
        first = next((row for row, one in enumerate(self.rows) if one.name), -1)
        if at == first:
            self.scrollToTop()
