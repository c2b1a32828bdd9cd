"""An id that somebody else's command has already: neither of the two is taken for the other, F21."""

from dataclasses import replace

import pytest

from app.domain.effects import Insert
from app.services.envelope import Envelope, encode
from app.services.local import Entry, State
from app.sync.screen import Screen
from tests.sync.fake_central import FakeCentral
from tests.sync.test_engine import Seat
from tests.sync.test_merge import command


def registered(cmd_id: str, case_id: str) -> Envelope:
    return replace(command(cmd_id, Insert("case_file", case_id, {})), case_id=case_id)


def keep(seat: Seat, envelope: Envelope) -> None:
    entry = Entry(envelope=envelope, body=encode(envelope), number="", befores={})
    seat.screen.keep(entry)


def stolen(seat: Seat) -> None:
    """Another case was registered under the id of the own registration."""
    seat.central.submit([(encode(registered("1", "other")), None)])


@pytest.mark.parametrize("is_read_first", [False, True])
@pytest.mark.fault("F21")
def test_an_own_command_whose_id_another_has_waits_for_a_person_whatever_comes_first(
    is_read_first: bool,
):
    seat = Seat(FakeCentral())
    seat.rounds()
    keep(seat, registered("1", "mine"))
    keep(seat, registered("2", "next"))
    stolen(seat)
    if is_read_first:
        seat.line.pull()
    seat.rounds()
    assert (seat.state("1"), seat.state("2")) == (State.ATTENTION, State.FINISHED)
    entry = seat.screen.outbox.entry("1")
    assert entry is not None
    assert entry.why == "id-reuse"
    assert seat.states[-1].attention == 1
    shown = seat.screen.replica.rows([("case_file", "mine"), ("case_file", "other")])
    assert shown["case_file", "mine"] is None
    assert shown["case_file", "other"] is not None


@pytest.mark.fault("F21")
def test_it_still_waits_at_the_next_start():
    seat = Seat(FakeCentral())
    seat.rounds()
    keep(seat, registered("1", "mine"))
    stolen(seat)
    seat.rounds()
    again = Screen(seat.screen.replica, seat.screen.outbox)
    again.start()
    assert again.is_any_aside()
    assert seat.state("1") is State.ATTENTION
