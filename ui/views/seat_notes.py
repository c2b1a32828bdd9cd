"""What a supervisor should know of a seat: that the centre went back, and what others left here."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.services.left_here import SeatReport, Waiting
from ui.models.report_text import ReportText
from ui.plain import button, heard, plain
from ui.screen import Screen
from ui.views.wrapping import wrapping


class SeatNotes(QWidget):
    """`exported` when all of it, and what waits for who sits here, is to be written down."""

    exported = Signal()

    def __init__(self, screen: Screen, report: SeatReport) -> None:
        super().__init__()
        self._screen, self._report = screen, report
        others = [one for one in report.waiting if one.login != screen.desk.me.login]
        self._moved = wrapping(role="refused", selectable=True)
        self._head = plain(role="heading")
        self._hint = wrapping(role="muted")
        self._told: list[tuple[QLabel, Waiting]] = [
            (wrapping(selectable=True), one) for one in others
        ]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for label in (self._moved, self._head, self._hint, *(label for label, _ in self._told)):
            column.addWidget(label)
        export = button("frame.report.export", screen.words, self.exported.emit)
        export.setAutoDefault(True)
        column.addWidget(export)
        self._moved.setVisible(report.moved is not None)
        for label in (self._head, self._hint):
            label.setVisible(bool(others))
        if self.is_empty and not report.waiting:
            self.hide()
        heard(self, screen.words, self.retranslate)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing but what waits for who sits here."""
        return self._report.moved is None and not self._told

    @property
    def text(self) -> str:
        """Everything told."""
        labels = (self._moved, self._head, *(label for label, _ in self._told))
        return "\n".join(label.text() for label in labels)

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        screen, report = self._screen, self._report
        text = ReportText(screen.words, screen.data, screen.desk.setting)
        self._moved.setText(text.moved(report.moved) if report.moved else "")
        self._head.setText(screen.words.say("frame.report.others", n=len(self._told)))
        self._hint.setText(screen.words.say("frame.report.others_hint"))
        for label, one in self._told:
            label.setText("\n".join((text.line(one), *text.content(one))))
