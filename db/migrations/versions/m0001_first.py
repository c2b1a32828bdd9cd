"""The first central store: the synchronised rows, the log, and who may come in."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from db.types import UtcTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_OPEN = "status NOT IN ('CLOSED_ON_TIME', 'CLOSED_OVERDUE', 'COMMENDED', 'REFUSED', 'VOID')"
_ENDED = "status IN ('CLOSED_ON_TIME', 'CLOSED_OVERDUE', 'COMMENDED', 'REFUSED', 'VOID')"
_KINDS: dict[str, Any] = {
    "texts": sa.String,
    "long": sa.Text,
    "numbers": sa.Integer,
    "big": sa.BigInteger,
    "flags": sa.Boolean,
    "instants": UtcTime,
}


def _columns(*, empty: bool = False, **names: str) -> Iterator[sa.Column[Any]]:
    for kind, listed in names.items():
        for name in listed.split():
            yield sa.Column(name, _KINDS[kind](), nullable=empty)


def _key(name: str = "id", kind: Any = sa.String) -> sa.Column[Any]:
    return sa.Column(name, kind(), primary_key=True, autoincrement=False)


def _synced(table: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        table,
        _key(),
        *_columns(texts="district status changed_by", big="seq"),
        *columns,
    )


def _child(table: str, *columns: sa.Column[Any]) -> None:
    _synced(table, *_columns(texts="case_id"), *columns)
    op.create_index(f"ix_{table}_case", table, ["case_id"])


def upgrade() -> None:
    """Make every table of the first store."""
    _cases()
    _work()
    _papers()
    _log()
    _people()
    _sealed()
    _about()


def _cases() -> None:
    _synced(
        "case_file",
        *_columns(
            texts="number title nature grade channel address reporter_masked phone_masked edition"
            " registered_by rework_reason stage units",
            long="narrative refusal_text closure_text",
            flags="is_anonymous keep_secret safety_hazard by_analogy historical due_is_provisional",
            instants="registered_at",
            numbers="rework_count return_count",
        ),
        *_columns(
            empty=True,
            texts="category street community reporter_key batch source_ref supplements"
            " refusal_reason lead_unit due_clock",
            instants="filed_at refused_at dispatched_at closure_asked_at rework_at closed_at due_at",
        ),
    )
    op.create_index("ix_case_file_number", "case_file", ["number"])
    for name, first, condition in (
        ("ix_case_file_open", "due_at", _OPEN),
        ("ix_case_file_ended", "registered_at", _ENDED),
    ):
        where: dict[str, Any] = {
            "sqlite_where": sa.text(condition),
            "postgresql_where": sa.text(condition),
        }
        op.create_index(name, "case_file", [first, "id"], **where)


def _work() -> None:
    _child(
        "task",
        *_columns(
            texts="unit dispatched_by limit_source signed_by handled_by on_behalf pauses",
            long="instruction result",
            instants="dispatched_at",
        ),
        *_columns(
            empty=True,
            texts="limit_unit limit_origin",
            numbers="limit_value limit_article",
            instants="signed_at handled_at returned_at rework_at done_at",
        ),
    )
    _child(
        "request",
        *_columns(
            texts="task_id kind task_was reason basis on_behalf asked_by decided_by decision_text",
            long="text",
            numbers="level",
            instants="asked_at",
            flags="is_improper",
        ),
        *_columns(empty=True, texts="proper_unit", instants="decided_at"),
    )
    _child(
        "verification",
        *_columns(
            texts="officer question asked_by reported_by finding on_behalf", instants="asked_at"
        ),
        *_columns(empty=True, instants="reported_at"),
    )


def _papers() -> None:
    _child(
        "notice",
        *_columns(texts="made_by", instants="made_at"),
        *_columns(texts="kind method on_behalf", long="text"),
        *_columns(empty=True, texts="task_id"),
    )
    _child("note", *_columns(texts="made_by", instants="made_at"), *_columns(long="text"))
    _child(
        "attachment",
        *_columns(texts="made_by", instants="made_at"),
        *_columns(texts="stage name digest", numbers="size"),
        *_columns(empty=True, texts="task_id"),
    )
    _child(
        "commendation",
        *_columns(texts="made_by", instants="made_at"),
        *_columns(texts="unit", long="text"),
    )


def _log() -> None:
    op.create_table(
        "log",
        _key("feed"),
        _key("seq", sa.BigInteger),
        *_columns(
            texts="cmd_id actor role unit seat kind case_id scope_before scope_after"
            " body_hash applied_hash digest prev hash",
            instants="claimed_at received_at",
        ),
        *_columns(empty=True, texts="undoes", long="body applied", instants="occurred_at"),
    )
    op.create_index("ix_log_case", "log", ["case_id", "seq"])
    op.create_table(
        "command", _key("cmd_id"), *_columns(texts="actor digest feed", big="seq", long="answer")
    )
    op.create_table(
        "head", _key("feed"), *_columns(texts="hash", big="seq", numbers="epoch", instants="at")
    )


def _people() -> None:
    op.create_table(
        "operator",
        _key("login"),
        *_columns(texts="name role district", flags="is_active", numbers="scope_epoch"),
        *_columns(empty=True, texts="unit"),
    )
    op.create_table(
        "rule",
        _key("place", sa.Integer),
        *_columns(texts="kind role tbl stamps", long="fields", numbers="least most"),
        *_columns(empty=True, texts="before after not_by"),
    )
    op.create_table(
        "device", _key("seat"), *_columns(texts="name", big="cursor", instants="seen_at")
    )
    op.create_index("ux_device_name", "device", ["name"], unique=True)
    op.create_table(
        "lease", _key("name"), *_columns(texts="holder", big="fence", instants="expires_at")
    )
    op.create_table(
        "batch",
        _key(),
        *_columns(texts="opened_by", flags="is_historical", instants="opened_at"),
        *_columns(empty=True, instants="closed_at"),
    )


def _sealed() -> None:
    op.create_table("reporter", _key("case_id"), *_columns(texts="cmd_id name phone id_number"))
    op.create_table(
        "sealed_number",
        _key("cmd_id"),
        _key("place", sa.Integer),
        *_columns(texts="case_id mask value"),
    )
    op.create_index("ix_sealed_number_case", "sealed_number", ["case_id"])
    op.create_table("secret", _key("name"), *_columns(texts="value"))


def _about() -> None:
    op.create_table(
        "access_log",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_columns(texts="actor what about", long="reason", instants="at"),
    )
    op.create_table(
        "store_info",
        _key("id", sa.Integer),
        *_columns(
            texts="store_id district prefix kind rules_digest",
            numbers="schema_version min_client",
            instants="created_at",
        ),
    )
