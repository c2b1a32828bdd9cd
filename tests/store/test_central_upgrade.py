"""Central files of every released schema, kept for ever: each is carried over, and work goes on in it."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from shutil import copyfile
from uuid import UUID

import pytest

from app.cli.verifying import decided_again
from app.domain.case import Dossier
from app.domain.commands import AddNote, Command, Dispatch, File, LowerGrade, RaiseGrade, kind_of
from app.domain.decide import decide
from app.domain.effects import Insert, Set, wire_of
from app.domain.folding import folded
from app.domain.moment import Moment
from app.domain.refused import Refused
from app.domain.terms import CaseStatus, Grade
from app.services.envelope import Envelope, encode, wish_of
from app.services.wholes import whole_cases
from db.central import admin, info
from db.central.sealing import key_path
from db.central.store import open_central
from db.central.verify import verify
from tests.kit import a_unit, setting
from tests.store.town import Clock

OLD = sorted((Path(__file__).parents[1] / "old_dbs").glob("central-*.sql"))
SOUND = partial(verify, replay=partial(decided_again, setting()))


@pytest.fixture(params=OLD, ids=lambda path: path.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An old store and its key."""
    path = tmp_path / "central.db"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(request.param.read_text("utf-8"))
    copyfile(request.param.with_suffix(".key"), key_path(path))
    return path


def rows(path: Path) -> dict[str, list[dict[str, object]]]:
    """Every table's rows by column, as SQLite has them."""
    db = sqlite3.connect(path)
    db.row_factory = sqlite3.Row
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {name: [dict(row) for row in db.execute(f"SELECT * FROM {name}")] for name in names}
    db.close()
    return found


def test_there_is_a_file_of_every_schema_before_todays():
    assert [path.stem for path in OLD] == [f"central-{n}" for n in range(1, info.SCHEMA_VERSION)]


def test_an_old_store_asks_to_be_upgraded_first(old: Path):
    with pytest.raises(Refused, match="store-needs-upgrade"):
        open_central(old, "li")


def test_an_upgrade_makes_what_later_schemas_find_by(old: Path):
    admin.upgrade(old)
    with admin.opened(old) as link:
        for name in ("ix_case_file_supplements", "ix_attachment_digest", "kept_file", "file_part"):
            assert link.row("SELECT 1 FROM sqlite_master WHERE name = ?", (name,))


#: What an upgrade itself says: from which line on today's program decides.
MOVED = {("head", "judged_from")}


def test_an_upgrade_keeps_every_row_as_it_was(old: Path):
    before = rows(old)
    copy = admin.upgrade(old)
    assert copy is not None
    assert rows(copy) == before
    assert admin.upgrade(old) is None
    after = rows(old)
    assert admin.facts(old).info.schema_version == info.SCHEMA_VERSION
    for table in set(before) - {"rule", "store_info", "alembic_version"}:
        kept = [
            {name: was[name] if (table, name) in MOVED else row[name] for name in was}
            for was, row in zip(before[table], after[table], strict=True)
        ]
        assert kept == before[table], table


def test_what_an_earlier_program_decided_is_compared_and_not_decided_again(old: Path):
    lines = len(rows(old)["log"])
    admin.upgrade(old)
    report = SOUND(old)
    assert (report.findings, report.lines, report.given) == ((), lines, lines)


def test_a_row_changed_behind_the_logs_back_is_found_in_an_upgraded_store_too(old: Path):
    admin.upgrade(old)
    db = sqlite3.connect(old)
    db.execute("UPDATE case_file SET bases = '[]' WHERE status = 'REWORK'")
    db.commit()
    db.close()
    assert [one.code for one in SOUND(old).findings] == ["row"]


class Work:
    """Somebody who goes on working in an upgraded store."""

    def __init__(self, path: Path) -> None:
        self.path, self.clock, self.count = path, Clock(), 0
        self.people = {one.login: one for one in admin.operators(path)}
        self.clock.now = max(
            datetime.fromisoformat(line["received_at"]) for line in rows(path)["log"]
        )

    def case_in(self, status: CaseStatus) -> Dossier:
        """A case in a state, as a seat reads it that fills itself anew."""
        with closing(open_central(self.path, "li", self.clock)) as store:
            return next(one for one in whole_cases(store) if one.case.status is status)

    def envelope(self, login: str, on: Dossier, **parts: object) -> Envelope:
        self.count += 1
        self.clock.forward(minutes=5)
        given = {"wish": {}, "effects": (), **parts}
        return Envelope(
            cmd_id=str(UUID(int=20_000 + self.count, version=4)),
            actor=login,
            seat="0A1",
            district=on.case.district,
            case_id=on.case.id,
            claimed_at=self.clock.now,
            **given,
        )

    def decided(self, login: str, on: Dossier, wish: Command) -> Envelope:
        envelope = self.envelope(login, on, kind=kind_of(wish), wish=wish_of(wish))
        actor = self.people[login].actor
        decision = decide(wish, on, Moment(self.clock.now, actor, envelope.cmd_id, setting()))
        return replace(envelope, effects=decision.effects, relies_on=decision.relies_on)

    def sent(self, on: Dossier, envelope: Envelope) -> Dossier:
        with closing(open_central(self.path, envelope.actor, self.clock)) as store:
            (answer,) = store.submit([(encode(envelope), None)])
        assert answer.status == "done", answer
        return folded(on, envelope.effects, envelope.cmd_id)

    def does(self, login: str, on: Dossier, wish: Command) -> Dossier:
        return self.sent(on, self.decided(login, on, wish))


def test_work_goes_on_and_is_decided_again_from_there(old: Path):
    admin.upgrade(old)
    work, given = Work(old), SOUND(old).given
    on = work.case_in(CaseStatus.REWORK)
    on = work.does("li", on, RaiseGrade(case_id=on.case.id, grade=Grade.A))
    on = work.does("chen", on, LowerGrade(case_id=on.case.id, grade=Grade.B, reason="误报"))
    work.does("mei", on, AddNote(case_id=on.case.id, text="升级之后"))
    report = SOUND(old)
    assert (report.findings, report.lines - report.given, report.given) == ((), 3, given)


def test_a_command_on_an_old_row_is_taken_back_to_what_stood_there(old: Path):
    admin.upgrade(old)
    work = Work(old)
    first = work.case_in(CaseStatus.REGISTERED)
    raised = work.decided("li", first, RaiseGrade(case_id=first.case.id, grade=Grade.A))
    on, stood = work.sent(first, raised), wire_of(first.case)
    back = tuple(
        Set(one.table, one.id, {name: stood[name] for name in one.values}, raised.cmd_id)
        for one in raised.effects
    )
    undo = work.envelope("li", on, kind="undo.raise_grade", effects=back, undoes=raised.cmd_id)
    assert replace(work.sent(on, undo).case, changed_by="") == replace(first.case, changed_by="")
    assert SOUND(old).is_sound


@pytest.mark.fault("F27")
def test_what_an_earlier_desk_had_still_to_send_is_taken_and_decided_alike(old: Path):
    """Its rows name no field that is younger than itself."""
    admin.upgrade(old)
    work = Work(old)
    on = work.case_in(CaseStatus.REGISTERED)
    on = work.does("li", on, File(case_id=on.case.id))
    sent = work.decided("li", on, Dispatch(case_id=on.case.id, unit=a_unit()))
    younger = ("limits", "on_site_at", "controlled_at")
    shorter = tuple(
        Insert(one.table, one.id, {k: v for k, v in one.values.items() if k not in younger})
        if isinstance(one, Insert)
        else one
        for one in sent.effects
    )
    assert shorter != sent.effects
    work.sent(on, replace(sent, effects=shorter))
    task = work.case_in(CaseStatus.DISPATCHED)
    assert {one.limits for one in task.tasks} == {""}
    assert SOUND(old).is_sound
