"""The schema of the central store brought up to date, step by step, by Alembic."""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from db import migrations
from db.central.schema import METADATA


def migrate(connection: Connection) -> None:
    """Run every missing step over `connection`, inside the transaction it has open."""
    command.upgrade(config_for(connection), "head")


def config_for(connection: Connection) -> Config:
    """Alembic's settings: its scripts lie in our package, from source and frozen alike."""
    config = Config()
    config.set_main_option("script_location", str(Path(str(migrations.__file__)).parent))
    config.attributes["connection"] = connection
    config.attributes["metadata"] = METADATA
    return config


def migrate_file(path: Path) -> None:
    """Bring a SQLite file up to date, in one transaction: all steps or none.

    What SQLite says of the file is raised as its own sqlite3 error.
    """
    try:
        _migrate_file(path)
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise error.orig from error
        raise


def _migrate_file(path: Path) -> None:
    engine = create_engine("sqlite://", creator=lambda: _connect(path), poolclass=NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            migrate(connection)
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            connection.exec_driver_sql("ROLLBACK")
            raise


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)
