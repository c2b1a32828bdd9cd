"""Pop-ups of warnings at the foot of the list: at most three, one a key, changing in place, never with the focus."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.services.watched import Known
from ui.models.warning_model import SIGNS
from ui.models.warning_text import WarningText
from ui.plain import announce, dressed, heard, plain, silent_button
from ui.screen import Screen
from ui.views.overlay import Laid

MOST = 3
WIDTH_PX, MARGIN_PX = 360, 12
#: Which looks of messages the levels borrow.
KINDS = {"RED": "urgent", "ORANGE": "refused"}


class WarningCards(QWidget):
    """`opened` with the id of a warning that was clicked, `seen` with that of one that was put away."""

    opened = Signal(str)
    seen = Signal(str)

    def __init__(self, host: QWidget, screen: Screen, beside: QWidget | None = None) -> None:
        super().__init__(host)
        self._host, self._screen, self._beside = host, screen, beside
        self._text = WarningText(screen.words, screen.data, screen.desk.setting)
        self._cards: dict[str, WarningCard] = {}
        self._flood = 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._banner = _Banner()
        self._banner.clicked.connect(lambda: self.opened.emit(""))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self._banner)
        self._laid = Laid(self, host, self._place)
        if beside is not None:
            self._laid.follow(beside)
        self.hide()
        heard(self, screen.words, self.retranslate)
        dressed(self, screen.theme, self._settle)

    @property
    def shown(self) -> tuple[str, ...]:
        """The ids of the warnings on the screen, the gravest first."""
        return tuple(self._cards)

    @property
    def texts(self) -> tuple[str, ...]:
        """What is read on the screen."""
        banner = () if self._banner.isHidden() else (self._banner.text,)
        return (*banner, *(card.text for card in self._cards.values()))

    def show_cards(self, known: Sequence[Known], flood: int) -> None:
        """Exactly these; `flood` is how many were summed up in one line, 0 for none. New ones are read out."""
        fresh = [one for one in known[:MOST] if one.warning.id not in self._cards]
        before, self._cards = self._cards, {}
        for place, one in enumerate(known[:MOST]):
            card = before.pop(one.warning.id, None) or self._made(one.warning.id)
            card.tell(*self._said(one), level=one.warning.level)
            card.known = one
            self._column.insertWidget(place + 1, card)
            card.show()
            self._cards[one.warning.id] = card
        for card in before.values():
            card.hide()
            card.deleteLater()
        self._flood = flood
        self._tell_flood()
        self._settle()
        for one in fresh:
            announce(self, self._cards[one.warning.id].text, is_urgent=True)

    def retranslate(self) -> None:
        """Say what is shown in the language of now."""
        self.setAccessibleName(self._screen.words.say("warning.cards"))
        for card in self._cards.values():
            if card.known is not None:
                card.tell(*self._said(card.known), level=card.known.warning.level)
        self._tell_flood()
        self._settle()

    def _made(self, id_: str) -> "WarningCard":
        card = WarningCard()
        card.opened.connect(lambda: self.opened.emit(id_))
        card.closed.connect(lambda: self.seen.emit(id_))
        return card

    def _said(self, known: Known) -> tuple[str, str, str, str]:
        say, one, keymap = self._screen.words.say, known.warning, self._screen.keymap
        urgency = say(f"warning.urgency.{one.level}")
        keys = {"center": keymap.text("warnings", 1), "hear": keymap.text("acknowledge_warning", 1)}
        count = say("warning.card.count", urgency=urgency, n=one.count)
        head = f"{SIGNS[one.level]} {self._text.what(one)} · {self._text.where(one)}"
        return head, count, say("warning.card.hint", **keys), say("warning.card.seen")

    def _tell_flood(self) -> None:
        keys = self._screen.keymap.text("warnings", 1)
        self._banner.tell(self._screen.words.say("warning.flood", n=self._flood, keys=keys))
        self._banner.setVisible(self._flood > 0)

    def _settle(self) -> None:
        self.setVisible(bool(self._cards) or self._flood > 0)
        self._laid.lay()

    def _place(self, host: QRect) -> QRect:
        width = min(self._screen.theme.scaled(WIDTH_PX), host.width() - 2 * MARGIN_PX)
        parts: list[QWidget] = [*self._cards.values(), *([self._banner] if self._flood else [])]
        height = sum(max(one.sizeHint().height(), one.heightForWidth(width)) + 8 for one in parts)
        room = self._room(host)
        top = max(room.bottom() - height - MARGIN_PX, MARGIN_PX)
        return QRect(room.left() + MARGIN_PX, top, width, max(height, 1))

    def _room(self, host: QRect) -> QRect:
        """Over the end of the list: neither what is most urgent nor the case with its buttons is hidden."""
        if self._beside is not None and self._beside.isVisible():
            return QRect(self._beside.mapTo(self._host, QPoint(0, 0)), self._beside.size())
        return host


class _Banner(QFrame):
    """One line for many."""

    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "toast")
        self.setProperty("kind", "urgent")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._label = plain(wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self._label)

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def tell(self, text: str) -> None:
        """Say `text`."""
        self._label.setText(text)
        self.setAccessibleName(text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """To the warning centre."""
        self.clicked.emit()
        event.accept()


class WarningCard(QFrame):
    """What, where, how many and how urgent; a click opens it, the button puts it away."""

    opened = Signal()
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.known: Known | None = None
        self.setProperty("role", "toast")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._head, self._count = plain(role="heading", wrap=True), plain()
        self._hint = plain(role="small")
        self._seen = silent_button(self.closed.emit, role="quiet")
        self._seen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        low = QHBoxLayout()
        low.addWidget(self._hint, 1)
        low.addWidget(self._seen)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 6)
        column.setSpacing(2)
        column.addWidget(self._head)
        column.addWidget(self._count)
        column.addLayout(low)

    @property
    def text(self) -> str:
        """What is read out of it."""
        return f"{self._head.text()} {self._count.text()}"

    def tell(self, head: str, count: str, hint: str, seen: str, *, level: str) -> None:
        """Say it anew, in place."""
        for label, text in ((self._head, head), (self._count, count), (self._hint, hint)):
            label.setText(text)
        self._seen.setText(seen)
        self._seen.setAccessibleName(seen)
        self.setAccessibleName(self.text)
        self.setProperty("kind", KINDS.get(level, "told"))
        self.style().polish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look at it."""
        self.opened.emit()
        event.accept()
