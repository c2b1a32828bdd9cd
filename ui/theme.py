"""The looks: tokens of two themes turned into a palette, a style sheet, fonts and icons."""

import csv
import gc
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.resources import files

import yaml
from PySide6.QtCore import QByteArray, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

NAMES = ("light", "dark")
#: Heights of the body text that a person may choose, in pixels, and the one to begin with.
SIZES = (12, 13, 14, 15, 16, 18, 20)
BASE_PX = 14
#: Chinese characters of many strokes cannot be told apart below this.
LEAST_PX = 12
ROW_PX = 30
#: libyaml, where it is built: the colours are needed before anything is seen.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ROLES = {
    QPalette.ColorRole.Window: "page",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "panel",
    QPalette.ColorRole.AlternateBase: "page",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.Button: "panel",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
    QPalette.ColorRole.PlaceholderText: "faint",
    QPalette.ColorRole.Highlight: "selected",
    QPalette.ColorRole.HighlightedText: "on_selected",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "edge",
}
_WRITTEN = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


@cache
def families() -> tuple[str, ...]:
    """The fonts of the screen; the first one present wins. run.py sees to it that there is one.

    Hei faces only: the most legible kind for small characters.
    """
    with (files("resources") / "theme" / "fonts.csv").open(encoding="utf-8") as table:
        return tuple(dict.fromkeys(row["family"] for row in csv.DictReader(table)))


@cache
def tokens(name: str) -> Mapping[str, str]:
    """The colours of a theme by what they are for."""
    text = (files("resources") / "theme" / f"{name}.yaml").read_text("utf-8")
    return yaml.load(text, Loader=_LOADER)


@cache
def _sheet() -> str:
    return (files("resources") / "theme" / "desk.qss").read_text("utf-8")


class Theme(QObject):
    """The theme in use and its size; `changing` before everything is dressed anew, `changed` after it was."""

    changing = Signal()
    changed = Signal()

    def __init__(self, name: str = "light", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._px = BASE_PX
        self._icons: dict[tuple[str, str, str, int], QIcon] = {}

    @property
    def name(self) -> str:
        """`light` or `dark`."""
        return self._name

    @property
    def font_px(self) -> int:
        """Height of the body text in pixels."""
        return self._px

    @property
    def row_px(self) -> int:
        """Height of a row of a list in pixels."""
        return self.scaled(ROW_PX)

    def scaled(self, px: int) -> int:
        """What measures `px` beside text of the base size, in pixels beside the text of now."""
        return round(px * self._px / BASE_PX)

    def unscaled(self, px: int) -> int:
        """What measures `px` beside the text of now, in pixels beside text of the base size."""
        return round(px * BASE_PX / self._px)

    def color(self, token: str) -> QColor:
        """The colour of `token`; KeyError for a token no theme has."""
        code = tokens(self._name)[token]
        return QColor(code) if len(code) == len("#rrggbb") else _with_alpha(code)

    def use(self, name: str) -> None:
        """Wear another theme from now on."""
        if name in NAMES and name != self._name:
            self._name = name
            self._wear()

    def use_size(self, px: int) -> None:
        """Write larger or smaller: one of SIZES."""
        if px in SIZES and px != self._px:
            self._px = px
            self._wear()

    def font(self, *, steps: int = 0, bold: bool = False) -> QFont:
        """The body font with tabular digits, `steps` pixels larger or smaller, but never too small."""
        font = QFont(families())
        font.setPixelSize(self._stepped(steps))
        font.setFeature(QFont.Tag("tnum"), 1)
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def icon(self, name: str, token: str = "muted", px: int = 20) -> QIcon:
        """An icon of resources/icons in the colour of `token`."""
        key = (name, token, self._name, px)
        if key not in self._icons:
            self._icons[key] = QIcon(_drawn(name, self.color(token).name(), px))
        return self._icons[key]

    def palette(self) -> QPalette:
        """The colours for everything Fusion paints itself."""
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self.color(token))
        for role in _WRITTEN:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("disabled"))
        return palette

    def style_sheet(self) -> str:
        """The style sheet with colours and sizes put in."""
        sizes = {"small": self._stepped(-2), "title": self._stepped(3), "figure": self._stepped(8)}
        values = {**tokens(self._name), **{name: f"{px}px" for name, px in sizes.items()}}
        sheet = _sheet()
        for name in sorted(values, key=len, reverse=True):
            sheet = sheet.replace(f"@{name}", values[name])
        return sheet

    def dress(self, app: QApplication) -> None:
        """Put style, font, palette and style sheet on the application."""
        with _nothing_collected():
            app.setStyle("Fusion")
        self._colour(app)

    @contextmanager
    def undressed(self) -> Generator[None]:
        """Without the style sheet while much is built: it is worked out anew for whatever moves into something else.

        Nothing may be painted meanwhile.
        """
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        with _nothing_collected():
            app.setStyleSheet("")
        try:
            yield
        finally:
            with _nothing_collected():
                app.setStyleSheet(self.style_sheet())

    def _colour(self, app: QApplication) -> None:
        """All but the style: setting it anew polishes every widget once more."""
        with _nothing_collected():
            app.setFont(self.font())
            app.setPalette(self.palette())
            app.setStyleSheet(self.style_sheet())

    def _wear(self) -> None:
        self.changing.emit()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self._colour(app)
        self.changed.emit()

    def _stepped(self, steps: int) -> int:
        return max(self._px + steps, LEAST_PX)


@contextmanager
def _nothing_collected() -> Generator[None]:
    """Qt goes through a list of all widgets and calls Python in between: one that is collected then is dangling."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _with_alpha(code: str) -> QColor:
    """`#rrggbbaa`, which QColor would read as `#aarrggbb`."""
    color = QColor(code[:7])
    color.setAlpha(int(code[7:], 16))
    return color


@cache
def _picture(name: str) -> str:
    return (files("resources") / "icons" / f"{name}.svg").read_text("utf-8")


def _drawn(name: str, colour: str, px: int) -> QPixmap:
    svg = _picture(name).replace("currentColor", colour)
    pixmap = QPixmap(QSize(px, px) * 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(2)
    return pixmap
