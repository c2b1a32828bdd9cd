"""Widgets side by side, or one above the other, without gaps."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget


def side_by_side(host: QWidget, *widgets: QWidget) -> None:
    """Side by side without gaps; the last one takes what room there is."""
    row = QHBoxLayout(host)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    for widget in widgets:
        row.addWidget(widget, 1 if widget is widgets[-1] else 0)


def stacked(host: QWidget, top: QWidget, body: QWidget, bottom: QWidget) -> None:
    """Two bars and what lies between them, which takes what room there is."""
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(top)
    column.addWidget(body, 1)
    column.addWidget(bottom)
