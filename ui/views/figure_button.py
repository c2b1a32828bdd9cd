"""A large number over what it counts, to be pressed."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QVBoxLayout

from ui.plain import PressButton, plain


class FigureButton(PressButton):
    """As wide as its words; without anything to open it cannot be pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "figure")
        self.setAutoDefault(False)
        self._number, self._name = plain(role="figure"), plain(role="small")
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 14, 6)
        column.setSpacing(0)
        for label in (self._number, self._name):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            column.addWidget(label)

    @property
    def text_shown(self) -> str:
        """The number and what it counts."""
        return f"{self._number.text()} {self._name.text()}"

    def tell(self, number: str, name: str, *, is_late: bool, is_nought: bool) -> None:
        """Another number."""
        self._number.setText(number)
        self._name.setText(name)
        self._number.setProperty("tone", "refused" if is_late and not is_nought else "")
        self._number.style().polish(self._number)
        self.setAccessibleName(self.text_shown)
        self.setEnabled(not is_nought)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Room for both."""
        layout = self.layout()
        return QSize(112, 24) if layout is None else layout.sizeHint().expandedTo(QSize(112, 24))

    def minimumSizeHint(self) -> QSize:
        """The same: numbers are not cut."""
        return self.sizeHint()
