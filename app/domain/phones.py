"""What can be a telephone number: figures, and what people write between them."""

import re

#: Short numbers of services have three figures; two numbers with their extensions have no more than these.
LEAST, MOST = 3, 40
#: Figures (a masked number has stars), and what stands around and between them; 转 leads to an extension.
_WRITTEN = re.compile(r"[\d*+\-–—()（）.·/、,，;；#转 \u3000]+")


def is_number(text: str) -> bool:
    """Whether it can be one: nothing but figures and what people write between them, and enough of those."""
    figures = sum(one.isdigit() or one == "*" for one in text)
    return LEAST <= figures <= MOST and _WRITTEN.fullmatch(text.strip()) is not None
