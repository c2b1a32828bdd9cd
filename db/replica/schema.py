"""The replica's tables: the synchronised rows, what own commands hide, the log, and the finder.

Only read when a new file is made; what is asked of an existing one needs nothing from here.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from db.replica import tally
from db.tables import synced_tables
from db.types import UtcTime

_METADATA = MetaData()
_SYNCED = synced_tables(_METADATA)
_CASES, _REQUESTS = _SYNCED["case_file"], _SYNCED["request"]


def _table(name: str, *columns: Any) -> Table:
    return Table(name, _METADATA, *columns, sqlite_with_rowid=False)


def _key(name: str) -> Column[Any]:
    return Column(name, String, primary_key=True)


def _text(name: str) -> Column[Any]:
    return Column(name, Text, nullable=False)


_table("meta", _key("key"), _text("value"))
_table("seen", _key("cmd_id"))
_table("gap", _key("case_id"))
_table("preimage", _key("name"), _key("id"), Column("row", Text))
_table(
    "history",
    *map(_key, ("cmd_id", "case_id")),
    Column("seq", Integer, nullable=False),
    *map(_text, ("kind", "actor")),
    Column("at", UtcTime, nullable=False),
    _text("wish"),
    Column("undoes", String),
    Column("is_historical", Boolean, nullable=False),
    Index("ix_history_case", "case_id", "seq"),
)

#: What a queue is narrowed by stands in the index it is usually read through.
_FILTERS = "street community category units channel nature grade registered_at"
#: A queue's usual order has an index with the stage before it. Any other order has one index for
#: all queues, with the stage behind, so that rows of other stages are passed over inside it.
_INDEXES = {
    "queue_due": f"stage due_at id {_FILTERS}",
    "all_due": f"due_at id stage {_FILTERS}",
    "registered": "registered_at id stage",
    "number": "number id stage",
    "title": "title id stage",
    "place": "street community address id stage",
    "category": "category id stage",
    "unit": "lead_unit id stage",
    "grade": "grade registered_at id stage",
    "reporter": "reporter_key registered_at",
}
for _name, _columns in _INDEXES.items():
    Index(f"ix_{_name}", *(_CASES.c[column] for column in _columns.split()))
Index(
    "ix_supplements",
    _CASES.c.supplements,
    sqlite_where=_CASES.c.supplements.is_not(None),
)
Index(
    "ix_merged_into",
    _CASES.c.merged_into,
    sqlite_where=_CASES.c.merged_into.is_not(None),
)
Index(
    "ix_split_from",
    _CASES.c.split_from,
    sqlite_where=_CASES.c.split_from.is_not(None),
)
#: What somebody has claimed is little among very much.
Index(
    "ix_held",
    *(_CASES.c[column] for column in ("holder", "due_at", "id")),
    sqlite_where=_CASES.c.holder != "",
)

#: What is counted again and again for warnings is read from here alone.
Index(
    "ix_filed",
    *(_CASES.c[column] for column in ("filed_at", "id", "category", "community", "status")),
    sqlite_where=_CASES.c.filed_at.is_not(None),
)
#: What rotas gave is asked with every open case that is shown.
_TASKS = _SYNCED["task"]
Index(
    "ix_rota",
    *(_TASKS.c[column] for column in ("rota", "unit", "status", "returned_at")),
    sqlite_where=_TASKS.c.rota != "",
)
_WARNINGS = _SYNCED["warning"]
Index("ix_warning_raised", _WARNINGS.c.raised_at)
Index(
    "ix_warning_standing",
    _WARNINGS.c.status,
    sqlite_where=_WARNINGS.c.status.in_(("RAISED", "ACKNOWLEDGED", "PLANNED")),
)
Index("ix_warning_muted", _WARNINGS.c.muted_until)

#: So are the cases whose reporter somebody of a unit asks to see.
Index("ix_asked", _REQUESTS.c.case_id, sqlite_where=_REQUESTS.c.status == "ASKED")

#: How much lies where, kept by the triggers below: a shift leader asks for it again and again.
Table(
    "load",
    _METADATA,
    *(Column(name, String, primary_key=True) for name in ("stage", "holder", "units")),
    Column("waiting", Integer, nullable=False),
    Column("returned", Integer, nullable=False),
    sqlite_with_rowid=False,
)
_OPEN = _CASES.c.stage != "ENDED"
for _name, _columns in {
    "load": "stage holder units due_at",
    "oldest": "stage registered_at",
}.items():
    Index(f"ix_{_name}", *(_CASES.c[column] for column in _columns.split()), sqlite_where=_OPEN)
_AWAY = """
    UPDATE load SET waiting = waiting - 1, returned = returned - (OLD.return_count > 0)
        WHERE stage = OLD.stage AND holder = OLD.holder AND units = OLD.units;
    DELETE FROM load
        WHERE stage = OLD.stage AND holder = OLD.holder AND units = OLD.units AND waiting = 0;"""
_HERE = """
    INSERT INTO load SELECT NEW.stage, NEW.holder, NEW.units, 1, NEW.return_count > 0
        WHERE NEW.stage <> 'ENDED'
        ON CONFLICT DO UPDATE SET waiting = waiting + 1, returned = returned + excluded.returned;"""
_KEPT = tuple(
    f"CREATE TRIGGER load_{name} AFTER {event} ON case_file BEGIN{does}\nEND"
    for name, event, does in (
        ("insert", "INSERT", _HERE),
        ("delete", "DELETE", _AWAY),
        ("update", "UPDATE OF stage, holder, units, return_count", _AWAY + _HERE),
    )
)

#: Tokens are made in Python and hold no ASCII sign but letters and digits; the `ascii` tokenizer
#: takes every other character for a letter, also those younger than SQLite's Unicode tables.
FINDER = """CREATE VIRTUAL TABLE finder USING fts5(
    tokens, tokenize='ascii', prefix='1', columnsize=0)"""
#: Segments are merged when the desk is idle, a little at a time, not in the middle of a write.
_MERGE_LATER = (("automerge", 0), ("crisismerge", 1000))


def statements() -> Iterator[str]:
    """Everything that makes an empty replica."""
    dialect = sqlite.dialect()
    for table in _METADATA.sorted_tables:
        yield str(CreateTable(table).compile(dialect=dialect))
        for index in sorted(table.indexes, key=lambda one: str(one.name)):
            yield str(CreateIndex(index).compile(dialect=dialect))
    yield from tally.statements()
    yield from _KEPT
    yield FINDER
    for option, value in _MERGE_LATER:
        yield f"INSERT INTO finder (finder, rank) VALUES ('{option}', {value})"
