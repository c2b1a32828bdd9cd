"""The tree of classes as Qt sees it: a thin skin over the taxonomy, nothing copied."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
)

from app.domain.taxonomy import Category, Taxonomy
from ui.names import DataNames
from ui.plain import tip

Index = QModelIndex | QPersistentModelIndex
TOP = QModelIndex()


class CategoryTree(QAbstractItemModel):
    """Classes by level. An index carries the place of its class in the taxonomy's own order.

    `row_px` tells how high a row is beside the text of now.
    """

    def __init__(
        self,
        taxonomy: Taxonomy,
        names: DataNames,
        row_px: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._taxonomy = taxonomy
        self._names = names
        self._row_px = row_px
        self._places = {item.code: at for at, item in enumerate(taxonomy.categories)}

    def category(self, index: Index) -> Category | None:
        """The class at `index`; None at the top."""
        return self._taxonomy.categories[index.internalId()] if index.isValid() else None

    def index_of(self, code: str) -> QModelIndex:
        """Where a class stands; the top for a code that nobody knows."""
        item = self._taxonomy.get(code)
        if item is None:
            return TOP
        row = self._taxonomy.children(item.parent).index(item)
        return self.createIndex(row, 0, self._places[code])

    def index(self, row: int, column: int, parent: Index = TOP) -> QModelIndex:
        """The class in that row below `parent`."""
        children = self._below(parent)
        if column or not 0 <= row < len(children):
            return TOP
        return self.createIndex(row, 0, self._places[children[row].code])

    def parent(self, index: Index = TOP) -> QModelIndex:  # pyright: ignore[reportIncompatibleMethodOverride] - also QObject's
        """The class above."""
        item = self.category(index)
        return self.index_of(item.parent) if item is not None and item.parent else TOP

    def rowCount(self, parent: Index = TOP) -> int:
        """How many classes lie right below."""
        return len(self._below(parent))

    def columnCount(self, parent: Index = TOP) -> int:  # noqa: ARG002
        """One: the name."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name; for ears and the tip with the code."""
        item = self.category(index)
        if item is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._names.of(item)
        if role == Qt.ItemDataRole.SizeHintRole:
            return QSize(0, self._row_px())
        whole = f"{self._names.of(item)} {item.code}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(whole)
        return whole if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Nothing can be edited, so no input method opens over the tree."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled

    def rename(self) -> None:
        """The language or the size of the text changed."""
        self.layoutChanged.emit()

    def _below(self, parent: Index) -> tuple[Category, ...]:
        item = self.category(parent)
        return self._taxonomy.children(item.code if item is not None else None)
