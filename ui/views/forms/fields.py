"""The field of a form: it labels its control, and says beside it what is wrong with it or may be amiss."""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from app.domain.templates import gaps_in
from ui.plain import heard, large_enough
from ui.views.forms.written import Line, Lines, SelfWritten
from ui.views.name_picker import NamePicker
from ui.views.reveal import reveal
from ui.views.wrapping import wrapping
from ui.wording import Wording

#: Signals by which controls tell that they were filled in anew.
_EDITED = ("queried", "chosen", "changed")


class Control(Protocol):
    """What a field needs of the control inside it."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was given."""
        ...

    def take_focus(self) -> None:
        """Put the cursor where one begins."""
        ...

    @property
    def kept(self) -> Any:
        """What a draft keeps of it, as JSON can."""
        ...

    def restore(self, kept: Any) -> None:
        """Take what a draft kept, as if it were given now."""
        ...


class Field(QWidget):
    """A label, its control, and the place where the control is blamed. `edited` when it was filled in.

    One that `follows` is filled in anew whenever one before it is. `key` is its own for good, also where
    it comes to be `asked` for something else.
    """

    edited = Signal()

    def __init__(
        self,
        words: Wording,
        key: str,
        control: QWidget,
        host: QWidget | None = None,
        *,
        required: bool = False,
    ) -> None:
        super().__init__(host)
        self.key = self.asked = key
        self.required = required
        self.follows = False
        self.control = control
        self._words = words
        self._label = wrapping(role="muted")
        self._trouble = wrapping(role="refused")
        self._hint = wrapping(role="muted")
        self._say_hint: Callable[[], str] = str
        for told in (self._trouble, self._hint):
            told.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        is_growing = control.sizePolicy().verticalPolicy() is QSizePolicy.Policy.Expanding
        layout.addWidget(self._label)
        layout.addWidget(control, 1 if is_growing else 0)
        large_enough(control)
        layout.addWidget(self._trouble)
        layout.addWidget(self._hint)
        layout.addStretch(0 if is_growing else 1)
        for name in _EDITED:
            if hasattr(control, name):
                getattr(control, name).connect(self._filled_in)
        if isinstance(control, Line | Lines):
            control.queried.connect(self._measure)
        if isinstance(control, SelfWritten):
            control.textChanged.connect(lambda: self.hint(self._gaps))
        if isinstance(control, NamePicker):
            control.leave_readable(self._trouble)
        heard(self, words, self.retranslate)

    @property
    def is_too_long(self) -> bool:
        """Whether more was written than there is room for."""
        control = self.control
        return isinstance(control, Line | Lines) and 0 < control.most < control.length

    @property
    def needed(self) -> str:
        """That it is asked for: words are written, all else is chosen."""
        is_written = isinstance(self.control, Line | Lines)
        key = "form.missing" if is_written else "form.missing.choose"
        return self._words.say(key, name=self._words.say(self.asked))

    @property
    def wrong(self) -> str:
        """What keeps it from being sent, in words; empty when nothing does."""
        if self.is_missing:
            return self.needed
        return self._measured() if self.is_too_long else self._gaps()

    @property
    def has_gaps(self) -> bool:
        """Whether prepared words still name something that nobody filled in."""
        return bool(self._gaps())

    def _gaps(self) -> str:
        control = self.control
        gaps = gaps_in(control.text) if isinstance(control, SelfWritten) else ()
        return self._words.say("form.notice.gaps", names=gaps) if gaps else ""

    def _measure(self, _text: str) -> None:
        """Say at once when it has grown too long."""
        if self.is_too_long:
            self.blame(self._measured())

    def _measured(self) -> str:
        control = self.control
        if not isinstance(control, Line | Lines):
            return ""
        return self._words.say("form.too_long", n=control.length, most=control.most)

    @property
    def is_missing(self) -> bool:
        """Whether something is required and not there."""
        return self.required and self.filled.is_blank

    @property
    def filled(self) -> Control:
        """The control, as what a field needs of it."""
        control: Control = self.control  # pyright: ignore[reportAssignmentType] - a widget that is one
        return control

    def ask(self, key: str, *, required: bool) -> None:
        """Ask for something else in the same place."""
        self.asked, self.required = key, required
        self.retranslate()

    def retranslate(self) -> None:
        """The label, starred where something is required, and how the control is called."""
        asked = self._words.say(self.asked)
        self._label.setText(asked + (" *" if self.required else ""))
        self.control.setAccessibleName(asked)
        self.hint(self._say_hint)

    @property
    def hinted(self) -> str:
        """What is hinted at."""
        return "" if self._hint.isHidden() else self._hint.text()

    def hint(self, say: Callable[[], str] = str) -> None:
        """Tell quietly, in whatever language is in use, what may be amiss; nothing takes the hint away."""
        self._say_hint = say
        self._hint.setText(say())
        self._hint.setVisible(bool(say()))
        self.control.setAccessibleDescription(say())

    def blame(self, trouble: str) -> None:
        """Show what is wrong right under the control."""
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))
        if isinstance(self.control, QLineEdit | QPlainTextEdit):
            self.control.setProperty("refused", bool(trouble))
            self.control.style().unpolish(self.control)
            self.control.style().polish(self.control)

    def _filled_in(self, *_given: object) -> None:
        """It was filled in anew: what was said of the old is not true of the new."""
        if not self._trouble.isHidden():
            self.blame("")
        self.edited.emit()

    def take_focus(self) -> None:
        """To the control, scrolled into view."""
        self.filled.take_focus()
        reveal(self)
