"""Which cases take up a refused one again is found by an index: the store asks it under its tail."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_LINKED = sa.text("supplements IS NOT NULL")


def upgrade() -> None:
    """Few cases supplement another: the index holds only those."""
    op.create_index(
        "ix_case_file_supplements",
        "case_file",
        ["supplements"],
        sqlite_where=_LINKED,
        postgresql_where=_LINKED,
    )
