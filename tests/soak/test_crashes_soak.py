"""A hundred storms over a server that crashes and forgets what it answered last; only on request."""

import os
import secrets
from contextlib import closing
from pathlib import Path

import pytest

from app.domain.terms import Role
from app.services.queries import Operator
from db import centre
from tests.soak.test_partitions_soak import say
from tests.store import server
from tests.store.conftest import postgres, postgres_link  # noqa: F401 - found by its name here
from tests.store.storm import Storm, hasty
from tests.store.test_postgres_faults import SUBMIT, own  # noqa: F401 - found by its name here

RUNS = 100


class Crashes(Storm):
    """A storm in which the server ends now and then, mid-word, and what is not on its disk is gone.

    `submit` does not wait for the disk here; now and then all is written nevertheless.
    """

    def __init__(self, seed: int, url: str, its: server.Server, folder: Path) -> None:
        super().__init__(seed, url, postgres_link(url), ("127.0.0.1", its.port), folder)
        self._its = its
        self._root.run("CHECKPOINT")
        (self._submit,) = self._root.row(SUBMIT) or ("",)
        self._root.script(str(self._submit).replace("('off', ", "("))
        self._root.run("CHECKPOINT")

    def close(self) -> None:
        self._root.close()

    def people(self) -> list[str]:
        return ["li", "mei", "zhao"][: self.draw.choice((2, 3))]

    async def _step(self) -> None:
        kind = self.draw.random()
        if kind < 0.1:
            self._its.stop("immediate")
            if self.draw.random() < 0.5:
                await self._work(self.draw.choice(list(self._at)))
            self._its.start()
            self._root.close()
            self._root = postgres_link(self.url)
            self.tally["crashes"] += 1
        elif kind < 0.3:
            self._root.run("CHECKPOINT")
        await super()._step()

    async def _looks_ahead(self, login: str) -> None:
        """The log of a server that forgot begins anew where it ends now."""

    async def _broken(self) -> str:
        self._root.script(str(self._submit))
        return await super()._broken()


@pytest.fixture
def url(own: server.Server) -> str:  # noqa: F811 - the fixture
    made = f"postgresql://fenbo@127.0.0.1:{own.port}/postgres"
    centre.add_operator(made, Operator("mei", "mei", Role.OPERATOR, ""))
    centre.add_operator(made, Operator("zhao", "zhao", Role.SHIFT_LEADER, ""))
    return made


@pytest.mark.soak
@pytest.mark.fault("F10")
def test_what_a_crashed_server_forgot_is_told_to_it_again_in_a_hundred_storms(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    if os.environ.get("FENBO_SOAK") != "1" and request.config.getoption("markexpr") != "soak":
        pytest.skip("a hundred storms take a quarter of an hour: ask with -m soak or FENBO_SOAK=1")
    url_: str = request.getfixturevalue("url")
    first = int(os.environ.get("FENBO_SOAK_SEED", secrets.randbits(32)))
    runs = int(os.environ.get("FENBO_SOAK_RUNS", RUNS))
    hasty(monkeypatch)
    with capsys.disabled():
        say(f"\ncrashes soak: from seed {first} on (repeat with FENBO_SOAK_SEED={first})")
        failed = list[str]()
        for seed in range(first, first + runs):
            storm = Crashes(seed, url_, request.getfixturevalue("own"), tmp_path / str(seed))
            with closing(storm):
                wrong = storm.run()
            say(f"seed {seed}: healed in {storm.healed_in:.1f} s, {dict(storm.tally)} {wrong}")
            failed += [f"seed {seed}: {wrong}"] * bool(wrong)
    assert failed == []
