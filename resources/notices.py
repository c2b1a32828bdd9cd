"""The templates of notices, read and checked: a wrong place is named by file, line and field."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from app.domain.measures.filing import DECLINED
from app.domain.measures.notices import NOTICE_KINDS
from app.domain.templates import Part, Template, Templates, unknown_parts
from app.domain.terms import CaseStatus, Origin
from resources.nodes import Entry, Fields, read
from resources.sections import JUDGED
from resources.wrong import Expected

_FILE = Path(__file__).parent / "templates" / "notices.yaml"
_HEAD = frozenset({"contact", "fields", "notices"})
_PART = frozenset({"code", "name_zh", "name_en"})
_ROW = frozenset({"code", "kind", "text", "origin"})
_MAY = frozenset({"natures", "states", "outcomes", "article"})
#: What is said to whoever is called after the closure.
VISIT = "VISIT"
#: Kinds of notice there are words for.
KINDS = (*NOTICE_KINDS, DECLINED, VISIT)


def load_templates(path: Path | None = None) -> Templates:
    """All templates of a file, the shipped one unless another is named; Wrong at the first place that is wrong."""
    head = read(path or _FILE).fields(_HEAD, frozenset())
    parts = tuple(_parts(head.items("fields")))
    known = [one.code for one in parts]
    return Templates(head["contact"].words(), parts, tuple(_rows(head.items("notices"), known)))


def _parts(entries: Iterable[Entry]) -> Iterator[Part]:
    for row in _unique(entries, _PART, frozenset()):
        yield Part(row["code"].code(), row["name_zh"].words(), row["name_en"].words())


def _rows(entries: Iterable[Entry], parts: Collection[str]) -> Iterator[Template]:
    for row in _unique(entries, _ROW, _MAY):
        text = row["text"].words()
        if unknown_parts(text, parts):
            raise row["text"].wrong(Expected.KNOWN_CODE, tuple(parts))
        yield Template(
            row["code"].code(),
            row["kind"].among(KINDS),
            text,
            row["article"].whole() if "article" in row else None,
            row["origin"].choice(Origin),
            _listed(row, "natures", [str(one) for one in JUDGED]),
            _listed(row, "states", [str(one) for one in CaseStatus]),
            _listed(row, "outcomes", None),
        )


def _unique(
    entries: Iterable[Entry], required: frozenset[str], optional: frozenset[str]
) -> Iterator[Fields]:
    """The rows; a code that comes twice is refused."""
    seen: set[str] = set()
    for entry in entries:
        row = entry.fields(required, optional)
        if row["code"].code() in seen:
            raise row["code"].wrong(Expected.UNIQUE)
        seen.add(row["code"].text)
        yield row


def _listed(row: Fields, name: str, known: Collection[str] | None) -> frozenset[str]:
    cells = (entry.cell() for entry in row.items(name))
    return frozenset(cell.code() if known is None else cell.known(known) for cell in cells)
