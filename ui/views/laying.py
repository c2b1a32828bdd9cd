"""Widgets side by side, one above the other, or in a place that scrolls."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)


def side_by_side(host: QWidget, *widgets: QWidget) -> None:
    """Side by side without gaps; the last one takes what room there is."""
    row = QHBoxLayout(host)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    for widget in widgets:
        row.addWidget(widget, 1 if widget is widgets[-1] else 0)


def stacked(host: QWidget, *widgets: QWidget, stretching: QWidget | None = None) -> None:
    """One above the other without gaps; the one `stretching` takes what room there is."""
    column = QVBoxLayout(host)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, 1 if widget is stretching else 0)


def sharing(splitter: QSplitter, shares: Sequence[int], *widgets: QWidget) -> None:
    """Parts of a splitter with their shares of the room, in parts of a hundred; none can be closed."""
    for at, (widget, share) in enumerate(zip(widgets, shares, strict=True)):
        splitter.addWidget(widget)
        splitter.setStretchFactor(at, share)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    splitter.setSizes([share * 100 for share in shares])  # so wide that no least width bends them


def share_again(splitter: QSplitter, sizes: object) -> None:
    """The sizes that a splitter once had, as JSON kept them; anything else is passed over."""
    kept = cast("list[object]", sizes) if isinstance(sizes, list) else []
    widths = [one for one in kept if isinstance(one, int)]
    if len(widths) == splitter.count():
        splitter.setSizes(widths)


def in_the_middle(host: QWidget, card: QWidget) -> None:
    """One card alone, in the middle and a little above it."""
    middle = QHBoxLayout()
    middle.addStretch(1)
    middle.addWidget(card)
    middle.addStretch(1)
    whole = QVBoxLayout(host)
    whole.addStretch(2)
    whole.addLayout(middle)
    whole.addStretch(3)


def card_column(card: QFrame, spacing: int) -> QVBoxLayout:
    """The column of what stands on such a card, with its margins; `spacing` in pixels."""
    card.setProperty("role", "card")
    column = QVBoxLayout(card)
    column.setContentsMargins(36, 32, 36, 32)
    column.setSpacing(spacing)
    return column


def scrolled(widget: QWidget) -> QScrollArea:
    """`widget` in a frameless place that scrolls when it is too small; the focus passes it by."""
    area = QScrollArea()
    _scroll(area, widget)
    return area


def scrolled_in(layout: QBoxLayout, widget: QWidget, stretch: int) -> None:
    """The same, at the end of a layout that has its own place already."""
    area = QScrollArea()
    layout.addWidget(area, stretch)
    _scroll(area, widget)


def _scroll(area: QScrollArea, widget: QWidget) -> None:
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(widget)
    for ground in (area.viewport(), widget):
        ground.setAutoFillBackground(False)  # what lies behind shows through


def foot(*lines: QWidget) -> QFrame:
    """What stays in view at the foot of a page, under a line."""
    frame = QFrame()
    frame.setProperty("role", "foot")
    column = QVBoxLayout(frame)
    column.setContentsMargins(16, 8, 16, 10)
    column.setSpacing(6)
    for widget in lines:
        column.addWidget(widget)
    return frame


def footed(body: QWidget, *below: QWidget) -> QWidget:
    """`body` scrolls; what lies `below` it stays in view, whatever the height."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(scrolled(body), 1)
    column.addWidget(foot(*below))
    return page
