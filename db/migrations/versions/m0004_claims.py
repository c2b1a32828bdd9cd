"""Who of the centre has claimed a case; and of a rule, who must hold the case that it changes."""

import sqlalchemy as sa
from alembic import op

from db.types import UtcTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; nobody has claimed what stands there already."""
    op.add_column("case_file", sa.Column("holder", sa.String(), nullable=False, server_default=""))
    op.add_column("case_file", sa.Column("held_at", UtcTime(), nullable=True))
    op.add_column("rule", sa.Column("held", sa.String(), nullable=True))
