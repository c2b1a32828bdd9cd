"""What stands in place of rows: why there are none, where the same search finds some, and what helps."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.services.filters import Filter
from app.services.queries import Queue
from app.services.scope import reads_cases
from ui.models.elsewhere import Hits
from ui.models.queue_source import Question
from ui.plain import button, dressed, plain
from ui.screen import Screen
from ui.views.blank import ICON_PX
from ui.views.flow import flowing
from ui.views.wrapping import wrapping


class EmptyList(QWidget):
    """`clear_wanted` to drop all conditions, `queue_wanted` to see the same words in another queue."""

    clear_wanted = Signal()
    queue_wanted = Signal(object)

    def __init__(self, screen: Screen, parent: QWidget) -> None:
        super().__init__(parent)
        self._screen = screen
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon, self._sign = plain(), ""
        self.title, self.hint = wrapping(role="title"), wrapping(role="muted")
        self.everywhere = button(
            "queue.elsewhere.go", screen.words, self._to(Queue.ALL), role="primary"
        )
        self.clear = button("queue.empty.clear", screen.words, self.clear_wanted.emit, role="quiet")
        self.queues = {queue: QPushButton() for queue in Queue if queue is not Queue.ALL}
        self._lay_out()
        dressed(self, screen.theme, self._draw)
        self.hide()

    def say_loading(self) -> None:
        """The answer takes its time."""
        self._offer(None)
        self.title.setText(self._screen.words.say("queue.loading"))
        self.hint.setText("")
        self.clear.hide()
        self._draw("")
        self.show()

    def say_why(self, asked: Question, hits: Hits | None) -> None:
        """Nothing was found: say in which queue, what is found elsewhere, and offer to go there."""
        say, text = self._screen.words.say, asked.filter.text
        name = say(f"queue.name.{asked.queue}")
        key = "queue.empty.title" if not text else "queue.empty.searched"
        key = "queue.empty.nowhere" if text and asked.queue is Queue.ALL else key
        key = "queue.filling" if self._is_filling and not text else key
        self.title.setText(say(key, queue=name, text=text))
        self.hint.setText(self._hint(asked, hits))
        self.clear.setVisible(asked.filter != Filter())
        is_done = asked.filter == Filter() and not self._is_filling
        self._draw("done" if is_done else "search")
        self._offer(hits)

    def _hint(self, asked: Question, hits: Hits | None) -> str:
        say = self._screen.words.say
        if not reads_cases(self._screen.desk.me.role):
            return say("queue.empty.not_read")
        if self._is_filling and not (hits and hits.total):
            return say("queue.filling.hint" if not asked.filter.text else "queue.filling.searched")
        return self._found(asked, hits)

    def _found(self, asked: Question, hits: Hits | None) -> str:
        say = self._screen.words.say
        if asked.filter == Filter():
            keys = self._screen.keymap.way("claim" if asked.queue is Queue.MINE else "new_intake")
            return say(f"queue.empty.{asked.queue}", keys=keys)
        if hits is None:
            return say("queue.empty.filtered")
        if not hits.total:
            return say("queue.elsewhere.none")
        ended = say("queue.elsewhere.ended", n=hits.ended) if hits.ended else ""
        return say("queue.elsewhere.found", n=hits.total) + ended

    @property
    def _is_filling(self) -> bool:
        """Whether cases still come from the centre: that none is here says nothing yet."""
        return self._screen.desk.sync_state.is_filling

    def _offer(self, hits: Hits | None) -> None:
        found = dict(hits.queues) if hits else {}
        say = self._screen.words.say
        for queue, one in self.queues.items():
            facts = {"queue": say(f"queue.name.{queue}"), "n": found.get(queue, 0)}
            one.setText(say("queue.elsewhere.queue", **facts))
            one.setAccessibleName(say("queue.elsewhere.queue_hint", **facts))
            one.setVisible(queue in found)
        self._row.setVisible(bool(found))
        self.everywhere.setVisible(hits is not None and hits.total > 0)

    def _draw(self, sign: str | None = None) -> None:
        """A tick over work that is done, a glass over a search in vain; as before after a change of looks."""
        self._sign = self._sign if sign is None else sign
        theme = self._screen.theme
        picture = theme.icon(self._sign, "edge", ICON_PX).pixmap(ICON_PX) if self._sign else None
        self._icon.setPixmap(picture or QPixmap())

    def _to(self, queue: Queue) -> Callable[[], None]:
        return lambda: self.queue_wanted.emit(queue)

    def _lay_out(self) -> None:
        self._row, flow = flowing(is_centred=True)
        for queue, one in self.queues.items():
            one.setAutoDefault(False)
            one.clicked.connect(self._to(queue))
            flow.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 0, 24, 0)
        column.setSpacing(10)
        column.addStretch(2)
        for widget in (self._icon, self.title, self.hint):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(widget)
        column.addWidget(self.everywhere, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._row)
        column.addWidget(self.clear, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
