"""What every form of a case shares: its fields in one column, the no beside them, and two ways out."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.domain.commands import Command
from app.domain.moment import Moment
from app.domain.policy import Policy
from app.services.foresee import NOT_KEPT
from app.services.queries import CaseView, Done
from ui.plain import button, plain
from ui.screen import Screen
from ui.views.choices import digit_of
from ui.views.class_field import ClassField
from ui.views.forms.fields import Field
from ui.views.picker import CategoryPicker

Key = Qt.Key
Commands = tuple[Command, ...]
_CONTROL = Qt.KeyboardModifier.ControlModifier
_ALT = Qt.KeyboardModifier.AltModifier


class CaseForm(QWidget):
    """A column of fields about a case; whoever fills it says by `ask` which commands it stands for.

    `submitted` carries the commands in order, `cancelled` means that nothing is wanted. Ctrl+Enter
    submits and Esc leaves from every field; nothing fires while an input method composes.
    """

    submitted = Signal(object)
    cancelled = Signal()

    def __init__(
        self, screen: Screen, view: CaseView | None, kind: str, ask: Callable[[], Commands]
    ) -> None:
        super().__init__()
        if view is None:
            raise TypeError(kind)
        self.seat, self.view, self.case = screen, view, view.dossier.case
        self.kind, self._ask = kind, ask
        self.fields: list[Field] = []
        self.class_field: ClassField | None = None
        self._picker: CategoryPicker | None = None
        self._no: tuple[str, Mapping[str, Any]] | None = None
        self._stack = QStackedLayout(self)
        page = QWidget()
        outer = QVBoxLayout(page)
        outer.setContentsMargins(16, 4, 16, 12)
        outer.setSpacing(10)
        outer.addWidget(plain(self._about(), role="muted", wrap=True))
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        outer.addLayout(self.body)
        self._refusal = plain(role="refused", wrap=True)
        self._refusal.hide()
        outer.addWidget(self._refusal)
        outer.addStretch(1)
        outer.addLayout(self._buttons())
        self._stack.addWidget(page)
        screen.words.changed.connect(self.retranslate)

    @property
    def policy(self) -> Policy:
        """The edition that judges the case."""
        return self.seat.desk.setting.policy(self.case)

    @property
    def moment(self) -> Moment:
        """Now and here, for foreseeing only."""
        desk = self.seat.desk
        return Moment(desk.now(), desk.me, NOT_KEPT, desk.setting)

    def add(self, key: str, control: QWidget, *, required: bool = False) -> Field:
        """Put a field at the end of the column; a Return in it moves on."""
        field = Field(self.seat.words, key, control, required=required)
        self.fields.append(field)
        self.body.addWidget(field)
        entered = getattr(control, "entered", None)
        if entered is not None:
            entered.connect(lambda: self._move_on(field))
        return field

    def add_class(self, field: ClassField, *, required: bool) -> None:
        """The class with its suggestions; F4 lays the picker over the form."""
        self.class_field = field
        self.add("form.class", field, required=required)
        field.wanted.connect(self.open_picker)

    def submit(self) -> None:
        """Emit the commands, or say beside the fields what is missing."""
        self.show_refusal("", {})
        missing = [field for field in self.fields if field.is_missing]
        for field in self.fields:
            needed = field in missing
            words = self.seat.words
            name = words.say(field.key)
            field.blame(words.say("form.missing", name=name) if needed else "")
        if missing:
            missing[0].take_focus()
        else:
            self.submitted.emit(self._ask())

    def show_refusal(self, code: str, facts: Mapping[str, Any]) -> None:
        """A rule's no, in words; an empty code takes it away."""
        self._no = (code, facts) if code else None
        self._refusal.setText(self._refusal_words())
        self._refusal.setVisible(bool(code))

    def kept(self, command: Command, _done: Done) -> None:
        """A command of ours was carried out."""

    def first_focus(self) -> None:
        """The cursor to the first field that is still to be filled, or the first."""
        empty = (field for field in self.fields if field.is_missing)
        first = next(empty, self.fields[0] if self.fields else None)
        if first is not None:
            first.take_focus()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self._refusal.setText(self._refusal_words())

    def open_picker(self) -> None:
        """Lay the class picker over the form."""
        if self.class_field is None or self._picker is not None:
            return
        picker = self._picker = CategoryPicker(self.seat)
        picker.chosen.connect(self._picked)
        picker.cancelled.connect(self._close_picker)
        self._stack.addWidget(picker)
        self._stack.setCurrentWidget(picker)
        picker.open_for(f"{self.case.title} {self.case.narrative}", self.class_field.value)

    def event(self, event: QEvent) -> bool:
        """Claim the form's keys before the window's shortcuts see them."""
        is_claim = event.type() is QEvent.Type.ShortcutOverride
        if is_claim and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that work in every field."""
        if not self._is_ours(event):
            super().keyPressEvent(event)
        elif event.key() == Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() == Key.Key_F4:
            self.open_picker()
        elif event.modifiers() & _ALT:
            self.take_number(digit_of(event))
        else:
            self.submit()

    def take_number(self, number: int) -> None:
        """Alt and a digit: the suggestion of the class, wherever the cursor is."""
        if self.class_field is not None:
            self.class_field.take_number(number)

    def _is_ours(self, event: QKeyEvent) -> bool:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == _CONTROL:
            return event.key() in (Key.Key_Return, Key.Key_Enter)
        if modifiers == _ALT:
            return bool(digit_of(event))
        is_plain = not modifiers and self._picker is None
        return is_plain and event.key() in (Key.Key_Escape, Key.Key_F4)

    def _move_on(self, field: Field) -> None:
        after = self.fields[self.fields.index(field) + 1 :]
        following = next((one for one in after if one.isVisibleTo(self)), None)
        if following is not None:
            following.take_focus()
        else:
            self.primary.setFocus()

    def _picked(self, code: str) -> None:
        self._close_picker()
        if self.class_field is not None:
            self.class_field.use(code)

    def _close_picker(self) -> None:
        if self._picker is not None:
            self._stack.setCurrentIndex(0)
            self._stack.removeWidget(self._picker)
            self._picker.deleteLater()
            self._picker = None
        if self.class_field is not None:
            self.class_field.take_focus()

    def _buttons(self) -> QHBoxLayout:
        words = self.seat.words
        self.primary = button(f"form.{self.kind}.submit", words, self.submit, role="primary")
        self.primary.setAutoDefault(True)
        row = QHBoxLayout()
        row.addWidget(self.primary)
        row.addWidget(button("form.cancel", words, self.cancelled.emit))
        row.addStretch(1)
        return row

    def _about(self) -> str:
        return "  ".join(part for part in (self.case.number, self.case.title) if part)

    def _refusal_words(self) -> str:
        if self._no is None:
            return ""
        code, facts = self._no
        return self.seat.words.refusal(code, self.seat.data.told(facts))
