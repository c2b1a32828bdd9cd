"""The migrations make the tables that the program believes in, on SQLite and on PostgreSQL."""

import re
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect
from sqlalchemy.pool import NullPool

from app.domain.case import TABLES
from app.domain.effects import kinds_of
from db.central import info
from db.central.migrate import config_for, migrate, migrate_file
from db.central.schema import METADATA
from db.central.states import IS_ENDED, IS_OPEN


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    if request.param == "sqlite":
        migrate_file(tmp_path / "new.db")
        return create_engine(f"sqlite:///{tmp_path / 'new.db'}", poolclass=NullPool)
    name = request.getfixturevalue("postgres_migrated")
    return request.getfixturevalue("postgres_engine")(name)


def test_the_catalogue_is_the_metadata(engine: Any):
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_the_indexes_cover_the_states_that_the_domain_knows(engine: Any):
    """A state that ends a case and is not in the index's condition would hide from the first fill."""
    with engine.connect() as connection:
        found = {one["name"]: one for one in inspect(connection).get_indexes("case_file")}
    for name, condition in (("ix_case_file_open", IS_OPEN), ("ix_case_file_ended", IS_ENDED)):
        kept = str(list(map(str, found[name]["dialect_options"].values())))
        assert set(re.findall(r"'(\w+)'", kept)) == set(re.findall(r"'(\w+)'", condition))


def test_every_field_of_every_row_has_its_column(engine: Any):
    with engine.connect() as connection:
        for table, kind in TABLES.items():
            columns = {one["name"] for one in inspect(connection).get_columns(table)}
            assert columns == {*kinds_of(kind), "seq"}


def test_a_second_migration_changes_nothing(engine: Any):
    with engine.begin() as connection:
        before = sorted(inspect(connection).get_table_names())
        migrate(connection)
        assert sorted(inspect(connection).get_table_names()) == before


def test_the_schema_number_counts_the_steps(engine: Any):
    with engine.connect() as connection:
        steps = list(ScriptDirectory.from_config(config_for(connection)).walk_revisions())
    assert len(steps) == info.SCHEMA_VERSION


def test_a_step_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from db.central import migrate as module

    def half(connection: Any) -> None:
        migrate(connection)
        raise OSError("power cut")

    monkeypatch.setattr(module, "migrate", half)
    with pytest.raises(OSError, match="power cut"):
        migrate_file(tmp_path / "half.db")
    engine = create_engine(f"sqlite:///{tmp_path / 'half.db'}", poolclass=NullPool)
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
