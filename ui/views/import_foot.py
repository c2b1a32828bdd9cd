"""The foot of the import page: one way on, one way back, and a trial, as the step allows them."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from app.services.importing import ImportReport, Preview
from ui.plain import button, heard, plain
from ui.screen import Screen

#: The way on from an import that is whole: to another file.
AGAIN = "import.on.again"


class Step(StrEnum):
    """The steps of an import, in their order."""

    CHOOSE = "choose"
    LOOK = "look"
    RUN = "run"
    END = "end"


@dataclass(frozen=True, slots=True)
class Ways:
    """What can be done now: the key of the way on (or none), for how many rows, and back.

    `told` is the key of what goes on meanwhile, where the step itself says nothing of it.
    """

    on: str = ""
    number: int = 0
    back: str = "import.back.leave"
    is_ready: bool = True
    can_try: bool = False
    can_stop: bool = False
    told: str = ""


#: While a file is looked through.
LOOKING = Ways(can_stop=True, told="import.reading")


def ready(preview: Preview) -> int:
    """Rows that become cases, unless they are in already."""
    return preview.rows - preview.rejected - preview.repeated


def ways_at(
    step: Step, preview: Preview | None, report: ImportReport | None, *, can_look: bool
) -> Ways:
    """What a person can do at a step, with what is known of the file by then."""
    match step:
        case Step.CHOOSE:
            return Ways("import.on.look", is_ready=can_look)
        case Step.LOOK:
            number = ready(preview) if preview is not None else 0
            back = "import.back.choose"
            return Ways("import.on.start", number, back, is_ready=number > 0, can_try=True)
        case Step.RUN:
            return Ways(can_stop=True)
        case Step.END:
            return Ways(_after(report), back="import.back.done")


def _after(report: ImportReport | None) -> str:
    if report is not None and report.is_dry_run:
        return "import.on.real"
    return "import.on.go_on" if report is not None and report.left else AGAIN


class ImportFoot(QFrame):
    """Signals for what was pressed; the page has the same by key."""

    gone_on = Signal()
    tried = Signal()
    stopped = Signal()
    gone_back = Signal()

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._words = screen.words
        self._ways = Ways()
        self.setProperty("role", "foot")
        self.on = button("import.on.look", screen.words, self.gone_on.emit, role="primary")
        self.trial = button("import.try", screen.words, self.tried.emit)
        self.stop = button("import.stop", screen.words, self.stopped.emit, role="danger")
        self.back = button("import.back.leave", screen.words, self.gone_back.emit)
        self._buttons = (self.on, self.trial, self.stop, self.back)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 10, 20, 12)
        row.setSpacing(8)
        for one in self._buttons:
            one.setAutoDefault(True)
            row.addWidget(one)
        self.told = plain(role="muted")
        row.addWidget(self.told)
        row.addStretch(1)
        heard(self, screen.words, self._say)

    def show_ways(self, ways: Ways) -> None:
        """Offer these and no others."""
        self._ways = ways
        self._say()

    def _say(self) -> None:
        ways, say = self._ways, self._words.say
        if ways.on:
            self.on.setText(say(ways.on, n=f"{ways.number:,}"))
        self.back.setText(say(ways.back))
        self.on.setVisible(bool(ways.on))
        self.on.setEnabled(ways.is_ready)
        self.trial.setVisible(ways.can_try)
        self.trial.setEnabled(ways.is_ready)
        self.stop.setVisible(ways.can_stop)
        self.back.setVisible(not ways.can_stop)
        self.told.setText(say(ways.told) if ways.told else "")
