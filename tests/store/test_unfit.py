"""A program that does not fit its store, F27: nothing is written, it says so, and at the telephone work goes on."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.domain.refused import Refused
from db import centre
from db.places import Place, is_server
from tests.store.conftest import postgres_link
from tests.sync.desks import Desks, found, report, settled, until
from tests.sync.test_desk import told

UNFIT = [
    ("schema_version", 99, "store-newer"),
    ("schema_version", 0, "store-needs-upgrade"),
    ("min_client", 99, "client-too-old"),
]


@pytest.fixture(params=["file", "server"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    return found(tmp_path) if request.param == "file" else request.getfixturevalue("url")


def setting_it(place: Place, column: str) -> Callable[[int], None]:
    """What writes a number into the facts of a store, as an upgrade or a newer program would have."""

    def put(number: int) -> None:
        if is_server(place):
            with closing(postgres_link(str(place), "fenbo")) as link:
                link.run(f"UPDATE store_info SET {column} = ?", (number,))
        else:
            with closing(sqlite3.connect(place)) as file, file:
                file.execute(f"UPDATE store_info SET {column} = ?", (number,))

    return put


@pytest.mark.fault("F27")
@pytest.mark.parametrize(("column", "number", "code"), UNFIT)
def test_a_desk_whose_store_does_not_fit_any_more_registers_on_and_opens_again(
    tmp_path: Path, place: Place, column: str, number: int, code: str
):
    desks = Desks(tmp_path, place)
    put = setting_it(place, column)
    facts: Any = {"schema_version": centre.facts(place).info.schema_version, "min_client": 1}

    async def story() -> None:
        li = await desks.at("li")
        await li.send(report("合用时"))
        await settled(li)
        put(number)
        await li.send(report("不合用了"))
        await until(lambda: not li.sync_state.online and li.sync_state.code == code)
        desks.close(li)
        li = desks.begin("li")
        await li.send(report("仍然照常登记"))
        await until(lambda: li.sync_state.code == code)
        assert (li.sync_state.waiting, li.sync_state.attention) == (2, 0)
        put(facts[column])
        await settled(li)
        assert centre.facts(place).commands == 3

    told(desks, story)
    assert centre.verify(place).is_sound


@pytest.mark.fault("F27")
def test_a_seat_that_never_met_a_store_that_does_not_fit_is_told_why(tmp_path: Path, place: Place):
    desks = Desks(tmp_path, place)
    setting_it(place, "schema_version")(99)

    async def story() -> None:
        with pytest.raises(Refused, match="store-newer") as no:
            desks.begin("li")
        assert no.value.facts["store"] == 99

    told(desks, story)
