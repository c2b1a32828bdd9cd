"""The morning brief: yesterday beside the days before it, what is due and late; each number opens its list."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.brief import Brief, day_over
from ui.models.brief_rows import COLUMNS, TABLES, BriefRows
from ui.plain import button, heard, plain
from ui.printing import as_page, write_pdf
from ui.screen import Screen
from ui.views.figure_button import FigureButton
from ui.views.file_chooser import ask_where
from ui.views.flow import flowing
from ui.views.laying import scrolled_in
from ui.views.load_table import LoadTable
from ui.views.wrapping import wrapping

STRIP = ("received", "closed", "due", "overdue")
_LEFT, _RIGHT = ("flow", "street", "nature", "late"), ("category", "community", "channel")


class BriefPage(QWidget):
    """`asked` with the list behind a number, `cancelled` when it is left. A brief stands as it was taken."""

    asked = Signal(object)
    cancelled = Signal()

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen, self._rows = screen, BriefRows(screen.words, screen.data)
        self._brief: Brief | None = None
        self._number = 0
        self.title, self.age = plain(role="title"), plain(role="muted")
        self.figures = {name: FigureButton() for name in STRIP}
        self.tables = {name: self._table(name) for name in TABLES}
        self._headings = {name: plain(role="heading") for name in TABLES}
        self.nothing = wrapping(role="muted")
        words = screen.words
        self.again = button("brief.again", words, self.take, role="quiet")
        self.copy = button("brief.copy", words, self._copy, role="soft")
        self.save = button("brief.save", words, self._ask_where, role="soft")
        self._lay_out()
        for name, one in self.figures.items():
            one.clicked.connect(lambda _=False, name=name: self._press(name))
        heard(self, words, self.retranslate)

    @property
    def brief(self) -> Brief | None:
        """What is shown; None until it is there."""
        return self._brief

    def first_focus(self) -> None:
        """To the numbers of the day."""
        self.tables["flow"].setFocus()

    def take(self) -> None:
        """Take the brief anew, of the last day that is over."""
        self._number += 1
        self._screen.run(self._ask(self._number))

    def retranslate(self) -> None:
        """Everything in the language in use."""
        say = self._screen.words.say
        self.setAccessibleName(say("brief.title"))
        self.title.setText(say("brief.title"))
        self.nothing.setText(say("brief.nothing"))
        for name, label in self._headings.items():
            label.setText(say(f"brief.{name}"))
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """Another day, another brief; the one of today stays as it was taken."""
        super().showEvent(event)
        day = day_over(self._screen.desk.now())
        if self._brief is None or self._brief.day != day:
            self.take()

    def event(self, event: QEvent) -> bool:
        """Claim Esc before the window sees it."""
        is_claim = event.type() is QEvent.Type.ShortcutOverride
        if is_claim and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    async def _ask(self, number: int) -> None:
        desk = self._screen.desk
        now = desk.now()
        brief = await desk.brief(day_over(now), now)
        if number == self._number:
            self._brief = brief
            self._show()

    def _show(self) -> None:
        brief = self._brief
        for widget in (self.copy, self.save):
            widget.setEnabled(brief is not None)
        if brief is None:
            return
        say = self._screen.words.say
        self.title.setText(say("brief.of", day=self._rows.day(brief.day)))
        self.age.setText(say("brief.taken", at=brief.at))
        for name, cell in self._rows.whole(brief):
            said, is_nought = say(f"brief.figure.{name}"), cell.opens is None
            is_late = name == "overdue"
            self.figures[name].tell(cell.text, said, is_late=is_late, is_nought=is_nought)
        for name, lines in self._rows.tables(brief).items():
            table = self.tables[name]
            table.show_lines(lines)
            table.setFixedHeight(table.whole_height())
            for widget in (table, self._headings[name]):
                widget.setVisible(bool(lines))
        self.nothing.setVisible(not any(numbers.day for numbers in brief.flow.values()))

    def _press(self, name: str) -> None:
        if self._brief is not None:
            cell = dict(self._rows.whole(self._brief))[name]
            if cell.opens is not None:
                self.asked.emit(cell.opens)

    def _copy(self) -> None:
        if self._brief is not None:
            QGuiApplication.clipboard().setText(self._rows.text(self._brief))
            self._screen.toast("brief.copied")

    def _ask_where(self) -> None:
        if self._brief is not None:
            name = self._screen.words.say("brief.file", day=self._brief.day)
            ask_where(self._screen, self, self._save, name, "pdf")

    def _save(self, path: str) -> None:
        if self._brief is None:
            return
        page = as_page(self._rows, self._brief)
        if write_pdf(path, page, self._screen.theme.font()):
            self._screen.toast("brief.saved", {"path": path})
        else:
            self._screen.toast("brief.not_saved", {"path": path}, "refused")

    def _table(self, name: str) -> LoadTable:
        columns = ("overdue",) if name == "late" else COLUMNS
        table = LoadTable(self._screen, name, columns, "brief")
        table.asked.connect(self.asked)
        return table

    def _lay_out(self) -> None:
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.age, 1)
        for one in (self.again, self.copy, self.save):
            head.addWidget(one)
        strip, flow = flowing(gap=8)
        for figure in self.figures.values():
            flow.addWidget(figure)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(strip)
        column.addWidget(self.nothing)
        scrolled_in(column, self._sides(), 1)

    def _sides(self) -> QWidget:
        body = QWidget()
        sides = QHBoxLayout(body)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(20)
        for parts in (_LEFT, _RIGHT):
            side = QVBoxLayout()
            side.setSpacing(6)
            for name in parts:
                side.addWidget(self._headings[name])
                side.addWidget(self.tables[name])
            side.addStretch(1)
            sides.addLayout(side, 1)
        return body
