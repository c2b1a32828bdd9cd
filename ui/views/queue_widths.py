"""How wide the columns of a queue are to begin with, and which give way first."""

from ui.models.row_text import Column

#: Widths at the base size, in pixels; the title takes what is left.
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
#: The title is never narrower than this; these columns hide first, in this order.
LEAST_TITLE = 190
HIDING = (Column.CHANNEL, Column.NATURE, Column.UNIT, Column.CATEGORY)
