"""Holidays announced in the middle of open cases: what runs is counted anew, what has stopped stays."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest

from app.__main__ import main
from app.cli.places import rules
from app.domain.bases import basis_at
from app.domain.calendar import LOCAL, Holidays, local_date
from app.domain.case import Dossier
from app.domain.commands import (
    Close,
    Command,
    Dispatch,
    File,
    Handle,
    RaiseGrade,
    Resettle,
    Sign,
    kind_of,
)
from app.domain.deadlines import ledgers
from app.domain.decide import decide
from app.domain.folding import folded
from app.domain.measures.disposal import criteria_for
from app.domain.moment import Moment, Setting
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, Grade, Role, Stage
from app.services.envelope import Envelope, encode, wish_of
from app.services.queries import Operator
from app.services.resettling import Resettled, Resettler
from app.services.wholes import whole_cases
from db.central import admin
from db.central.store import open_central, utc_now
from resources.holidays import load_holidays, read_whole, written
from tests.kit import a_unit, report, setting, someone
from tests.store.town import Clock

DISTRICT = "440310"
#: Wednesday, 30 December 2026, 10:00 in Shenzhen: three working days end in a year nobody knows yet.
LATE = datetime(2026, 12, 30, 2, 0, tzinfo=UTC)
#: A made-up announcement: Monday and Tuesday after New Year are off as well.
NEXT_YEAR = "date,kind,name\n2027-01-01,OFF,\n2027-01-04,OFF,\n2027-01-05,OFF,\n2027-01-01,YEAR,\n"


class Office:
    """People at one store, who decide under whatever rules they are given."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.path, self.clock, self.ids = folder / "central.db", Clock(now), count(1)
        admin.init(self.path, DISTRICT, "SZPS", "live", now)
        people = (("li", Role.OPERATOR, None), ("mei", Role.OPERATOR, None))
        for login, role, unit in (*people, ("ann", Role.UNIT_HANDLER, a_unit())):
            admin.add_operator(self.path, Operator(login, login, role, DISTRICT, unit))

    def new_id(self) -> str:
        return str(UUID(int=next(self.ids), version=4))

    def does(
        self, login: str, on: Dossier | None, wish: Command, known: Setting, after=5
    ) -> Dossier:
        self.clock.forward(minutes=after)
        people = {one.login: one.actor for one in admin.operators(self.path)}
        cmd_id = self.new_id()
        moment = Moment(self.clock.now, people[login], cmd_id, known, f"SZPS{cmd_id[:8]}")
        decision = decide(wish, on, moment)
        after_ = folded(on, decision.effects, cmd_id)
        envelope = Envelope(
            cmd_id=cmd_id,
            kind=kind_of(wish),
            actor=login,
            seat="0A1",
            district=DISTRICT,
            case_id=after_.case.id,
            wish=wish_of(wish),
            effects=decision.effects,
            relies_on=decision.relies_on,
            claimed_at=self.clock.now,
        )
        with closing(open_central(self.path, login, self.clock)) as store:
            (answer,) = store.submit([(encode(envelope), None)])
        assert answer.status == "done", answer
        return after_

    def signed(self, known: Setting) -> Dossier:
        on = self.does("li", None, report(), known)
        on = self.does("li", on, File(case_id=on.case.id), known)
        on = self.does("li", on, Dispatch(case_id=on.case.id, unit=a_unit()), known)
        return self.does("ann", on, Sign(case_id=on.case.id, task_id=on.tasks[0].id), known)

    def closed(self, known: Setting, after: int) -> Dossier:
        on = self.signed(known)
        wish = Handle(case_id=on.case.id, task_id=on.tasks[0].id, result="好", notice="好")
        on = self.does("ann", on, wish, known, after)
        moment = Moment(self.clock.now, someone(), "", known)
        ticked = tuple(one.code for one in criteria_for(on, moment))
        return self.does("mei", on, Close(case_id=on.case.id, criteria=ticked), known)

    def announce(self, text: str) -> Setting:
        """Put the table beside the store, as its keeper does."""
        (self.path.parent / "calendar.csv").write_text(text, "utf-8")
        rules.cache_clear()
        return rules(self.path).setting

    def resettled(self, known: Setting) -> Resettled:
        actor = admin.system(self.path).actor
        with closing(open_central(self.path, actor.login, self.clock)) as store:
            return Resettler(actor, "0A2", known, self.clock, self.new_id).run(store)

    def cases(self) -> dict[str, Dossier]:
        with closing(open_central(self.path, "li", self.clock)) as store:
            return {on.case.id: on for on in whole_cases(store)}

    def lines(self, case_id: str):
        with closing(open_central(self.path, "li", self.clock)) as store:
            return store.history(case_id)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path, LATE)


def due(on: Dossier, known: Setting) -> datetime:
    """When its disposal is due."""
    return next(one.due for one in ledgers(on, known) if one.clock == "K5")


def test_open_cases_are_due_anew_and_the_log_tells_both(office: Office):
    before = office.signed(setting())
    assert before.case.due_is_provisional
    known = office.announce(NEXT_YEAR)
    assert office.resettled(known) == Resettled(cases=1, moved=1, left=0)
    after = office.cases()[before.case.id]
    assert local_date(before.case.due_at) == date(2027, 1, 6)  # five days from Thursday on
    assert local_date(after.case.due_at) == date(2027, 1, 11)
    assert not after.case.due_is_provisional
    assert due(after, known) == after.case.due_at
    told = office.lines(after.case.id)[-1]
    assert (told.kind, told.actor) == ("resettle", "system")
    assert [datetime.fromisoformat(told.wish[name]) for name in ("due_was", "due_now")] == [
        before.case.due_at,
        after.case.due_at,
    ]


def test_who_only_claims_to_be_the_system_is_told_so_and_nothing_moves(office: Office):
    before = office.signed(setting())
    known = office.announce(NEXT_YEAR)
    with closing(open_central(office.path, "li", office.clock)) as store:
        system = admin.system(office.path).actor
        claimed = Resettler(system, "0A2", known, office.clock, office.new_id)
        with pytest.raises(Refused, match="resettle-denied"):
            claimed.run(store)
    assert office.cases()[before.case.id] == before


def test_all_pages_of_a_store_are_looked_through(office: Office, monkeypatch):
    monkeypatch.setattr("app.services.wholes.PAGE", 1)
    cases = {office.signed(setting()).case.id for _ in range(3)}
    assert set(office.cases()) == cases
    assert office.resettled(office.announce(NEXT_YEAR)).cases == 3


def test_until_then_list_and_case_say_the_same(office: Office):
    before = office.signed(setting())
    known = office.announce(NEXT_YEAR)
    assert due(before, known) == before.case.due_at


def test_what_has_ended_is_still_judged_by_the_days_of_then(office: Office):
    """Handled one day late by the days as they were known; the announcement would make it timely."""
    ended = office.closed(setting(), after=60 * 24 * 8)
    assert ended.case.status is CaseStatus.CLOSED_OVERDUE
    known = office.announce(NEXT_YEAR)
    assert office.resettled(known) == Resettled(0, 0, 0)
    after = office.cases()[ended.case.id]
    assert after == replace(ended, case=after.case, tasks=after.tasks, notices=after.notices)
    assert ledgers(after, known) == ledgers(ended, setting())


def test_a_clock_that_stopped_in_an_open_case_stays_as_it_was_judged(office: Office):
    on = office.signed(setting())
    wish = Handle(case_id=on.case.id, task_id=on.tasks[0].id, result="好", notice="好")
    on = office.does("ann", on, wish, setting(), after=60 * 24 * 8)
    late = due(on, setting())
    known = office.announce(NEXT_YEAR)
    assert office.resettled(known).cases == 1
    after = office.cases()[on.case.id]
    assert (after.case.stage, due(after, known)) == (Stage.CLOSURE, late)
    assert basis_at(after.case, on.tasks[0].handled_at).calendar == on.case.calendar


def test_a_second_run_finds_nothing_to_do(office: Office):
    office.signed(setting())
    known = office.announce(NEXT_YEAR)
    office.resettled(known)
    assert office.resettled(known) == Resettled(0, 0, 0)


def test_what_is_moved_meanwhile_is_taken_in_the_next_round(office: Office):
    on = office.signed(setting())
    known = office.announce(NEXT_YEAR)

    class Hurried(Resettler):
        moved = False

        def _wanted(self, central):
            found = list(super()._wanted(central))
            if found and not Hurried.moved:
                Hurried.moved = True
                told = Handle(case_id=on.case.id, task_id=on.tasks[0].id, result="好", notice="好")
                office.does("ann", on, told, setting())
            yield from found

    actor = admin.system(office.path).actor
    with closing(open_central(office.path, actor.login, office.clock)) as store:
        done = Hurried(actor, "0A2", known, office.clock, office.new_id).run(store)
    assert (done.cases, done.left) == (1, 0)
    assert office.cases()[on.case.id].case.calendar == known.holidays.version


def wish_for(on: Dossier, known: Setting, **more: object) -> Resettle:
    version = known.holidays.version
    return replace(Resettle(case_id=on.case.id, calendar=version, due_was=on.case.due_at), **more)


def test_the_wish_must_know_the_table_and_say_both_deadlines_rightly(office: Office):
    on = office.signed(setting())
    known = office.announce(NEXT_YEAR)
    system = someone(Role.SYSTEM)
    moment = Moment(office.clock.now, system, office.new_id(), known)
    for more, code in (({"calendar": "2031-abcdef"}, "calendar-unknown"), ({}, "due-otherwise")):
        with pytest.raises(Refused, match=code):
            decide(wish_for(on, known, **more), on, moment)
    with pytest.raises(Refused, match="not-permitted"):
        decide(wish_for(on, known), on, replace(moment, actor=someone(Role.DIRECTOR)))


def test_a_kept_table_is_the_table(tmp_path: Path):
    shipped = load_holidays()
    (tmp_path / "kept.csv").write_text(written(shipped), "utf-8")
    assert read_whole(tmp_path / "kept.csv") == shipped


def test_a_table_that_was_not_kept_is_what_todays_says_of_the_years_before():
    policy = setting().editions.by_code("PS-4")
    day = date(2027, 1, 4)
    more = Holidays(
        setting().holidays.off | {day}, setting().holidays.makeup, setting().holidays.years | {2027}
    )
    later = replace(setting(), holidays=more)
    assert not later.calendar(policy).is_workday(day)
    before = later.calendar(policy, setting().holidays.version)
    assert before.is_workday(day)
    assert before.is_provisional(day)


def test_the_keeper_of_a_store_counts_its_open_cases_anew(tmp_path: Path, capsys):
    """The three weekdays ahead are declared off, whatever day it is today."""
    office = Office(tmp_path, utc_now() - timedelta(hours=3))
    on = office.signed(setting())
    store = str(office.path)
    assert main(["store", "resettle", store]) == 0  # nothing was announced, and the table is kept
    assert office.cases()[on.case.id].case.bases == ""
    days = (local_date(utc_now()) + timedelta(days=ahead) for ahead in range(1, 8))
    off = [f"{day},OFF,\n" for day in days if day.weekday() < 5][:3]
    office.announce("date,kind,name\n" + "".join(off))
    assert main(["store", "resettle", store]) == 0
    after = office.cases()[on.case.id]
    assert after.case.due_at > on.case.due_at
    assert after.case.due_at.astimezone(LOCAL).hour == 23
    assert main(["store", "verify", store]) == 0
    rules.cache_clear()
    (tmp_path / "calendar.csv").write_text("date,kind,name\n2027-13-01,OFF,\n", "utf-8")
    assert main(["--lang", "en", "store", "resettle", store]) == 2
    assert "calendar.csv line 2" in capsys.readouterr().err
    rules.cache_clear()


def test_cases_that_others_keep_moving_are_told_and_left_for_another_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    office = Office(tmp_path, utc_now() - timedelta(hours=3))
    on = office.signed(setting())
    monkeypatch.setattr("app.services.resettling.whole_cases", lambda _: iter([on]))
    office.does("li", on, RaiseGrade(case_id=on.case.id, grade=Grade.A), setting())
    office.announce("date,kind,name\n2027-01-01,OFF,\n2027-01-01,YEAR,\n")
    assert main(["--lang", "en", "store", "resettle", str(office.path)]) == 1
    told = capsys.readouterr()
    assert "0 open cases" in told.out
    assert told.err.startswith("1 more were being worked on")
