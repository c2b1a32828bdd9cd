"""Text that takes as many lines as its width asks for, and no more."""

from PySide6.QtWidgets import QLabel

from ui.plain import plain

#: A wrapping label otherwise claims the height it would have at its narrowest, and forms scroll for nothing.
LEAST_WIDTH, LEAST_HEIGHT = 80, 18


def wrapping(text: str = "", *, role: str = "", selectable: bool = False) -> QLabel:
    """A label of plain text that wraps. Its layout finds the height for the width it has."""
    return at_ease(plain(text, role=role, wrap=True, selectable=selectable))


def at_ease(label: QLabel) -> QLabel:
    """Let a wrapping label be as low as its width allows."""
    label.setMinimumSize(LEAST_WIDTH, LEAST_HEIGHT)
    return label
