"""Reports that are split into parts, cases that are coordinated or fell back, and early warnings."""

import sqlalchemy as sa
from alembic import op

from db.types import UtcTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ENDED = "('CLOSED_ON_TIME', 'CLOSED_OVERDUE', 'COMMENDED', 'MERGED', 'REFUSED', 'SPLIT', 'VOID')"
_IS_PART = sa.text("split_from IS NOT NULL")
_WARNED = (
    "district case_id status changed_by scope subject category grain place level raised_by"
    " acknowledged acknowledged_by plan planned_by shelved_by shelf_text muted_by mute_text"
)
_WARNED_AT = "grown_at acknowledged_at planned_at shelved_until muted_until closed_at"


def upgrade() -> None:
    """Nothing was split, coordinated or warned of until now, and nothing fell back."""
    _split()
    _disputed()
    _warned()


def _split() -> None:
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


def _disputed() -> None:
    for name in ("fallback", "rota", "turn", "cost"):
        op.add_column("task", sa.Column(name, sa.String(), nullable=False, server_default=""))
    texts = "district status changed_by case_id why opened_by place units convened_by unit category ruled_by"
    op.create_table(
        "coordination",
        sa.Column("id", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts.split()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("text", "minutes", "ruling")),
        sa.Column("is_joint", sa.Boolean(), nullable=False),
        sa.Column("opened_at", UtcTime(), nullable=False),
        *(
            sa.Column(name, UtcTime(), nullable=True)
            for name in ("meets_at", "convened_at", "amends_from", "ruled_at")
        ),
        sa.Column("seq", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_coordination_case", "coordination", ["case_id"])


def _warned() -> None:
    op.create_table(
        "warning",
        sa.Column("id", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in _WARNED.split()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("evidence", "cases")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("hours", "count", "fence")),
        *(sa.Column(name, UtcTime(), nullable=False) for name in ("raised_at", "levelled_at")),
        *(sa.Column(name, UtcTime(), nullable=True) for name in _WARNED_AT.split()),
        sa.Column("seq", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_warning_case", "warning", ["case_id"])
