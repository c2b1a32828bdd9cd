"""The sentences of a narrative, each given to one of several parts by a digit."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from app.domain.rules import MOST_PARTS
from ui.plain import heard, tip
from ui.views.choices import digit_of
from ui.views.forms.groups import OptionText
from ui.wording import Wording

Key = Qt.Key
#: A sentence of no part, and one that goes with every part.
NONE, EVERY = 0, -1
_AWAY = (Key.Key_Delete, Key.Key_Backspace, Key.Key_Minus)
#: As wide as its longest sign, so that all sentences begin at one line (pixels).
_WIDE = 44


class SentenceBoard(QWidget):
    """A digit gives the sentence to that part (0 the tenth) and goes on to the next; space gives it to all.

    Del takes it back. `changed` after any of it, `entered` with Return.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, words: Wording, told: Sequence[str]) -> None:
        super().__init__()
        self.told = tuple(told)
        self._words = words
        self._given = [NONE] * len(self.told)
        self.buttons: list[QPushButton] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for at, sentence in enumerate(self.told):
            self._add(grid, at, sentence)
        heard(self, words, self.retranslate)

    def _add(self, grid: QGridLayout, at: int, sentence: str) -> None:
        button = QPushButton()
        button.setAutoDefault(False)
        button.setFixedWidth(_WIDE)
        button.setMinimumHeight(24)
        button.clicked.connect(partial(self._step, at))
        text = OptionText(button)
        text.setText(sentence)
        self.buttons.append(button)
        grid.addWidget(button, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text, at, 1)

    @property
    def value(self) -> tuple[int, ...]:
        """The part of each sentence, in order; NONE or EVERY."""
        return tuple(self._given)

    @property
    def places(self) -> tuple[int, ...]:
        """The parts that have a sentence of their own, in their order."""
        return tuple(sorted({one for one in self._given if one > NONE}))

    @property
    def parts(self) -> tuple[str, ...]:
        """The text of each of these parts: its own sentences, and those that go with every part."""
        pairs = tuple(zip(self.told, self._given, strict=True))
        return tuple(
            "".join(told for told, given in pairs if given in (place, EVERY))
            for place in self.places
        )

    @property
    def is_blank(self) -> bool:
        """Whether it is not told apart yet."""
        return len(self.places) < 2

    @property
    def kept(self) -> list[int]:
        """The part of each sentence, for a draft."""
        return list(self._given)

    def restore(self, kept: Sequence[int]) -> None:
        """Take what a draft kept; of another narrative nothing."""
        if len(kept) == len(self._given):
            self._given = [int(one) for one in kept]
            self._tell()

    def give(self, at: int, part: int) -> None:
        """Give a sentence to a part."""
        self._given[at] = part
        self._tell()

    def take_focus(self) -> None:
        """To the first sentence that no part has."""
        free = (at for at, part in enumerate(self._given) if part == NONE)
        if self.buttons:
            self.buttons[next(free, 0)].setFocus()

    @property
    def at(self) -> int:
        """Which sentence the hand is on; -1 for none."""
        return next((at for at, one in enumerate(self.buttons) if one.hasFocus()), -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits, space, Del, the arrows and Return."""
        plain_key = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.at < 0 or not (plain_key and self._took(event, self.at)):
            super().keyPressEvent(event)

    def _took(self, event: QKeyEvent, at: int) -> bool:
        key = event.key()
        part = MOST_PARTS if key == Key.Key_0 else digit_of(event)
        if part:
            self.give(at, part)
            self._go(at + 1)
        elif key in _AWAY:
            self.give(at, NONE)
        elif key in (Key.Key_Up, Key.Key_Down):
            self._go(at + (1 if key == Key.Key_Down else -1))
        elif key in (Key.Key_Return, Key.Key_Enter):
            self.entered.emit()
        else:
            return False
        return True

    def _go(self, at: int) -> None:
        if 0 <= at < len(self.buttons):
            self.buttons[at].setFocus()

    def _step(self, at: int) -> None:
        """A click or space: to every part, to none, or back to the first that makes sense."""
        self.give(at, NONE if self._given[at] == EVERY else EVERY)

    def _tell(self) -> None:
        self.retranslate()
        self.changed.emit()

    def retranslate(self) -> None:
        """The sign on each button, and what it means, aloud."""
        for at, button in enumerate(self.buttons):
            part = self._given[at]
            sign = (
                "–"
                if part == NONE
                else self._words.say("form.split.every")
                if part == EVERY
                else str(part)
            )
            button.setText(sign)
            button.setProperty("role", "soft" if part == NONE else "marked")
            button.style().unpolish(button)
            button.style().polish(button)
            meant = self._words.say("form.split.of", part=sign, text=self.told[at])
            button.setAccessibleName(meant)
            button.setToolTip(tip(self._words.say("form.split.keys")))
