"""Three seats, one centre, and a line that loses, doubles and delays: nothing promised is lost."""

from collections.abc import Callable
from typing import Any

import pytest

from app.services.local import Keep
from app.sync import filling, merge, screen
from app.sync.engine import Engine
from tests.sync import simulator
from tests.sync.fake_central import FakeCentral
from tests.sync.fake_stores import MemoryReplica

#: Seeds of the quick slice; the soak test walks 32,000.
QUICK = 150
#: A removed safeguard has to show within so many seeds.
CAUGHT_WITHIN = 500


@pytest.mark.repeats
@pytest.mark.fault("F5", "F10")
def test_no_promise_is_broken_in_a_bad_day():
    assert [one for seed in range(QUICK) if (one := simulator.run(seed))] == []


Patch = Callable[[pytest.MonkeyPatch], None]


def _nothing(*_: Any, **__: Any) -> None:
    """What a removed safeguard does."""


def _without(owner: Any, name: str) -> Patch:
    return lambda patch: patch.setattr(owner, name, _nothing)


def _answering(owner: Any, name: str, answer: Any) -> Patch:
    return lambda patch: patch.setattr(owner, name, lambda *_, **__: answer)


def _never_restored(patch: pytest.MonkeyPatch) -> None:
    rebase = merge.rebase
    patch.setattr(merge, "rebase", lambda shown, _, news, own: rebase(shown, {}, news, own))


def _acknowledged_is_finished(patch: pytest.MonkeyPatch) -> None:
    def finish(self: screen.Screen, done: Any) -> None:
        self._finish([one.cmd_id for one in done])

    patch.setattr(screen.Screen, "_acked", finish)


def _cursor_before_rows(patch: pytest.MonkeyPatch) -> None:
    def keep(self: MemoryReplica, what: Keep) -> None:
        self.keep_place(what)
        self.peril(is_over=False)
        self.keep_rows(what)

    patch.setattr(MemoryReplica, "keep", keep)


def _rows_kept_by_halves(patch: pytest.MonkeyPatch) -> None:
    def keep(self: MemoryReplica, what: Keep) -> None:
        self.table.update({key: after for key, (_, after) in what.writes.items() if after})
        self.peril(is_over=False)
        self.keep_rows(what)
        self.keep_place(what)

    patch.setattr(MemoryReplica, "keep", keep)


def _trusting(patch: pytest.MonkeyPatch) -> None:
    def confirm(self: filling.Filling, fill: Any, _: Any) -> None:
        place = self._line.cursor()
        after = filling.replace(fill, ahead=None)
        self._line.tell(filling.News((), (), place, fill.position, fill=after))

    patch.setattr(filling.Filling, "_confirm", confirm)


def _shown_only(patch: pytest.MonkeyPatch) -> None:
    def reconcile(self: screen.Screen) -> None:
        self._show(self.replica.held() | self._own.keys())

    patch.setattr(screen.Screen, "_reconcile", reconcile)


def _finished_only(patch: pytest.MonkeyPatch) -> None:
    def reconcile(self: screen.Screen) -> None:
        self._finish(self.replica.seen([*self._own.by_id, *self._aside]))

    patch.setattr(screen.Screen, "_reconcile", reconcile)


MUTANTS: dict[str, Patch] = {
    "the two files are not reconciled": _without(screen.Screen, "_reconcile"),
    "what the feed had shown is not finished at the start": _shown_only,
    "what the outbox had kept is not shown at the start": _finished_only,
    "what the disk broke off is not made good": _without(screen.Screen, "mend"),
    "pre-images are not restored": _never_restored,
    "folded although the base is another": _answering(merge, "matches", True),
    "an acknowledgement is final": _acknowledged_is_finished,
    "the cursor is kept before the rows": _cursor_before_rows,
    "rows are kept by halves": _rows_kept_by_halves,
    "what the log lost is not sent again": _without(screen.Screen, "send_lost_again"),
    "what was finished is not recalled": _answering(screen.Screen, "recall", screen._NOTHING),
    "another history is not noticed": _answering(FakeCentral, "_has", True),
    "a page of a lost history is trusted": _trusting,
    "what slipped between pages is forgotten": _answering(MemoryReplica, "gaps", set()),
    "acknowledged commands do not make it look": _answering(screen.Screen, "awaits_feed", False),
    "a refusal is not put aside": _answering(screen.Screen, "_put_aside", set()),
    "nothing is read": _answering(Engine, "_is_news", False),
}


@pytest.mark.parametrize("mutant", MUTANTS)
@pytest.mark.fault("F3", "F5", "F10")
def test_every_safeguard_that_is_taken_away_is_missed(mutant: str, monkeypatch: pytest.MonkeyPatch):
    MUTANTS[mutant](monkeypatch)
    assert any(_fails(seed) for seed in range(CAUGHT_WITHIN))


def _fails(seed: int) -> bool:
    """A mutant may also fall over: that is being caught as well."""
    try:
        return simulator.run(seed) is not None
    except (KeyError, TypeError, RecursionError):
        return True
