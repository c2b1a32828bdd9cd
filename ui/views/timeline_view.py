"""The timeline of a case: every command with who, when, what was said, and how far it has come."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QHBoxLayout,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.services.queries import TimelineEntry
from ui.models.timeline_model import TimelineModel, Told, tell
from ui.models.wish_text import Side, WishText
from ui.plain import dressed, heard, named, plain, said
from ui.screen import Screen
from ui.views.whole_lines import whole_lines

Index = QModelIndex | QPersistentModelIndex
GUTTER, PAD = 22, 4
#: What is written is cut after this many lines; the whole of it is in the tool tip.
BODY_LINES = 4
_WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class _Delegate(QStyledItemDelegate):
    """Draws an entry: a dot on a line, the headline, the time, and what was written."""

    def __init__(self, model: TimelineModel, screen: Screen, parent: QListView) -> None:
        super().__init__(parent)
        self._model = model
        self._screen = screen
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        width = self._list.viewport().width()
        told = self._model.at(index.row())
        return QSize(width, self._head(told, width).height() + self._body(told, width) + 2 * PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] - a field the stubs leave out
        told, color = self._model.at(index.row()), self._screen.theme.color
        painter.save()
        self._paint_line(painter, rect, index.row(), told)
        head = self._head(told, rect.width()).translated(rect.left() + GUTTER, rect.top() + PAD)
        painter.setFont(self._screen.theme.font())
        painter.setPen(color("text"))
        painter.drawText(head, _LEFT | _WRAP, self._headline(told))
        painter.setPen(color("muted"))
        painter.setFont(self._small())
        painter.drawText(rect.adjusted(0, PAD + 1, -2, 0), _right(), self._side(told))
        body = rect.adjusted(GUTTER, PAD + head.height() + 2, -2, 0)
        painter.drawText(body, _LEFT | _WRAP, self.body(told, rect.width()))
        painter.restore()

    def _paint_line(self, painter: QPainter, rect: QRect, row: int, told: Told) -> None:
        color = self._screen.theme.color
        centre = QPoint(rect.left() + 8, rect.top() + PAD + self._screen.theme.font_px // 2 + 3)
        painter.setPen(QPen(color("line"), 2))
        top = rect.top() if row else centre.y()
        end = rect.bottom() if row < self._model.rowCount() - 1 else centre.y()
        painter.drawLine(centre.x(), top, centre.x(), end)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = "refused" if told.needs_attention else "accent" if told.is_public else "edge"
        painter.setPen(QPen(color(ink), 2))
        painter.setBrush(color("panel") if told.mark else color(ink))
        painter.drawEllipse(centre, 4, 4)

    def _headline(self, told: Told) -> str:
        return f"{told.who}  {told.head}"

    def _side(self, told: Told) -> str:
        return f"{told.mark} · {told.when}" if told.mark else told.when

    def _small(self):  # noqa: ANN202 - a QFont
        return self._screen.theme.font(steps=-1)

    def _head(self, told: Told, width: int) -> QRect:
        side = QFontMetrics(self._small()).horizontalAdvance(self._side(told)) + 14
        room = QRect(0, 0, max(width - GUTTER - side, 80), 1000)
        metrics = QFontMetrics(self._screen.theme.font())
        tall = metrics.boundingRect(room, _LEFT | _WRAP, self._headline(told)).height()
        return QRect(0, 0, room.width(), tall)

    def body(self, told: Told, width: int) -> str:
        """What is shown of what was written, in an entry of that width."""
        return whole_lines(told.body, self._small(), self._room(width), BODY_LINES)

    def _room(self, width: int) -> int:
        return max(width - GUTTER - 2, 80)

    def _body(self, told: Told, width: int) -> int:
        if not told.body:
            return 0
        room = QRect(0, 0, self._room(width), 10000)
        shown = self.body(told, width)
        return QFontMetrics(self._small()).boundingRect(room, _LEFT | _WRAP, shown).height() + 2


def _right() -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class _List(QListView):
    """As tall as its entries: the pane scrolls, not the list."""

    def fit(self) -> None:
        """Take the height that the entries need at this width."""
        rows = range(self.model().rowCount()) if self.model() else range(0)
        self.setFixedHeight(
            sum(self.sizeHintForIndex(self.model().index(row, 0)).height() for row in rows) + 4
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self.fit()


class TimelineView(QWidget):
    """The timeline with its filter."""

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._entries: tuple[TimelineEntry, ...] = ()
        self._text: WishText | None = None
        self.model = TimelineModel(self)
        self.list = self._made_list()
        self._none = plain(role="muted")
        self._sides = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._made_top())
        column.addWidget(self._none)
        column.addWidget(self.list)
        heard(self, screen.words, self._show)
        dressed(self, screen.theme, self._show)

    @property
    def side(self) -> Side:
        """Which part is shown."""
        return list(Side)[max(self._sides.checkedId(), 0)]

    def show_entries(self, entries: tuple[TimelineEntry, ...], text: WishText) -> None:
        """Show the timeline of a case."""
        self._entries, self._text = entries, text
        self._show()

    def _show(self) -> None:
        if self._text is None:
            return
        told = tell(self._entries, self.side, self._text, self._screen.words)
        self.model.show(told)
        self._none.setText(self._screen.words.say("timeline.none"))
        self._none.setVisible(not told)
        self.list.setVisible(bool(told))
        self.list.scheduleDelayedItemsLayout()
        self.list.fit()

    def _on_side(self, _: int) -> None:
        self._show()

    def _made_list(self) -> _List:
        made = named(_List(self), "timeline.heading", self._screen.words)
        made.setModel(self.model)
        made.setItemDelegate(_Delegate(self.model, self._screen, made))
        made.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        made.setResizeMode(QListView.ResizeMode.Adjust)
        return made

    def _made_top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        heading = plain(role="heading")
        said(heading, "timeline.heading", self._screen.words)
        top.addWidget(heading)
        top.addStretch()
        for at, side in enumerate(Side):
            button = QToolButton()
            button.setCheckable(True)
            button.setChecked(side is Side.ALL)
            said(button, f"timeline.side.{side}", self._screen.words)
            named(button, f"timeline.side.{side}", self._screen.words)
            self._sides.addButton(button, at)
            top.addWidget(button)
        self._sides.idClicked.connect(self._on_side)
        return top
