"""Who has a case open: one contract for both kinds of store. Said again and again, forgotten soon, never in the log."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.store.town import Town


def test_each_hears_of_the_others_who_have_the_same_case_open(town: Town):
    case_id, _, _ = town.dispatched("water")
    other, _ = town.register()
    assert town.store("li").presence("A1", case_id) == ()
    assert town.store("mei").presence("A2", case_id) == ("li",)
    assert town.store("li").presence("A1", case_id) == ("mei",)
    assert town.store("ann").presence("A3", case_id) == ("li", "mei")
    assert town.store("zhao").presence("A4", other) == ()
    assert town.store("mei").presence("A2", other) == ("zhao",)
    assert town.store("li").presence("A1", case_id) == ("ann",)


def test_who_closes_it_is_gone_at_once_and_who_says_nothing_after_three_seconds(town: Town):
    case_id, _ = town.register()
    town.store("mei").presence("A2", case_id)
    town.store("zhao").presence("A3", case_id)
    assert town.store("li").presence("A1", case_id) == ("mei", "zhao")
    assert town.store("mei").presence("A2", None) == ()
    assert town.store("li").presence("A1", case_id) == ("zhao",)
    town.clock.forward(seconds=2.9)
    assert town.store("li").presence("A1", case_id) == ("zhao",)
    town.clock.forward(seconds=0.2)
    assert town.store("li").presence("A1", case_id) == ()


def test_one_person_at_two_seats_is_two(town: Town):
    case_id, _ = town.register()
    town.store("li").presence("A1", case_id)
    assert town.store("li").presence("B1", case_id) == ("li",)
    assert town.store("mei").presence("A2", case_id) == ("li", "li")


def test_nobody_hears_of_a_case_that_is_not_his(town: Town):
    case_id, _, _ = town.dispatched("water")
    town.store("li").presence("A1", case_id)
    for login in ("bo", "adm", "grid1"):
        assert town.store(login).presence("A9", case_id) == (), login
    assert town.store("ann").presence("A3", case_id) == ("li",)
    assert town.store("li").presence("A1", case_id) == ("ann",)
    assert town.store("li").presence("A1", "no-such-case") == ()


@pytest.mark.parametrize("seat", ["", "x" * 9, "a b", "'; --", "席"])
def test_an_odd_seat_is_not_kept(town: Town, seat: str):
    case_id, _ = town.register()
    assert town.store("li").presence(seat, case_id) == ()
    assert town.store("mei").presence("A2", case_id) == ()


def test_nobody_fills_the_store_with_seats(town: Town):
    case_id, _ = town.register()
    for number in range(20):
        town.store("li").presence(f"S{number}", case_id)
    assert town.store("mei").presence("A2", case_id) == ("li",) * 4


def test_it_leaves_no_line_in_the_log(town: Town):
    case_id, _ = town.register()
    before = town.store("li").head()
    town.store("li").presence("A1", case_id)
    assert town.store("li").head() == before
    assert len(town.store("li").history(case_id)) == 1


def test_six_persons_say_it_at_once(town: Town):
    """None of them falls over another; each is there when all have spoken twice."""
    case_id, _ = town.register()
    people = ("li", "mei", "zhao", "wu", "ass", "aud")
    gate = threading.Barrier(len(people))
    for login in people:
        town.store(login)

    def say(place: int) -> tuple[str, ...]:
        gate.wait()
        for _ in range(5):
            said = town.store(people[place]).presence(f"A{place}", case_id)
        return said

    with ThreadPoolExecutor(len(people)) as seats:
        list(seats.map(say, range(len(people))))
    assert town.store("cao").presence("C1", case_id) == ()
    assert town.store("li").presence("A0", case_id) == tuple(sorted(people[1:]))


def test_of_the_rows_on_a_screen_it_is_told_who_has_one_open(town: Town):
    """Of any number at one go, and of none that the viewer may not see; one's own seat is no other."""
    (first, _), (second, _) = town.filed(), town.filed()
    hidden = town.dispatched("roads")[0]
    town.store("li").presence("A1", first)
    town.store("mei").presence("A2", first)
    town.store("zhao").presence("A3", hidden)
    seen = [first, second, hidden, "no-such-case"]
    both = sorted([(first, "mei"), (hidden, "zhao")])
    assert list(town.store("li").onlookers("A1", seen)) == both
    assert town.store("li").onlookers("A9", [first]) == ((first, "li"), (first, "mei"))
    assert town.store("ann").onlookers("A4", seen) == ()
    assert town.store("bo").onlookers("A5", seen) == ((hidden, "zhao"),)
    assert town.store("li").onlookers("A1", [second]) == ()
    assert town.store("li").onlookers("A1", []) == ()
    town.clock.forward(seconds=4)
    assert town.store("li").onlookers("A1", seen) == (), "who says nothing any more has gone"


def test_where_nobody_has_looked_yet_there_is_nobody(town: Town):
    case_id, _ = town.filed()
    assert town.store("li").onlookers("A1", [case_id]) == ()
