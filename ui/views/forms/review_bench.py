"""The reviewer's bench: what was asked beside what was answered, days promised, and replies that read the same."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.case import Task
from app.domain.replies import promises, sentences
from app.services.queries import CaseView
from ui.plain import plain, said
from ui.screen import Screen
from ui.views.wrapping import wrapping

#: Of replies that read the same so many are named.
NAMED = 3


class ReviewBench(QWidget):
    """Demand points on the left, answer points on the right, numbered; below them what gives pause."""

    def __init__(self, screen: Screen, view: CaseView) -> None:
        super().__init__()
        self._screen, self._view = screen, view
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        sides = (("form.bench.asked", self.asked), ("form.bench.answered", self.answered))
        for column, (key, lines) in enumerate(sides):
            grid.setColumnStretch(column, 1)
            heading = plain(role="muted")
            said(heading, key, screen.words)
            grid.addWidget(heading, 0, column)
            text = "\n".join(lines) or screen.words.say("form.proof.none")
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(wrapping(text, selectable=True), 1, column, top)
        for at, line in enumerate(self.doubts, 2):
            grid.addWidget(wrapping(line, role="refused", selectable=True), at, 0, 1, 2)

    @property
    def asked(self) -> tuple[str, ...]:
        """The sentences of the report."""
        return _numbered(sentences(self._view.dossier.case.narrative))

    @property
    def answered(self) -> tuple[str, ...]:
        """The sentences of the results, those of each unit under its name where there are several."""
        tasks = [task for task in self._view.dossier.live_tasks if task.result]
        if len(tasks) == 1:
            return _numbered(sentences(tasks[0].result))
        units = self._screen.data.unit
        each = ((units(task.unit), *_numbered(sentences(task.result))) for task in tasks)
        return tuple(line for lines in each for line in lines)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Promised days, which are no completion yet, and replies that read the same."""
        return (*self._promised(), *self._copied())

    def _promised(self) -> Iterator[str]:
        setting = self._screen.desk.setting
        calendar = setting.calendar(setting.policy(self._view.dossier.case))
        for task in self._view.dossier.live_tasks:
            for one in promises(task.result, _said_at(task), calendar):
                yield self._screen.words.say("form.bench.promised", words=one.words, due=one.due)

    def _copied(self) -> Iterator[str]:
        for one in self._view.copied[:NAMED]:
            facts = {"number": one.number, "percent": round(100 * one.share)}
            unit = self._screen.data.unit(one.unit)
            yield self._screen.words.say("form.bench.copied", unit=unit, **facts)


def _said_at(task: Task) -> datetime:
    return task.handled_at or task.dispatched_at


def _numbered(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{at}. {line}" for at, line in enumerate(lines, 1))
