"""Beside the field of a telephone number: what can be none is said, a mobile one of odd length is hinted at."""

from functools import partial

from PySide6.QtCore import QObject

from app.domain.phones import is_number, odd_mobile
from ui.views.forms.fields import Field
from ui.views.forms.written import Line
from ui.wording import Wording


class NumberWatch(QObject):
    """Watches the `line` that fills the `field`."""

    def __init__(self, words: Wording, field: Field, line: Line) -> None:
        super().__init__(field)
        self._words, self._field, self._line = words, field, line
        line.queried.connect(self._unhint)
        line.editingFinished.connect(self.look)

    def blame(self) -> bool:
        """Say beside the field that what stands there can be no number, if so, and lead the person to it."""
        text = self._line.text()
        is_false = bool(text.strip()) and not is_number(text)
        self._field.blame(self._words.say("refused.phone-no-number") if is_false else "")
        if is_false:
            self._field.take_focus()
        return is_false

    def look(self) -> None:
        """Hint at a mobile number that lacks a figure or has one too many, when it is all there."""
        figures = odd_mobile(self._line.text())
        self._field.hint(
            partial(self._words.say, "intake.phone.odd", n=figures) if figures else str
        )

    def _unhint(self, text: str) -> None:
        if self._field.hinted and not odd_mobile(text):
            self.look()
