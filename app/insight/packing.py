"""What was learned of classes as bytes and back: a line of facts, then words, rarities and weights, then a digest."""

import hashlib
import json
import zlib
from typing import Any

import numpy as np

from app.insight.classes import ClassModel
from app.insight.features import Vocabulary

#: The shape of the bytes; another one is not read.
VERSION = 1
_MARK = b"fenbo-classes"
_DIGEST = 32


class NotAModel(ValueError):
    """These bytes are no model, one of another version, or damaged."""


def packed(model: ClassModel) -> bytes:
    """The same model gives the same bytes."""
    head = {
        "version": VERSION,
        "codes": model.codes,
        "cases": model.cases,
        "words": model.vocabulary.words,
    }
    parts = json.dumps(head, ensure_ascii=False).encode(), *_numbers(model)
    body = _MARK + b"".join(len(part).to_bytes(8, "big") + part for part in map(_tight, parts))
    return body + hashlib.sha256(body).digest()


def _numbers(model: ClassModel) -> tuple[bytes, bytes]:
    return model.vocabulary.idf.astype("<f4").tobytes(), model.weights.astype("<f4").tobytes()


def _tight(part: bytes) -> bytes:
    return zlib.compress(part, 6)


def opened(data: bytes) -> ClassModel:
    """The model; NotAModel when the bytes are not whole or of another shape."""
    body, digest = data[:-_DIGEST], data[-_DIGEST:]
    if not body.startswith(_MARK) or hashlib.sha256(body).digest() != digest:
        raise NotAModel("mark or digest")
    head, idf, weights = _parts(body[len(_MARK) :])
    facts: dict[str, Any] = json.loads(head)
    if facts["version"] != VERSION:
        raise NotAModel("version")
    vocabulary = Vocabulary(tuple(facts["words"]), np.frombuffer(idf, "<f4"))
    shape = (len(vocabulary.words) + 1, len(facts["codes"]))
    shaped = np.frombuffer(weights, "<f4").reshape(shape)
    return ClassModel(tuple(facts["codes"]), vocabulary, shaped, int(facts["cases"]))


def _parts(body: bytes) -> list[bytes]:
    found: list[bytes] = []
    while body:
        size = int.from_bytes(body[:8], "big")
        found.append(zlib.decompress(body[8 : 8 + size]))
        body = body[8 + size :]
    return found
