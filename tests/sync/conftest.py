"""A central store with desks at it; nothing of them may be left running."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.desks import Desks, found

#: What hung is given so long to come back when it can (seconds): SQLite itself waits up to ten.
PATIENCE = 15.0


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    house = Desks(tmp_path, found(tmp_path))
    yield house
    house.close()
    assert left("desk", "wire", "aside") == []
    end = time.monotonic() + PATIENCE
    while left("call") and time.monotonic() < end:
        time.sleep(0.01)
    assert left("call") == []


def left(*names: str) -> list[str]:
    return [one.name for one in threading.enumerate() if one.name.startswith(names)]
