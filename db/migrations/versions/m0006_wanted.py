"""How much time a request asks for, until when that is, and on the case what waits for a leader since when."""

import sqlalchemy as sa
from alembic import op

from db.types import UtcTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; the requests that stand there already ask for no time.

    What waits on an old case its next command says.
    """
    op.add_column("case_file", sa.Column("asked", sa.String(), nullable=False, server_default=""))
    op.add_column("case_file", sa.Column("asked_at", UtcTime(), nullable=True))
    op.add_column("request", sa.Column("wanted_value", sa.Integer(), nullable=True))
    op.add_column("request", sa.Column("wanted_unit", sa.String(), nullable=True))
    op.add_column("request", sa.Column("wanted_until", UtcTime(), nullable=True))
