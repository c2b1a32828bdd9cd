"""A store that is not where it was: away with its whole folder, or robbed of its key."""

from pathlib import Path

import pytest

from app.domain.refused import Refused
from app.domain.terms import Role
from app.services.ports import Unreachable
from app.services.queries import Operator
from db.central import admin
from db.central.sealing import key_path
from db.central.store import open_central


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = admin.init(tmp_path / "central.db", "440310", "SZPS", "live")
    admin.add_operator(path, Operator("li", "李", Role.OPERATOR, "440310"))
    return path


def test_a_folder_that_is_away_may_come_back(store: Path):
    with pytest.raises(Unreachable):
        open_central(store.parent / "elsewhere" / store.name, "li")


def test_a_store_without_its_key_is_no_matter_of_waiting(store: Path):
    key_path(store).unlink()
    with pytest.raises(Refused, match="store-key-missing"):
        open_central(store, "li")
