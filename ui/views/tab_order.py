"""Tab in reading order: what was made late is met where it stands, and an overlay after what it lies over."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QWidget,
)

_TAB = Qt.FocusPolicy.TabFocus


class InReadingOrder(QMainWindow):
    """A window through which Tab goes as one reads."""

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: FBT001 - as Qt calls it
        """To the next stop, or the one before."""
        return move_on(self, forward=next) or super().focusNextPrevChild(next)


def move_on(root: QWidget, *, forward: bool) -> bool:
    """Put the focus on the next stop within `root`, or the one before; whether there is one."""
    stop = stop_after(root, root.focusWidget(), forward=forward)
    if stop is not None:
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stop.setFocus(reason)
        _bring_in_sight(stop)
    return stop is not None


def _bring_in_sight(stop: QWidget) -> None:
    """Scroll whatever it lies in, also where Tab came from elsewhere."""
    around = stop.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(stop)
        around = around.parentWidget()


def stop_after(root: QWidget, now: QWidget | None, *, forward: bool) -> QWidget | None:
    """Where Tab leads from `now` within `root`; after the last comes the first. None from outside of it.

    `now` need not be a stop itself, nor be seen: a click may have gone to a list, or a form been left.
    """
    if now is None or not root.isAncestorOf(now):
        return None
    way = _onward(root, now) if forward else _backward(root, now)
    return next((one for one in way if _is_stop(one)), None)


def _onward(root: QWidget, now: QWidget) -> Iterator[QWidget]:
    """What is read after `now`: found on the way up, so that few widgets are looked at."""
    yield from _below(now)
    while now is not root and (home := now.parentWidget()) is not None:
        parts = list(_parts(home))
        if now in parts:
            for part in parts[parts.index(now) + 1 :]:
                yield from _read(part)
        now = home
    yield from _read(root)


def _backward(root: QWidget, now: QWidget) -> Iterator[QWidget]:
    every = list(_read(root))
    at = every.index(now) if now in every else 0
    yield from reversed(every[:at])
    yield from reversed(every[at:])


def _is_stop(widget: QWidget) -> bool:
    takes = bool(widget.focusPolicy() & _TAB) and widget.focusProxy() is None
    return takes and widget.isVisible() and widget.isEnabled()


def _read(widget: QWidget) -> Iterator[QWidget]:
    """A widget that is seen, then what lies in it as one reads."""
    if widget.isVisible():
        yield widget
        yield from _below(widget)


def _below(widget: QWidget) -> Iterator[QWidget]:
    for part in list(_parts(widget)):
        yield from _read(part)


def _parts(widget: QWidget) -> Iterator[QWidget]:
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        yield from [inside] if inside is not None else []
    elif isinstance(widget, QSplitter):
        parts = (widget.widget(at) for at in range(widget.count()))
        yield from (one for one in parts if one is not None)
    elif not isinstance(widget, QAbstractScrollArea):
        children = (one for one in widget.children() if isinstance(one, QWidget))
        yield from _as_read([one for one in children if not one.isWindow() and not one.isHidden()])


def _as_read(parts: list[QWidget]) -> Iterator[QWidget]:
    """Row by row, each from the left; a row ends at the middle of its topmost part.

    By their places and not by the layout's items: those that PySide wraps for Python are freed under the
    layout's hands at the next collection of garbage, and the program ends (6.11).
    """
    rows: list[list[QWidget]] = []
    for one in sorted(parts, key=lambda part: part.y()):
        if rows and one.y() < rows[-1][0].geometry().center().y():
            rows[-1].append(one)
        else:
            rows.append([one])
    for row in rows:
        yield from sorted(row, key=lambda part: (part.x(), part.y()))
