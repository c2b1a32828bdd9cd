"""Early warnings, each with all that it was raised on and what came of it."""

import sqlalchemy as sa
from alembic import op

from db.types import UtcTime

revision = "0012"
down_revision = "0009"
branch_labels = None
depends_on = None

_TEXTS = (
    "district case_id status changed_by scope subject category grain place level raised_by"
    " acknowledged acknowledged_by plan planned_by shelved_by shelf_text muted_by mute_text"
)
_TIMES = "grown_at acknowledged_at planned_at shelved_until muted_until closed_at"


def upgrade() -> None:
    """Nothing was warned of until now."""
    op.create_table(
        "warning",
        sa.Column("id", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in _TEXTS.split()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("evidence", "cases")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("hours", "count", "fence")),
        *(sa.Column(name, UtcTime(), nullable=False) for name in ("raised_at", "levelled_at")),
        *(sa.Column(name, UtcTime(), nullable=True) for name in _TIMES.split()),
        sa.Column("seq", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_warning_case", "warning", ["case_id"])
