"""What narrows the list, as chips that go at a press; and a row for dates of one's own."""

from dataclasses import replace

from PySide6.QtCore import QDate, QSignalBlocker, Signal
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.domain.calendar import local_date
from app.services.filters import Filter
from ui.models.filters import FilterText, is_set, narrowed, without
from ui.plain import TARGET_PX, button, heard, named, plain, said
from ui.screen import Screen
from ui.views.filter_menu import FilterMenu
from ui.views.flow import flowing


class FilterBar(QWidget):
    """Shows a filter; `changed` with another one when a person sets or drops a part."""

    changed = Signal(object)

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._filter = Filter()
        self._text = FilterText(screen.words, screen.data)
        self._chips: list[QPushButton] = []
        self.opener = self._made_opener()
        self._row, self._flow = flowing(self)
        self._clear = button("queue.filter.clear", screen.words, self.clear, role="quiet")
        self._dates = _Dates(screen)
        self._dates.picked.connect(self._change)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._row)
        column.addWidget(self._dates)
        self._dates.hide()
        heard(self, screen.words, self._show)

    def show_filter(self, one: Filter) -> None:
        """Show a filter without asking for it."""
        if not is_set(one, "dates"):
            self._dates.hide()
        self._filter = one
        self._show()

    def clear(self) -> None:
        """Drop every part; the searched text stays."""
        self._change(Filter(text=self._filter.text))

    @property
    def chips(self) -> list[QPushButton]:
        """The chips shown, left to right."""
        return [chip for chip in self._chips if not chip.isHidden()]

    def _made_opener(self) -> QToolButton:
        """The button with the menu; the workbench puts it beside the search box."""
        opener = named(QToolButton(), "queue.filter.hint", self._screen.words)
        said(opener, "queue.filter.button", self._screen.words)
        opener.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu = FilterMenu(self._screen, self._choose, self._ask_dates, opener)
        self.menu.aboutToShow.connect(lambda: self.menu.offer(self._filter))
        opener.setMenu(self.menu)
        return opener

    def _change(self, one: Filter) -> None:
        self.show_filter(one)
        self.changed.emit(one)

    def _choose(self, one: Filter) -> None:
        self._dates.hide()
        self._change(one)

    def _ask_dates(self) -> None:
        self._dates.ask(self._filter)

    def _show(self) -> None:
        parts = narrowed(self._filter)
        while len(self._chips) < len(parts):
            self._chips.append(self._made_chip(len(self._chips)))
        self._flow.removeWidget(self._clear)
        self._flow.addWidget(self._clear)
        for at, chip in enumerate(self._chips):
            chip.setVisible(at < len(parts))
            if at < len(parts):
                self._dress(chip, parts[at])
        self._clear.setVisible(len(parts) > 1)
        self._row.setVisible(bool(parts))

    def _made_chip(self, at: int) -> QPushButton:
        chip = QPushButton(self._row)
        chip.setMinimumSize(TARGET_PX, TARGET_PX)
        chip.setAutoDefault(False)
        chip.clicked.connect(lambda: self._drop(at))
        self._flow.addWidget(chip)
        return chip

    def _drop(self, at: int) -> None:
        self._change(without(self._filter, narrowed(self._filter)[at]))

    def _dress(self, chip: QPushButton, part: str) -> None:
        text = self._text.chip(self._filter, part)
        chip.setText(f"{text}  ✕".replace("&", "&&"))
        chip.setAccessibleName(self._screen.words.say("queue.filter.remove", name=text))


class _Dates(QWidget):
    """From and to, as one types them."""

    picked = Signal(object)

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._filter = Filter()
        self._edits = [self._made("queue.filter.date_from"), self._made("queue.filter.date_to")]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for key, edit in zip(("date_from", "date_to"), self._edits, strict=True):
            label = plain(role="muted")
            said(label, f"queue.filter.{key}", screen.words)
            row.addWidget(label)
            row.addWidget(edit)
        row.addStretch()

    def ask(self, one: Filter) -> None:
        """Begin with the dates of a filter, or today."""
        self._filter = one
        today = local_date(self._screen.desk.now())
        dates = (one.registered_from or today, one.registered_to or today)
        for edit, day in zip(self._edits, dates, strict=True):
            with QSignalBlocker(edit):
                edit.setDate(QDate(day.year, day.month, day.day))
        self.show()
        self._edits[0].setFocus()
        self._tell()

    def _made(self, key: str) -> QDateEdit:
        edit = named(QDateEdit(), key, self._screen.words)
        edit.setCalendarPopup(True)
        edit.setDisplayFormat("yyyy-MM-dd")
        edit.dateChanged.connect(self._tell)
        return edit

    def _tell(self) -> None:
        first, last = (edit.date().toPython() for edit in self._edits)
        self.picked.emit(replace(self._filter, registered_from=first, registered_to=last))
