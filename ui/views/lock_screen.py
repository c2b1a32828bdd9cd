"""What is seen of a desk whose person takes a break: who, since when, and how to come back. Nothing of the cases."""

from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QWidget

from app.domain.calendar import LOCAL
from app.domain.refused import Refused
from ui.plain import announce, button, dressed, heard, named, plain, said
from ui.screen import Screen
from ui.views.laying import card_column, in_the_middle
from ui.views.password_edit import PasswordEdit
from ui.views.wrapping import wrapping

Key = Qt.Key
#: Beside text of the base size, in pixels: the card, its logo; and by how much the name is larger.
CARD_PX, LOGO_PX, NAME_STEPS = 520, 48, 14
#: How often the minutes are counted (milliseconds).
TICK_MS = 5_000
MINUTE = 60
_HELD = ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)


class LockScreen(QWidget):
    """`left` when the person comes back: the button, Enter or Escape.

    At a centre with passwords his is asked for; elsewhere there are none, and that is said.
    """

    left = Signal()

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._since: datetime | None = None
        self.setProperty("role", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._logo, self._name = QLabel(), plain()
        self._post, self._told = plain(role="muted"), plain()
        self.back = button("frame.lock.back", screen.words, self._ask, role="primary")
        self.password = named(PasswordEdit(), "frame.login.password", screen.words)
        self.password.entered.connect(self._ask)
        self._no, self._keys, self._note = (
            wrapping(role="refused"),
            plain(role="muted"),
            wrapping(role="muted"),
        )
        self._is_guarded = False
        self._card = QFrame()
        self._lay_out()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._tick)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)
        heard(self, screen.words, self.retranslate)
        dressed(self, screen.theme, self.restyle)

    def begin(self) -> None:
        """The break begins now."""
        self._since = self._screen.desk.now()
        self._is_guarded = self._screen.desk.is_guarded
        self.password.clear()
        self.password.setVisible(self._is_guarded)
        self._no.hide()
        self.retranslate()
        self._timer.start()
        self._focus()

    def _focus(self) -> None:
        (self.password if self._is_guarded else self.back).setFocus()

    @property
    def refusal(self) -> str:
        """What was wrong with the last password, '' for nothing."""
        return "" if self._no.isHidden() else self._no.text()

    @property
    def told(self) -> str:
        """Since when, as it is said now."""
        return self._told.text()

    def retranslate(self) -> None:
        """Everything in the language of now."""
        words, me = self._screen.words, self._screen.desk.me
        self._name.setText(words.say("frame.lock.title", name=me.name))
        self._post.setText(words.fact(str(me.role)))
        self.setAccessibleName(self._name.text())
        note = words.say("frame.lock.guarded" if self._is_guarded else "frame.lock.no_password")
        self._note.setText(note)
        self.back.setAccessibleDescription(note)
        keys = words.say("frame.lock.keys_guarded" if self._is_guarded else "frame.lock.keys")
        self._keys.setText(keys)
        self.password.setPlaceholderText(words.say("frame.login.password"))
        self._tick()

    def restyle(self) -> None:
        """Sizes and colours of now."""
        theme = self._screen.theme
        px = theme.scaled(LOGO_PX)
        self._logo.setPixmap(theme.icon("fenbo", "accent", px).pixmap(QSize(px, px)))
        self._logo.setStyleSheet(f"margin-left: -{px // 8}px;")  # the picture's own margin
        self._card.setFixedWidth(theme.scaled(CARD_PX))
        self._name.setStyleSheet(f"font-size: {theme.font_px + NAME_STEPS}px; font-weight: 600;")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape come back, Escape only where no password is asked for; nothing else does anything."""
        if event.key() == Key.Key_Escape and self._is_guarded:
            self.password.clear()
            return
        is_back = event.key() in (Key.Key_Return, Key.Key_Enter, Key.Key_Escape)
        if is_back and not event.modifiers() & _HELD and not event.isAutoRepeat():
            self._ask()
        event.accept()

    def _on_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        """News for the room, or another window, may leave the focus behind the curtain: it comes back at once."""
        is_ours = now is not None and now.window() is self.window()
        if now is not None and is_ours and self.isVisible() and not self.isAncestorOf(now):
            QTimer.singleShot(0, self, self._focus)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at the minutes."""
        self._timer.stop()
        super().hideEvent(event)

    def _ask(self) -> None:
        """Whoever comes back is let through, where there are passwords only with the right one."""
        if not self._is_guarded:
            self.left.emit()
        elif self.password.text():
            self._screen.run(self._proved(self.password.take()))

    async def _proved(self, password: str) -> None:
        try:
            await self._screen.desk.prove(password)
        except Refused as no:
            self._no.setText(self._screen.words.refused(no))
            self._no.show()
            announce(self, self._no.text(), is_urgent=True)
        else:
            self.left.emit()

    def _tick(self) -> None:
        if self._since is None:
            return
        at = self._since.astimezone(LOCAL).strftime("%H:%M")
        minutes = int((self._screen.desk.now() - self._since).total_seconds() // MINUTE)
        key = "frame.lock.since" if minutes > 0 else "frame.lock.just_now"
        self._told.setText(self._screen.words.say(key, at=at, minutes=minutes))

    def _lay_out(self) -> None:
        column = card_column(self._card, 6)
        column.addWidget(self._logo)
        column.addSpacing(8)
        for label in (self._name, self._post, self._told):
            column.addWidget(label)
        column.addSpacing(14)
        column.addWidget(self.password)
        column.addSpacing(2)
        column.addWidget(self._no)
        column.addLayout(self._way_back())
        column.addSpacing(14)
        goes_on = wrapping(role="muted")
        said(goes_on, "frame.lock.goes_on", self._screen.words)
        column.addWidget(goes_on)
        column.addWidget(self._note)
        in_the_middle(self, self._card)

    def _way_back(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.back)
        row.addWidget(self._keys)
        row.addStretch(1)
        return row
