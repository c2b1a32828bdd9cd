"""Measures that hold a danger off, each ordered of one unit."""

import sqlalchemy as sa
from alembic import op

from db.types import UtcTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; until now none was ordered."""
    texts = "district status changed_by case_id unit measure ordered_by reported_by on_behalf"
    op.create_table(
        "interim",
        sa.Column("id", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts.split()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("text", "result")),
        sa.Column("ordered_at", UtcTime(), nullable=False),
        *(sa.Column(name, UtcTime(), nullable=True) for name in ("answered_at", "done_at")),
        sa.Column("seq", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_interim_case", "interim", ["case_id"])
