"""Cases that follow another one, what a line of the log concerns beside its own, notices that are held, and visits."""

import sqlalchemy as sa
from alembic import op

from db.types import UtcTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ENDED = "('CLOSED_ON_TIME', 'CLOSED_OVERDUE', 'COMMENDED', 'MERGED', 'REFUSED', 'VOID')"
_FOLLOWS = sa.text("merged_into IS NOT NULL")


def upgrade() -> None:
    """Nothing was merged until now, no line concerned two cases, notices left at once, and nobody was visited."""
    for name, kind, given in (
        ("merged_into", sa.String(), None),
        ("merged_at", UtcTime(), None),
        ("merged_from", sa.String(), ""),
        ("members", sa.Integer(), "0"),
        ("shared", sa.String(), ""),
    ):
        is_free = given is None
        op.add_column("case_file", sa.Column(name, kind, nullable=is_free, server_default=given))
    op.add_column("rule", sa.Column("beside", sa.Boolean(), nullable=False, server_default="0"))
    _concern()
    _find()
    _hold()
    _visit()


def _concern() -> None:
    texts = ("scope_before", "scope_after")
    op.create_table(
        "concern",
        sa.Column("feed", sa.String(), primary_key=True),
        sa.Column("seq", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("case_id", sa.String(), primary_key=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in texts),
    )
    op.create_index("ix_concern_case", "concern", ["case_id", "seq"])


def _find() -> None:
    """A merged case has ended for the lists: nothing of it is due until it goes its own way again."""
    for name, first, condition in (
        ("open", "due_at", f"status NOT IN {_ENDED}"),
        ("ended", "registered_at", f"status IN {_ENDED}"),
    ):
        op.drop_index(f"ix_case_file_{name}", "case_file")
        _some(f"ix_case_file_{name}", [first, "id"], sa.text(condition))
    _some("ix_case_file_merged_into", ["merged_into"], _FOLLOWS)


def _some(name: str, columns: list[str], condition: sa.TextClause) -> None:
    op.create_index(name, "case_file", columns, sqlite_where=condition, postgresql_where=condition)


def _hold() -> None:
    for name in ("leaves_at", "called_back_at"):
        op.add_column("notice", sa.Column(name, UtcTime(), nullable=True))
    op.add_column(
        "notice", sa.Column("called_back_by", sa.String(), nullable=False, server_default="")
    )


def _visit() -> None:
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
