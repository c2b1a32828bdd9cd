"""Reports that are split into parts: of which each part is one, and how many are still open."""

import sqlalchemy as sa
from alembic import op

from db.types import UtcTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ENDED = "('CLOSED_ON_TIME', 'CLOSED_OVERDUE', 'COMMENDED', 'MERGED', 'REFUSED', 'SPLIT', 'VOID')"
_IS_PART = sa.text("split_from IS NOT NULL")


def upgrade() -> None:
    """Nothing was split until now."""
    for name, kind, given in (
        ("split_from", sa.String(), None),
        ("waits_since", UtcTime(), None),
        ("split_at", UtcTime(), None),
        ("parts", sa.Integer(), "0"),
        ("parts_open", sa.Integer(), "0"),
    ):
        is_free = given is None
        op.add_column("case_file", sa.Column(name, kind, nullable=is_free, server_default=given))
    _find()


def _find() -> None:
    """A split report has ended for the lists: what is due of it is due of its parts."""
    for name, first, condition in (
        ("open", "due_at", f"status NOT IN {_ENDED}"),
        ("ended", "registered_at", f"status IN {_ENDED}"),
    ):
        op.drop_index(f"ix_case_file_{name}", "case_file")
        _some(f"ix_case_file_{name}", [first, "id"], sa.text(condition))
    _some("ix_case_file_split_from", ["split_from"], _IS_PART)


def _some(name: str, columns: list[str], condition: sa.TextClause) -> None:
    op.create_index(name, "case_file", columns, sqlite_where=condition, postgresql_where=condition)
