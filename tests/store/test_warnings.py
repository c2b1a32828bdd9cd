"""Warnings at both stores: raised once by the seat on duty alone, answered by the centre, seen by no unit."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.case import EarlyWarning
from app.domain.effects import Set, insertion
from app.domain.refused import Refused
from app.domain.warnings import id_of
from app.services.envelope import Envelope
from tests.series import examples
from tests.store.town import Town, wire

pytestmark = pytest.mark.article(23)
DAY = date(2026, 3, 2)
HOLDERS = (("li", "0A1"), ("mei", "0A2"), ("li", "0A3"))


def raised(town: Town, who: str, seat: str, fence: int, key: str = "K") -> Envelope:
    """A warning as the seat on duty decides it, on a case of its own."""
    case_id, _ = town.register()
    one = EarlyWarning(
        id=id_of("pingshan", key, DAY),
        district="pingshan",
        case_id=case_id,
        status="RAISED",
        scope="FREQUENT",
        level="BLUE",
        count=10,
        evidence='{"counts": {"24": 10}}',
        cases=case_id,
        fence=fence,
        raised_at=town.clock.now,
        levelled_at=town.clock.now,
    )
    return town.envelope(who, "raise_warning", case_id, insertion(one), seat=seat)


def changed(town: Town, of: Envelope, base: str, kind: str, who: str, **values: object) -> Envelope:
    effect = Set("warning", of.effects[0].id, values, base)
    return town.envelope(who, kind, of.case_id, effect, seat=of.seat)


def seen(town: Town, login: str) -> set[str]:
    return {row["id"] for _, row in town.store(login).snapshot(None, 10).rows}


def test_only_the_seat_on_duty_warns_and_only_under_its_own_number(town: Town):
    answer = town.send(raised(town, "li", "0A1", 0))
    assert (answer.status, answer.why) == ("denied", "fence")
    first = town.store("li").duty("0A1", True)
    assert (first.holder, first.fence, first.is_mine) == ("li@0A1", 1, True)
    assert town.store("mei").duty("0A2", True) == town.store("li").duty("0A3", False)
    for who, seat, fence in (
        ("mei", "0A2", 1),
        ("li", "0A3", 1),
        ("li", "0A1", 2),
        ("li", "0A1", 0),
    ):
        answer = town.send(raised(town, who, seat, fence))
        assert (answer.status, answer.why) == ("denied", "fence"), (who, seat, fence)
    envelope = raised(town, "li", "0A1", 1)
    base = town.done(envelope)
    again = town.send(raised(town, "li", "0A1", 1))
    assert (again.status, again.why) == ("id-reuse", "row")
    grown = {"count": 12, "cases": "a b", "fence": 1, "grown_at": wire(town.clock.now)}
    base = town.done(changed(town, envelope, base, "grow_warning", "li", **grown))
    town.clock.forward(seconds=46)
    assert town.store("mei").duty("0A2", True).fence == 2
    late = changed(town, envelope, base, "grow_warning", "li", **grown)
    assert town.send(late).why == "fence"


def test_a_lease_is_renewed_given_back_and_taken_over_within_a_minute(town: Town):
    li, mei = town.store("li"), town.store("mei")
    assert li.duty("0A1", True).fence == 1
    town.clock.forward(seconds=40)
    assert li.duty("0A1", True).fence == 1
    town.clock.forward(seconds=40)
    assert not mei.duty("0A2", True).is_mine
    li.duty("0A1", False)
    assert (mei.duty("0A2", True).fence, mei.duty("0A2", True).is_mine) == (2, True)
    town.clock.forward(seconds=60)
    assert li.duty("0A1", True).fence == 3
    town.clock.forward(seconds=60)
    assert li.duty("0A1", True).fence == 4  # whatever was under way in between is too late
    for login in ("ann", "grid1", "aud", "adm"):
        with pytest.raises(Refused, match="not-permitted"):
            town.store(login).duty("0A1", True)


def test_the_centre_answers_it_and_no_unit_sees_it(town: Town):
    town.store("li").duty("0A1", True)
    case_id, _, _ = town.dispatched()
    envelope = raised(town, "li", "0A1", 1)
    effect = insertion(EarlyWarning(**{**row_of(envelope), "case_id": case_id}))
    base = town.done(town.envelope("li", "raise_warning", case_id, effect))
    own = effect.id
    assert own in seen(town, "mei")
    assert own not in seen(town, "ann") | seen(town, "grid1")
    assert case_id in seen(town, "ann")
    lines = town.store("ann").history(case_id)
    assert all(one.kind != "raise_warning" for one in lines)
    here = town.envelope("mei", "raise_warning", case_id, effect)
    heard = {"acknowledged": "PETITIONS", "acknowledged_at": wire(town.clock.now)}
    base = town.done(changed(town, here, base, "acknowledge_warning", "mei", **heard))
    said = {"status": "PLANNED", "plan": "约谈", "planned_at": wire(town.clock.now)}
    town.clock.forward(seconds=46)  # no lease is needed for what people say
    for who in ("ann", "grid1", "aud"):
        assert town.send(changed(town, here, base, "plan_warning", who, **said)).status != "done"
    base = town.done(changed(town, here, base, "plan_warning", "zhao", **said))
    back = {"status": "RAISED", "plan": "", "planned_at": None, "planned_by": ""}
    undo = changed(town, here, base, "undo.plan_warning", "zhao", **back)
    town.done(
        Envelope(**{**{name: getattr(undo, name) for name in undo.__slots__}, "undoes": base})
    )


def row_of(envelope: Envelope) -> dict[str, object]:
    made = envelope.effects[0]
    times = {"raised_at": envelope.claimed_at, "levelled_at": envelope.claimed_at}
    return {**made.values, "id": made.id, **times}


@pytest.mark.slow
@settings(
    max_examples=examples(10, 200),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ask", "leave", "raise", "pass"]),
            st.integers(0, 2),
            st.integers(1, 50),
        ),
        max_size=25,
    )
)
def test_whoever_dies_and_whatever_the_clock_does_a_key_is_raised_once(town: Town, steps):
    """Each seat believes the last answer it had, however old: the store alone knows better."""
    life = town.new_id()
    town.clock.forward(minutes=2)
    fences = [0, 0, 0]
    keys: set[str] = set()
    for what, which, seconds in steps:
        login, seat = HOLDERS[which]
        if what == "pass":
            town.clock.forward(seconds=seconds)
        elif what == "raise":
            key = f"{life}{seconds % 3}"
            answer = town.send(raised(town, login, seat, fences[which], key))
            held = town.store("zhao").duty("0Z9", False)
            is_his = held.holder == f"{login}@{seat}" and held.fence == fences[which]
            assert (answer.status == "done") == (is_his and key not in keys)
            keys |= {key} if answer.status == "done" else set()
        else:
            found = town.store(login).duty(seat, what == "ask")
            fences[which] = found.fence if found.is_mine else fences[which]
    there = {one for (one,) in town.link.rows("SELECT id FROM warning")}
    tried = {id_of("pingshan", f"{life}{one}", DAY) for one in range(3)}
    assert there & tried == {id_of("pingshan", key, DAY) for key in keys}
