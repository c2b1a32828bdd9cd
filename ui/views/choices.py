"""A list one chooses from by digit, arrows or click: numbered rows with the met characters in bold."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.plain import dressed, tip
from ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
Key = Qt.Key
#: Rows that a digit chooses.
DIGITS = 9
MARGIN = 8
NUMBER_WIDTH = 20
#: The name keeps at least this share of a row; where it belongs gives way first.
NAME_SHARE = 0.55
LEAST_NAME = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """A row: `text` with the characters at `marks` bold, `where` it belongs, a `note` at the right end.

    A `heading` cannot be chosen and takes no digit.
    """

    code: str
    text: str
    where: str = ""
    note: str = ""
    marks: tuple[int, ...] = ()
    heading: bool = False
    number: int = 0


class ChoiceModel(QAbstractListModel):
    """A thin skin over a tuple of choices."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[Choice, ...] = ()

    def show(self, rows: Sequence[Choice]) -> None:
        """Show other rows, numbered in order."""
        self.beginResetModel()
        self.rows = tuple(_numbered(rows))
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name; for ears the whole row."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        whole = " · ".join(part for part in (row.text, row.where, row.note) if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(whole)
        return whole if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing can be edited, so no input method opens over the list."""
        if not index.isValid() or self.rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled


def _numbered(rows: Sequence[Choice]) -> list[Choice]:
    counted: list[Choice] = []
    number = 0
    for row in rows:
        number += not row.heading
        counted.append(row if row.heading or number > DIGITS else replace(row, number=number))
    return counted


class ChoiceDelegate(QStyledItemDelegate):
    """Paints number, name with its hits, where it belongs, and the note."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Every row is as high as a row of the queue; headings are lower."""
        row = _row_of(index)
        return QSize(120, self._theme.row_px - 6 if row.heading else self._theme.row_px)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One row."""
        row, drawn = _row_of(index), cast(Any, option)  # the stubs lack rect and state
        rect: QRect = drawn.rect
        painter.save()
        painter.setClipRect(rect)
        if drawn.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.color("selected"))
        elif drawn.state & QStyle.StateFlag.State_MouseOver and not row.heading:
            painter.fillRect(rect, self._theme.color("hover"))
        inner = rect.adjusted(MARGIN, 0, -MARGIN, 0)
        if row.heading:
            self._small(painter, inner, row.text)
        else:
            self._paint_row(painter, inner, row)
        painter.restore()

    def _paint_row(self, painter: QPainter, inner: QRect, row: Choice) -> None:
        if row.number:
            self._small(painter, inner, str(row.number))
        room = inner.adjusted(NUMBER_WIDTH, 0, 0, 0)
        if row.note:
            metrics = QFontMetrics(self._theme.font(steps=-2))
            wide = min(metrics.horizontalAdvance(row.note) + MARGIN, room.width() // 2)
            note = room.adjusted(room.width() - wide, 0, 0, 0)
            self._small(painter, note, row.note, Qt.AlignmentFlag.AlignRight)
            room.adjust(0, 0, -wide - MARGIN, 0)
        rest = room.adjusted(
            self._name(painter, room, row, self._most(room, row)) + MARGIN, 0, 0, 0
        )
        if row.where and rest.width() > 2 * MARGIN:
            self._small(painter, rest, row.where)

    def _most(self, room: QRect, row: Choice) -> int:
        """How wide the name may be: all that the place leaves it, and never less than its share."""
        if not row.where:
            return room.width()
        place = QFontMetrics(self._theme.font(steps=-2)).horizontalAdvance(row.where) + 2 * MARGIN
        return max(room.width() - place, int(room.width() * NAME_SHARE), LEAST_NAME)

    def _small(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        font = self._theme.font(steps=-2)
        painter.setFont(font)
        painter.setPen(self._theme.color("muted"))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, align | Qt.AlignmentFlag.AlignVCenter, shown)

    def _name(self, painter: QPainter, room: QRect, row: Choice, most: int) -> int:
        """Draw the name, hits bold on a tinted ground; the width it took."""
        usual, bold = self._theme.font(), self._theme.font(bold=True)
        metrics = QFontMetrics(usual)
        base = room.top() + (room.height() + metrics.ascent() - metrics.descent()) / 2
        at, marked = float(room.left()), set(row.marks)
        end, dots, last = room.left() + most, metrics.horizontalAdvance("…"), len(row.text) - 1
        for place, character in enumerate(row.text):
            font = bold if place in marked else usual
            wide = QFontMetrics(font).horizontalAdvance(character)
            if at + wide > end - (dots if place < last else 0):
                painter.setFont(usual)
                painter.drawText(QPointF(at, base), "…")
                return int(at) + dots - room.left()
            if place in marked:
                band = QRect(int(at), room.top() + 5, wide, room.height() - 10)
                painter.fillRect(band, self._theme.color("hit"))
            painter.setFont(font)
            painter.setPen(QPen(self._theme.color("text")))
            painter.drawText(QPointF(at, base), character)
            at += wide
        return int(at) - room.left()


def _row_of(index: Index) -> Choice:
    model = index.model()
    assert isinstance(model, ChoiceModel)
    return model.rows[index.row()]


class ChoiceList(QListView):
    """The list itself. Digits choose at once, Return chooses the current row; it never chooses by itself.

    `chosen` carries a code; `pointed` the code of the row the cursor is on, for whoever explains it.
    """

    chosen = Signal(str)
    pointed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = ChoiceModel(self)
        self._theme, self._tall = theme, 0
        self.setModel(self._model)
        self.setItemDelegate(ChoiceDelegate(theme, self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._click)
        self.selectionModel().currentChanged.connect(self._point)
        dressed(self, theme, self._redress)

    @property
    def rows(self) -> tuple[Choice, ...]:
        """What is shown."""
        return self._model.rows

    @property
    def current(self) -> str:
        """The code of the row the cursor is on, or nothing."""
        row = self.currentIndex().row()
        return self._model.rows[row].code if row >= 0 else ""

    def show_rows(self, rows: Sequence[Choice], *, point: bool = True) -> None:
        """Show `rows`; with `point` the cursor stands on the first that can be chosen."""
        self._model.show(rows)
        first = next((at for at, row in enumerate(self.rows) if not row.heading), -1)
        if point and first >= 0:
            self.setCurrentIndex(self._model.index(first))

    def stand(self, rows: int) -> None:
        """Be as tall as so many rows from now on, whatever the size of the text."""
        self._tall = rows
        self.setFixedHeight(rows * self._theme.row_px + 4)

    def choose_number(self, number: int) -> bool:
        """Choose the row of that digit; whether there is one."""
        return self._choose(next((row for row in self.rows if row.number == number), None))

    def choose_current(self) -> bool:
        """Choose the row the cursor is on; whether there is one."""
        row = self.currentIndex().row()
        return row >= 0 and self._choose_row(row)

    def step(self, by: int) -> None:
        """Move the cursor by some rows, past headings."""
        at = self.currentIndex().row() + by
        while 0 <= at < len(self.rows) and self.rows[at].heading:
            at += 1 if by > 0 else -1
        if 0 <= at < len(self.rows):
            self.setCurrentIndex(self._model.index(at))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits choose, Return takes the current row; the rest is the list's own."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and digit_of(event) and self.choose_number(digit_of(event)):
            return
        if event.key() in (Key.Key_Return, Key.Key_Enter) and plain and self.choose_current():
            return
        super().keyPressEvent(event)

    def _choose_row(self, row: int) -> bool:
        return self._choose(self.rows[row])

    def _choose(self, row: Choice | None) -> bool:
        if row is None or row.heading:
            return False
        self.chosen.emit(row.code)
        return True

    def _click(self, index: QModelIndex) -> None:
        self._choose_row(index.row())

    def _point(self, current: QModelIndex) -> None:
        if current.isValid():
            self.pointed.emit(self.rows[current.row()].code)

    def _redress(self) -> None:
        if self._tall:
            self.stand(self._tall)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()


def digit_of(event: QKeyEvent) -> int:
    """The digit 1 to 9 of a key, whichever row of the keyboard it is on; 0 for any other key."""
    code = event.key()
    return code - Key.Key_0 if Key.Key_1 <= code <= Key.Key_9 else 0
