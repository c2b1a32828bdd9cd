"""As many whole lines of a text as may be shown, with an ellipsis where more was written."""

from PySide6.QtGui import QFont, QTextLayout, QTextOption

#: What QTextLayout breaks a line at.
_BREAK = "\u2028"


def whole_lines(text: str, font: QFont, width: int, most: int) -> str:
    """`text` as it is, or what fills `most` lines of `width` pixels and ends in an ellipsis."""
    end = _end(text, font, width, most)
    while text and end < len(text):
        text = text[: end - 1].rstrip() + "…"
        end = _end(text, font, width, most)
    return text


def _end(text: str, font: QFont, width: int, most: int) -> int:
    """How many characters the first `most` lines hold."""
    layout = QTextLayout(text.replace("\n", _BREAK), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    end = 0
    for _ in range(most):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        end = line.textStart() + line.textLength()
    layout.endLayout()
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * end]
    return len(units.decode("utf-16-le", "ignore"))
