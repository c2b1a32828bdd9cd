"""The shift leader's page: what lies where, how late it is, what waits for a decision; each number opens its list."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.loads import Loads
from app.services.queries import Changed, SyncState
from ui.models.load_rows import COUNTED, OF_QUEUES, LoadRows
from ui.plain import heard, plain
from ui.screen import Screen
from ui.views.figure_button import FigureButton
from ui.views.flow import flowing
from ui.views.load_table import LoadTable
from ui.views.wrapping import wrapping

#: The numbers are asked for again this long after news, and this often because time itself makes things late.
AFTER_NEWS_MS, EVERY_MS = 300, 20_000
#: The tables of each side, and the parts of the strip above them, in order.
_LEFT, _RIGHT = ("queues", "people"), ("units",)
STRIP = ("late", "soon", "decide", "asked", "unclaimed", "waiting")


class ShiftPage(QWidget):
    """`asked` with the list behind a number, `cancelled` when it is left. It asks only while it is seen."""

    asked = Signal(object)
    cancelled = Signal()

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen, self._rows = screen, LoadRows(screen.words, screen.data)
        self._loads, self._number = Loads(), 0
        self.title, self.age = plain(role="title"), plain(role="muted")
        self.figures = {name: FigureButton() for name in STRIP}
        self.queues = LoadTable(screen, "queues", OF_QUEUES)
        self.people = LoadTable(screen, "people", COUNTED)
        self.units = LoadTable(screen, "units", COUNTED)
        self.hint = wrapping(role="muted")
        self.nobody, self.no_unit = wrapping(role="muted"), wrapping(role="muted")
        self._below = {"queues": self.hint, "people": self.nobody, "units": self.no_unit}
        self._headings = {name: plain(role="heading") for name in ("queues", "people", "units")}
        self._lay_out()
        self._wire()
        heard(self, screen.words, self.retranslate)

    def first_focus(self) -> None:
        """To the queues, where the shift begins."""
        self.queues.setFocus()

    def retranslate(self) -> None:
        """Everything in the language in use."""
        say = self._screen.words.say
        self.title.setText(say("shift.title"))
        self.setAccessibleName(say("shift.title"))
        self.hint.setText(say("shift.hint"))
        self.nobody.setText(say("shift.nobody"))
        self.no_unit.setText(say("shift.no_unit"))
        for name, label in self._headings.items():
            label.setText(say(f"shift.{name}"))
        self._show()

    def refresh(self) -> None:
        """Ask for the numbers anew."""
        self._number += 1
        self._screen.run(self._ask(self._number))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._beat.start()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        self._beat.stop()
        self._soon.stop()
        super().hideEvent(event)

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
        loads = await self._screen.desk.loads(self._screen.desk.now())
        if number == self._number:
            self._loads = loads
            self._show()

    def _show(self) -> None:
        rows, loads, now = self._rows, self._loads, self._screen.desk.now()
        for name, cell in rows.whole(loads):
            said = self._screen.words.say(f"shift.figure.{name}")
            is_nought = cell.opens is None
            self.figures[name].tell(cell.text, said, is_late=name == "late", is_nought=is_nought)
        self.queues.show_lines(rows.queues(loads, now))
        self.people.show_lines(rows.people(loads))
        self.units.show_lines(rows.units(loads))
        for table, empty in ((self.people, self.nobody), (self.units, self.no_unit)):
            table.setVisible(bool(table.lines))
            empty.setVisible(not table.lines)
        for table in (self.queues, self.people, self.units):
            table.setMaximumHeight(table.whole_height())
        self.queues.setMinimumHeight(self.queues.whole_height())
        self._say_age(self._screen.desk.sync_state)

    def _say_age(self, state: SyncState) -> None:
        """Numbers are of this seat: without the centre they are as old as the last word from it."""
        say, now = self._screen.words.say, self._screen.desk.now()
        key = "shift.as_of" if state.online else "shift.as_of_away"
        self.age.setText(say(key, at=now if state.online or state.since is None else state.since))
        self.age.setProperty("role", "muted" if state.online else "refused")
        self.age.style().polish(self.age)

    def _press(self, name: str) -> None:
        cell = dict(self._rows.whole(self._loads))[name]
        if cell.opens is not None:
            self.asked.emit(cell.opens)

    def _on_changed(self, _: Changed) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _wire(self) -> None:
        for name, button in self.figures.items():
            button.clicked.connect(lambda _=False, name=name: self._press(name))
        for table in (self.queues, self.people, self.units):
            table.asked.connect(self.asked)
        self._soon = QTimer(self, singleShot=True, interval=AFTER_NEWS_MS)
        self._beat = QTimer(self, interval=EVERY_MS)
        for timer in (self._soon, self._beat):
            timer.timeout.connect(self.refresh)
        desk = self._screen.desk
        stops = desk.on_changed(self._on_changed), desk.on_sync(self._say_age)
        self.destroyed.connect(lambda: [stop() for stop in stops])

    def _lay_out(self) -> None:
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.age)
        strip, flow = flowing(gap=8)
        for button in self.figures.values():
            flow.addWidget(button)
        left, right = QVBoxLayout(), QVBoxLayout()
        for side, parts in ((left, _LEFT), (right, _RIGHT)):
            side.setSpacing(6)
            for name in parts:
                side.addWidget(self._headings[name])
                side.addWidget(getattr(self, name), 1)
                side.addWidget(self._below[name])
            side.addStretch(0)
        sides = QHBoxLayout()
        sides.setSpacing(20)
        sides.addLayout(left, 53)
        sides.addLayout(right, 47)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(strip)
        column.addLayout(sides, 1)
