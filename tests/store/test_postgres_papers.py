"""A centre's own editions and holidays on a server: published once, in force at every seat, also when it is away."""

import asyncio
from contextlib import closing
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import psycopg
import pytest

from app.__main__ import main
from app.cli import published
from app.cli.places import Rules, rules
from app.cli.published import known_rules, rules_at
from app.domain.calendar import LOCAL, local_date
from app.domain.case import Case
from app.domain.commands import Dispatch, File, Sign
from app.domain.refused import Refused
from app.services.ports import Unreachable
from app.services.wholes import whole_cases
from db import centre
from db.central.store import utc_now
from db.postgres import admin
from tests.kit import report
from tests.store.conftest import postgres_link
from tests.sync.desks import UNIT, Desks, settled
from tests.unit.test_places import OWN

_NAMES = (f"papers{number}" for number in count(1))
DAY = date(2026, 3, 1)
STRICTER = OWN.replace('"1"', '"2"') + (
    "clocks:\n  - {clock: K1, limits: {B: 20 CLOCK_MINUTE}, article: 11, origin: P}\n"
)


def publish(url: str, folder: Path, text: str, name: str = "own.yaml") -> int:
    (folder / name).write_text(text, "utf-8")
    return main(["--lang", "en", "store", "publish", url, str(folder / name)])


def judging(found: Rules) -> str:
    return found.setting.editions.judging(DAY).policy.stamp


def test_what_is_published_is_in_force_at_every_seat_from_its_next_start(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    seat = tmp_path / "seat"
    assert rules_at(url, seat, "li").setting.editions.judging(DAY).by_analogy
    assert publish(url, tmp_path, OWN) == 0
    assert "policy/own.yaml (no. 1)" in capsys.readouterr().out
    assert judging(rules_at(url, seat, "li")) == "PS-7@1"
    assert judging(rules_at(url, tmp_path / "another", "ann")) == "PS-7@1"
    assert rules_at(url, seat, "li").wrong == ()


def test_a_seat_that_was_never_there_before_knows_the_earlier_versions_too(
    url: str, tmp_path: Path
):
    for text in (OWN, STRICTER):
        assert publish(url, tmp_path, text) == 0
    found = rules_at(url, tmp_path / "new", "li")
    assert judging(found) == "PS-7@2"
    assert found.setting.editions.of("PS-7@1").clocks != found.setting.editions.of("PS-7@2").clocks
    tables = ["date,kind,name\n2027-01-01,OFF,\n", "date,kind,name\n2027-01-04,OFF,\n"]
    for text in tables:
        assert publish(url, tmp_path, text, "announced.csv") == 0
    found = rules_at(url, tmp_path / "newer", "li").setting
    assert date(2027, 1, 4) in found.holidays.off
    assert date(2027, 1, 1) not in found.holidays.off
    assert any(date(2027, 1, 1) in one.off for one in found.earlier)


def test_while_the_server_is_away_what_was_known_last_stays_in_force(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    publish(url, tmp_path, OWN)
    rules_at(url, tmp_path, "li")
    rules.cache_clear()  # as at the next start

    def away(*_: object) -> None:
        raise Unreachable("centre")

    monkeypatch.setattr(published, "papers", away)
    assert judging(rules_at(url, tmp_path, "li")) == "PS-7@1"
    assert judging(known_rules(url, tmp_path)) == "PS-7@1"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("own.yaml", OWN.replace("2026-01-01", "next year"), "own.yaml line 5"),
        ("days.csv", "date,kind,name\n2027-13-01,OFF,\n", "calendar.csv line 2"),
        ("own.txt", OWN, "own.txt"),
        ("own.yaml", OWN + "\0", "own.yaml"),
    ],
)
def test_a_wrong_file_is_told_and_not_published(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, told: str
):
    assert publish(url, tmp_path, text, name) == 2
    assert told in capsys.readouterr().err
    assert centre.papers(url, "li", 0) == []


def test_an_accepted_version_is_not_published_anew_with_other_words(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    assert publish(url, tmp_path, OWN) == 0
    assert publish(url, tmp_path, STRICTER.replace('"2"', '"1"')) == 2
    assert "own.yaml line 6" in capsys.readouterr().err


def test_beside_a_file_nothing_needs_to_be_published(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "own.yaml").write_text(OWN, "utf-8")
    assert judging(rules_at(tmp_path / "central.db", tmp_path / "seat")) == "PS-7@1"
    assert publish(str(tmp_path / "central.db"), tmp_path, OWN) == 2
    assert "lay the edition" in capsys.readouterr().err


def test_a_keeper_publishes_and_nobody_else_and_nothing_odd(url: str):
    as_li = url.replace("fenbo@", "li@")
    with pytest.raises(Refused, match="centre-not-let-in"):
        centre.publish(as_li, "calendar.csv", "")
    for name in ("policy/../x.yaml", "policy/a/b.yaml", "x.yaml", "calendar.csv\n", "policy/.yaml"):
        with pytest.raises(Refused, match="paper-odd"):
            centre.publish(url, name, "x")
    with pytest.raises(Refused, match="paper-odd"):
        centre.publish(url, "calendar.csv", "x" * 1_000_001)


@pytest.mark.e2e
@pytest.mark.slow
def test_open_cases_are_counted_anew_by_holidays_published_meanwhile(
    url: str, postgres: str, tmp_path: Path
):
    """The weekdays ahead are declared off, whatever day it is today."""
    asyncio.run(signed(Desks(tmp_path / "desks", url)))
    home = ("--home", str(tmp_path / "keeper"))
    before = case_of(url)
    assert main([*home, "store", "resettle", url]) == 0  # nothing was announced
    assert case_of(url).bases == ""
    days = (local_date(utc_now()) + timedelta(days=ahead) for ahead in range(1, 8))
    off = [f"{day},OFF,\n" for day in days if day.weekday() < 5][:3]
    assert publish(url, tmp_path, "date,kind,name\n" + "".join(off), "calendar.csv") == 0
    assert main([*home, "store", "resettle", url]) == 0
    after = case_of(url)
    assert after.due_at > before.due_at
    assert after.due_at.astimezone(LOCAL).hour == 23
    assert main([*home, "store", "verify", url]) == 0
    with closing(psycopg.connect(postgres + " dbname=postgres")) as root:
        found = root.execute(
            "SELECT rolcanlogin, rolpassword FROM pg_authid WHERE rolname = 'system'"
        )
        assert found.fetchone() == (False, None)  # lent for that once


async def signed(desks: Desks) -> None:
    """A case as far as its unit's signature."""
    li, ann = await desks.at("li"), await desks.at("ann")
    done = await li.send(report())
    await li.send(File(case_id=done.case_id))
    await li.send(Dispatch(case_id=done.case_id, unit=UNIT))
    await settled(li, ann)
    view = await ann.case(done.case_id)
    assert view is not None
    await ann.send(Sign(case_id=done.case_id, task_id=view.dossier.tasks[0].id))
    await settled(ann)
    desks.close()


def case_of(url: str) -> Case:
    with closing(centre.open_central(url, "li")) as store:
        (on,) = whole_cases(store)
    return on.case


def test_the_system_is_lent_to_a_keeper_only_and_for_a_while(url: str, postgres: str):
    with pytest.raises(Refused, match="centre-not-let-in"), admin.as_the_system(as_whom(url, "li")):
        pass
    with admin.as_the_system(url) as store:
        assert store.operator().login == "system"
        root = postgres_link(f"{postgres} dbname=postgres")
        sql = (
            "SELECT rolcanlogin, rolvaliduntil < now() + interval '11 minutes', rolsuper, rolcreaterole"
            " FROM pg_authid WHERE rolname = 'system'"
        )
        assert root.rows(sql) == [(True, True, False, False)]
    assert root.rows(sql)[0][0] is False
    root.close()
    with psycopg.connect(url) as link, pytest.raises(psycopg.Error) as no:
        link.execute("SELECT fenbo.lend_system('secret')")
    assert no.value.diag.message_primary == "password-plain"


def as_whom(url: str, login: str) -> str:
    return url.replace("fenbo@", f"{login}@")
