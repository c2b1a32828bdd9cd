"""Made-up photographs of a street lamp before it was mended, and after: small pictures that anything opens."""

import hashlib
import struct
import zlib
from collections.abc import Iterator

from app.domain.measures.photos import AFTER, BEFORE

_WIDE, _HIGH = 160, 120
#: Night, ground, post, lamp, and what the lamp lights; red, green, blue.
_COLOURS = ((20, 24, 48), (52, 54, 60), (96, 98, 104), (255, 226, 140), (92, 84, 72))
_NIGHT, _GROUND, _POST, _LAMP, _LIGHT = range(5)


def picture(stage: str) -> bytes:
    """A PNG, as of that stage."""
    rows = b"".join(b"\0" + bytes(_row(y, is_lit=stage == AFTER)) for y in range(_HIGH))
    header = struct.pack(">IIBBBBB", _WIDE, _HIGH, 8, 3, 0, 0, 0)
    palette = bytes(part for colour in _COLOURS for part in colour)
    parts = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*one) for one in parts)


def _row(y: int, *, is_lit: bool) -> Iterator[int]:
    for x in range(_WIDE):
        is_head, is_post = abs(x - 80) < 14 and 20 <= y < 28, abs(x - 80) < 3 and 28 <= y < 96
        is_in_light = is_lit and y >= 28 and abs(x - 80) < 14 + (y - 28) // 2
        far = _LIGHT if is_in_light else _GROUND if y >= 92 else _NIGHT
        yield (_LAMP if is_lit else _POST) if is_head else _POST if is_post else far


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


#: The pictures by stage, and what an attachment says of each: its SHA-256 and size in bytes.
PICTURES = {stage: picture(stage) for stage in (BEFORE, AFTER)}
PHOTOS = {stage: (hashlib.sha256(one).hexdigest(), len(one)) for stage, one in PICTURES.items()}
