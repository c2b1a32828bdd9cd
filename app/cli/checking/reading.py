"""Whether a screen can be read: every word drawn, whole, in contrast to its ground, and no page left blank."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QPoint, QRect, Qt
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QWidget,
)

from app.cli.checking.glyphs import RARE, Glyphs
from ui.contrast import LEAST_CONTRAST, contrast
from ui.views.elided import Elided

_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
#: Cells of a list that are looked at: rows and columns.
CELLS = (40, 12)
#: Pixels looked at along each side of a label to find its ground.
SAMPLES = 14
#: A page must not have more of its picture in one blank rectangle, in parts of a hundred.
BLANK_MOST = 68
#: The picture is judged in squares of this side (pixels).
SQUARE = 24


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that cannot be read: `what` is glyph, cut, contrast, blank or words."""

    what: str
    where: str
    text: str


class Reader:
    """Reads pictures of windows; glyphs are looked up once for all of them."""

    def __init__(self) -> None:
        self._glyphs = Glyphs()

    def read(self, window: QWidget, picture: QImage) -> list[Fault]:
        """Every fault of a window as it stands, `picture` being its own."""
        shown = [one for one in window.findChildren(QWidget) if _is_seen(one, window)]
        faults: list[Fault] = []
        for widget in shown:
            faults += self._of(widget)
            faults += _contrast(widget, window, picture)
        return [*faults, *_blank(window, picture)]

    def rare(self, window: QWidget) -> list[Fault]:
        """The district's rare place name must be drawn in the window's font."""
        lost = self._glyphs.missing(RARE, window.font())
        return [Fault("glyph", "font", lost)] if lost else []

    def _of(self, widget: QWidget) -> Iterator[Fault]:
        for text in texts(widget):
            lost = self._glyphs.missing(text, widget.font())
            if lost:
                yield Fault("glyph", _called(widget), lost)
        if _is_cut(widget):
            yield Fault("cut", _called(widget), next(iter(texts(widget)), ""))


def _is_seen(widget: QWidget, window: QWidget) -> bool:
    if not widget.isVisible() or widget.window() is not window:
        return False
    seen = widget.visibleRegion().boundingRect()
    is_half_there = 2 * seen.height() > widget.height() and 2 * seen.width() > widget.width()
    return (is_half_there or _scrolls(widget)) and not _is_covered(widget, window, seen)


def _scrolls(widget: QWidget) -> bool:
    """Larger than its place by nature: what can be seen of it is read."""
    return isinstance(widget, QAbstractItemView | QPlainTextEdit)


def _is_covered(widget: QWidget, window: QWidget, seen: QRect) -> bool:
    """Whether something is laid over its middle: that is read instead."""
    top = window.childAt(widget.mapTo(window, seen.center()))
    return (
        top is not None
        and top is not widget
        and not widget.isAncestorOf(top)
        and not _shares(top, widget)
    )


def _shares(top: QWidget, widget: QWidget) -> bool:
    """A label that lets the mouse through is seen as what stands behind it."""
    return top.isAncestorOf(widget)


def texts(widget: QWidget) -> Iterator[str]:
    """The words a widget shows."""
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit():
            yield widget.text() or widget.placeholderText()
        case QPlainTextEdit():
            yield widget.toPlainText()
        case QHeaderView():
            yield from _headings(widget)
        case QAbstractItemView():
            yield from _cells(widget)
        case _:
            return


def _headings(header: QHeaderView) -> Iterator[str]:
    model = header.model()
    for section in range(header.count()):
        yield str(model.headerData(section, header.orientation()) or "")


def _cells(view: QAbstractItemView) -> Iterator[str]:
    """What the cells show, and what a delegate draws beside it, which is at least spoken."""
    model = view.model()
    rows, columns = CELLS
    across = 1 if isinstance(model, QAbstractListModel) else columns
    for row in range(min(model.rowCount(), rows)):
        for column in range(across):
            cell = model.index(row, column)
            yield from (str(cell.data(role) or "") for role in _WORDS)


def _called(widget: QWidget) -> str:
    """A widget by its class, inside which of ours."""
    above = widget.parentWidget()
    while above is not None and not type(above).__module__.startswith("ui."):
        above = above.parentWidget()
    inside = f"{type(above).__module__}.{type(above).__name__} › " if above is not None else ""
    return f"{inside}{type(widget).__name__}"


# -- whole ---------------------------------------------------------------------------------------


def _is_cut(widget: QWidget) -> bool:
    """Whether words are lost that no tip tells."""
    if widget.toolTip() and isinstance(widget, Elided):
        return False
    match widget:
        case QPushButton() | QRadioButton() | QCheckBox():
            return bool(widget.text()) and widget.width() < widget.sizeHint().width() - 1
        case QLabel() if widget.text():
            return _is_label_cut(widget)
        case _:
            return False


def _is_label_cut(label: QLabel) -> bool:
    room = label.contentsRect()
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height() + 2
    lines = label.text().split("\n")
    widest = max(label.fontMetrics().horizontalAdvance(line) for line in lines)
    return widest > room.width() + 1 and not label.toolTip()


# -- in contrast ---------------------------------------------------------------------------------


def _contrast(widget: QWidget, window: QWidget, picture: QImage) -> Iterator[Fault]:
    if not isinstance(widget, QLabel | QPushButton | QLineEdit) or not widget.isEnabled():
        return
    text = widget.text()
    if not text.strip():
        return
    widget.ensurePolished()
    ink = widget.palette().color(_role(widget)).name()
    ground = _selection(widget) or _ground(widget, window, picture, ink)
    if ground and contrast(ink, ground) < LEAST_CONTRAST:
        yield Fault("contrast", _called(widget), f"{text} ({ink} / {ground})")


def _role(widget: QWidget) -> QPalette.ColorRole:
    """What is selected in a line stands in colours of its own, and may fill the whole line."""
    if isinstance(widget, QLineEdit) and widget.hasSelectedText():
        return QPalette.ColorRole.HighlightedText
    return QPalette.ColorRole.Text if isinstance(widget, QLineEdit) else widget.foregroundRole()


def _selection(widget: QWidget) -> str:
    """The ground of selected words, which may be smaller than what is left of their line."""
    is_selected = isinstance(widget, QLineEdit) and widget.hasSelectedText()
    return widget.palette().color(QPalette.ColorRole.Highlight).name() if is_selected else ""


def _ground(widget: QWidget, window: QWidget, picture: QImage, ink: str) -> str:
    """The commonest colour where a widget stands: what really lies under its words of `ink`."""
    seen = widget.visibleRegion().boundingRect().adjusted(2, 2, -2, -2)
    ratio = picture.devicePixelRatio()
    at = widget.mapTo(window, QPoint(0, 0))
    place = seen.translated(at) & QRect(QPoint(0, 0), (picture.size() / ratio))
    if place.width() < 1 or place.height() < 1:
        return ""
    across, down = (max(1, side // SAMPLES) for side in (place.width(), place.height()))
    pixels = Counter(
        picture.pixel(int(x * ratio), int(y * ratio))
        for x in range(place.left(), place.right() + 1, across)
        for y in range(place.top(), place.bottom() + 1, down)
    )
    found = (f"#{colour & 0xFFFFFF:06x}" for colour, _ in pixels.most_common(2))
    return next((colour for colour in found if colour != ink), "")


# -- not blank -----------------------------------------------------------------------------------


def _blank(window: QWidget, picture: QImage) -> Iterator[Fault]:
    """A page that is one blank rectangle for the most part says nothing to whoever looks at it."""
    share = blank_share(picture)
    if share > BLANK_MOST:
        yield Fault("blank", type(window).__name__, f"{share} %")


def blank_share(picture: QImage) -> int:
    """The largest rectangle of one colour, in parts of a hundred of the picture."""
    small = picture.scaled(
        max(1, picture.width() // SQUARE),
        max(1, picture.height() // SQUARE),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    colours = [[small.pixel(x, y) for x in range(small.width())] for y in range(small.height())]
    usual = Counter(colour for row in colours for colour in row).most_common(3)
    best = max(_largest([[one == ground for one in row] for row in colours]) for ground, _ in usual)
    return round(100 * best / (small.width() * small.height()))


def _largest(blank: list[list[bool]]) -> int:
    """Squares of the largest rectangle of blank ones, row by row over heights of columns."""
    best, heights = 0, [0] * len(blank[0])
    for row in blank:
        heights = [
            height + 1 if is_blank else 0 for height, is_blank in zip(heights, row, strict=True)
        ]
        best = max(best, _under(heights))
    return best


def _under(heights: list[int]) -> int:
    """The largest rectangle under a skyline."""
    best = 0
    open_: list[tuple[int, int]] = []
    for at, height in enumerate([*heights, 0]):
        start = at
        while open_ and open_[-1][1] >= height:
            start, tall = open_.pop()
            best = max(best, tall * (at - start))
        open_.append((start, height))
    return best
