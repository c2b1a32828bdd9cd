"""Paints a row of a queue: straight from the plain value, without asking the model cell by cell."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QFontMetricsF,
    QPainter,
    QPen,
    QStaticText,
    QTransform,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.deadlines import VERIFYING
from app.domain.terms import Grade, Nature
from app.services.queries import QueueRow
from ui.countdown import DAY, HOUR, LOUD, Countdown, Urgency, amount, short
from ui.models.queue_model import QueueModel
from ui.models.row_text import Column, short_number, widest_number
from ui.theme import Theme
from ui.wording import Wording

PAD = 8
_QUIET = frozenset({Column.PLACE, Column.CHANNEL, Column.NATURE, Column.NUMBER})
#: Pixels for the glyph before a countdown beside text of the base size, and after the countdown.
GLYPH, END = 20, 6
#: The countdowns that take the most room: they are what the column has to hold.
_SOME_DAY = datetime(2026, 12, 28, tzinfo=UTC)
_LONGEST = (
    *(
        Countdown(urgency, sign * seconds, None, None)
        for urgency, sign in ((Urgency.BREACHED, -1), (Urgency.SOON, 1))
        for seconds in (HOUR - 1, DAY - 1, 100 * DAY - 1)
    ),
    Countdown(Urgency.SOON, 8 * HOUR - 1, kind="working"),
    Countdown(Urgency.SOON, DAY, 28, _SOME_DAY),
    Countdown(Urgency.PAUSED, why=VERIFYING),
)
_TOKENS = {Urgency.NORMAL: "text", Urgency.NONE: "muted"}


class QueueDelegate(QStyledItemDelegate):
    """Draws cells of a QueueModel. `restyle` after the theme or the size changed."""

    def __init__(
        self, model: QueueModel, theme: Theme, words: Wording, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._words = words
        self._last, self._is_selected = (-1, -1), False
        self.restyle()

    def restyle(self) -> None:
        """Take colours and fonts from the theme as it is now."""
        self._font, self._bold = self._theme.font(), self._theme.font(bold=True)
        self._small = self._theme.font(steps=-2)
        self._glyph = self._theme.scaled(GLYPH)
        self._color = lru_cache(self._theme.color)
        self._plain, self._strong = _laying(self._font), _laying(self._bold)
        self._tall = QFontMetricsF(self._font).height()
        self._elided = _eliding(self._font)
        self._tail = _eliding(self._font, Qt.TextElideMode.ElideLeft)
        self._whole = _measuring(self._font)

    @property
    def left_px(self) -> int:
        """The width that the longest countdown needs in the font and language of now."""
        metrics, say = QFontMetrics(self._bold), self._words.say
        said = (short(one, say) for one in _LONGEST)
        return max(metrics.horizontalAdvance(text) for text in said) + PAD + self._glyph + END + 2

    def least(self, column: Column) -> int:
        """The width that a column needs for the longest of its few words; 0 where they are many."""
        if column is Column.NUMBER:
            return self._whole(widest_number(self._whole)) + 2 * PAD + 2
        if column is Column.NATURE:
            said = (self._words.say(f"queue.nature_short.{one}") for one in Nature)
            return max(map(self._whole, said)) + 2 * PAD + 2
        return self.left_px if column is Column.LEFT else 0

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        at, column = index.row(), index.column()
        row, rect = self._model.row_at(at), _rect(option)
        self._paint_ground(
            painter, rect, row, column, is_current=self._is_current(option, at, column)
        )
        if row is None:
            painter.setPen(self._color("faint"))
            if column == Column.TITLE:
                self._write(painter, rect, self._words.say("queue.loading_row"))
        elif column == Column.LEFT:
            self._paint_left(painter, rect, row)
        else:
            self._paint_cell(painter, rect, row, column)

    def _is_current(self, option: QStyleOptionViewItem, at: int, column: int) -> bool:
        """Whether the row is selected, asked at its first cell: it costs more than the cell's words."""
        before, self._last = self._last, (at, column)
        if at != before[0] or column <= before[1]:
            self._is_selected = _is_selected(option)
        return self._is_selected

    def _paint_ground(
        self, painter: QPainter, rect: QRect, row: QueueRow | None, column: int, *, is_current: bool
    ) -> None:
        is_marked = row is not None and row.id in self._model.marks
        if is_current or is_marked:
            painter.fillRect(rect, self._color("selected" if is_current else "hover"))
        painter.setPen(self._color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if column == Column.LEFT and (is_current or is_marked):
            stripe = QRect(rect.left(), rect.top(), 4 if is_marked else 2, rect.height())
            painter.fillRect(stripe, self._color("accent"))

    def _paint_cell(self, painter: QPainter, rect: QRect, row: QueueRow, column: int) -> None:
        painter.setPen(self._ink(row, column))
        text, px = self._model.cell(row, column), rect.width() - 2 * PAD
        if column == Column.GRADE:
            self._write(painter, rect, text, is_bold=row.grade is Grade.A, is_centred=True)
        elif column == Column.NUMBER:
            self._write(painter, rect, self.number(text, px))
        else:
            self._write(painter, rect, self._elided(text, px))

    def number(self, text: str, px: int) -> str:
        """A case number as it fits: whole, by day, time and end, or only its end, where they differ."""
        fitting = (one for one in (text, short_number(text)) if self._whole(one) <= px)
        return next(fitting, "") or self._tail(text, px)

    def _write(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        *,
        is_bold: bool = False,
        is_centred: bool = False,
    ) -> None:
        """Words that fit, laid out once: most of a frame stood in the one before."""
        laid, wide = (self._strong if is_bold else self._plain)(text)
        left = rect.left() + (round((rect.width() - wide) / 2) if is_centred else PAD)
        painter.setFont(self._bold if is_bold else self._font)
        painter.drawStaticText(left, rect.top() + round((rect.height() - self._tall) / 2), laid)

    def _ink(self, row: QueueRow, column: int) -> QColor:
        if row.id in self._model.gone:
            return self._color("disabled")
        if column == Column.MARKS and row.safety_hazard:
            return self._color("refused")
        return self._color("muted" if column in _QUIET else "text")

    # -- the countdown ----------------------------------------------------------------------

    def _paint_left(self, painter: QPainter, rect: QRect, row: QueueRow) -> None:
        shown = self._model.countdown(row)
        text = short(shown, self._words.say)
        if not text:
            return
        is_loud = shown.urgency in LOUD and row.id not in self._model.gone
        if is_loud:
            self._paint_pill(painter, rect.adjusted(PAD - 2, 4, -4, -5), shown)
        painter.setFont(self._bold if is_loud else self._font)
        painter.setPen(self._left_ink(row, shown, is_loud=is_loud))
        glyph = QRect(rect.left() + PAD, rect.top(), self._glyph - 4, rect.height())
        self._write(painter, glyph, shown.glyph, is_bold=is_loud, is_centred=True)
        room = rect.adjusted(self._glyph, 0, -END, 0)
        said = self._fitted(shown, text, painter, room.width() - PAD)
        self._write(painter, room, said, is_bold=is_loud)

    def _fitted(self, shown: Countdown, text: str, painter: QPainter, px: int) -> str:
        """Where a person made the column narrow the word goes, never a figure."""
        if painter.fontMetrics().horizontalAdvance(text) <= px or shown.seconds is None:
            return text
        return amount(shown.seconds, self._words.say)

    def _paint_pill(self, painter: QPainter, rect: QRect, shown: Countdown) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._color(f"{shown.urgency}_edge"), 1))
        painter.setBrush(self._color(str(shown.urgency)))
        painter.drawRoundedRect(rect.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.restore()

    def _left_ink(self, row: QueueRow, shown: Countdown, *, is_loud: bool) -> QColor:
        if row.id in self._model.gone:
            return self._color("disabled")
        if is_loud:
            return self._color(f"on_{shown.urgency}")
        return self._color(_TOKENS.get(shown.urgency, str(shown.urgency)))


def _laying(font: QFont) -> Callable[[str], tuple[QStaticText, float]]:
    """Lays out a line of plain text; with it its width in pixels."""

    @lru_cache(maxsize=4096)
    def laid(text: str) -> tuple[QStaticText, float]:
        made = QStaticText(text)
        made.setTextFormat(Qt.TextFormat.PlainText)
        made.prepare(QTransform(), font)
        return made, made.size().width()

    return laid


def _eliding(
    font: QFont, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight
) -> Callable[[str, int], str]:
    """Shortens texts to a width; most are the same from one frame to the next."""
    metrics = QFontMetrics(font)

    @lru_cache(maxsize=4096)
    def elided(text: str, width: int) -> str:
        return metrics.elidedText(text, mode, width)

    return elided


def _measuring(font: QFont) -> Callable[[str], int]:
    """The width of a text. A function of ours: of one of Qt's a cache would ask for the signature, and so of all Qt."""
    metrics = QFontMetrics(font)

    @lru_cache(maxsize=4096)
    def measured(text: str) -> int:
        return metrics.horizontalAdvance(text)

    return measured


def _rect(option: QStyleOptionViewItem) -> QRect:
    return option.rect  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] - a field the stubs leave out


def _is_selected(option: QStyleOptionViewItem) -> bool:
    state: QStyle.StateFlag = option.state  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] - as above
    return bool(state & QStyle.StateFlag.State_Selected)
