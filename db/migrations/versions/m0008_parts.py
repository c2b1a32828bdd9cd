"""Which part a task has where several units deal with a case at the same time."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; until now every task was its case's only one, and so its unit leads."""
    op.add_column("task", sa.Column("part", sa.String(), nullable=False, server_default="LEAD"))
