"""The bar above: queues with their counts, the command box, the centre's clock, the link, the person."""

from datetime import datetime

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.domain.calendar import LOCAL
from app.services.queries import SyncState
from ui.plain import dressed, heard, keyed, named, plain, tip
from ui.screen import Screen

HEIGHT_PX = 44
BOX_PX = 210
ICON_PX = 16
#: More than two ways of measuring a text differ by (pixels).
SPARE = 6


class TopBar(QWidget):
    """Emits the verb behind what was pressed."""

    acted = Signal(str)

    def __init__(self, screen: Screen, queues: QWidget) -> None:
        super().__init__()
        self._screen = screen
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._queues = queues
        self._box = self._button("palette", "frame.command_box")
        self._clock = plain(role="heading")
        self.link = Link(screen)
        self._person = self._button("switch_person", "frame.person_button", role="quiet")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 12, 4)
        row.setSpacing(12)
        row.addWidget(queues, 1)
        for widget in (self._box, self.link, self._clock, self._person):
            row.addWidget(widget)
        self.setMinimumHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        heard(self, screen.words, self.retranslate)
        keyed(self, screen.keymap, self.retranslate)
        dressed(self, screen.theme, self.restyle)

    def retranslate(self) -> None:
        """Everything in the language of now."""
        self._clock.setAccessibleName(self._screen.words.say("frame.clock"))
        self._tick()
        self._fit()

    def restyle(self) -> None:
        """Icons in the colours of now."""
        theme = self._screen.theme
        px = self._icon_px
        for button, icon in ((self._box, "search"), (self._person, "person")):
            button.setIcon(theme.icon(icon, "muted", px))
            button.setIconSize(QSize(px, px))
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Numbers and names take more room or less: what stands beside them gives way."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """The names of the queues are read all day: the rest gives way to them, the least needed first.

        First the box says only its key, then the person only the name, then the link shows only its dot.
        """
        words, me, theme = self._screen.words, self._screen.desk.me, self._screen.theme
        keys, told = self._screen.keymap.way("palette"), words.fact(str(me.role))
        whole = words.say("frame.person", name=me.name, role=told)
        box = words.say("frame.command_box_keys", keys=keys)
        wide = max(theme.scaled(BOX_PX), _width(self._box, box))
        room = self._room - _width(self._person, whole) - self.link.whole
        is_tight = room < wide + _spare(is_cut=self._box.text() == keys)
        room -= _width(self._box, keys)
        is_nameless = is_tight and room < _spare(is_cut=self._person.text() == me.name)
        room += _width(self._person, whole) - _width(self._person, me.name)
        _write(self._box, keys if is_tight else box)
        self._box.setMinimumWidth(0 if is_tight else theme.scaled(BOX_PX))
        _write(self._person, me.name if is_nameless else whole)
        self._person.setToolTip(tip(whole))
        is_short = is_nameless and room < _spare(is_cut=self.link.is_short)
        self.link.be_short(is_short=is_short)

    @property
    def _room(self) -> int:
        """What queues and clock leave to box, link and person (pixels)."""
        margins, gaps = self._row.contentsMargins(), (self._row.count() - 1) * self._row.spacing()
        taken = self._queues.sizeHint().width() + self._clock.sizeHint().width() + gaps
        return self.width() - margins.left() - margins.right() - taken

    @property
    def _icon_px(self) -> int:
        return self._screen.theme.scaled(ICON_PX)

    def _tick(self) -> None:
        text = _clock_text(self._screen.desk.now())
        if text != self._clock.text():
            self._clock.setText(text)

    def _button(self, verb: str, name: str, role: str = "") -> QPushButton:
        button = named(QPushButton(), name, self._screen.words)
        button.setProperty("role", role)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: self.acted.emit(verb))
        return button


class Link(QWidget):
    """A dot and a word: whether the centre is in reach. Shape tells it too: full or hollow."""

    DOT_PX = 10

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen
        self._state = screen.desk.sync_state
        self.is_short = False
        self._label = plain()
        row = QHBoxLayout(self)
        row.setContentsMargins(self.DOT_PX + 6, 0, 0, 0)
        row.addWidget(self._label)
        heard(self, screen.words, self.retranslate)
        dressed(self, screen.theme, self.update)

    def show_sync(self, state: SyncState) -> None:
        """In touch or not."""
        self._state = state
        self.retranslate()
        self.update()

    @property
    def whole(self) -> int:
        """Its width with the word (pixels)."""
        return self.DOT_PX + 6 + self._label.sizeHint().width()

    def be_short(self, *, is_short: bool) -> None:
        """The dot alone, as long as all is well."""
        self.is_short = is_short
        self._label.setVisible(not (is_short and self._state.online))

    def retranslate(self) -> None:
        """The word, and since when in the tip."""
        words, state = self._screen.words, self._state
        word = words.say("frame.online" if state.online else "frame.offline")
        self._label.setText(word)
        self.be_short(is_short=self.is_short)
        self.setAccessibleName(word)
        since = not state.online and state.since
        told = words.say("frame.offline_since", since=since) if since else word
        self.setToolTip(tip(told))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the dot."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = self._screen.theme.color("met" if self._state.online else "refused")
        painter.setPen(colour)
        painter.setBrush(colour if self._state.online else Qt.BrushStyle.NoBrush)
        top = (self.height() - self.DOT_PX) // 2
        painter.drawEllipse(1, top, self.DOT_PX - 1, self.DOT_PX - 1)
        painter.end()


def _width(button: QPushButton, text: str) -> int:
    """How wide it would be with that text."""
    letters = button.fontMetrics().horizontalAdvance
    return button.sizeHint().width() - letters(button.text()) + letters(text)


def _spare(*, is_cut: bool) -> int:
    """What is cut becomes whole only with room to spare: measures differ by a pixel, and nothing flickers."""
    return SPARE if is_cut else 0


def _write(button: QPushButton, text: str) -> None:
    if button.text() != text:
        button.setText(text)


def _clock_text(now: datetime) -> str:
    return now.astimezone(LOCAL).strftime("%m-%d %H:%M")
