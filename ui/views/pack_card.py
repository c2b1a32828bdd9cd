"""The evidence pack on screen, to read, to select from, and to copy as one text."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.evidence import Pack
from ui.models.pack_text import sections, whole
from ui.plain import button
from ui.screen import Screen
from ui.views.wrapping import wrapping


class PackCard(QWidget):
    """A heading and lines for each part; the button puts the whole on the clipboard."""

    def __init__(self, screen: Screen, pack: Pack) -> None:
        super().__init__()
        self._screen, self._pack = screen, pack
        self._policy = screen.desk.setting.policy(pack.case)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for head, lines in sections(pack, screen.words, screen.data, self._policy):
            column.addWidget(wrapping(head, role="heading"))
            column.addWidget(wrapping("\n".join(lines), selectable=True))
        self.copying = button("pack.copy", screen.words, self.copy)
        column.addWidget(self.copying)

    def copy(self) -> None:
        """The whole pack as text, to be pasted where it is needed."""
        QGuiApplication.clipboard().setText(self.text)
        self._screen.toast("pack.copied", {}, "done")

    @property
    def text(self) -> str:
        """The pack as one text."""
        return whole(self._pack, self._screen.words, self._screen.data, self._policy)
