"""The narrow bar on the left: one button per screen."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from ui.plain import dressed, heard, tip
from ui.theme import Theme
from ui.views.sheet import Sheet
from ui.wording import Wording

#: Verb behind each button, and its icon, top to bottom.
SCREENS: Mapping[str, str] = {
    "workbench": "workbench",
    "new_intake": "intake",
    "import_file": "import",
    "shift": "board",
    "warnings": "warnings",
    "attention": "attention",
}
_WORDS = {
    "workbench": "frame.rail.workbench",
    "new_intake": "frame.rail.intake",
    "import_file": "frame.rail.import",
    "shift": "frame.rail.shift",
    "warnings": "frame.rail.warnings",
    "attention": "frame.rail.attention",
}
#: A sheet of this title is a screen of its own.
_SHEETS = {"frame.attention_title": "attention"}
WIDTH_PX = 60
ICON_PX = 22


class Rail(QWidget):
    """Emits the verb of the screen a person goes to."""

    acted = Signal(str)

    def __init__(self, words: Wording, theme: Theme) -> None:
        super().__init__()
        self._words, self._theme = words, theme
        self._open, self._over = "workbench", ""
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH_PX)
        self._buttons = {verb: self._button(verb) for verb in SCREENS}
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 8, 4, 8)
        column.setSpacing(4)
        for button in self._buttons.values():
            column.addWidget(button)
        column.addStretch(1)
        heard(self, words, self.retranslate)
        dressed(self, theme, self.restyle)

    def mark(self, verb: str) -> None:
        """Show which screen is open."""
        self._open = verb
        self._show()

    def follow(self, sheet: Sheet) -> None:
        """Show the screen that lies over the page, as long as it does."""

        def look() -> None:
            self._over = _SHEETS.get(sheet.title_key, "")
            self._show()

        sheet.opened.connect(look)
        sheet.closed.connect(look)

    def offer(self, may: Callable[[str], bool]) -> None:
        """Hide the screens that are no business of who sits here."""
        for verb, button in self._buttons.items():
            button.setVisible(may(verb))

    def retranslate(self) -> None:
        """Names in the language of now."""
        self.setAccessibleName(self._words.say("frame.rail"))
        for verb, button in self._buttons.items():
            button.setText(self._words.say(_WORDS[verb]))
            button.setToolTip(tip(self._words.say(f"verb.{verb}")))
            button.setAccessibleName(self._words.say(f"verb.{verb}"))

    def restyle(self) -> None:
        """Icons in the colours of now."""
        self.setFixedWidth(self._theme.scaled(WIDTH_PX))
        px = self._theme.scaled(ICON_PX)
        for verb, button in self._buttons.items():
            button.setIcon(self._theme.icon(SCREENS[verb], "text", px))
            button.setIconSize(QSize(px, px))

    def _button(self, verb: str) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setProperty("role", "rail")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self._press(verb))
        return button

    def _press(self, verb: str) -> None:
        # Qt's exclusive group would let Tab reach only one of them; so the marks are kept here.
        self._show()
        self.acted.emit(verb)

    def _show(self) -> None:
        for name, button in self._buttons.items():
            button.setChecked(name == (self._over or self._open))
