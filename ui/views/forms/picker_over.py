"""Lays the class picker over a form and puts it away again."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtWidgets import QStackedLayout, QWidget

from ui.screen import Screen
from ui.views.class_field import ClassField
from ui.views.overlay import FocusKeeper
from ui.views.picker import CategoryPicker


class Classed(Protocol):
    """What has a class that the picker chooses."""

    @property
    def value(self) -> str:
        """The code of the class, or nothing."""
        ...

    def use(self, code: str) -> None:
        """A class was chosen in the picker."""
        ...

    def take_focus(self) -> None:
        """Put the cursor there."""
        ...


class PickerOver:
    """One picker over `page`, made when it is first needed; what is chosen goes to the class field.

    It lives as long as the form: what it has begun may still be under way after it was put away.
    """

    def __init__(
        self, screen: Screen, host: QWidget, page: QWidget, narrative: Callable[[], str]
    ) -> None:
        self._screen, self._narrative = screen, narrative
        self._stack = QStackedLayout(host)
        self._stack.addWidget(page)
        self._field: Classed | None = None
        self.picker: CategoryPicker | None = None
        self._focus = FocusKeeper(self._to_field)

    @property
    def is_open(self) -> bool:
        """Whether the picker is in front."""
        return self.picker is not None and self._stack.currentWidget() is self.picker

    def serve(self, field: ClassField) -> None:
        """This is the field whose class is chosen."""
        self._field = field
        field.wanted.connect(self.open)

    def open_for(self, field: Classed) -> None:
        """Choose the class of one of several."""
        self._field = field
        self.open()

    @property
    def words(self) -> str:
        """The words of one of several whose class is chosen; nothing where there is but one."""
        return getattr(self._field, "text", "")

    def open(self) -> None:
        """Bring the picker to the front, with suggestions for the narrative."""
        if self._field is None or self.is_open:
            return
        self.picker = self.picker or self._made()
        self._focus.keep(self.picker)
        self._stack.setCurrentWidget(self.picker)
        self.picker.open_for(self._narrative(), self._field.value)

    def take_focus(self) -> bool:
        """To the picker, if it is in front; whether it is."""
        if self.picker is not None and self.is_open:
            self.picker.take_focus()
        return self.is_open

    def _made(self) -> CategoryPicker:
        picker = CategoryPicker(self._screen)
        picker.setContentsMargins(16, 12, 16, 12)
        picker.chosen.connect(self._chosen)
        picker.cancelled.connect(self._cancelled)
        self._stack.addWidget(picker)
        return picker

    def _chosen(self, code: str) -> None:
        self._close()
        if self._field is not None:
            self._field.use(code)

    def _cancelled(self) -> None:
        self._close()
        self._focus.give_back()

    def _to_field(self) -> None:
        if self._field is not None:
            self._field.take_focus()

    def _close(self) -> None:
        self._stack.setCurrentIndex(0)
