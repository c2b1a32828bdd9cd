"""What may be done to a case now, as buttons in the order of the Measures, the likeliest one filled."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.services.queries import CaseView
from ui.plain import TARGET_PX, heard, keyed, plain, tip
from ui.screen import Screen
from ui.verbs import ALSO, BY_NAME, OF_KIND, VERBS, Verb, is_on_behalf
from ui.views.flow import flowing
from ui.views.wrapping import wrapping
from ui.why_not import barred, why_not


class ActionBar(QWidget):
    """A button for each permitted verb; `acted` with its name when one is pressed."""

    acted = Signal(str)

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._view: CaseView | None = None
        self._buttons: dict[str, QPushButton] = {}
        self._none = plain(role="muted")
        self._barred = wrapping(role="small")
        self._row, self._flow = flowing(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (self._none, self._row, self._barred):
            column.addWidget(widget)
        heard(self, screen.words, self._say)
        keyed(self, screen.keymap, self._say)

    @property
    def names(self) -> list[str]:
        """The verbs offered, in order."""
        return [name for name, button in self._buttons.items() if not button.isHidden()]

    @property
    def objections(self) -> str:
        """Why some of them cannot be done by whoever sits here, in words; empty when all can."""
        return self._barred.text() if not self._barred.isHidden() else ""

    def button(self, name: str) -> QPushButton:
        """The button of a verb that is or was offered; KeyError for others."""
        return self._buttons[name]

    def minimumSizeHint(self) -> QSize:
        """As high as the rows need at this width; Qt would ask for a row for each button."""
        least = super().minimumSizeHint()
        wide = max(self.width(), least.width())
        return QSize(least.width(), min(least.height(), self.heightForWidth(wide)))

    def show_view(self, view: CaseView | None) -> None:
        """Offer what may be done to this case."""
        self._view = view
        verbs = [] if view is None else self._possible(view)
        for verb in verbs:
            self._have(verb)
        names = {verb.name for verb in verbs}
        for name, button in self._buttons.items():
            button.setVisible(name in names)
        self._say()

    def _possible(self, view: CaseView) -> list[Verb]:
        """The commands that the rules permit, and what is possible in this state without being one."""
        moment = self._screen.moment
        beside = (verb for verb in VERBS if verb.on and why_not(verb, view, moment) is None)
        return [*(OF_KIND[kind] for kind in view.verbs if kind in OF_KIND), *beside]

    def _have(self, verb: Verb) -> None:
        if verb.name in self._buttons:
            return
        button = QPushButton(self)
        button.setAutoDefault(False)
        button.setMinimumSize(TARGET_PX, TARGET_PX)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: self.acted.emit(verb.name))
        self._buttons[verb.name] = button
        self._buttons = {name: self._buttons[name] for name in sorted(self._buttons, key=_order)}
        for one in self._buttons.values():
            self._flow.removeWidget(one)
            self._flow.addWidget(one)

    def _say(self) -> None:
        suggested = self._view.suggested if self._view else None
        whys = self._whys()
        for name, button in self._buttons.items():
            verb = BY_NAME[name]
            is_suggested = verb.kind is not None and verb.kind == suggested and name not in whys
            self._dress(button, verb, is_suggested=is_suggested)
            button.setEnabled(name not in whys)
        self._say_barred(whys)
        self._none.setText(self._screen.words.say("case.no_actions"))
        self._none.setVisible(self._view is not None and not self.names)
        self._row.setVisible(bool(self.names))

    def _whys(self) -> dict[str, str]:
        """Why a verb that the case is ready for cannot be done by this person, by its name."""
        if self._view is None:
            return {}
        moment, say = self._screen.moment, self._screen.words.say
        asked = ((name, BY_NAME[name].kind) for name in self.names)
        found = ((name, barred(kind, self._view, moment)) for name, kind in asked if kind)
        told = self._screen.data.told
        return {name: say(no.key, **told(no.facts)) for name, no in found if no is not None}

    def _say_barred(self, whys: Mapping[str, str]) -> None:
        """One line for each reason, before the names of the verbs that it stands in the way of."""
        say, names = self._screen.words.say, dict[str, list[str]]()
        for name, why in whys.items():
            names.setdefault(why, []).append(say(BY_NAME[name].words))
            self._buttons[name].setToolTip(tip(why))
        join = self._screen.words.join
        lines = (say("case.barred", verbs=join(verbs), why=why) for why, verbs in names.items())
        self._barred.setText("\n".join(lines))
        self._barred.setVisible(bool(whys))

    def _dress(self, button: QPushButton, verb: Verb, *, is_suggested: bool) -> None:
        say = self._screen.words.say
        name, keys = self._name(verb), self._screen.keymap.text(verb.name)
        first = self._screen.keymap.text(ALSO.get(verb.name, verb.name), 1)
        button.setText(f"{name}  {first}".strip() if verb.tier == 0 else name)
        button.setToolTip(tip(say("case.action", verb=name, keys=keys)))
        button.setAccessibleName(say("case.suggested", verb=name) if is_suggested else name)
        role = "primary" if is_suggested else "soft" if verb.tier else ""
        if button.property("role") != role:
            button.setProperty("role", role)
            button.style().unpolish(button)
            button.style().polish(button)

    def _name(self, verb: Verb) -> str:
        """What a unit does is said to be done for it by whoever of the centre does it."""
        say = self._screen.words.say
        is_for_another = is_on_behalf(verb.kind, self._screen.desk.me.role)
        return say("case.behalf", verb=say(verb.words)) if is_for_another else say(verb.words)


def _order(name: str) -> tuple[int, int]:
    return BY_NAME[name].tier, list(BY_NAME).index(name)
