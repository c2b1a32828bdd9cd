"""Tab in reading order: what was made late is met where it stands, and an overlay after what it lies over."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLayout, QScrollArea, QSplitter, QWidget

_TAB = Qt.FocusPolicy.TabFocus


def move_on(root: QWidget, *, forward: bool) -> bool:
    """Put the focus on the next stop within `root`, or the one before; whether there is one."""
    stop = stop_after(root, root.focusWidget(), forward=forward)
    if stop is not None:
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stop.setFocus(reason)
    return stop is not None


def stop_after(root: QWidget, now: QWidget | None, *, forward: bool) -> QWidget | None:
    """Where Tab leads from `now` within `root`; after the last comes the first. None from outside of it."""
    stops = [one for one in _read(root) if _is_stop(one)]
    if now not in stops:
        return _beside(stops, list(_read(root)), now, forward=forward)
    return stops[(stops.index(now) + (1 if forward else -1)) % len(stops)]


def _beside(
    stops: Sequence[QWidget], every: list[QWidget], now: QWidget | None, *, forward: bool
) -> QWidget | None:
    """From where Tab does not stop, such as a list that a click went to: the next stop in reading."""
    if now not in every or not stops:
        return None
    at = every.index(now)
    known = set(stops)
    rest = every[at:] if forward else every[:at][::-1]
    return next((one for one in rest if one in known), stops[0 if forward else -1])


def _is_stop(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & _TAB) and widget.focusProxy() is None
    return takes and widget.isVisible() and widget.isEnabled()


def _read(widget: QWidget) -> Iterator[QWidget]:
    """A widget, then what lies in it in the order of its layout, then what is laid over that."""
    yield widget
    parts = list(_parts(widget))
    for part in parts:
        yield from _read(part)


def _parts(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        yield from [inside] if inside is not None else []
    elif isinstance(widget, QSplitter):
        parts = (widget.widget(at) for at in range(widget.count()))
        yield from (one for one in parts if one is not None)
    elif not isinstance(widget, QAbstractScrollArea):
        layout = widget.layout()
        laid = [] if layout is None else list(_laid(layout))
        yield from laid
        children = (one for one in widget.children() if isinstance(one, QWidget))
        yield from (one for one in children if one not in laid and not one.isWindow())


def _laid(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield widget
        elif (below := item.layout()) is not None:
            yield from _laid(below)
