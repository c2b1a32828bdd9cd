"""Short messages at the bottom, beside what is being worked on. They never take the focus and leave by themselves."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.services.queries import CaseView
from ui.plain import announce, dressed, heard, plain
from ui.theme import Theme
from ui.views.overlay import Laid
from ui.wording import Wording

MOST = 3
#: Messages about what cannot be done with the case shown begin like this.
_OF_A_CASE = ("frame.why.", "refused.")
WIDTH_PX = 380
MARGIN_PX = 12
#: How long each kind stays, in milliseconds; a hovering pointer makes it stay longer.
STAYS_MS = {"told": 6_000, "done": 5_000, "refused": 12_000, "urgent": 30_000}
_ICON_TOKENS = {"told": "muted", "done": "done", "refused": "refused", "urgent": "refused"}


class Toasts(QWidget):
    """At most three messages, the newest on top; a click or time takes them away.

    They lie over the list, `beside` the case with its clocks and its timeline; where that is not to be
    seen, in the corner of `host`, or beside the `sheet` that is open.
    """

    def __init__(
        self,
        host: QWidget,
        words: Wording,
        theme: Theme,
        beside: QWidget | None = None,
        sheet: QWidget | None = None,
    ) -> None:
        super().__init__(host)
        self._host, self._words, self._theme = host, words, theme
        self._beside, self._sheet = beside, sheet
        self._held: list[tuple[str, Mapping[str, Any], str]] | None = None
        self._about: str | None = None
        self._cards: list[ToastCard] = []
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._laid = Laid(self, host, self._place)
        for other in (beside, sheet):
            if other is not None:
                self._laid.follow(other)
        heard(self, words, self.retranslate)
        dressed(self, theme, self.restyle)

    @property
    def shown(self) -> tuple["ToastCard", ...]:
        """The messages on screen, newest first."""
        return tuple(self._cards)

    def show_toast(self, key: str, facts: Mapping[str, Any], kind: str = "told") -> None:
        """Show a message in place of an older one of its key; else the oldest makes room."""
        if self._held is not None:
            self._held.append((key, facts, kind))
            return
        same = [card for card in self.shown if card.key == key]
        for card in same or self.shown[MOST - 1 :]:
            self._drop(card)
        card = ToastCard(self, key, facts, kind, self._text(key, facts))
        card.dress(self._theme)
        self._column.insertWidget(0, card)
        self._cards.insert(0, card)
        self.show()
        self._settle()
        announce(self, card.text, is_urgent=kind == "urgent")

    def hold(self, *, is_held: bool) -> None:
        """Show and read out nothing for a while; afterwards the latest of what came meanwhile."""
        held, self._held = self._held or [], [] if is_held else None
        for key, facts, kind in () if is_held else held[-MOST:]:
            self.show_toast(key, facts, kind)

    def drop(self, card: "ToastCard") -> None:
        """Take one message away; it may be gone already, its time running out as it was clicked."""
        if card in self._cards:
            self._drop(card)
            self._settle()

    def follow(self, view: CaseView | None) -> None:
        """Another case is shown: what could not be done with the one before is of no use any more."""
        about = None if view is None else view.dossier.case.id
        cards = self.shown if about != self._about else ()
        self._about = about
        for card in cards:
            if card.key.startswith(_OF_A_CASE):
                self.drop(card)

    def retranslate(self) -> None:
        """Say what is shown in the language of now."""
        self.setAccessibleName(self._words.say("frame.toasts"))
        for card in self.shown:
            card.tell(self._text(card.key, card.facts))
        self._settle()

    def restyle(self) -> None:
        """Icons in the colours of now, and room for the text of now."""
        for card in self.shown:
            card.dress(self._theme)
        self._settle()

    def _text(self, key: str, facts: Mapping[str, Any]) -> str:
        if key.startswith("refused."):
            return self._words.refusal(key.removeprefix("refused."), facts)
        return self._words.say(key, **facts)

    def _drop(self, card: "ToastCard") -> None:
        self._cards.remove(card)
        self._column.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _settle(self) -> None:
        self.setVisible(bool(self.shown))
        self._laid.lay()

    def _place(self, host: QRect) -> QRect:
        room = self._room(host)
        width = min(self._theme.scaled(WIDTH_PX), room.width() - 2 * MARGIN_PX)
        height = sum(card.height_for(width) + 8 for card in self.shown)
        left = max(room.right() - width - MARGIN_PX, room.left() + MARGIN_PX)
        top = max(room.bottom() - height - MARGIN_PX, MARGIN_PX)
        return QRect(left, top, width, max(height, 1))

    def _room(self, host: QRect) -> QRect:
        """Where nothing being worked on is hidden."""
        if self._beside is not None and self._beside.isVisible():
            return QRect(self._beside.mapTo(self._host, QPoint(0, 0)), self._beside.size())
        if self._sheet is not None and self._sheet.isVisible():
            return host.adjusted(0, 0, -self._sheet.width(), 0)
        return host


class ToastCard(QFrame):
    """One message."""

    def __init__(
        self, stack: Toasts, key: str, facts: Mapping[str, Any], kind: str, text: str
    ) -> None:
        super().__init__(stack)
        self._stack, self.key, self.facts, self.kind = stack, key, facts, kind
        self.setProperty("role", "toast")
        self.setProperty("kind", kind)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._icon, self._label = QLabel(), plain(wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label, 1)
        self._timer = QTimer(self, singleShot=True, interval=STAYS_MS.get(kind, STAYS_MS["told"]))
        self._timer.timeout.connect(lambda: self._stack.drop(self))
        self._timer.start()
        self.tell(text)

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def tell(self, text: str) -> None:
        """Say `text`."""
        self._label.setText(text)
        self.setAccessibleName(text)

    def dress(self, theme: Theme) -> None:
        """Put the icon of the kind in the colours of `theme`."""
        icon = theme.icon(self.kind, _ICON_TOKENS.get(self.kind, "muted"))
        self._icon.setPixmap(icon.pixmap(QSize(20, 20)))

    def height_for(self, width: int) -> int:
        """The height it needs at this width."""
        self.ensurePolished()
        return max(self.heightForWidth(width), self.minimumSizeHint().height())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the pointer rests here."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Time runs again."""
        self._timer.start()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click takes the message away."""
        self._stack.drop(self)
        event.accept()
