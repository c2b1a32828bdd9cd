"""A page for a sheet where one's own password is typed: another one, or the one that the centre takes now."""

from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from app.domain.refused import Refused
from app.services.ports import Unreachable
from ui.plain import announce, button, heard, named, plain, said
from ui.screen import Screen
from ui.views.password_edit import PasswordEdit
from ui.views.wrapping import wrapping

#: What is done with what was typed, line by line. Raises Refused and Unreachable.
Give = Callable[..., Awaitable[None]]
CHANGE = ("frame.password.old", "frame.password.new", "frame.password.again")
RENEW = ("frame.password.old",)


class PasswordPage(QWidget):
    """`done` when it was taken. What is wrong is said beside it, and everything is typed again."""

    cancelled = Signal()
    done = Signal()

    def __init__(
        self, screen: Screen, told: str, act: str, lines: Sequence[str], give: Give
    ) -> None:
        super().__init__()
        self._screen, self._give = screen, give
        self._no: Refused | Unreachable | None = None
        self.edits = [named(PasswordEdit(), key, screen.words) for key in lines]
        self._why = wrapping(role="refused")
        self.act = button(act, screen.words, self._ask, role="primary")
        hint = plain(role="muted", wrap=True)
        said(hint, told, screen.words)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(12)
        column.addWidget(hint)
        column.addLayout(self._lines(lines))
        column.addWidget(self._why)
        column.addWidget(self.act)
        column.addStretch(1)
        for edit, after in zip(self.edits, [*self.edits[1:], None], strict=True):
            edit.entered.connect(after.setFocus if after is not None else self._ask)
        heard(self, screen.words, self.retranslate)

    def first_focus(self) -> None:
        """The first line."""
        self.edits[0].setFocus()

    @property
    def refusal(self) -> str:
        """What was wrong with what was typed last, '' for nothing."""
        return self._why.text()

    def retranslate(self) -> None:
        """What was wrong, in the language of now."""
        words, no = self._screen.words, self._no
        away = words.say("frame.password.away") if no is not None else ""
        self._why.setText(words.refused(no) if isinstance(no, Refused) else away)
        self._why.setVisible(no is not None)

    def _lines(self, keys: Sequence[str]) -> QFormLayout:
        lines = QFormLayout()
        lines.setSpacing(10)
        for key, edit in zip(keys, self.edits, strict=True):
            label = plain()
            said(label, key, self._screen.words)
            label.setBuddy(edit)
            lines.addRow(label, edit)
        return lines

    def _ask(self) -> None:
        """Where a line is empty, the hand goes there."""
        empty = next((edit for edit in self.edits if not edit.text()), None)
        if empty is not None:
            empty.setFocus()
        elif self.act.isEnabled():
            self._screen.run(self._given([edit.take() for edit in self.edits]))

    async def _tried(self, old: str, new: str = "", again: str = "") -> None:
        if new != again:
            raise Refused("password-twice")
        await self._give(*filter(None, (old, new)))

    async def _given(self, typed: list[str]) -> None:
        self.act.setEnabled(False)
        try:
            await self._tried(*typed)
        except (Refused, Unreachable) as no:
            self._no = no
            self.retranslate()
            self.first_focus()
            announce(self, self.refusal, is_urgent=True)
        else:
            self.done.emit()
        finally:
            self.act.setEnabled(True)
