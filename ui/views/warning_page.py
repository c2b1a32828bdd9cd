"""The warning centre: what is to be watched, gravest first; why, in numbers that can be checked; and what to do."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.domain.warnings import LEVELS, RAISED, RED, STANDING, recipients_of, waiting
from app.services.filters import Filter
from app.services.queries import Changed, Queue, Sort
from app.services.watched import Known
from ui.models.queue_source import Question
from ui.models.warning_line import warning_line
from ui.models.warning_model import WarningModel
from ui.models.warning_rows import STATES, WarningRows, fits, policy_of
from ui.models.warning_text import WarningText
from ui.plain import heard, plain, silent_button
from ui.screen import Screen
from ui.views.flow import flowing
from ui.views.warning_list import WarningList
from ui.views.wrapping import wrapping

Key = Qt.Key
#: Asked again so long after news, and so often because clocks run (milliseconds).
AFTER_NEWS_MS, EVERY_MS = 300, 20_000
#: What may be done about the one chosen: its bare key, and the verb it is.
DEEDS = {
    "open_list": Key.Key_Return,
    "acknowledge_warning": Key.Key_S,
    "plan_warning": Key.Key_P,
    "shelve_warning": Key.Key_H,
    "mute_warning": Key.Key_X,
    "merge": Key.Key_B,
    "open_case": Key.Key_O,
}


class WarningPage(QWidget):
    """`asked` with a list to show, `wanted` with a verb and the case it is about, `cancelled` when it is left."""

    asked = Signal(object)
    wanted = Signal(str, str)
    cancelled = Signal()

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen, self._known, self._number = screen, list[Known](), 0
        self._text = WarningText(screen.words, screen.data, screen.desk.setting)
        self._rows = WarningRows(self._text, screen.desk.setting)
        self.title, self.tally = plain(role="title"), plain(role="muted")
        self.model = WarningModel(screen)
        self.table = WarningList(screen, self.model)
        self.states, self.levels = self._group(STATES), self._group(("", *reversed(LEVELS)))
        self.head, self.state = wrapping(role="title"), plain(role="muted")
        self.why, self.told = wrapping(selectable=True), wrapping(role="muted")
        self.empty = wrapping(role="muted")
        self.deeds = {
            name: silent_button(lambda name=name: self.do(name), role="primary" if not at else "")
            for at, name in enumerate(DEEDS)
        }
        self._lay_out()
        self._wire()
        heard(self, screen.words, self.retranslate)

    @property
    def chosen(self) -> Known | None:
        """The warning that the cursor is on."""
        at = self.table.currentIndex()
        return self.model.rows[at.row()].known if at.isValid() else None

    def first_focus(self) -> None:
        """To the list."""
        self.table.setFocus()

    def show_one(self, warning_id: str) -> None:
        """Put the cursor on a warning, as soon as it is here."""
        self._wanted = warning_id
        self._choose()

    def do(self, name: str, *_: object) -> None:
        """What a button or its key stands for."""
        one = self.chosen
        if one is None or not self.deeds[name].isEnabled():
            return
        if name == "open_list":
            narrowed = Filter(cases=one.warning.cases)
            self.asked.emit(Question(Queue.ALL, narrowed, Sort.REGISTERED, descending=True))
        else:
            self.wanted.emit(name, one.warning.case_id)

    def retranslate(self) -> None:
        """Everything in the language in use."""
        say = self._screen.words.say
        self.title.setText(say("warning.title"))
        self.setAccessibleName(say("warning.title"))
        self.empty.setText(say("warning.none"))
        for group, part in ((self.states, "show"), (self.levels, "only")):
            for button in group.buttons():
                button.setText(say(f"warning.{part}.{button.property('code') or 'ALL'}"))
        for name, button in self.deeds.items():
            key = say(f"warning.key.{name}")
            button.setText(say("warning.deed", what=say(f"warning.do.{name}"), key=key))
            button.setAccessibleName(say(f"warning.do.{name}"))
        self._show()

    def refresh(self) -> None:
        """Ask anew."""
        self._number += 1
        self._screen.run(self._ask(self._number))

    async def _ask(self, number: int) -> None:
        known = await self._screen.desk.warnings.known(self._screen.desk.now())
        if number == self._number:
            self._known = list(known)
            self._show()

    def _show(self) -> None:
        now, before = self._screen.desk.now(), self.chosen
        state, level = self._code(self.states), self._code(self.levels)
        mine = [one for one in self._known if fits(one, state, level, now)]
        self.model.show(self._rows.rows(mine, now))
        self._wanted = self._wanted or (before.warning.id if before else "")
        self._choose()
        self._tell_numbers()
        self.empty.setVisible(not mine)
        self._tell()

    def _tell_numbers(self) -> None:
        now, say = self._screen.desk.now(), self._screen.words.say
        stand, raised = (
            sum(fits(one, state, "", now) for one in self._known) for state in STATES[:2]
        )
        self.tally.setText(say("warning.tally", n=stand, m=raised))

    def _choose(self) -> None:
        ids = [one.known.warning.id for one in self.model.rows]
        if self._wanted in ids or (ids and not self.table.currentIndex().isValid()):
            row = ids.index(self._wanted) if self._wanted in ids else 0
            self.table.setCurrentIndex(self.model.index(row, 0))
            self._wanted = ""

    def _tell(self, *_: object) -> None:
        """All about the one that the cursor is on."""
        one = self.chosen
        for name, button in self.deeds.items():
            button.setEnabled(one is not None and self._is_possible(name, one))
        for label in (self.head, self.state, self.why, self.told):
            label.setVisible(one is not None)
        if one is not None:
            self._fill(one)

    def _fill(self, known: Known) -> None:
        say, one = self._screen.words.say, known.warning
        line = warning_line(one, self._text, self._stamp)
        policy = policy_of(self._screen.desk.setting, one)
        wanted = self._text.recipients(recipients_of(one.level, one.subject, policy))
        left = self._text.recipients(waiting(one, policy))
        self.head.setText(line.head)
        self.state.setText(
            say("warning.standing", state=line.state, n=one.count, number=known.number)
        )
        self.why.setText(line.body)
        told = [say("warning.for", who=wanted), left and say("warning.left", who=left), line.foot]
        self.told.setText("\n".join(filter(None, told)))

    def _is_possible(self, name: str, known: Known) -> bool:
        if name in ("open_list", "open_case"):
            return True
        one = known.warning
        if name == "acknowledge_warning":
            return one.status == RAISED
        return one.status in STANDING and not (name == "shelve_warning" and one.level == RED)

    def _stamp(self, key: str, at: object, who: str) -> str:
        return self._screen.words.say(key, at=at, who=self._screen.data.person(who)) if at else ""

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._beat.start()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self._beat.stop()
        super().hideEvent(event)

    def event(self, event: QEvent) -> bool:
        """Claim Esc and the deeds' keys before the window does."""
        is_claim = event.type() is QEvent.Type.ShortcutOverride
        if is_claim and isinstance(event, QKeyEvent) and self._meant(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; a deed's key does it."""
        name = self._meant(event)
        if name == "leave":
            self.cancelled.emit()
        elif name:
            self.do(name)
        else:
            super().keyPressEvent(event)

    def _meant(self, event: QKeyEvent) -> str:
        if event.key() == Key.Key_Escape:
            return "leave"
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return ""
        key = Key.Key_Return if event.key() == Key.Key_Enter else event.key()
        return next((name for name, one in DEEDS.items() if one == key), "")

    def _group(self, codes: Sequence[str]) -> QButtonGroup:
        group = QButtonGroup(self)
        group.setExclusive(True)
        for at, code in enumerate(codes):
            button = silent_button(self._show)
            button.setCheckable(True)
            button.setChecked(not at)
            button.setProperty("code", code)
            group.addButton(button, at)
        return group

    def _code(self, group: QButtonGroup) -> str:
        checked = group.checkedButton()
        return str(checked.property("code")) if checked else ""

    def _on_changed(self, _: Changed) -> None:
        if self.isVisible() and not self._soon.isActive():
            self._soon.start()

    def _wire(self) -> None:
        self._wanted = ""
        self.table.selectionModel().currentChanged.connect(self._tell)
        self.table.doubleClicked.connect(partial(self.do, "open_list"))
        self._soon = QTimer(self, singleShot=True, interval=AFTER_NEWS_MS)
        self._beat = QTimer(self, interval=EVERY_MS)
        for timer in (self._soon, self._beat):
            timer.timeout.connect(self.refresh)
        stop = self._screen.desk.on_changed(self._on_changed)
        self.destroyed.connect(lambda: stop())

    def _lay_out(self) -> None:
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.tally)
        strip, flow = flowing(gap=6)
        for group in (self.states, self.levels):
            for button in group.buttons():
                flow.addWidget(button)
        deeds, row = flowing(gap=6)
        for button in self.deeds.values():
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(strip)
        column.addWidget(self.table, 3)
        column.addWidget(self.empty)
        column.addWidget(self._card(deeds), 2)

    def _card(self, deeds: QWidget) -> QWidget:
        """What is told of the one that is chosen."""
        card = QWidget()
        card.setProperty("role", "card")
        card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(6)
        for label in (self.head, self.state, self.why, self.told):
            inside.addWidget(label)
        inside.addStretch(1)
        inside.addWidget(deeds)
        return card
