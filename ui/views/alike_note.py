"""In the case pane: which open cases are probably reports of the same event, with reasons, each a step away."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.domain.duplicates import Proposal
from app.services.queries import CaseView
from ui.models.case_title import whole_title
from ui.plain import TARGET_PX, heard, silent_button
from ui.screen import Screen
from ui.views.elided import Elided
from ui.views.living import run_for
from ui.views.wrapping import wrapping

#: Nobody is asked for a case that is only passed by (milliseconds); so many are listed.
REST, LISTED = 250, 3


class AlikeNote(QWidget):
    """`jumped` with the id of a case that was chosen, `found` with whether there are any: only where one may merge."""

    jumped = Signal(str)
    found = Signal(bool)

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._view: CaseView | None = None
        self.proposals: tuple[Proposal, ...] = ()
        self.told = wrapping()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._column.addWidget(self.told)
        self._shown: list[QWidget] = []
        self._resting = QTimer(self, singleShot=True, interval=REST)
        self._resting.timeout.connect(self._look)
        heard(self, screen.words, self.retranslate)

    def show_view(self, view: CaseView) -> None:
        """Another case, or a newer state of it: what was found for the one before is gone."""
        before, self._view = self._view, view
        if before is None or before.dossier.case.id != view.dossier.case.id:
            self._tell(())
        self._resting.start()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        for one in self._shown:
            self._column.removeWidget(one)
            one.hide()
            one.deleteLater()
        self._shown = []
        say, keys = self._screen.words.say, self._screen.keymap.way("merge")
        self.told.setText(say("case.alike.told", n=len(self.proposals), keys=keys))
        for one in self.proposals[:LISTED]:
            self._add(one)

    def _add(self, one: Proposal) -> None:
        say, share = self._screen.words.say, round(100 * one.share)
        why = " · ".join(say(f"form.merge.why.{each}", share=share) for each in one.reasons)
        jump = silent_button(partial(self.jumped.emit, one.case.id), role="quiet")
        jump.setText(one.case.number)
        jump.setAccessibleName(say("case.link", number=one.case.number))
        jump.setStyleSheet("padding: 0; text-decoration: underline;")  # in line with the facts
        jump.setMinimumHeight(TARGET_PX)
        told = Elided("muted")
        told.tell(f"{whole_title(one.case)} · {why}")
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(jump)
        row.addWidget(told, 1)
        self._column.addWidget(line)
        self._shown.append(line)

    def _tell(self, proposals: tuple[Proposal, ...]) -> None:
        if proposals != self.proposals:
            self.proposals = proposals
            self.retranslate()
        self.found.emit(bool(proposals))

    def _look(self) -> None:
        if self._view is not None and "merge" in self._view.verbs:
            run_for(self._screen, self, self._ask(self._view))
        else:
            self._tell(())

    async def _ask(self, view: CaseView) -> None:
        """The answer for a case that was left is dropped."""
        found = await self._screen.desk.hindsight.proposed(view.dossier.case)
        if view is self._view:
            self._tell(found)
