"""A central store with desks at it; nothing of them may be left running."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.desks import Desks, found


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    house = Desks(tmp_path, found(tmp_path))
    yield house
    house.close()
    left = [
        one.name for one in threading.enumerate() if one.name.startswith(("desk", "wire", "aside"))
    ]
    assert left == []
