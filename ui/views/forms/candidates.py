"""Cases to tick that arrive while the form is open: those proposed, with their reasons, and those added by number."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.views.forms.groups import Option, Ticks
from ui.views.wrapping import wrapping
from ui.wording import Wording


class Candidates(QWidget):
    """Ticks that are offered anew whenever others are known; what was ticked stays so. `none` is said of none."""

    changed = Signal()
    entered = Signal()

    def __init__(self, words: Wording, none: str) -> None:
        super().__init__()
        self._words, self._none = words, none
        self._ticks: Ticks | None = None
        self._empty = wrapping(role="muted")
        self._wanted: list[str] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._empty)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # until something is here to be ticked
        words.changed.connect(self._retell)
        self._retell()

    def offer(self, options: Sequence[Option], ticked: Collection[str]) -> None:
        """Offer these; `ticked` are those ticked from now on."""
        had_focus = self._has_focus()
        if self._ticks is not None:
            self._column.removeWidget(self._ticks)
            self._ticks.hide()
            self._ticks.deleteLater()
        self._ticks = Ticks(self._words, options)
        self._ticks.restore(tuple(ticked))
        self._ticks.changed.connect(self.changed)
        self._ticks.entered.connect(self.entered)
        self._column.addWidget(self._ticks)
        self._empty.setVisible(not options)
        self._ticks.setVisible(bool(options))
        if had_focus:
            self.take_focus()

    def _has_focus(self) -> bool:
        """Whether the hand is here, on one of the ticks or where they will be."""
        now = QApplication.focusWidget()
        return now is not None and (now is self or self.isAncestorOf(now))

    @property
    def codes(self) -> tuple[str, ...]:
        """The ids that are offered, in order."""
        return self._ticks.codes if self._ticks else ()

    def toggle(self, number: int) -> None:
        """Tick or untick the one of that number, from 1."""
        codes = self.codes
        if self._ticks is not None and 0 < number <= len(codes):
            code, now = codes[number - 1], self.value
            self._ticks.restore([one for one in codes if (one in now) != (one == code)])

    @property
    def value(self) -> tuple[str, ...]:
        """The ids ticked, in order."""
        return self._ticks.value if self._ticks else ()

    @property
    def is_blank(self) -> bool:
        """Whether none is ticked."""
        return not self.value

    @property
    def kept(self) -> list[str]:
        """The ids ticked, for a draft."""
        return list(self.value) or self._wanted

    def restore(self, kept: Sequence[str]) -> None:
        """Tick what a draft kept, as soon as it is here."""
        self._wanted = list(kept)
        if self._ticks is not None:
            self._ticks.restore(kept)

    @property
    def wanted(self) -> tuple[str, ...]:
        """What a draft kept, here or not."""
        return tuple(self._wanted)

    def take_focus(self) -> None:
        """To the first that is not ticked."""
        if self._ticks is not None and self.codes:
            self._ticks.take_focus()
        else:
            self.setFocus()

    def _retell(self) -> None:
        self._empty.setText(self._words.say(self._none))
