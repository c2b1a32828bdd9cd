"""A replica with cases made by hand, for the store's tests."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from app.domain.case import Case
from app.domain.effects import Wire, wire_of
from app.domain.taxonomy import Category, Community, Directory, Street, Taxonomy
from app.domain.terms import CaseStatus
from app.services.lexicon import Lexicon
from app.services.local import Keep
from db.replica.store import SqliteReplica

NOW = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
DIRECTORY = Directory(
    Taxonomy(
        (
            Category("01", "市容环境", "Appearance", None, 1),
            Category("0101", "暴露垃圾", "Litter", "01", 2),
            Category("02", "道路交通", "Roads", None, 1),
        )
    ),
    (),
    (Street("S1", "坪山街道", "Pingshan", 114.3, 22.7),),
    (Community("C1", "六联社区", "Liulian", "S1", 114.3, 22.7),),
    (),
)


def opened(folder: Path) -> SqliteReplica:
    return SqliteReplica(folder / "replica.db", Lexicon(DIRECTORY))


def case(case_id: str, **values: Any) -> Wire:
    """A case as it travels, with the log row that wrote it."""
    given: dict[str, Any] = {
        "district": "d",
        "number": f"SZPS20260302120000{case_id:0>4}",
        "status": CaseStatus.FILED,
        "registered_at": NOW,
    }
    return {**wire_of(Case(id=case_id, **{**given, **values})), "changed_by": "x", "seq": 1}


def fill(replica: SqliteReplica, cases: Iterable[Wire]) -> None:
    replica.keep(Keep(writes={("case_file", str(one["id"])): (None, one) for one in cases}))


def change(replica: SqliteReplica, case_id: str, **values: Any) -> None:
    key = "case_file", case_id
    before = replica.rows([key])[key]
    assert before is not None
    replica.keep(Keep(writes={key: (before, {**before, **values})}))
