"""The tables of the central store: what all seats share, the one log, and who may touch what."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)

from db.central.states import IS_ENDED, IS_OPEN
from db.tables import synced_tables
from db.types import UtcTime

METADATA = MetaData()
SYNCED = synced_tables(METADATA)
_CASE = SYNCED["case_file"]


def _some(index: Index, condition: str) -> Index:
    for dialect in ("sqlite", "postgresql"):
        index.dialect_kwargs[f"{dialect}_where"] = text(condition)
    return index


_some(Index("ix_case_file_open", _CASE.c.due_at, _CASE.c.id), IS_OPEN)
_some(Index("ix_case_file_ended", _CASE.c.registered_at, _CASE.c.id), IS_ENDED)
Index("ix_case_file_number", _CASE.c.number)
_some(Index("ix_case_file_supplements", _CASE.c.supplements), "supplements IS NOT NULL")
_some(Index("ix_case_file_merged_into", _CASE.c.merged_into), "merged_into IS NOT NULL")

_some(Index("ix_case_file_split_from", _CASE.c.split_from), "split_from IS NOT NULL")


def _texts(names: str) -> Iterable[Column[Any]]:
    return [Column(name, String(), nullable=False) for name in names.split()]


def _key(name: str) -> Column[Any]:
    return Column(name, String(), primary_key=True)


def _when(name: str, *, empty: bool = False) -> Column[Any]:
    return Column(name, UtcTime(), nullable=empty)


LOG = Table(
    "log",
    METADATA,
    _key("feed"),
    Column("seq", BigInteger(), primary_key=True, autoincrement=False),
    *_texts("cmd_id actor role unit seat kind case_id scope_before scope_after"),
    Column("body", Text(), nullable=True),  # empty once redacted by law; the chain holds its hash
    Column("applied", Text(), nullable=True),
    *_texts("body_hash applied_hash digest"),
    _when("claimed_at"),
    _when("received_at"),
    _when("occurred_at", empty=True),
    Column("undoes", String(), nullable=True),
    *_texts("prev hash"),
    Index("ix_log_case", "case_id", "seq"),
)
#: Beside its own the other cases that a line concerns, and who saw them before and after.
CONCERN = Table(
    "concern",
    METADATA,
    _key("feed"),
    Column("seq", BigInteger(), primary_key=True, autoincrement=False),
    _key("case_id"),
    *_texts("scope_before scope_after"),
    Index("ix_concern_case", "case_id", "seq"),
)
COMMAND = Table(
    "command",
    METADATA,
    _key("cmd_id"),
    *_texts("actor digest feed"),
    Column("seq", BigInteger(), nullable=False),
    Column("answer", Text(), nullable=False),
)
HEAD = Table(
    "head",
    METADATA,
    _key("feed"),
    Column("seq", BigInteger(), nullable=False),
    *_texts("hash"),
    _when("at"),
    Column("epoch", Integer(), nullable=False),
    # lines up to here were decided by an earlier program, and are not decided again
    Column("judged_from", BigInteger(), nullable=False, server_default="0"),
)
OPERATOR = Table(
    "operator",
    METADATA,
    _key("login"),
    *_texts("name role district"),
    Column("unit", String(), nullable=True),
    Column("is_active", Boolean(), nullable=False),
    Column("scope_epoch", Integer(), nullable=False),
)
RULE = Table(
    "rule",
    METADATA,
    Column("place", Integer(), primary_key=True, autoincrement=False),
    *_texts("kind role tbl"),
    Column("before", String(), nullable=True),
    Column("after", String(), nullable=True),
    Column("fields", Text(), nullable=False),
    *_texts("stamps"),
    Column("not_by", String(), nullable=True),
    Column("least", Integer(), nullable=False),
    Column("most", Integer(), nullable=False),
    Column("held", String(), nullable=True),
    Column("beside", Boolean(), nullable=False, server_default="0"),
)
DEVICE = Table(
    "device",
    METADATA,
    _key("seat"),
    *_texts("name"),
    Column("cursor", BigInteger(), nullable=False),
    _when("seen_at"),
    Index("ux_device_name", "name", unique=True),
)
LEASE = Table(
    "lease",
    METADATA,
    _key("name"),
    *_texts("holder"),
    Column("fence", BigInteger(), nullable=False),
    _when("expires_at"),
)
BATCH = Table(
    "batch",
    METADATA,
    _key("id"),
    *_texts("opened_by"),
    Column("is_historical", Boolean(), nullable=False),
    _when("opened_at"),
    _when("closed_at", empty=True),
)
REPORTER = Table("reporter", METADATA, _key("case_id"), *_texts("cmd_id name phone id_number"))
SEALED_NUMBER = Table(
    "sealed_number",
    METADATA,
    _key("cmd_id"),
    Column("place", Integer(), primary_key=True, autoincrement=False),
    *_texts("case_id mask value"),
    Index("ix_sealed_number_case", "case_id"),
)
# files of cases: what is whole and right, by its SHA-256 and whose parts it is made of; and the parts
KEPT_FILE = Table(
    "kept_file",
    METADATA,
    _key("digest"),
    Column("size", BigInteger(), nullable=False),
    *_texts("login"),
    _when("kept_at"),
)
FILE_PART = Table(
    "file_part",
    METADATA,
    _key("digest"),
    _key("login"),
    Column("at", BigInteger(), primary_key=True, autoincrement=False),
    Column("bytes", LargeBinary(), nullable=False),
)
ACCESS_LOG = Table(
    "access_log",
    METADATA,
    Column("id", Integer(), primary_key=True),
    _when("at"),
    *_texts("actor what about"),
    Column("reason", Text(), nullable=False),
)
SECRET = Table("secret", METADATA, _key("name"), *_texts("value"))
STORE_INFO = Table(
    "store_info",
    METADATA,
    Column("id", Integer(), primary_key=True, autoincrement=False),
    *_texts("store_id district prefix kind"),
    _when("created_at"),
    Column("schema_version", Integer(), nullable=False),
    Column("min_client", Integer(), nullable=False),
    *_texts("rules_digest"),
)
