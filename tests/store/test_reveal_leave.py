"""A unit sees a reporter by a leader's leave alone: one person, one case, one look in the log, not too often."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from app.__main__ import main
from app.domain.case import ASKED, DENIED, GRANTED, SEEN, Request
from app.domain.effects import Set, insertion
from app.domain.refused import Refused
from app.domain.revealing import OF_CENTRE, OF_UNIT, USUAL
from app.services.envelope import Envelope, Sealed
from db.central import admin, reveals
from db.central.store import utc_now
from db.failures import too_often
from tests.store.town import Town, wire

PERSON = {"name": "欧阳翠花", "phone": "13912345678"}
MASKED = {"reporter_masked": "欧**花", "phone_masked": "139****5678"}
WHY = "callback 约时间"
#: Not his post's, no such step from there, and not in his sight.
NOS = {("denied", "role"), ("denied", "move"), ("missing", "")}


class Asked:
    """A case in the water unit's hands, with ann's request to see who its reporter is."""

    def __init__(self, town: Town, **values: object) -> None:
        self.town = town
        case = town.case(**MASKED)
        base = town.done(
            town.envelope("li", "register", case.id, insertion(case)), Sealed(case.id, **PERSON)
        )
        self.case_id, self.task_id = case.id, self._dispatched(base)
        row = Request(
            id=town.new_id(),
            district="pingshan",
            case_id=case.id,
            task_id=self.task_id,
            status=ASKED,
            kind="REVEAL",
            asked_at=town.clock.now,
        )
        self.request = replace(row, **values)
        self.base = town.done(town.envelope("ann", "ask_reveal", case.id, insertion(self.request)))

    def _dispatched(self, base: str) -> str:
        town, move = self.town, {"status": "FILED", "stage": "DISPATCH"}
        base = town.done(
            town.envelope(
                "li", "file", self.case_id_of(base), Set("case_file", self._id, move, base)
            )
        )
        task = town.task(self._id, "water")
        there = {"status": "DISPATCHED", "units": "|water|", "lead_unit": "water", "stage": "SIGN"}
        effects = (Set("case_file", self._id, there, base), insertion(task))
        base = town.done(town.envelope("li", "dispatch", self._id, *effects))
        town.done(town.sign("ann", self._id, task.id, base))
        return task.id

    def case_id_of(self, base: str) -> str:
        ((self._id,),) = self.town.link.rows(
            "SELECT id FROM case_file WHERE changed_by = ?", (base,)
        )
        return self._id

    def decided(
        self, who: str = "zhao", kind: str = "approve_reveal", to: str = GRANTED
    ) -> Envelope:
        values = {"status": to, "decided_at": wire(self.town.clock.now)}
        return self._moved(who, kind, values)

    def look(self, who: str = "ann") -> Envelope:
        return self._moved(who, "see_reporter", {"status": SEEN})

    def _moved(self, who: str, kind: str, values: dict[str, object]) -> Envelope:
        move = Set("request", self.request.id, values, self.base)
        return self.town.envelope(who, kind, self.case_id, move)

    def does(self, envelope: Envelope) -> "Asked":
        self.base = self.town.done(envelope)
        return self

    def no(self, who: str = "ann") -> str:
        try:
            shown = self.town.store(who).reveal(self.case_id, WHY)
        except Refused as no:
            return no.code
        assert (shown.name, shown.phone) == (PERSON["name"], PERSON["phone"])
        return ""


def test_no_step_may_be_left_out(town: Town):
    asked = Asked(town)
    assert asked.no() == "reveal-denied"
    asked.does(asked.decided())
    assert asked.no() == "reveal-denied", "the look must stand in the log first"
    asked.does(asked.look())
    assert [asked.no(), asked.no()] == ["", ""], "as often as he likes while it lasts"
    assert asked.no("cao") == "reveal-denied", "of his own unit, and its leader"
    assert asked.no("bo") == "reveal-denied"
    kinds = [line.kind for line in town.store("zhao").history(asked.case_id)][-3:]
    assert kinds == ["ask_reveal", "approve_reveal", "see_reporter"], "the centre reads it all"
    lines = town.link.rows("SELECT actor, about, reason FROM access_log WHERE what = 'reveal'")
    assert set(lines) == {(who, asked.case_id, WHY) for who in ("ann", "cao", "bo")}


def test_a_look_is_over_after_half_an_hour_and_is_had_once(town: Town):
    asked = Asked(town)
    asked.does(asked.decided()).does(asked.look())
    town.clock.forward(minutes=29, seconds=59)
    assert asked.no() == ""
    town.clock.forward(seconds=2)
    assert asked.no() == "reveal-over"
    assert town.send(asked.look()).why == "move", "there is no way back to a new look"


def test_leave_that_was_used_too_late_shows_nobody(town: Town):
    """The rules say so before; a program that asks all the same is held by the store."""
    asked = Asked(town)
    asked.does(asked.decided())
    town.clock.forward(hours=24, seconds=1)
    asked.does(asked.look())
    assert asked.no() == "reveal-lapsed"


def test_another_who_uses_it_up_sees_nobody_either(town: Town):
    asked = Asked(town)
    asked.does(asked.decided()).does(asked.look("cao"))
    assert (asked.no("cao"), asked.no("ann")) == ("reveal-denied", "reveal-denied")


def test_a_case_that_has_left_the_unit_is_not_shown_to_it(town: Town):
    asked = Asked(town)
    asked.does(asked.decided()).does(asked.look())
    town.link.run("UPDATE case_file SET units = '|roads|' WHERE id = ?", (asked.case_id,))
    assert asked.no() == "case-missing"


def test_nobody_skips_a_step_or_takes_one_that_is_not_his(town: Town):
    asked = Asked(town)
    for who, kind, to in (
        ("ann", "approve_reveal", GRANTED),
        ("cao", "approve_reveal", GRANTED),
        ("li", "approve_reveal", GRANTED),
        ("aud", "approve_reveal", GRANTED),
        ("zhao", "approve_reveal", SEEN),
        ("zhao", "refuse_reveal", GRANTED),
        ("zhao", "approve_return", "APPROVED"),
        ("zhao", "see_reporter", SEEN),
        ("ann", "see_reporter", SEEN),
        ("bo", "see_reporter", SEEN),
    ):
        answer = town.send(asked._moved(who, kind, {"status": to}))
        assert (answer.status, answer.why) in NOS, (who, kind, to, answer)
    asked.does(asked.decided("wu", "refuse_reveal", DENIED))
    assert town.send(asked.look()).status == "denied"
    assert asked.no() == "reveal-denied"


def test_nobody_decides_what_he_asked_for_himself(town: Town):
    """Ann leads a shift by now; what she asked for as a unit's person stays another's to decide."""
    asked = Asked(town)
    town.link.run("UPDATE operator SET role = 'SHIFT_LEADER', unit = NULL WHERE login = 'ann'")
    answer = town.send(asked.decided("ann"))
    assert (answer.status, answer.why) == ("denied", "own-request")


def test_a_request_is_its_own_persons_whatever_it_says(town: Town):
    asked = Asked(town, asked_by="cao", decided_by="zhao")
    asked.does(asked.decided()).does(asked.look())
    assert (asked.no("cao"), asked.no("ann")) == ("reveal-denied", "")


def test_a_return_that_calls_itself_leave_lets_nobody_look(town: Town):
    case_id, task_id, request_id, base = town.return_asked("ann", kind="REVEAL")
    town.done(town.approval("zhao", (case_id, task_id, request_id, base)))
    ((status,),) = town.link.rows("SELECT status FROM request WHERE id = ?", (request_id,))
    assert status == "APPROVED"
    with pytest.raises(Refused, match="reveal-denied"):
        town.store("ann").reveal(case_id, WHY)


def test_nobody_begins_with_leave(town: Town):
    asked = Asked(town)
    for status in (GRANTED, SEEN, DENIED):
        made = insertion(replace(asked.request, id=town.new_id(), status=status))
        answer = town.send(town.envelope("ann", "ask_reveal", asked.case_id, made))
        assert (answer.status, answer.why) == ("denied", "move")


@pytest.mark.parametrize(("who", "most"), [("li", USUAL[OF_CENTRE]), ("ann", USUAL[OF_UNIT])])
def test_within_an_hour_nobody_looks_more_often_than_the_edition_says(
    town: Town, who: str, most: int
):
    asked = Asked(town)
    asked.does(asked.decided()).does(asked.look())
    town.clock.forward(minutes=1)
    assert asked.no(who) == ""
    town.clock.forward(minutes=1)
    assert {asked.no(who) for _ in range(most - 1)} == {""}
    for _ in range(2):
        with pytest.raises(Refused) as no:
            town.store(who).reveal(asked.case_id, WHY)
        assert (no.value.code, no.value.facts) == (
            "reveal-too-often",
            {"most": most, "minutes": 59},
        )
    assert asked.no("zhao") == "", "each by himself"
    what = "SELECT what, count(*) FROM access_log WHERE actor = ? GROUP BY what ORDER BY what"
    assert town.link.rows(what, (who,)) == [("reveal", most), ("reveal.limited", 2)]
    town.clock.forward(minutes=59)
    assert asked.no(who) == ("reveal-over" if who == "ann" else ""), "the first is an hour ago"
    with pytest.raises(Refused, match="reveal-too-often"):
        town.store(who).reveal(asked.case_id, WHY)


def test_who_has_no_business_there_is_told_so_however_often_he_asks(town: Town):
    asked = Asked(town)
    assert {asked.no("aud") for _ in range(USUAL[OF_CENTRE] + 1)} == {"reveal-denied"}


def test_who_keeps_a_file_reads_who_wanted_to_look_too_often(file: Path, capsys):
    with admin.opened(file) as link:
        for days, login in ((0, "ann"), (1, "ann"), (8, "bo")):
            at = utc_now() - timedelta(days=days)
            reveals.record(link, login, ("reveal.limited", "x"), "x", at)
    assert list(too_often(file)) == [("ann", 2)]
    assert main(["--lang", "en", "store", "failures", str(file)]) == 0
    assert "login ann: 2 looks at reporters beyond the limit" in capsys.readouterr().out
