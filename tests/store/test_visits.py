"""A visit at both stores: it comes with the closure, the unit that led explains, the centre decides, one wins."""

from dataclasses import replace

import pytest

from app.domain.case import Visit
from app.domain.effects import Set, insertion
from app.services.envelope import Envelope
from tests.store.town import Town, wire

pytestmark = pytest.mark.article(30, 31)


class Closed:
    """A case that li has closed after the water unit was done, with the visit that follows."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.case_id, self.task_id, base = town.dispatched()
        base = town.done(town.sign("ann", self.case_id, self.task_id, base))
        self._moves("ann", "handle", base, "PENDING_CLOSURE", "HANDLED")
        self.visit = Visit(
            id=town.new_id(),
            district="pingshan",
            case_id=self.case_id,
            status="OPEN",
            task_id=self.task_id,
            why="COMPLAINT",
            opened_at=town.clock.now,
        )
        self._moves("li", "close", self.base, "CLOSED_ON_TIME", "DONE", insertion(self.visit))
        self.closed = self.base

    def _moves(self, login: str, kind: str, base: str, case: str, task: str, *more) -> None:
        rows = (
            Set("case_file", self.case_id, {"status": case}, base),
            Set("task", self.task_id, {"status": task}, base),
        )
        self.base = self.town.done(self.town.envelope(login, kind, self.case_id, *rows, *more))

    def moved(self, login: str, kind: str, status: str, **values: object) -> Envelope:
        move = Set("visit", self.visit.id, {"status": status, **values}, self.base)
        return self.town.envelope(login, kind, self.case_id, move)

    def rated(self, login: str = "li", overall: int = 1, status: str = "BAD") -> None:
        ended = wire(self.town.clock.now)
        wish = self.moved(login, "record_visit", status, overall=overall, ended_at=ended)
        self.base = self.town.done(wish)

    def again(self, login: str, kind: str, status: str) -> Envelope:
        """The case and its task back at work, as after a bad rating or on a director's word."""
        moves = (
            Set("case_file", self.case_id, {"status": "REWORK", "closed_at": None}, self.closed),
            Set("task", self.task_id, {"status": "REWORK"}, self.closed),
            Set("visit", self.visit.id, {"status": status}, self.base),
        )
        return self.town.envelope(login, kind, self.case_id, *moves)

    @property
    def status(self) -> str:
        (found,) = self.town.link.row("SELECT status FROM visit WHERE id = ?", (self.visit.id,))
        return found


def test_a_call_in_vain_leaves_it_open_and_the_stars_end_it(town: Town):
    one = Closed(town)
    call = Set("visit", one.visit.id, {"attempts": 1}, one.base)
    one.base = town.done(town.envelope("li", "record_visit", one.case_id, call))
    assert one.status == "OPEN"
    one.rated("mei", 5, "RATED")
    assert one.status == "RATED"
    (by,) = town.link.row("SELECT visited_by FROM visit WHERE id = ?", (one.visit.id,))
    assert by == "mei"


def test_no_unit_calls_and_no_operator_opens_again(town: Town):
    one = Closed(town)
    assert town.send(one.moved("ann", "record_visit", "RATED", overall=5)).why == "role"
    assert town.send(one.again("li", "reopen", "DROPPED")).why == "role"


def test_the_unit_that_led_sees_the_rating_and_explains_and_no_other(town: Town):
    one = Closed(town)
    one.rated()
    seen = {row["id"] for _, row in town.store("ann").snapshot(None, 20).rows}
    assert one.visit.id in seen
    assert town.send(one.moved("bo", "explain_rating", "EXPLAINED")).status == "missing"
    town.done(one.moved("ann", "explain_rating", "EXPLAINED", explanation="备料"))


def test_nobody_decides_on_what_he_explained_himself(town: Town):
    one = Closed(town)
    one.rated()
    one.base = town.done(one.moved("mei", "explain_rating", "EXPLAINED", explanation="备料"))
    assert town.send(one.moved("mei", "decide_rating", "UPHELD")).why == "own-request"
    town.done(one.moved("li", "decide_rating", "UPHELD"))


def test_of_two_who_decide_one_hears_of_the_other(town: Town):
    one = Closed(town)
    one.rated()
    one.base = town.done(one.moved("ann", "explain_rating", "EXPLAINED", explanation="备料"))
    upheld, again = (
        one.moved("li", "decide_rating", "UPHELD"),
        one.again("mei", "decide_rating", "REWORKED"),
    )
    town.done(again)
    assert town.send(upheld).status == "conflict"
    assert one.status == "REWORKED"


def test_a_closure_taken_back_takes_its_visit_along(town: Town):
    one = Closed(town)
    back = (
        Set("case_file", one.case_id, {"status": "PENDING_CLOSURE"}, one.base),
        Set("task", one.task_id, {"status": "HANDLED"}, one.base),
        Set("visit", one.visit.id, {"status": "WITHDRAWN"}, one.base),
    )
    undo = town.envelope("li", "undo.close", one.case_id, *back)
    town.done(replace(undo, undoes=one.base))
    assert one.status == "WITHDRAWN"


def test_there_is_one_visit_for_a_closure_and_none_without_one(town: Town):
    one = Closed(town)
    more = insertion(replace(one.visit, id=town.new_id()))
    assert town.send(town.envelope("li", "record_visit", one.case_id, more)).why == "move"
