"""Puts what is covered by something else out of the reach of keys, and back."""

from PySide6.QtWidgets import QWidget

from ui.views.living import lives


class Veil:
    """Lies over one widget at a time: nothing under it takes the focus."""

    def __init__(self) -> None:
        self._under: QWidget | None = None

    def over(self, widget: QWidget | None) -> None:
        """Cover `widget` and nothing else."""
        if widget is self._under:
            return
        self.lift()
        self._under = widget
        if widget is not None:
            widget.setEnabled(False)

    def lift(self) -> None:
        """Nothing is covered any more."""
        under, self._under = self._under, None
        if under is not None and lives(under):
            under.setEnabled(True)
