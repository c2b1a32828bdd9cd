"""The queues with their counts, in the top bar: one press shows another queue."""

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from app.domain.rules import rules_of
from app.services.queries import Changed, Counts, Queue
from ui.plain import heard, named
from ui.screen import Screen
from ui.verbs import OF_SOME
from ui.views.queue_button import QueueButton

#: Counts are asked for again this long after news, and this often because time itself makes things late.
AFTER_NEWS_MS, EVERY_MS = 300, 20_000
SPACING = 1


class QueueBar(QWidget):
    """`chosen` with a Queue when a person picks one; `show_queue` when the workbench shows another."""

    chosen = Signal(object)

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._number = 0
        self._buttons = {queue: QueueButton(screen, queue, self) for queue in Queue}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING)
        for button in self._buttons.values():
            self._group.addButton(button)
            row.addWidget(button)
        row.addStretch()
        self._group.buttonClicked.connect(self._on_clicked)
        self._soon = QTimer(self, singleShot=True, interval=AFTER_NEWS_MS)
        self._soon.timeout.connect(self.refresh)
        self._beat = QTimer(self, interval=EVERY_MS)
        self._beat.timeout.connect(self.refresh)
        named(self, "queue.bar", screen.words)
        heard(self, screen.words, self.retranslate)
        stop = screen.desk.on_changed(self._on_changed)
        self.destroyed.connect(lambda: stop())

    def button(self, queue: Queue) -> QueueButton:
        """The button of a queue."""
        return self._buttons[queue]

    def show_queue(self, queue: Queue) -> None:
        """Point out which queue is shown."""
        self._buttons[queue].setChecked(True)

    def refresh(self) -> None:
        """Ask for the counts anew; some lists are not everybody's."""
        for queue, right in OF_SOME.items():
            self._buttons[queue].setVisible(bool(rules_of(right, self._screen.desk.me.role)))
        self._number += 1
        self._screen.run(self._ask(self._number))

    def retranslate(self) -> None:
        """Everything in the language in use."""
        for button in self._buttons.values():
            button.retranslate()

    def minimumSizeHint(self) -> QSize:
        """Less than the names need: a narrow window cuts them."""
        buttons, gaps = self._shown()
        return QSize(sum(one.least for one in buttons) + gaps, super().minimumSizeHint().height())

    def _shown(self) -> tuple[list[QueueButton], int]:
        """The buttons that are there for who sits here, and the pixels between them."""
        buttons = [one for one in self._buttons.values() if not one.isHidden()]
        return buttons, SPACING * (len(buttons) - 1)

    def event(self, event: QEvent) -> bool:
        """As long as all names find room, none is cut for the badges of another."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            buttons, gaps = self._shown()
            is_kept = sum(one.whole for one in buttons) + gaps <= self.width()
            for button in buttons:
                button.keep_name(is_kept=is_kept)
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._beat.start()
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        self._beat.stop()
        super().hideEvent(event)

    async def _ask(self, number: int) -> None:
        counts = await self._screen.desk.counts(self._screen.desk.now())
        if number == self._number:
            self._show(counts)

    def _show(self, counts: Counts) -> None:
        for queue, button in self._buttons.items():
            waiting, late = counts.waiting.get(queue, 0), counts.overdue.get(queue, 0)
            button.show_numbers(waiting, late, counts.soon.get(queue, 0))

    def _on_changed(self, _: Changed) -> None:
        if not self._soon.isActive():
            self._soon.start()

    def _on_clicked(self, button: QueueButton) -> None:
        self.chosen.emit(button.queue)
