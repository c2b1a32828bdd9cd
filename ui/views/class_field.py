"""The class of a report inside a form: what it is, three suggestions by digit, and the way to the picker."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.guess import CHOICES
from ui.habits import Habits
from ui.plain import heard, keyed, named, silent_button
from ui.screen import Screen
from ui.views.choices import Choice, ChoiceList
from ui.views.class_rows import ClassRows
from ui.views.living import run_for
from ui.views.wrapping import wrapping


class ClassField(QWidget):
    """`changed` after a class was taken; `wanted` asks for the picker. Nothing is taken by itself.

    With `quiet` the suggestions show only while there are some and no class; else they keep their place.
    """

    changed = Signal()
    wanted = Signal()
    entered = Signal()

    def __init__(self, screen: Screen, *, quiet: bool = False) -> None:
        super().__init__()
        self._screen, self._quiet = screen, quiet
        self._habits = Habits(screen.desk, "classes")
        self._rows = ClassRows(screen, self._habits)
        self._value, self._narrative = "", ""
        self._shown = wrapping()
        self._find = silent_button(self.wanted.emit, role="soft")
        self.list = named(ChoiceList(screen.theme), "form.class.suggestions", screen.words)
        self.list.chosen.connect(self._take)
        self._lay_out()
        heard(self, screen.words, self.retranslate)
        keyed(self, screen.keymap, self._say_find)
        run_for(screen, self, self._load())

    @property
    def value(self) -> str:
        """The code of the class, or nothing."""
        return self._value

    @property
    def is_blank(self) -> bool:
        """Whether there is no class."""
        return not self._value

    def set_value(self, code: str | None) -> None:
        """Show a class without telling anybody."""
        self._value = code or ""
        self.retranslate()

    @property
    def kept(self) -> str:
        """The code of the class, for a draft."""
        return self._value

    def restore(self, kept: str) -> None:
        """Take what a draft kept, as if it were chosen now."""
        if kept != self._value:
            self.set_value(kept)
            self.changed.emit()

    def use(self, code: str) -> None:
        """A class was chosen in the picker."""
        self.set_value(code)
        self.changed.emit()
        self.entered.emit()

    def hear(self, narrative: str) -> None:
        """Offer classes for other words."""
        if narrative != self._narrative:
            self._narrative = narrative
            self._offer()

    def take_number(self, number: int) -> bool:
        """Take the suggestion of that digit; whether there is one."""
        return self.list.choose_number(number)

    def take_focus(self) -> None:
        """To the suggestions, where bare digits work."""
        self.list.setFocus()

    def retranslate(self) -> None:
        """Say everything in the language in use."""
        path = self._screen.data.path(self._value)
        self._shown.setText(path or self._screen.words.say("form.class.none"))
        self._shown.setProperty("role", "heading" if path else "muted")
        self._shown.style().unpolish(self._shown)
        self._shown.style().polish(self._shown)
        self._say_find()
        self._offer()

    def _say_find(self) -> None:
        """The key is the one that acts while text is typed."""
        keys = self._screen.keymap.twin_text("classify")
        self._find.setText(self._screen.words.say("form.class.find", keys=keys).strip())

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(self._shown, 1)
        self._find.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top.addWidget(self._find)
        layout.addLayout(top)
        layout.addWidget(self.list)
        layout.addStretch(1)

    async def _load(self) -> None:
        await self._habits.load()
        self._offer()

    def _offer(self) -> None:
        rows = self._rows.suggested(self._narrative)
        key = "form.class.unguessed" if self._narrative.strip() else "form.class.wait"
        instead = Choice("", self._screen.words.say(key), heading=True)
        self.list.show_rows(rows or [instead], point=False)
        self.list.stand(CHOICES)
        self.list.setVisible(not self._quiet or (bool(rows) and not self._value))

    def _take(self, code: str) -> None:
        self._screen.run(self._habits.use(code))
        self.use(code)
