"""The synchronised tables, made from the domain's rows, for the central store and every replica."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.types import TypeEngine

from app.domain.case import TABLES, Row
from app.domain.effects import is_optional, kinds_of
from db.types import UtcTime

#: Free text may be long; everything else is a code, a number or a name.
_LONG = frozenset(
    {"narrative", "text", "instruction", "result", "closure_text", "refusal_text", "explanation"}
    | {"minutes", "ruling"}
    | {"evidence", "cases"}
)


def synced_tables(metadata: MetaData) -> dict[str, Table]:
    """Every synchronised table in `metadata`: the row's fields, and `seq`, the log row that last wrote it."""
    return {name: _table(name, kind, metadata) for name, kind in TABLES.items()}


def _table(name: str, kind: type[Row], metadata: MetaData) -> Table:
    columns = [_column(kind, field, plain) for field, plain in kinds_of(kind).items()]
    table = Table(name, metadata, *columns, Column("seq", BigInteger, nullable=False, default=0))
    if "case_id" in table.c:
        Index(f"ix_{name}_case", table.c.case_id)
    if "digest" in table.c:
        Index(f"ix_{name}_digest", table.c.digest)
    return table


def _column(kind: type[Row], field: str, plain: type) -> Column[Any]:
    return Column(
        field,
        _type(field, plain),
        primary_key=field == "id",
        nullable=is_optional(kind, field),
    )


def _type(field: str, plain: type) -> TypeEngine[Any]:
    if plain is datetime:
        return UtcTime()
    if plain is bool:
        return Boolean()
    if plain is int:
        return Integer()
    return Text() if field in _LONG else String()
