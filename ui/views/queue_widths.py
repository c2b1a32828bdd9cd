"""How wide the columns of a queue are, which give way first, and how they grow with the text."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QTableView

from ui.models.row_text import Column
from ui.theme import Theme

#: Widths beside text of the base size, in pixels; the title takes what is left.
WIDTHS = {
    Column.LEFT: 118,
    Column.NUMBER: 92,
    Column.TITLE: 200,
    Column.PLACE: 104,
    Column.CATEGORY: 96,
    Column.UNIT: 130,
    Column.CHANNEL: 84,
    Column.GRADE: 34,
    Column.NATURE: 56,
    Column.MARKS: 92,
}
#: No column is narrower than this, whatever a person drags.
LEAST_COLUMN = 30
#: The title is never narrower than this; these columns hide first, in this order.
LEAST_TITLE = 190
HIDING = (Column.CHANNEL, Column.NATURE, Column.UNIT, Column.CATEGORY, Column.PLACE)


class ColumnFit:
    """Lays the columns of `table` out. Widths are kept as they are beside text of the base size.

    `left_px` is what the longest countdown needs in the font and language of now.
    """

    def __init__(self, table: QTableView, theme: Theme, left_px: Callable[[], int]) -> None:
        self._table, self._theme, self._left_px = table, theme, left_px
        self._widths = dict(WIDTHS)
        self._is_fitting = False
        table.horizontalHeader().sectionResized.connect(self._on_resized)

    def widths(self) -> dict[str, int]:
        """Column widths by column name, in pixels beside text of the base size."""
        return {column.name: px for column, px in self._widths.items()}

    def restore(self, widths: Mapping[str, Any]) -> None:
        """Take what `widths` gave, as far as it makes sense."""
        for column in Column:
            px = widths.get(column.name)
            if isinstance(px, int) and px >= LEAST_COLUMN:
                self._widths[column] = px
        self.fit()

    def fit(self) -> None:
        """Give every column its width beside the text of now."""
        self._is_fitting = True
        for column in Column:
            if column != Column.TITLE:
                self._table.setColumnWidth(column, self._room(column))
        self._is_fitting = False
        self.hide_least()

    def hide_least(self) -> None:
        """Where the title would get too narrow, columns hide, the least missed first."""
        over = self._theme.scaled(LEAST_TITLE) - self._table.viewport().width()
        over += sum(self._room(column) for column in Column if column != Column.TITLE)
        self._is_fitting = True
        for column in HIDING:
            is_hidden = over > 0
            over -= self._room(column) if is_hidden else 0
            if is_hidden != self._table.isColumnHidden(column):
                self._table.setColumnHidden(column, is_hidden)
        self._is_fitting = False

    def _room(self, column: Column) -> int:
        """The countdown is read before all else: its column holds the longest one."""
        px = self._theme.scaled(self._widths[column])
        return max(px, self._left_px()) if column == Column.LEFT else px

    def _on_resized(self, section: int, _: int, px: int) -> None:
        """A person's widths are kept, also of columns that hide just now; those of our own making are not."""
        if px > 0 and section != Column.TITLE and not self._is_fitting:
            self._widths[Column(section)] = self._theme.unscaled(px)
