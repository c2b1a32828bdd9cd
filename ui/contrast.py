"""How well one colour can be read on another (WCAG 2.2)."""

#: What body text needs at least.
LEAST_CONTRAST = 4.5


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two #rrggbb colours, 1 to 21."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(code: str) -> float:
    red, green, blue = linear(code)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(code: str) -> tuple[float, ...]:
    """The three parts of a #rrggbb colour as amounts of light, 0 to 1."""
    values = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
