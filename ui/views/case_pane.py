"""Everything about one case, top to bottom: head, what may be done, report, facts, clocks, work, timeline."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.services.queries import CaseView, QueueRow
from ui.models.clock_lines import ClockText
from ui.models.wish_text import WishText
from ui.models.work_lines import WorkText
from ui.plain import button, dressed, heard, named
from ui.screen import Screen
from ui.verbs import BY_NAME, FILES, REVEAL
from ui.views.action_bar import ActionBar
from ui.views.alike_note import AlikeNote
from ui.views.blank import Blank
from ui.views.case_facts import CaseFacts
from ui.views.case_header import CaseHeader
from ui.views.clear_person import ClearPerson
from ui.views.clock_view import ClockList
from ui.views.cousins import Cousins
from ui.views.held_card import HeldCard
from ui.views.hit_text import HitText
from ui.views.line_list import LineList, Section
from ui.views.timeline_view import TimelineView
from ui.views.trigger_note import TriggerNote
from ui.why_not import why_not

_WORK = (
    "members",
    "parts",
    "tasks",
    "requests",
    "verifications",
    "interims",
    "notices",
    "visits",
    "coordinations",
    "warnings",
    "commendations",
    "notes",
    "attachments",
)
MARGIN = 16
#: The pane is never narrower than the first, nor than the second beside text of the base size (pixels).
LEAST_PX, LEAST_SCALED_PX = 400, 355


class CasePane(QWidget):
    """Shows a CaseView. `left` when Esc is pressed in it, `jumped` to another case, `acted` on a verb."""

    acted = Signal(str)
    jumped = Signal(str)
    left = Signal()

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._view: CaseView | None = None
        self._hits: tuple[str, ...] = ()
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.header = CaseHeader(screen)
        self.person = ClearPerson(screen)
        self.acts = ActionBar(screen)
        self.held = HeldCard(screen)
        self.narrative = named(HitText(screen), "case.part.narrative", screen.words)
        self.triggers, self.alike = TriggerNote(screen, advises=False), AlikeNote(screen)
        self.facts = CaseFacts(screen)
        self.look = button(
            "verb.reveal", screen.words, lambda: self.acted.emit(REVEAL), role="soft"
        )
        self.open = button("verb.files", screen.words, lambda: self.acted.emit(FILES), role="soft")
        self.clocks = ClockList(screen)
        self.work = {name: LineList(screen) for name in _WORK}
        self.timeline = TimelineView(screen)
        self.cousins = Cousins(screen)
        self._sections: dict[str, Section] = {}
        self._message = Blank(screen, "workbench")
        self._build()
        for part in (self.acts, self.held):
            part.acted.connect(self.acted)
        self.person.left.connect(self.focus_case)
        for part in (self.cousins, self.facts, self.alike):
            part.jumped.connect(self.jumped)
        self._waiting = QTimer(self, singleShot=True, interval=120)
        self._waiting.timeout.connect(self._say_loading)
        heard(self, screen.words, self.retranslate)
        dressed(self, screen.theme, self._widen)
        self.show_nothing()

    # -- what the workbench tells ---------------------------------------------------------------

    @property
    def view(self) -> CaseView | None:
        """The case shown, None while there is none or it is on its way."""
        return self._view

    def show_nothing(self) -> None:
        """No case is selected."""
        self._forget()
        self._say("case.none.title", "case.none.hint")

    def show_missing(self) -> None:
        """The case is not at this desk."""
        self._forget()
        self._say("case.missing", "")

    def show_row(self, row: QueueRow) -> None:
        """The case of this row is on its way: show what the list knows, and say so if it takes long."""
        self._view = None
        self.person.conceal()
        self.header.show_row(row)
        self.header.show()
        self.acts.show_view(None)
        self.held.show_view(None)
        self._waiting.start()

    def show_view(self, view: CaseView, hits: tuple[str, ...] = ()) -> None:
        """Show a case, or a newer state of the one shown; `hits` are searched words to mark."""
        is_same = self._view is not None and self._view.dossier.case.id == view.dossier.case.id
        if not is_same or self._is_corrected(view):
            self.person.conceal()
        self._waiting.stop()
        self._view, self._hits = view, hits
        self._message.hide()
        for widget in (self.header, self.acts, self._line, self._scroll):
            widget.show()
        self._fill(view)
        if not is_same:
            self.clocks.collapse()
            self._scroll.verticalScrollBar().setValue(0)

    def tick(self, now: datetime) -> None:
        """A second has passed."""
        if self._view is not None and self.isVisible():
            self.header.tick(now)
            self.held.tick(now)
            self.clocks.tick(now)

    def show_timeline(self) -> None:
        """Scroll to the timeline and put the focus there."""
        self._scroll.ensureWidgetVisible(self.timeline, 0, self._scroll.height() // 2)
        self.timeline.list.setFocus()

    def focus_case(self) -> None:
        """Put the focus on the case: on the suggested act, else on what is written."""
        suggested = self._view.suggested if self._view else None
        if suggested in self.acts.names and self.acts.button(suggested).isEnabled():
            self.acts.button(suggested).setFocus()
        else:
            self._scroll.setFocus()

    def retranslate(self) -> None:
        """Everything in the language in use."""
        if self._view is not None:
            self._fill(self._view)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif self._screen.keymap.verb_at(event) == "timeline":
            self.show_timeline()
        else:
            super().keyPressEvent(event)

    # -- how ------------------------------------------------------------------------------------

    def _widen(self) -> None:
        """Clocks and names stand beside one another, whatever the size of the text."""
        self.setMinimumWidth(max(LEAST_PX, self._screen.theme.scaled(LEAST_SCALED_PX)))

    def _fill(self, view: CaseView) -> None:
        screen, on = self._screen, view.dossier
        now, setting = screen.desk.now(), screen.desk.setting
        clocks = ClockText.of(screen.words, screen.data, setting, on)
        wishes = WishText(screen.words, screen.data, setting, view.edition)
        self.header.show_view(view, clocks, now)
        self.acts.show_view(view)
        self.held.show_view(view)
        self._fill_narrative(view)
        self.alike.show_view(view)
        self.facts.show_view(view)
        self.look.setVisible(why_not(BY_NAME[REVEAL], view, screen.moment) is None)
        self.clocks.show_clocks(clocks, view.ledgers, now)
        self._sections["clocks"].setVisible(bool(view.ledgers))
        for part in WorkText(wishes, clocks.dues(view.ledgers), view.members, view.parts).parts(on):
            self.work[part.name].show_lines(part.lines)
            self._sections[part.name].setVisible(bool(part.lines))
        self.timeline.show_entries(view.timeline, wishes)
        self.cousins.show_rows(view.cousins)
        self._sections["cousins"].setVisible(bool(view.cousins))

    def _fill_narrative(self, view: CaseView) -> None:
        case = view.dossier.case
        lacking = "case.no_narrative" if case.source_ref else "case.empty_narrative"
        text = case.narrative or self._screen.words.say(lacking)
        self.narrative.show_text(text, self._hits if case.narrative else ())
        self.triggers.tell("", case.narrative)

    def _is_corrected(self, view: CaseView) -> bool:
        """Whether the reporter is another one by now than the one that may be shown."""
        before, now = self._view and self._view.dossier.case, view.dossier.case
        return before is None or (before.reporter_masked, before.phone_masked) != (
            now.reporter_masked,
            now.phone_masked,
        )

    def _forget(self) -> None:
        self._view = None
        self.person.conceal()
        self._waiting.stop()
        self.held.show_view(None)
        for widget in (self.header, self.acts, self._line, self._scroll):
            widget.hide()

    def _say(self, title: str, hint: str) -> None:
        self._message.tell(title, hint)
        self._message.show()

    def _say_loading(self) -> None:
        self.acts.hide()
        self._scroll.hide()
        self._say("case.loading", "")

    def _build(self) -> None:
        self._scroll = named(QScrollArea(), "case.pane", self._screen.words)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(self._made_content())
        self._line = QFrame()
        self._line.setProperty("role", "line")
        self._line.setFixedHeight(1)
        top = QVBoxLayout()
        top.setContentsMargins(MARGIN, 12, MARGIN, 0)
        top.setSpacing(8)
        for widget in (self.header, self.person, self.acts, self.held):
            top.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._line)
        column.addWidget(self._scroll, 1)
        column.addWidget(self._message, 1)

    def _made_content(self) -> QWidget:
        content = QWidget()
        content.setProperty("role", "panel")
        column = QVBoxLayout(content)
        column.setContentsMargins(MARGIN, 4, MARGIN, MARGIN)
        column.setSpacing(14)
        parts = (
            ("narrative", self.narrative),
            ("alike", self.alike),
            ("facts", self.facts),
            ("clocks", self.clocks),
            *self.work.items(),
        )
        for name, widget in parts:
            column.addWidget(self._section(name, widget))
        self._sections["narrative"].body.addWidget(self.triggers)
        self.alike.found.connect(self._sections["alike"].setVisible)
        self._sections["facts"].body.addWidget(self.look, 0, Qt.AlignmentFlag.AlignLeft)
        self._sections["attachments"].body.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.timeline)
        column.addWidget(self._section("cousins", self.cousins))
        column.addStretch()
        return content

    def _section(self, name: str, widget: QWidget) -> Section:
        section = self._sections[name] = Section(self._screen, name)
        section.body.addWidget(widget)
        return section
