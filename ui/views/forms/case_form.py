"""What every form of a case shares: its fields in one column, a draft of them, and two ways out."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.case import Dossier
from app.domain.commands import Command
from app.domain.moment import Moment
from app.domain.policy import Policy
from app.services.queries import CaseView, Done, Draft
from ui.letters import Letters
from ui.models.case_title import whole_title
from ui.plain import button
from ui.screen import Screen
from ui.views.choices import digit_of
from ui.views.class_field import ClassField
from ui.views.flow import flowing
from ui.views.form_draft import draft_id_of, fields_of
from ui.views.forms.column import Column
from ui.views.forms.fields import Field
from ui.views.forms.news import CaseNews, has_moved
from ui.views.forms.picker_over import PickerOver
from ui.views.forms.resumed import Resumed
from ui.views.laying import footed
from ui.views.submitting import submits
from ui.views.wrapping import wrapping

Key = Qt.Key
Commands = tuple[Command, ...]
_ALT = Qt.KeyboardModifier.AltModifier


class CaseForm(QWidget):
    """A column of fields about a case; whoever fills it says by `ask` which commands it stands for.

    `submitted` carries the commands in order, `cancelled` means that it is left. Ctrl+Enter submits,
    unless `is_hasty` says no, and Esc leaves from every field; nothing fires while an input method
    composes. Once `begin` was called `edited` tells of what is given; `anew` asks for an empty form.
    """

    submitted = Signal(object)
    cancelled = Signal()
    edited = Signal()
    anew = Signal()

    def __init__(
        self, screen: Screen, view: CaseView | None, kind: str, ask: Callable[[], Commands]
    ) -> None:
        super().__init__()
        if view is None:
            raise TypeError(kind)
        self.seat, self.view, self.case = screen, view, view.dossier.case
        self.kind, self._ask = kind, ask
        self._no: tuple[str, Mapping[str, Any]] | None = None
        self._fresh: dict[str, Any] = {}
        self._asks = False
        self.is_hasty: Callable[[], bool] = lambda: False
        self.left = Resumed(screen, self.anew.emit)
        self.news = CaseNews(screen, view)
        self.body = QVBoxLayout()
        self._refusal = wrapping(role="refused")
        self._refusal.hide()
        page = self._page()
        self.column = Column(self, screen.words, self.primary.setFocus)
        self.over = PickerOver(screen, self, page, self._story)
        screen.words.changed.connect(self.retranslate)

    @property
    def policy(self) -> Policy:
        """The edition that judges the case."""
        return self.seat.desk.setting.policy(self.case)

    @property
    def letters(self) -> Letters:
        """What the reporter may be told of the case."""
        return Letters(self.view.dossier, self.seat.desk.setting.directory)

    @property
    def moment(self) -> Moment:
        """Now and here, for foreseeing only."""
        return self.seat.moment

    def begin(self, draft: Draft | None) -> None:
        """All fields are there: go on with what was left half-typed, if something was."""
        self._fresh = self.column.kept
        if draft is not None:
            self._resume(draft)
        self.column.on_edit = self.edited.emit

    def hear(self, view: CaseView) -> None:
        """The case is like this now: say what others did, and ask before anything is sent over it."""
        before, self.view, self.case = self.view.dossier, view, view.dossier.case
        self.news.take(view.timeline)
        if self.news.isVisibleTo(self) and self.minds(before, view.dossier):
            self._asks = True

    def minds(self, before: Dossier, after: Dossier) -> bool:
        """Whether what changed asks for another look before the form is sent."""
        return has_moved(before, after)

    @property
    def draft_id(self) -> str:
        """Under which its draft is kept."""
        return draft_id_of(self.kind, self.case.id)

    @property
    def written(self) -> dict[str, Any]:
        """What its draft keeps; nothing while the form is as it was when it opened."""
        values = self.column.kept
        is_fresh = values == self._fresh
        return {} if is_fresh else fields_of(self.kind, self.case, values, self._fresh)

    def over_with(self, _command: Command, *, is_last: bool) -> tuple[str, str]:
        """The draft goes in one step with the last thing asked for."""
        return (self.draft_id if is_last else ""), ""

    def add(self, key: str, control: QWidget, *, required: bool = False) -> Field:
        """Put a field at the end of the column; a Return in it moves on."""
        return self.column.add(self.body, key, control, required=required)

    def add_class(self, field: ClassField) -> None:
        """The class with its suggestions, always needed; the key of that verb lays the picker over the form."""
        self.add("form.class", field, required=True)
        self.over.serve(field)

    def submit(self) -> None:
        """Emit the commands, or say beside the fields what is missing."""
        self.show_refusal("", {})
        wrong = self.column.wrong
        self.column.blame(wrong)
        if wrong:
            return
        if self._asks:
            self._asks = False
            self.show_refusal("changed-meanwhile", {})
            return
        self.submitted.emit(self._ask())

    def strike(self) -> None:
        """The key of submission was struck."""
        if not self.is_hasty():
            self.submit()

    def show_refusal(self, code: str, facts: Mapping[str, Any]) -> None:
        """A rule's no, in words; an empty code takes it away."""
        self._no = (code, facts) if code else None
        self._refusal.setText(self._refusal_words())
        self._refusal.setVisible(bool(code))

    @property
    def refusal(self) -> str:
        """The no that is shown, in words."""
        return self._refusal_words()

    def kept(self, command: Command, done: Done) -> None:  # noqa: ARG002 - some forms look at it
        """A command of ours was carried out."""
        self.news.know(done.cmd_id)

    def first_focus(self) -> None:
        """The cursor to the first field that is still to be filled, or the first."""
        if not self.over.take_focus():
            self.column.first_focus()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        self._refusal.setText(self._refusal_words())

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
        elif self._asks_for_class(event):
            self.over.open()
        elif event.key() == Key.Key_Escape:
            self.cancelled.emit()
        elif event.modifiers() & _ALT:
            self.take_number(digit_of(event))
        elif not event.isAutoRepeat():
            self.strike()

    def take_number(self, number: int) -> None:
        """Alt and a digit: the suggestion of that number, wherever the cursor is."""

    def _asks_for_class(self, event: QKeyEvent) -> bool:
        is_asked = self.seat.keymap.verb_at(event, typing=True) == "classify"
        return is_asked and not self.over.is_open

    def _is_ours(self, event: QKeyEvent) -> bool:
        if submits(event) or self._asks_for_class(event):
            return True
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if modifiers == _ALT:
            return bool(digit_of(event))
        return not modifiers and not self.over.is_open and event.key() == Key.Key_Escape

    def _resume(self, draft: Draft) -> None:
        kept, before = draft.fields["values"], draft.fields["before"]
        self.column.restore(kept, before)
        self.left.tell(draft)
        written = [
            field for field in self.column.fields if kept.get(field.key) != before.get(field.key)
        ]
        moved = [one for one in written if self._fresh[one.key] != before.get(one.key)]
        self.dispute(moved)

    def rebase(self, values: Mapping[str, Any]) -> None:
        """These fields are as the books have them while they hold `values`."""
        self._fresh = {**self._fresh, **values}

    def dispute(self, fields: list[Field]) -> None:
        """These were filled in here, and hold something else on the books by now."""
        if fields:
            self.news.dispute([(one.key, str(self._fresh[one.key])) for one in fields])
            self._asks = True

    def _page(self) -> QWidget:
        """The fields, which scroll where there is little room, and at their foot what does not."""
        self.body.setSpacing(10)
        fields = QWidget()
        outer = QVBoxLayout(fields)
        outer.setContentsMargins(16, 4, 16, 12)
        outer.setSpacing(10)
        outer.addWidget(wrapping(self._about(), role="muted"))
        for line in (self.left, self.news):
            outer.addWidget(line)
        outer.addLayout(self.body)
        outer.addStretch(1)
        return footed(fields, self._refusal, self._buttons())

    def _buttons(self) -> QWidget:
        words = self.seat.words
        self.primary = button(f"form.{self.kind}.submit", words, self.submit, role="primary")
        self.primary.setAutoDefault(True)
        holder, flow = flowing()
        flow.addWidget(self.primary)
        flow.addWidget(button("form.cancel", words, self.cancelled.emit))
        return holder

    def _about(self) -> str:
        return "  ".join(part for part in (self.case.number, whole_title(self.case)) if part)

    def _story(self) -> str:
        return f"{self.case.title} {self.case.narrative}"

    def _refusal_words(self) -> str:
        if self._no is None:
            return ""
        code, facts = self._no
        return self.seat.words.refusal(code, self.seat.data.told(facts))
