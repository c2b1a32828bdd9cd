"""What the command palette lists: what can be done, by what names, with which keys or the reason why not."""

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
)
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.plain import dressed, named
from ui.screen import Screen
from ui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex


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


def offer_list(model: OfferModel, screen: Screen) -> QListView:
    """The view of such a list; the focus stays where one types."""
    view = named(QListView(), "frame.palette_list", screen.words)
    view.setModel(model)
    view.setItemDelegate(_OfferDelegate(screen.theme, view))
    view.setUniformItemSizes(True)
    view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    dressed(view, screen.theme, lambda: view.setPalette(QPalette(screen.theme.palette())))
    return view
