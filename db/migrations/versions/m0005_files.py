"""The files of cases: what is whole by its digest, the parts it came in, and which cases carry it."""

import sqlalchemy as sa
from alembic import op

from db.types import UtcTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables; what was attached until now lies at its seats, which send it from now on."""
    op.create_table(
        "kept_file",
        sa.Column("digest", sa.String(), primary_key=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("kept_at", UtcTime(), nullable=False),
    )
    op.create_table(
        "file_part",
        sa.Column("digest", sa.String(), primary_key=True),
        sa.Column("login", sa.String(), primary_key=True),
        sa.Column("at", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("bytes", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_attachment_digest", "attachment", ["digest"])
