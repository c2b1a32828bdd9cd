"""One act that the centre did not take: all of it in words, and the ways to settle it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from app.services.queries import Attention
from ui.models.aside_text import AsideText
from ui.plain import button, heard, plain
from ui.screen import Screen
from ui.views.flow import flowing
from ui.views.forms.fields import Field
from ui.views.forms.written import Line
from ui.views.wrapping import wrapping

#: What is told of an act: three columns beside each other, and below them who was faster.
COLUMNS, BELOW = ("saw", "now", "wanted"), "since"
PARTS = (*COLUMNS, BELOW)


class AttentionCard(QFrame):
    """`settled` with the command, how (again, note, drop) and a reason; `reopened` with the act."""

    settled = Signal(str, str, str)
    reopened = Signal(object)
    opened = Signal(str)

    def __init__(self, screen: Screen, act: Attention) -> None:
        super().__init__()
        self._screen, self.act = screen, act
        self.setProperty("role", "card")
        self._head, self._why = wrapping(role="heading"), wrapping(role="refused")
        self._names = {part: plain(role="muted") for part in PARTS}
        self._told = {part: wrapping(selectable=True) for part in PARTS}
        self._grid = QGridLayout()
        self._reason = Line()
        self._field = Field(screen.words, "frame.aside.reason", self._reason, required=True)
        self._sure = button("frame.aside.drop_now", screen.words, self._drop, role="danger")
        self.ways = {name: self._way(name, go) for name, go in self._possible().items()}
        self._lay_out()
        self._reason.entered.connect(self._drop)
        heard(self, screen.words, self.retranslate)

    @property
    def text(self) -> str:
        """Everything told of what was seen, what is now, what was wanted, and who was faster."""
        return "\n".join([self._head.text(), *(self._told[part].text() for part in PARTS)])

    @property
    def why(self) -> str:
        """Why the centre did not take it."""
        return self._why.text()

    @property
    def is_dropping(self) -> bool:
        """Whether the reason for dropping it is being asked."""
        return self._field.isVisible()

    def take_focus(self) -> None:
        """To the likeliest way."""
        next(iter(self.ways.values())).setFocus()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        screen = self._screen
        text = AsideText(screen.words, screen.data, screen.desk.setting)
        self._head.setText(text.head(self.act))
        self._why.setText(text.why(self.act))
        told = {
            "saw": text.saw(self.act),
            "now": text.now(self.act),
            "wanted": text.wanted(self.act),
            "since": text.since(self.act),
        }
        for part in PARTS:
            self._names[part].setText(screen.words.say(f"frame.aside.{part}"))
            self._told[part].setText("\n".join(told[part]))
            for label in (self._names[part], self._told[part]):
                label.setVisible(bool(told[part]))
        for column, part in enumerate(COLUMNS):
            self._grid.setColumnStretch(column, int(bool(told[part])))

    def _possible(self) -> dict[str, Callable[[], None]]:
        """The ways to settle it, the likeliest first."""
        act = self.act
        ways: dict[str, Callable[[], None]] = {}
        if act.can_be_reopened:
            ways["reopen"] = lambda: self.reopened.emit(act)
        ways["again"] = lambda: self.settled.emit(act.cmd_id, "again", "")
        if act.can_be_note:
            ways["note"] = lambda: self.settled.emit(act.cmd_id, "note", "")
        if act.case is not None:
            ways["open"] = lambda: self.opened.emit(act.case_id)
        return {**ways, "drop": self._ask_reason}

    def _way(self, name: str, go: Callable[[], None]) -> QPushButton:
        made = button(f"frame.attention_{name}", self._screen.words, go)
        made.setAutoDefault(True)
        return made

    def _lay_out(self) -> None:
        grid = self._grid
        grid.setHorizontalSpacing(16)
        for column, part in enumerate(COLUMNS):
            grid.addWidget(self._names[part], 0, column)
            grid.addWidget(self._told[part], 1, column, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._names[BELOW], 2, 0, 1, len(COLUMNS))
        grid.addWidget(self._told[BELOW], 3, 0, 1, len(COLUMNS))
        buttons, flow = flowing()
        for way in self.ways.values():
            flow.addWidget(way)
        whole = QVBoxLayout(self)
        for widget in (self._head, self._why):
            whole.addWidget(widget)
        whole.addLayout(grid)
        for widget in (buttons, *self._asking()):
            whole.addWidget(widget)

    def _asking(self) -> tuple[QWidget, QWidget]:
        self._sure.setAutoDefault(True)
        self._field.hide()
        self._sure.hide()
        return self._field, self._sure

    def _ask_reason(self) -> None:
        self._field.show()
        self._sure.show()
        self._field.take_focus()

    def _drop(self) -> None:
        reason = self._reason.text().strip()
        if reason:
            self.settled.emit(self.act.cmd_id, "drop", reason)
        else:
            self._field.blame(self._screen.words.refusal("drop-needs-reason", {}))
