"""Groups of things to choose or tick, each reached by its digit, by arrows or by click."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QGridLayout,
    QLabel,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from ui.plain import TARGET_PX, heard, plain
from ui.views.choices import digit_of
from ui.views.flow import FlowLayout, flowing
from ui.views.wrapping import LEAST_WIDTH, at_ease
from ui.wording import Wording

Key = Qt.Key
#: Options that a digit reaches; the tenth by 0.
LAST_DIGIT = 10
#: Between the options of a row.
GAP = 14


@dataclass(frozen=True, slots=True)
class Option:
    """Something to choose: its code, how to say it, and a note such as its article."""

    code: str
    say: Callable[[], str]
    note: Callable[[], str] = str


class Choices(QWidget):
    """One of several, by digit, arrows or click.

    `changed` after another was chosen by anybody, `picked` only when a hand did it.
    """

    changed = Signal()
    picked = Signal()
    entered = Signal()

    def __init__(self, words: Wording, options: Sequence[Option], *, in_row: bool = False) -> None:
        super().__init__()
        self._options = tuple(options)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._gaps = GAP * (len(self._options) - 1) if in_row else -1
        grid = None if in_row else _grid(self)
        row = _row(self) if in_row else None
        for at, option in enumerate(self._options):
            radio = QRadioButton()
            self._group.addButton(radio, at)
            _label(radio, option, words, None if in_row else at)
            if grid is not None:
                _place(grid, at, radio, option, words)
            elif row is not None:
                row.addWidget(radio)
        self._group.idClicked.connect(self._clicked)
        self._settle_tab()

    @property
    def value(self) -> str:
        """The code chosen, or nothing."""
        at = self._group.checkedId()
        return self._options[at].code if at >= 0 else ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was chosen."""
        return not self.value

    @property
    def kept(self) -> str:
        """The code chosen, for a draft."""
        return self.value

    def restore(self, kept: str) -> None:
        """Choose what a draft kept."""
        self.choose(kept)

    def choose(self, code: str) -> None:
        """Choose by code; a code that is not there changes nothing."""
        for at, option in enumerate(self._options):
            if option.code == code and not self._group.button(at).isChecked():
                self._group.button(at).setChecked(True)
                self._settle_tab()
                self.changed.emit()

    def step(self) -> None:
        """Choose the next one, after the last the first."""
        at = (self._group.checkedId() + 1) % len(self._options)
        self.choose(self._options[at].code)

    def take_focus(self) -> None:
        """To the chosen one, or the first."""
        if self._options:
            (self._group.checkedButton() or self._group.button(0)).setFocus()

    def sizeHint(self) -> QSize:
        """Of a row all of it, side by side."""
        hint = super().sizeHint()
        if self._gaps < 0:
            return hint
        wide = sum(radio.sizeHint().width() for radio in self._group.buttons())
        return QSize(max(hint.width(), wide + self._gaps), hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit chooses (0 the tenth), Return moves on."""
        plain_key = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        at = 9 if event.key() == Key.Key_0 else digit_of(event) - 1
        if plain_key and 0 <= at < len(self._options):
            self.picked.emit()
            self.choose(self._options[at].code)
            self._group.button(at).setFocus()
        elif plain_key and event.key() in (Key.Key_Return, Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _settle_tab(self) -> None:
        """Tab stops once in the group: at what is chosen, else at the first."""
        stop = max(self._group.checkedId(), 0)
        for at, radio in enumerate(self._group.buttons()):
            policy = Qt.FocusPolicy.StrongFocus if at == stop else Qt.FocusPolicy.ClickFocus
            radio.setFocusPolicy(policy)

    def _clicked(self, _at: int) -> None:
        self._settle_tab()
        self.picked.emit()
        self.changed.emit()


class TickBox(QCheckBox):
    """A box whose tick is drawn here: style sheets know no tick without a picture file."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box as the style draws it, and the tick."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = (
            self.style()
            .subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
            .toRectF()
        )
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().base().color(), 2))
        points = ((0.22, 0.52), (0.43, 0.72), (0.78, 0.3))
        painter.drawPolyline(
            [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in points]
        )
        painter.end()


class Ticks(QWidget):
    """Several things to tick, each by its digit or with the space bar."""

    changed = Signal()
    entered = Signal()

    def __init__(self, words: Wording, options: Sequence[Option]) -> None:
        super().__init__()
        self._options = tuple(options)
        self._boxes: list[QCheckBox] = []
        grid = _grid(self)
        for at, option in enumerate(self._options):
            box = TickBox()
            self._boxes.append(box)
            _label(box, option, words, at)
            _place(grid, at, box, option, words)
            box.toggled.connect(self._toggled)

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes, in order."""
        return tuple(option.code for option in self._options)

    @property
    def value(self) -> tuple[str, ...]:
        """The codes ticked, in order."""
        pairs = zip(self._options, self._boxes, strict=True)
        return tuple(option.code for option, box in pairs if box.isChecked())

    @property
    def kept(self) -> list[str]:
        """The codes ticked, for a draft."""
        return list(self.value)

    def restore(self, kept: Sequence[str]) -> None:
        """Tick what a draft kept, and nothing else."""
        for option, box in zip(self._options, self._boxes, strict=True):
            box.setChecked(option.code in kept)

    def tick(self, code: str) -> None:
        """Tick by code."""
        for option, box in zip(self._options, self._boxes, strict=True):
            if option.code == code:
                box.setChecked(True)

    @property
    def is_blank(self) -> bool:
        """Whether something is left unticked."""
        return not all(box.isChecked() for box in self._boxes)

    def take_focus(self) -> None:
        """To the first that is not ticked."""
        open_ = (box for box in self._boxes if not box.isChecked())
        first = next(open_, self._boxes[0] if self._boxes else None)
        if first is not None:
            first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit ticks or unticks, Return moves on."""
        plain_key = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        at = digit_of(event) - 1
        if plain_key and 0 <= at < len(self._boxes):
            self._boxes[at].toggle()
        elif plain_key and event.key() in (Key.Key_Return, Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def _toggled(self, _on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.changed.emit()


def _row(parent: QWidget) -> FlowLayout:
    holder, flow = flowing(parent, gap=GAP)
    holder.setMinimumSize(LEAST_WIDTH, TARGET_PX)  # else it claims a line for each
    outer = QVBoxLayout(parent)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(holder)
    return flow


def _grid(parent: QWidget) -> QGridLayout:
    grid = QGridLayout(parent)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(0)
    grid.setColumnStretch(1, 1)
    return grid


class OptionText(QLabel):
    """The words of an option, as long as they are; a click on them is a click on its button."""

    def __init__(self, button: QAbstractButton) -> None:
        super().__init__()
        self._button = button
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        at_ease(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """To the button."""
        event.accept()
        self._button.setFocus()
        self._button.click()


def _label(button: QAbstractButton, option: Option, words: Wording, at: int | None) -> None:
    """In a column the button shows its digit, in a row its words; it is always called by its words."""
    digit = str((at + 1) % 10) if at is not None and at < LAST_DIGIT else ""

    def say() -> None:
        button.setText(option.say().replace("&", "&&") if at is None else digit)
        button.setAccessibleName(f"{option.say()} {option.note()}".strip())

    heard(button, words, say)
    button.setMinimumSize(24, 24)


def _place(
    grid: QGridLayout, at: int, button: QAbstractButton, option: Option, words: Wording
) -> None:
    text, note = OptionText(button), plain(role="small")
    heard(text, words, lambda: text.setText(option.say()))
    heard(note, words, lambda: note.setText(option.note()))
    grid.addWidget(button, at, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(text, at, 1)
    grid.addWidget(note, at, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
