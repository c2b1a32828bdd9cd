"""A small made-up district for tests of the whole program, made once."""

import shutil
from pathlib import Path

import pytest

from app.cli.demo import make

#: Cases, days of past, seed: every queue has a few cases, and it is made in a second or two.
PLAN = (160, 14, 7)


@pytest.fixture(scope="session")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    store = tmp_path_factory.mktemp("district") / "central.db"
    make(store, PLAN, lambda done, total: None)
    return store


@pytest.fixture
def store(district: Path, tmp_path: Path) -> Path:
    """A copy of it that the test may change."""
    for file in (one for one in district.parent.iterdir() if one.is_file()):
        shutil.copy(file, tmp_path / file.name)
    return tmp_path / district.name
