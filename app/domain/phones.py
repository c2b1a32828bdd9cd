"""What can be a telephone number: figures, and what people write between them; and which look mistyped."""

import re
from unicodedata import normalize

#: Short numbers of services have three figures; two numbers with their extensions have no more than these.
LEAST, MOST = 3, 40
#: Figures (a masked number has stars), and what stands around and between them; 转 leads to an extension.
_WRITTEN = re.compile(r"[\d*+\-–—()（）.·/、,，;；#转 \u3000]+")

#: What parts one number from the next, and a number from its extension.
_PARTED = re.compile(r"[/、,，;；]")
_EXTENSION = re.compile(r"[转#]")
#: A mobile number, behind the code of the country or the 0 of a long-distance call; stars mask figures. Below
#: seven figures it is a number of a service, above thirteen there are two.
_MOBILE = re.compile(r"(?:\+?(?:00)?86|0)?(1[3-9][\d*]{5,11})")
MOBILE_FIGURES = 11


def is_number(text: str) -> bool:
    """Whether it can be one: nothing but figures and what people write between them, and enough of those."""
    figures = sum(one.isdigit() or one == "*" for one in text)
    return LEAST <= figures <= MOST and _WRITTEN.fullmatch(text.strip()) is not None


def odd_mobile(text: str) -> int:
    """How many figures a mobile number in it has that has not its eleven; 0 where there is no such one."""
    for part in _PARTED.split(text):
        number = re.sub(r"[^\d*+]", "", normalize("NFKC", _EXTENSION.split(part)[0]))
        mobile = _MOBILE.fullmatch(number)
        if mobile and len(mobile[1]) != MOBILE_FIGURES:
            return len(mobile[1])
    return 0
