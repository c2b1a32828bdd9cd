"""A held notice at both stores: called back before it leaves, by the store's clock, and by whom it is to be."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.effects import Set
from app.services.envelope import Envelope
from tests.store.town import Town, wire

pytestmark = pytest.mark.article(28, 29)
HOLD = timedelta(seconds=30)


class Held:
    """A case in the water unit's hands, and the notice that ann has written."""

    def __init__(self, town: Town, login: str = "ann", *, of_task: bool = True) -> None:
        self.town = town
        self.case_id, task_id, base = town.dispatched()
        town.done(town.sign("ann", self.case_id, task_id, base))
        values = {"leaves_at": wire(town.clock.now + HOLD), "kind": "1", "method": "SMS"}
        row = town.blank(
            "notice", self.case_id, text="已受理", task_id=task_id if of_task else None, **values
        )
        self.id = row.id
        self.base = town.done(town.envelope(login, "record_notice", self.case_id, row))

    def back(self, login: str = "ann") -> Envelope:
        values = {"status": "CALLED_BACK", "called_back_at": wire(self.town.clock.now)}
        move = Set("notice", self.id, values, self.base)
        return self.town.envelope(login, "call_back_notice", self.case_id, move)

    @property
    def status(self) -> tuple[str, str]:
        sql = "SELECT status, called_back_by FROM notice WHERE id = ?"
        found = self.town.link.row(sql, (self.id,))
        return (found[0], found[1])


@pytest.mark.parametrize("login", ["ann", "li", "zhao"])
def test_within_the_hold_the_unit_and_the_centre_call_it_back(town: Town, login: str):
    held = Held(town)
    town.clock.now += HOLD - timedelta(seconds=1)
    town.done(held.back(login))
    assert held.status == ("CALLED_BACK", login)


def test_with_the_instant_of_leaving_the_store_says_no(town: Town):
    held = Held(town)
    back = held.back()
    town.clock.now += HOLD
    answer = town.send(back)
    assert (answer.status, answer.why) == ("denied", "notice-left")
    assert held.status == ("RECORDED", "")


def test_a_seat_whose_clock_is_behind_does_not_turn_time_back(town: Town):
    held = Held(town)
    early = town.clock.now + timedelta(seconds=1)
    town.clock.now += HOLD + timedelta(seconds=20)
    answer = town.send(replace(held.back(), claimed_at=early))
    assert (answer.status, answer.why) == ("denied", "notice-left")


def test_of_two_seats_that_call_it_back_one_hears_of_the_other(town: Town):
    held = Held(town)
    mine, theirs = held.back(), held.back("li")
    town.done(mine)
    assert town.send(theirs).status == "conflict"
    assert held.status == ("CALLED_BACK", "ann")


def test_another_units_notice_and_the_centres_own_are_not_a_units_to_call_back(town: Town):
    assert town.send(Held(town).back("bo")).status == "missing"


def test_a_record_that_goes_nowhere_is_not_called_back(town: Town):
    held = Held(town)
    town.link.run("UPDATE notice SET leaves_at = NULL WHERE id = ?", (held.id,))
    assert town.send(held.back()).why == "notice-left"


def test_a_call_in_vain_is_kept_as_such(town: Town):
    case_id, task_id, base = town.dispatched()
    town.done(town.sign("ann", case_id, task_id, base))
    row = town.blank("notice", case_id, status="UNREACHED", method="PHONE", task_id=task_id)
    town.done(town.envelope("ann", "record_notice", case_id, row))
    back = Set("notice", row.id, {"status": "CALLED_BACK"}, "x")
    assert town.send(town.envelope("ann", "call_back_notice", case_id, back)).status == "conflict"


def refused(town: Town) -> tuple[str, str, str, str]:
    """A report refused with a notice on its way: case, notice, the base before, and the command."""
    case_id, base = town.register()
    at = wire(town.clock.now)
    why = {"refused_at": at, "refusal_reason": "NO_DEMAND", "refusal_text": "无诉求"}
    row = town.blank("notice", case_id, text="不予立案", leaves_at=wire(town.clock.now + HOLD))
    move = Set("case_file", case_id, {"status": "REFUSED", **why}, base)
    return case_id, row.id, base, town.done(town.envelope("li", "refuse", case_id, move, row))


def undoing(town: Town, case_id: str, notice: str, cmd: str) -> Envelope:
    none = {"refused_at": None, "refusal_reason": None, "refusal_text": ""}
    rows = (
        Set("case_file", case_id, {"status": "REGISTERED", **none}, cmd),
        Set("notice", notice, {"status": "WITHDRAWN"}, cmd),
    )
    return town.envelope("li", "undo.refuse", case_id, *rows, undoes=cmd)


def test_a_refusal_is_taken_back_while_its_notice_is_here_and_no_longer(town: Town):
    case_id, notice, _, cmd = refused(town)
    town.clock.now += HOLD - timedelta(seconds=1)
    town.done(undoing(town, case_id, notice, cmd))
    case_id, notice, _, cmd = refused(town)
    late = undoing(town, case_id, notice, cmd)
    town.clock.now += HOLD
    answer = town.send(late)
    assert (answer.status, answer.why) == ("denied", "undo-told")
