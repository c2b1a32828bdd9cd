"""What clocks were counted by before; arrivals in an emergency; and where today's decisions begin."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from db.types import UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what stands there already was counted by nothing that would be known."""
    for table, name, kind in (
        ("case_file", "calendar", sa.String),
        ("case_file", "bases", sa.String),
        ("task", "limits", sa.String),
    ):
        op.add_column(table, _given(name, kind, ""))
    for name in ("on_site_at", "controlled_at"):
        op.add_column("task", sa.Column(name, UtcTime(), nullable=True))
    op.add_column("head", _given("judged_from", sa.BigInteger, "0"))


def _given(name: str, kind: Any, value: str) -> sa.Column[Any]:
    return sa.Column(name, kind(), nullable=False, server_default=value)
