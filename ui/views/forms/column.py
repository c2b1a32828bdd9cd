"""A column of fields: Return leads from one to the next, and what is missing is said beside each."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.views.forms.fields import Field
from ui.wording import Wording


class Column:
    """The fields of a form in their order. `end` is called when Return leaves the last one.

    `on_edit` is called, if it is set, when something was given in one of them.
    """

    def __init__(self, host: QWidget, words: Wording, end: Callable[[], None]) -> None:
        self._host, self._words, self._end = host, words, end
        self.fields: list[Field] = []
        self.on_edit: Callable[[], None] | None = None

    def add(
        self, layout: QBoxLayout, key: str, control: QWidget, *, required: bool = False
    ) -> Field:
        """Put a field at the end of `layout` and of the order."""
        field = Field(self._words, key, control, self._host, required=required)
        self.fields.append(field)
        layout.addWidget(field, 1 if layout.direction() == layout.Direction.LeftToRight else 0)
        entered = getattr(control, "entered", None)
        if entered is not None:
            entered.connect(lambda: self._move_on(field))
        field.edited.connect(self._edited)
        return field

    @property
    def kept(self) -> dict[str, Any]:
        """What a draft keeps, by the key of each field."""
        return {field.key: field.filled.kept for field in self.fields}

    def restore(self, kept: Mapping[str, Any], before: Mapping[str, Any]) -> None:
        """Give again what a draft kept, in the order of the fields; what was left as it was `before` stays."""
        is_given = False
        for field in self.fields:
            value = kept.get(field.key, before.get(field.key))
            is_other = value != before.get(field.key)
            is_given = is_given or is_other
            if is_other or (field.follows and is_given):
                field.filled.restore(value)

    @property
    def missing(self) -> list[Field]:
        """What is required and not there."""
        return [field for field in self.fields if field.is_missing]

    @property
    def wrong(self) -> list[Field]:
        """What keeps the whole from being sent: missing, or longer than there is room for."""
        return [field for field in self.fields if field.wrong]

    def blame(self, wrong: list[Field]) -> None:
        """Say beside these fields what is wrong, or that they are needed, and clear all others."""
        for field in self.fields:
            needed = field.needed if field in wrong else ""
            field.blame(field.wrong if field.is_too_long or field.has_gaps else needed)
        if wrong:
            wrong[0].take_focus()

    def first_focus(self) -> None:
        """The cursor to the first field that is still to be filled, or the first."""
        first = next(iter([*self.missing, *self.fields]), None)
        if first is not None:
            first.take_focus()

    def _edited(self) -> None:
        if self.on_edit is not None:
            self.on_edit()

    def _move_on(self, field: Field) -> None:
        after = self.fields[self.fields.index(field) + 1 :]
        following = next((one for one in after if one.isVisibleTo(self._host)), None)
        if following is not None:
            following.take_focus()
        else:
            self._end()
