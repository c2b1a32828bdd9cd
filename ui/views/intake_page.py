"""The page of an intake form: title and notices above, two columns that scroll, the ways out below."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.plain import plain, said
from ui.screen import Screen
from ui.views.drafts_strip import DraftsStrip
from ui.views.intake_note import IntakeNote
from ui.views.laying import foot, scrolled_in


class IntakePage(QWidget):
    """The columns and the foot are put in one after the other, once the page itself has its place."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self.note = IntakeNote(screen)
        self.drafts = DraftsStrip(screen)
        title = plain(role="title")
        said(title, "intake.title", screen.words)
        self._whole, self._columns = QVBoxLayout(self), QHBoxLayout()
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        inside = QVBoxLayout()
        self._whole.addLayout(inside, 1)
        inside.setContentsMargins(20, 12, 20, 6)
        inside.setSpacing(10)
        for widget in (title, self.note, self.drafts):
            inside.addWidget(widget)
        inside.addLayout(self._columns, 1)
        self._columns.setSpacing(20)

    def add_column(self, widget: QWidget, stretch: int) -> None:
        """One more column, to the right of the others."""
        scrolled_in(self._columns, widget, stretch)

    def add_foot(self, *lines: QWidget) -> None:
        """What stays in view below."""
        self._whole.addWidget(foot(*lines))
