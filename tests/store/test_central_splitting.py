"""Parts are born beside their report in one line: of no other report, with its reporter, seen by whom they concern."""

from dataclasses import replace

import pytest

from app.domain.effects import Effect, Insert, Set, insertion
from app.services.envelope import Sealed
from app.services.ports import Answer
from db.central.rows import find
from db.central.verify import verify_link
from tests.store.town import Town, wire

pytestmark = pytest.mark.article(19)
PHONE, NUMBER = "13812345678", "13912345670"


def said(answer: Answer) -> tuple[str, str]:
    return answer.status, answer.why


def whole(town: Town) -> tuple[str, str]:
    """A filed report of somebody who gave his number."""
    case = town.case(reporter_masked="张*", phone_masked="138****5678")
    cmd = town.envelope("li", "register", case.id, insertion(case))
    base = town.done(cmd, Sealed(case.id, name="张三", phone=PHONE))
    filed = {"status": "FILED", "stage": "DISPATCH", "filed_at": wire(town.clock.now)}
    return case.id, town.done(
        town.envelope("li", "file", case.id, Set("case_file", case.id, filed, base))
    )


def parts(town: Town, of: str, count: int = 2, **lies: object) -> list[Insert]:
    """New cases as a split makes them."""
    row = find(town.link, ("case_file", of))
    assert row is not None
    own = {name: one for name, one in row.items() if name not in ("id", "changed_by", "seq")}
    begun = {**own, "split_from": of, "waits_since": own["filed_at"], "reporter_key": None, **lies}
    ids = [town.new_id() for _ in range(count)]
    return [
        Insert(
            "case_file", id_, {**begun, "number": f"{own['number']}-{at:02}", "title": f"第{at}件"}
        )
        for at, id_ in enumerate(ids, 1)
    ]


def split(town: Town, of: tuple[str, str], *rows: Effect, actor: str = "li"):
    at = wire(town.clock.now)
    gone = {"status": "SPLIT", "stage": "ENDED", "split_at": at, "parts": 2, "parts_open": 2}
    mine = Set("case_file", of[0], gone, of[1])
    return town.envelope(actor, "split", of[0], mine, *rows)


def sound(town: Town) -> bool:
    return verify_link(town.link, town.sealer).findings == ()


def test_parts_are_born_in_one_line_that_stands_in_the_life_of_each(town: Town):
    report = whole(town)
    rows = parts(town, report[0])
    since = town.store("mei").head()
    cmd = town.done(split(town, report, *rows))
    (line,) = town.store("mei").pull(since, 10).rows
    ids = sorted(one.id for one in rows)
    assert (line.case_id, sorted(line.others), line.gone) == (report[0], ids, ())
    for id_ in ids:
        last = town.store("mei").history(id_)[-1]
        assert (last.cmd_id, last.case_id) == (cmd, id_)
    assert sound(town)


def test_a_part_has_its_reporter_s_key_and_shows_the_report_s_reporter_with_a_record_of_who_looked(
    town: Town,
):
    report = whole(town)
    one, two = parts(town, report[0])
    told = Sealed(report[0], numbers=(("139****5670", NUMBER),))
    town.done(split(town, report, one, two), told)
    kept = [find(town.link, ("case_file", id_)) for id_ in (report[0], one.id, two.id)]
    keys = {row["reporter_key"] for row in kept if row}
    assert len(keys) == 1
    assert None not in keys
    person = town.store("mei").reveal(two.id, "回访")
    assert (person.name, person.phone) == ("张三", PHONE)
    assert ("139****5670", NUMBER) in person.numbers
    looks = town.link.rows("SELECT actor, about FROM access_log WHERE what = 'reveal'")
    assert [tuple(look) for look in looks] == [("mei", two.id)]
    assert town.link.row("SELECT count(*) FROM reporter", ()) == (1,)
    assert sound(town)


def test_what_is_put_right_of_the_report_s_reporter_holds_for_its_parts(town: Town):
    case = town.case(reporter_masked="张*", phone_masked="138****5678")
    cmd = town.envelope("li", "register", case.id, insertion(case))
    base = town.done(cmd, Sealed(case.id, name="张三", phone=PHONE))
    right = Set("case_file", case.id, {"reporter_masked": "李*"}, base)
    base = town.done(town.envelope("li", "amend", case.id, right), Sealed(case.id, name="李四"))
    filed = {"status": "FILED", "stage": "DISPATCH", "filed_at": wire(town.clock.now)}
    base = town.done(town.envelope("li", "file", case.id, Set("case_file", case.id, filed, base)))
    one, two = parts(town, case.id)
    town.done(split(town, (case.id, base), one, two))
    assert town.store("mei").reveal(one.id, "回访").name == "李四"


LIES = {
    "split_from": "elsewhere",
    "reporter_masked": "王*",
    "phone_masked": "",
    "registered_at": "2026-03-01T00:00:00.000000Z",
    "filed_at": None,
    "channel": "OTHER",
    "keep_secret": True,
    "parts": 3,
    "members": 1,
    "merged_into": "elsewhere",
}


def test_a_part_is_of_that_report_and_says_nothing_else_of_its_reporter_and_its_times(town: Town):
    report, other = whole(town), whole(town)
    for name, lie in LIES.items():
        rows = parts(town, report[0], **{name: lie})
        assert said(town.send(split(town, report, *rows))) == ("denied", "value"), name
    strange = parts(town, report[0], split_from=other[0])
    assert said(town.send(split(town, report, *strange))) == ("denied", "value")
    before = find(town.link, ("case_file", report[0]))
    assert before is not None
    assert before["status"] == "FILED"


def test_no_other_command_makes_a_part_and_so_shows_another_s_reporter(town: Town):
    report = whole(town)
    case = replace(town.case(), split_from=report[0])
    answer = town.send(town.envelope("mei", "register", case.id, insertion(case)))
    assert said(answer) == ("denied", "value")
    assert find(town.link, ("case_file", case.id)) is None


def test_two_to_ten_parts_and_only_by_the_centre(town: Town):
    report = whole(town)
    for count in (1, 11):
        rows = parts(town, report[0], count)
        assert said(town.send(split(town, report, *rows))) == ("denied", "count"), count
    rows = parts(town, report[0])
    for actor in ("ann", "vis", "sys"):
        assert town.send(split(town, report, *rows, actor=actor)).status in ("denied", "missing")
    person = Sealed(report[0], name="王五")
    assert said(town.send(split(town, report, *rows), person)) == ("denied", "sealed")


def test_of_split_and_dispatch_at_once_one_wins_and_no_part_is_left(town: Town):
    report = whole(town)
    rows = parts(town, report[0])
    task = town.task(report[0], "water")
    moved = {"status": "DISPATCHED", "units": "|water|", "lead_unit": "water"}
    move = Set("case_file", report[0], moved, report[1])
    town.done(town.envelope("mei", "dispatch", report[0], move, insertion(task)))
    answer = town.send(split(town, report, *rows))
    assert said(answer) == ("conflict", "base")
    assert answer.facts is not None
    assert [line["kind"] for line in answer.facts["since"]] == ["dispatch"]
    assert [find(town.link, ("case_file", one.id)) for one in rows] == [None, None]


def test_a_unit_meets_a_part_when_it_is_sent_there_and_never_the_report(town: Town):
    report = whole(town)
    one, two = parts(town, report[0])
    since = town.store("ann").head()
    cmd = town.done(split(town, report, one, two))
    assert town.store("ann").pull(since, 10).rows == ()
    task = town.task(one.id, "water")
    moved = {"status": "DISPATCHED", "units": "|water|", "lead_unit": "water"}
    town.done(
        town.envelope(
            "li", "dispatch", one.id, Set("case_file", one.id, moved, cmd), insertion(task)
        )
    )
    (line,) = town.store("ann").pull(since, 10).rows
    assert {row["id"] for _, row in line.rows} == {one.id, task.id}
    told = town.store("ann").history(one.id)
    assert {told_of.case_id for told_of in told} == {one.id}
    seen = [effect.id for told_of in told for effect in told_of.applied]
    assert report[0] not in seen
    assert two.id not in seen
    assert all("demands" not in told_of.wish for told_of in told)
