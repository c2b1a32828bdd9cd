"""How much time a request asks for, and until when that is."""

import sqlalchemy as sa
from alembic import op

from db.types import UtcTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; the requests that stand there already ask for no time."""
    op.add_column("request", sa.Column("wanted_value", sa.Integer(), nullable=True))
    op.add_column("request", sa.Column("wanted_unit", sa.String(), nullable=True))
    op.add_column("request", sa.Column("wanted_until", UtcTime(), nullable=True))
