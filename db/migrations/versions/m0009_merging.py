"""Cases that follow another one, what a line of the log concerns beside its own case, and rules about such."""

import sqlalchemy as sa
from alembic import op

from db.types import UtcTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ENDED = "('CLOSED_ON_TIME', 'CLOSED_OVERDUE', 'COMMENDED', 'MERGED', 'REFUSED', 'VOID')"
_FOLLOWS = sa.text("merged_into IS NOT NULL")


def upgrade() -> None:
    """Add columns, table and indexes; nothing was merged until now, and no line concerned two cases."""
    for name, kind, given in (
        ("merged_into", sa.String(), None),
        ("merged_at", UtcTime(), None),
        ("merged_from", sa.String(), ""),
        ("members", sa.Integer(), "0"),
        ("shared", sa.String(), ""),
    ):
        is_free = given is None
        op.add_column("case_file", sa.Column(name, kind, nullable=is_free, server_default=given))
    op.add_column("rule", sa.Column("beside", sa.Boolean(), nullable=False, server_default="0"))
    _concern()
    _find()


def _concern() -> None:
    texts = ("scope_before", "scope_after")
    op.create_table(
        "concern",
        sa.Column("feed", sa.String(), primary_key=True),
        sa.Column("seq", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("case_id", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
    )
    op.create_index("ix_concern_case", "concern", ["case_id", "seq"])


def _find() -> None:
    """A merged case has ended for the lists: nothing of it is due until it goes its own way again."""
    for name, first, condition in (
        ("open", "due_at", f"status NOT IN {_ENDED}"),
        ("ended", "registered_at", f"status IN {_ENDED}"),
    ):
        op.drop_index(f"ix_case_file_{name}", "case_file")
        _some(f"ix_case_file_{name}", [first, "id"], sa.text(condition))
    _some("ix_case_file_merged_into", ["merged_into"], _FOLLOWS)


def _some(name: str, columns: list[str], condition: sa.TextClause) -> None:
    op.create_index(name, "case_file", columns, sqlite_where=condition, postgresql_where=condition)
