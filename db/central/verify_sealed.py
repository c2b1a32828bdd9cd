"""Whether what lies sealed beside the log is what came with its lines: personal data, their keys, their digests."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.services.envelope import Sealed
from db.central.beside import parted
from db.central.finding import Finding
from db.central.link import Link
from db.central.sealing import Sealer, parts_of
from db.central.verify_log import Folded

Record = tuple[Any, ...]

_PERSONS = "SELECT cmd_id, case_id, name, phone, id_number FROM reporter"
_NUMBERS = "SELECT cmd_id, case_id, mask, value, place FROM sealed_number ORDER BY cmd_id, place"
_LINES = (
    "SELECT log.feed, log.seq, log.cmd_id, log.body, log.hash, log.digest,"
    " command.digest, command.answer"
    " FROM log LEFT JOIN command ON command.cmd_id = log.cmd_id ORDER BY log.feed, log.seq"
)


@dataclass(slots=True)
class _Kept:
    """What lies beside one line, as it lies there."""

    persons: list[Record] = field(default_factory=list[Record])
    numbers: list[Record] = field(default_factory=list[Record])

    def opened(self, sealer: Sealer) -> Sealed | None:
        """The parts in clear; None when they do not open, do not belong together or have gaps."""
        records = (*self.persons, *(one[:4] for one in self.numbers))
        if not all(isinstance(text, str) for record in records for text in record):
            return None
        cases = {record[1] for record in records}
        places = [record[4] for record in self.numbers]
        if len(cases) > 1 or len(self.persons) > 1 or places != list(range(len(places))):
            return None
        person = self.persons[0][2:] if self.persons else ("", "", "")
        texts = [sealer.opened(one) for one in (*person, *(one[3] for one in self.numbers))]
        clear = [one for one in texts if one is not None]
        if len(clear) < len(texts):
            return None
        masks = (record[2] for record in self.numbers)
        parts, numbers = parted(zip(masks, clear[3:], strict=True), clear[:3])
        return Sealed(cases.pop(), *parts, numbers=numbers)


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line, and the duplicate filter about it, say of what came with it."""

    feed: str
    seq: int
    cmd_id: str
    body: str | None
    hash: str
    digest: str
    payload: str | None
    answer: str | None

    @property
    def where(self) -> str:
        return f"log {self.feed} {self.seq}"


class Unsealing:
    """Opens everything once with the store's key; `sound` counts lines whose sealed data are right."""

    def __init__(self, link: Link, sealer: Sealer, states: Sequence[Folded]) -> None:
        self.sound = 0
        self._link = link
        self._sealer = sealer
        self._keys = {cmd_id: key for state in states for cmd_id, key in state.keys.items()}
        self._untrue = {one.where for state in states for one in state.findings}

    def findings(self) -> Iterator[Finding]:
        """Lines with other sealed data, key or payload than they came with; then what no line brought."""
        kept = self._kept()
        for record in self._link.stream(_LINES):
            line = _Line(*record)
            yield from self._judged(line, kept.pop(line.cmd_id, None))
        yield from (Finding("sealed-extra", f"sealed {cmd_id}") for cmd_id in kept)

    def _kept(self) -> dict[str, _Kept]:
        kept: dict[str, _Kept] = {}
        for record in self._link.stream(_PERSONS):
            kept.setdefault(record[0], _Kept()).persons.append(record)
        for record in self._link.stream(_NUMBERS):
            kept.setdefault(record[0], _Kept()).numbers.append(record)
        return kept

    def _judged(self, line: _Line, kept: _Kept | None) -> Iterator[Finding]:
        if kept is None and line.digest:
            if line.body is not None:  # a line redacted by law lost them rightly
                yield Finding("sealed-lost", line.where, line.seq)
            return
        sealed = None if kept is None else kept.opened(self._sealer)
        if (kept and not sealed) or self._digest(line, sealed) != line.digest:
            yield Finding("sealed", line.where, line.seq)
            return
        self.sound += sealed is not None
        if line.cmd_id in self._keys and self._keys[line.cmd_id] != self._key(sealed):
            yield Finding("reporter-key", line.where, line.seq)
        if not self._is_known_again(line, sealed):
            yield Finding("filter", f"command {line.cmd_id}", line.seq)

    def _digest(self, line: _Line, sealed: Sealed | None) -> str:
        return self._sealer.sealed_digest(line.cmd_id, sealed)

    def _key(self, sealed: Sealed | None) -> str | None:
        return self._sealer.reporter_key(sealed.phone if sealed else "")

    def _is_known_again(self, line: _Line, sealed: Sealed | None) -> bool:
        """Whether a retry would be answered as the first time; of texts redacted or damaged nobody can say."""
        if line.body is None or line.payload is None or line.where in self._untrue:
            return True
        wanted = self._sealer.digest(line.body, parts_of(sealed) if sealed else "")
        return line.payload == wanted and _answered(line)


def _answered(line: _Line) -> bool:
    try:
        said = json.loads(line.answer or "")
    except ValueError:
        return False
    return said == {"status": "done", "seq": line.seq, "facts": {"hash": line.hash}}
