"""Whether two addresses, as people write them, say the same place."""

import re
import unicodedata

#: Signs of an address before it says a place.
LEAST = 4
_BESIDE = re.compile(r"[\W_]+")


def is_same(one: str, other: str) -> bool:
    """Whether two addresses say the same place: alike, or one with its number inside the other."""
    short, long = sorted((plain(one), plain(other)), key=len)
    if short == long:
        return bool(short)
    return any(sign.isdigit() for sign in short) and _stands_in(short, long)


def plain(address: str) -> str:
    """An address as it is compared: without blanks and signs, whatever its width and case."""
    return _BESIDE.sub("", unicodedata.normalize("NFKC", address).casefold())


def _stands_in(short: str, long: str) -> bool:
    """1 is no part of 11."""
    before = r"(?<!\d)" if short[0].isdigit() else ""
    after = r"(?!\d)" if short[-1].isdigit() else ""
    return re.search(f"{before}{re.escape(short)}{after}", long) is not None
