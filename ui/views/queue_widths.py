"""How wide the columns of a queue are, which give way first, and how they grow with the text."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QTableView

from app.services.queries import Queue
from ui.models.row_text import Column
from ui.theme import Theme

#: Widths beside text of the base size, in pixels; the title takes what is left.
WIDTHS = {
    Column.LEFT: 118,
    Column.NUMBER: 148,
    Column.TITLE: 200,
    Column.PLACE: 84,
    Column.CATEGORY: 104,
    Column.UNIT: 120,
    Column.CHANNEL: 80,
    Column.GRADE: 34,
    Column.NATURE: 56,
    Column.MARKS: 58,
}
#: No column is narrower than this, whatever a person drags.
LEAST_COLUMN = 30
#: The title is never narrower than this; these columns hide first, in this order.
LEAST_TITLE = 236
HIDING = (Column.CHANNEL, Column.NATURE, Column.PLACE, Column.CATEGORY, Column.UNIT)
#: A title this wide is long enough: what is left over then goes to these columns, so much to each at most.
LONG_TITLE = 330
GROWING, MOST_GROWTH = (Column.CATEGORY, Column.UNIT), 70
#: Queues in which no unit has been asked yet.
_WITHOUT_UNIT = frozenset({Queue.FILING, Queue.DISPATCH})


class ColumnFit:
    """Lays the columns of `table` out. Widths are kept as they are beside text of the base size.

    `least` is what a column needs for its longest word in the font and language of now; 0 where words vary.
    """

    def __init__(self, table: QTableView, theme: Theme, least: Callable[[Column], int]) -> None:
        self._table, self._theme, self._least = table, theme, least
        self._widths = dict(WIDTHS)
        self._empty: frozenset[Column] = frozenset()
        self._is_fitting = False
        table.horizontalHeader().sectionResized.connect(self._on_resized)

    def widths(self) -> dict[str, int]:
        """The widths that a person chose, by column name, in pixels beside text of the base size."""
        return {column.name: px for column, px in self._widths.items() if px != WIDTHS[column]}

    def restore(self, widths: Mapping[str, Any]) -> None:
        """Take what `widths` gave, as far as it makes sense."""
        for column in Column:
            px = widths.get(column.name)
            if isinstance(px, int) and px >= LEAST_COLUMN:
                self._widths[column] = px
        self.fit()

    def show_queue(self, queue: Queue) -> None:
        """Leave out what this queue has nothing to say about."""
        self._empty = frozenset({Column.UNIT}) if queue in _WITHOUT_UNIT else frozenset()
        self.fit()

    def fit(self) -> None:
        """Give every column its width beside the text of now; where it is tight, the least missed hide."""
        self._is_fitting = True
        hidden, spare = self._hidden()
        for column in Column:
            if (column in hidden) != self._table.isColumnHidden(column):
                self._table.setColumnHidden(column, column in hidden)
        grown = self._grown(hidden, spare)
        for column in Column:
            if column != Column.TITLE and column not in hidden:
                self._table.setColumnWidth(column, self._room(column) + grown.get(column, 0))
        self._is_fitting = False

    def _hidden(self) -> tuple[set[Column], int]:
        """The columns that hide, and the width that is then left for the title."""
        hidden = set(self._empty)
        shown = sum(self._room(one) for one in Column if one not in {Column.TITLE, *hidden})
        left = self._table.viewport().width() - shown
        for column in (one for one in HIDING if one not in hidden):
            if left >= self._theme.scaled(LEAST_TITLE):
                break
            hidden.add(column)
            left += self._room(column)
        return hidden, left

    def _grown(self, hidden: set[Column], left: int) -> Mapping[Column, int]:
        """What a long title leaves over, for columns whose width nobody has chosen."""
        growing = [one for one in GROWING if one not in hidden and self._widths[one] == WIDTHS[one]]
        spare = left - self._theme.scaled(LONG_TITLE)
        if spare <= 0 or not growing:
            return {}
        each = min(spare // len(growing), self._theme.scaled(MOST_GROWTH))
        return dict.fromkeys(growing, each)

    def _room(self, column: Column) -> int:
        """What is said in one of a few words is said whole; above all the countdown."""
        return max(self._theme.scaled(self._widths[column]), self._least(column))

    def _on_resized(self, section: int, _: int, px: int) -> None:
        """A person's widths are kept, also of columns that hide just now; those of our own making are not."""
        if px > 0 and section != Column.TITLE and not self._is_fitting:
            self._widths[Column(section)] = self._theme.unscaled(px)
