"""Cases that are coordinated, and tasks by which a case fell back."""

import sqlalchemy as sa
from alembic import op

from db.types import UtcTime

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was coordinated until now, and nothing fell back."""
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
