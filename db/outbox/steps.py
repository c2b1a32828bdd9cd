"""The steps by which outbox.db came to be. A step, once released, is never edited; new ones follow."""

import sqlite3

from db.opening import transaction

_FIRST = (
    """CREATE TABLE command (
        ord INTEGER PRIMARY KEY AUTOINCREMENT,
        cmd_id TEXT NOT NULL UNIQUE,
        login TEXT NOT NULL,
        kind TEXT NOT NULL,
        case_id TEXT NOT NULL,
        number TEXT NOT NULL,
        body TEXT NOT NULL,
        sealed BLOB,
        befores TEXT NOT NULL,
        state TEXT NOT NULL,
        seq INTEGER NOT NULL DEFAULT 0,
        why TEXT NOT NULL DEFAULT '',
        facts TEXT NOT NULL DEFAULT '{}',
        kept_at TEXT NOT NULL,
        moved_at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX ix_command_state ON command (login, state, ord)",
    "CREATE INDEX ix_command_case ON command (case_id, ord)",
    "CREATE INDEX ix_command_number ON command (number)",
    """CREATE TABLE draft (
        id TEXT PRIMARY KEY, login TEXT NOT NULL, saved_at TEXT NOT NULL, fields BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE setting (
        login TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (login, key)
    ) STRICT""",
)

#: A draft belongs to the person who typed it, also when another one's has the same id.
_SECOND = (
    "ALTER TABLE draft RENAME TO draft_before",
    """CREATE TABLE draft (
        id TEXT NOT NULL, login TEXT NOT NULL, saved_at TEXT NOT NULL, fields BLOB NOT NULL,
        PRIMARY KEY (login, id)
    ) STRICT""",
    "INSERT INTO draft SELECT id, login, saved_at, fields FROM draft_before",
    "DROP TABLE draft_before",
)

#: By which it is known whether a command is still what was kept; '' for those of before.
_THIRD = ("ALTER TABLE command ADD COLUMN sum TEXT NOT NULL DEFAULT ''",)

STEPS = (_FIRST, _SECOND, _THIRD)


def step_up(connection: sqlite3.Connection) -> None:
    """Take a file of any earlier layout to today's, all steps in one transaction."""
    layout = connection.execute("PRAGMA user_version").fetchone()[0]
    if layout >= len(STEPS):
        return
    with transaction(connection):
        for step in STEPS[layout:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")
