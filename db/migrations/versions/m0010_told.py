"""When a notice leaves and who kept it back, and the visits that follow a closure."""

import sqlalchemy as sa
from alembic import op

from db.types import UtcTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Notices of before were records from the start and leave at no time; nobody was visited."""
    for name in ("leaves_at", "called_back_at"):
        op.add_column("notice", sa.Column(name, UtcTime(), nullable=True))
    op.add_column(
        "notice", sa.Column("called_back_by", sa.String(), nullable=False, server_default="")
    )
    _make_visits()


def _make_visits() -> None:
    texts = "district status changed_by case_id why visited_by explained_by on_behalf decided_by"
    stars = "attempts overall deal_speed deal_effect feedback_quality service"
    times = "first_attempt_at last_attempt_at ended_at explained_at decided_at"
    op.create_table(
        "visit",
        sa.Column("id", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts.split()),
        sa.Column("decision_text", sa.String(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("text", "explanation")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in stars.split()),
        sa.Column("opened_at", UtcTime(), nullable=False),
        *(sa.Column(name, UtcTime(), nullable=True) for name in times.split()),
        sa.Column("task_id", sa.String(), nullable=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
    )
    op.create_index("ix_visit_case", "visit", ["case_id"])
