"""Rehearsing a dispatch: who led such cases here to their end, in how many days, and how many were returned."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.services.filters import Filter
from app.services.past import Solver
from app.services.queries import Queue, Sort
from ui.models.queue_source import Question
from ui.plain import heard, plain, silent_button
from ui.screen import Screen
from ui.views.flow import flowing
from ui.views.wrapping import wrapping


def brief(screen: Screen, one: Solver) -> str:
    """How it went with a unit, in few words."""
    say, share = screen.words.say, round(100 * one.returned / one.cases) if one.cases else 0
    return say("form.rehearsal.brief", n=one.cases, days=f"{one.days:.1f}", share=share)


class Rehearsal(QWidget):
    """`numbers` are its buttons, line by line; `asked` with the list behind one.

    Where too little is known it says so and proposes nothing.
    """

    asked = Signal(object)

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self.solvers: tuple[Solver, ...] | None = None
        self.told = wrapping(role="muted")
        self._shown: list[QWidget] = []
        self.numbers: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.told)
        heard(self, screen.words, self.retranslate)

    def tell(self, solvers: Sequence[Solver] | None) -> None:
        """Who solved such cases, None while there is no class."""
        self.solvers = None if solvers is None else tuple(solvers)
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        for one in self._shown:
            self._column.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._shown, self.numbers = [], []
        names = [plain(self._screen.data.unit(one.unit)) for one in self.solvers or ()]
        wide = max((name.sizeHint().width() for name in names), default=0)
        for at, one in enumerate(self.solvers or ()):
            names[at].setMinimumWidth(wide)
            self._shown.append(self._line(names[at], one))
            self._column.insertWidget(at, self._shown[-1])
        key = "wait" if self.solvers is None else "some" if self.solvers else "none"
        self.told.setText(self._screen.words.say(f"form.rehearsal.{key}"))

    def _line(self, name: QWidget, one: Solver) -> QWidget:
        """Side by side where there is room."""
        say = self._screen.words.say
        where = "here" if one.solved.community else "district"
        days = plain(say("form.rehearsal.days", days=f"{one.days:.1f}"), role="muted")
        solved = self._number(f"form.rehearsal.{where}", one.cases, one.solved)
        share = round(100 * one.returned / one.cases) if one.cases else 0
        back = self._number("form.rehearsal.returned", one.returned, one.back, share=share)
        line, flow = flowing(gap=8)
        numbers = QWidget()
        together = QHBoxLayout(numbers)
        together.setContentsMargins(0, 0, 0, 0)
        for widget in (solved, days, back):
            together.addWidget(widget)
        name.setFixedHeight(solved.sizeHint().height())
        flow.addWidget(name)
        flow.addWidget(numbers)
        self.numbers += [solved, back]
        return line

    def _number(self, key: str, many: int, wish: Filter, **facts: int) -> QPushButton:
        """A number that opens its list; one without any opens nothing."""
        question = Question(Queue.ALL, wish, Sort.REGISTERED, descending=True)
        made = silent_button(lambda: self.asked.emit(question), role="soft")
        made.setText(self._screen.words.say(key, n=many, **facts))
        made.setEnabled(many > 0)
        return made
