"""A layout that puts widgets in rows, beginning a new one where the width ends."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

#: No bound on a height.
_ANY = 10_000


class FlowLayout(QLayout):
    """Left to right, then down; hidden widgets take no room. Rows begin at the left, or are `centred`."""

    def __init__(
        self, parent: QWidget | None = None, gap: int = 6, *, is_centred: bool = False
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._is_centred = is_centred
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride] - Qt asks past the end
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # pyright: ignore[reportIncompatibleMethodOverride] - as above
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, is_trial=False)

    def sizeHint(self) -> QSize:
        size = QSize(0, 0)
        for item in self._shown():
            size = size.expandedTo(item.sizeHint())
        return size

    def minimumSize(self) -> QSize:
        size = QSize(0, 0)
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lay(self, rect: QRect, *, is_trial: bool) -> int:
        """Place the items, or only find out how tall they get."""
        top = rect.y()
        for row in self._rows(rect.width()):
            sizes = [item.sizeHint().boundedTo(QSize(rect.width(), _ANY)) for item in row]
            if not is_trial:
                self._place(row, sizes, QRect(rect.x(), top, rect.width(), 0))
            top += max(size.height() for size in sizes) + self._gap
        return max(0, top - self._gap - rect.y())

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        """The items in rows that are no wider than `width`, where one item is not so already."""
        rows: list[list[QLayoutItem]] = []
        used = 0
        for item in self._shown():
            wanted = item.sizeHint().width()
            if rows and used + self._gap + wanted <= width:
                rows[-1].append(item)
                used += self._gap + wanted
            else:
                rows.append([item])
                used = wanted
        return rows

    def _place(self, row: list[QLayoutItem], sizes: list[QSize], line: QRect) -> None:
        used = sum(size.width() for size in sizes) + self._gap * (len(row) - 1)
        left = line.x() + (max(0, line.width() - used) // 2 if self._is_centred else 0)
        for item, size in zip(row, sizes, strict=True):
            item.setGeometry(QRect(QPoint(left, line.y()), size))
            left += size.width() + self._gap


def flowing(
    parent: QWidget | None = None, gap: int = 6, *, is_centred: bool = False
) -> tuple[QWidget, FlowLayout]:
    """A widget whose children flow; it grows in height as it must."""
    holder = QWidget(parent)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    holder.setSizePolicy(policy)
    return holder, FlowLayout(holder, gap, is_centred=is_centred)
