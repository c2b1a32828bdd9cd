"""Records of other systems become cases or rejects: mapped, counted, sent once, stopped and gone on with."""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.effects import Insert
from app.domain.moment import Actor
from app.domain.refused import Refused
from app.domain.terms import Role
from app.importing.archive import Archive
from app.importing.report import Ending, ImportReport
from app.importing.run import Job, Watch, import_file, preview
from app.importing.sending import case_id, command_id, tails
from app.importing.survey import survey
from app.services.envelope import Envelope, Sealed, decode
from app.services.ports import Answer, Cursor, Unreachable
from tests.kit import setting, someone

NOW = datetime(2026, 1, 5, 2, tzinfo=UTC)
PINGSHAN = {
    "ROW_ORDER": "1",
    "REC_ID": "72687",
    "CREATE_TIME": "2018-07-04 17:24:41",
    "STREET_NAME": "龙田街道",
    "COMMUNITY_NAME": "南布社区",
    "EVENT_TYPE_NAME": "市容环卫",
    "MAIN_TYPE_NAME": "垃圾问题",
    "SUB_TYPE_NAME": "暴露垃圾",
    "DISPOSE_UNIT_NAME": "城市管理局",
    "DISPOSE_UNIT_ID": "1583",
    "EVENT_SRC_NAME": "12345",
    "OVERTIME_ARCHIVE_NUM": "0",
    "INTIME_ARCHIVE_NUM": "1",
    "EVENT_PROPERTY_NAME": "投诉",
    "OCCUR_PLACE": "-",
}
MESSAGE = {
    "留言编号": "188006",
    "留言用户": "A00012",
    "留言主题": "路灯不亮",
    "留言时间": "2019/2/28 11:25",
    "留言详情": "门口路灯坏了三天，请拨13800138000联系。",
    "反对数": "0",
}


@dataclass
class FakeArchive:
    """A centre that keeps commands by id, as far as an import can tell."""

    actor: Actor = field(default_factory=lambda: someone(Role.SHIFT_LEADER))
    prefix: str = "SZPS"
    texts: dict[str, tuple[str, int]] = field(default_factory=dict)
    cases: dict[str, Envelope] = field(default_factory=dict)
    sealed: list[Sealed] = field(default_factory=list)
    open: set[str] = field(default_factory=set)
    offered: list[int] = field(default_factory=list)
    refused: frozenset[str] = frozenset()
    redacted: frozenset[str] = frozenset()
    batches_left: int = 1_000
    is_blind: bool = False

    def known(self, case_ids: Iterable[str]) -> frozenset[str]:
        return frozenset() if self.is_blind else frozenset(case_ids) & frozenset(self.cases)

    def said(self, cmd_ids: Iterable[str]) -> dict[str, Mapping[str, Any]]:
        return {
            one: decode(self.texts[one][0]).wish
            for one in cmd_ids
            if one in self.texts and one not in self.redacted
        }

    def open_batch(self, batch: str) -> None:
        self.open.add(batch)

    def close_batch(self, batch: str) -> None:
        self.open.remove(batch)

    def head(self) -> Cursor:
        return Cursor(len(self.texts))

    def submit(self, batch: Sequence[tuple[str, Sealed | None]]) -> list[Answer]:
        if self.batches_left == 0:
            raise Unreachable("store-busy")
        self.batches_left -= 1
        self.offered.append(len(batch))
        return [self._take(text, sealed) for text, sealed in batch]

    def _take(self, text: str, sealed: Sealed | None) -> Answer:
        envelope = decode(text)
        if envelope.cmd_id in self.texts:
            known, seq = self.texts[envelope.cmd_id]
            status = "done" if known == text else "id-reuse"
            return Answer(envelope.cmd_id, status, seq=seq)
        if envelope.wish["source_ref"] in self.refused:
            return Answer(envelope.cmd_id, "denied", why="value")
        assert envelope.batch in self.open
        self.texts[envelope.cmd_id] = (text, len(self.texts) + 1)
        self.cases[envelope.case_id] = envelope
        self.sealed += [sealed] if sealed else []
        return Answer(envelope.cmd_id, "done", seq=len(self.texts))

    def case(self, source_ref: str) -> dict[str, Any]:
        """Fields of the case that a record became."""
        effects = self.cases[case_id(source_ref)].effects
        found = next(one for one in effects if one.table == "case_file")
        assert isinstance(found, Insert)
        return dict(found.values)


def write(folder: Path, rows: Sequence[dict[str, str]], name: str = "file.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    return path


def events(*changes: dict[str, str]) -> list[dict[str, str]]:
    """Pingshan rows with numbers of their own."""
    return [
        {**PINGSHAN, "REC_ID": str(1000 + place), "ROW_ORDER": str(place), **change}
        for place, change in enumerate(changes)
    ]


def run(path: Path, archive: Archive, kind: str = "pingshan", **more: Any) -> ImportReport:
    watch = Watch(
        clock=lambda: NOW, **{k: more.pop(k) for k in ("progress", "cancelled") if k in more}
    )
    report = import_file(Job(path=path, kind=kind, **more), archive, setting(), watch)
    assert report.rows == report.imported + report.already + report.rejected + report.left
    assert report.rejected == sum(count for _, count in report.reasons)
    return report


def found(report: ImportReport) -> dict[str, int]:
    return {one.code: one.count for one in report.findings}


def rejects(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_an_event_becomes_a_case_as_it_stood(tmp_path: Path) -> None:
    archive = FakeArchive()
    report = run(write(tmp_path, [PINGSHAN]), archive)
    case = archive.case("pingshan:72687")
    directory = setting().directory
    assert (report.imported, report.rejects_file) == (1, None)
    assert case["status"] == "CLOSED_ON_TIME"
    assert case["registered_at"] == "2018-07-04T09:24:41.000000Z"
    assert case["street"] == "440310006"
    assert case["community"] == "440310006002"
    assert directory.taxonomy.by_code(str(case["category"])).name_zh == "暴露垃圾"
    assert directory.channel(str(case["channel"])).code == "12345"
    assert directory.unit(str(case["lead_unit"])) == directory.unit_named("城市管理局")
    assert case["number"].startswith("SZPS20180704172441I")
    assert len(case["number"]) == len("SZPS") + 14 + 4


def test_nothing_is_invented(tmp_path: Path) -> None:
    archive = FakeArchive()
    run(
        write(tmp_path, events({}, {"OVERTIME_ARCHIVE_NUM": "-", "INTIME_ARCHIVE_NUM": "-"})),
        archive,
    )
    for ref in ("pingshan:1000", "pingshan:1001"):
        case = archive.case(ref)
        assert case["historical"] is True
        assert case["batch"]
        empty = ("title", "narrative", "address", "reporter_masked", "phone_masked", "closure_text")
        assert [case[name] for name in empty] == [""] * 6
        times = ("closed_at", "due_at", "due_clock", "filed_at", "dispatched_at")
        assert [case[name] for name in times] == [None] * 5


@pytest.mark.parametrize(
    ("change", "status", "nature"),
    [
        ({}, "CLOSED_ON_TIME", "COMPLAINT"),
        ({"INTIME_ARCHIVE_NUM": "0", "OVERTIME_ARCHIVE_NUM": "1"}, "CLOSED_OVERDUE", "COMPLAINT"),
        ({"INTIME_ARCHIVE_NUM": "-", "OVERTIME_ARCHIVE_NUM": "-"}, "DISPATCHED", "COMPLAINT"),
        (
            {"INTIME_ARCHIVE_NUM": "-", "OVERTIME_ARCHIVE_NUM": "-", "DISPOSE_UNIT_NAME": "-"},
            "FILED",
            "COMPLAINT",
        ),
        ({"EVENT_PROPERTY_NAME": "感谢"}, "COMMENDED", "THANKS"),
        ({"EVENT_PROPERTY_NAME": "求决"}, "CLOSED_ON_TIME", "HELP"),
        ({"EVENT_PROPERTY_NAME": "咨询"}, "CLOSED_ON_TIME", "INQUIRY"),
        ({"EVENT_PROPERTY_NAME": "建议"}, "CLOSED_ON_TIME", "SUGGESTION"),
        ({"EVENT_PROPERTY_NAME": "其他"}, "CLOSED_ON_TIME", "COMPLAINT"),
        ({"EVENT_PROPERTY_NAME": "-"}, "CLOSED_ON_TIME", "COMPLAINT"),
    ],
)
def test_outcome_and_nature(
    tmp_path: Path, change: dict[str, str], status: str, nature: str
) -> None:
    archive = FakeArchive()
    report = run(write(tmp_path, events(change)), archive)
    case = archive.case("pingshan:1000")
    assert (case["status"], case["nature"]) == (status, nature)
    assumed = change.get("EVENT_PROPERTY_NAME") in ("其他", "-")
    assert found(report).get("nature-assumed", 0) == assumed


def test_what_is_not_closed_stays_with_the_unit_that_has_it(tmp_path: Path) -> None:
    archive = FakeArchive()
    run(write(tmp_path, events({"INTIME_ARCHIVE_NUM": "-", "OVERTIME_ARCHIVE_NUM": "-"})), archive)
    case = archive.case("pingshan:1000")
    assert case["stage"] == "DISPOSAL"
    assert case["units"] == f"|{case['lead_unit']}|"


def test_lacks_and_unknown_names_stay_empty_and_are_told(tmp_path: Path) -> None:
    archive = FakeArchive()
    named = ("STREET_NAME", "COMMUNITY_NAME", "DISPOSE_UNIT_NAME", "EVENT_SRC_NAME")
    lacking = {"DISPOSE_UNIT_ID": "-", **dict.fromkeys(named, "-")}
    unknown = {**dict.fromkeys((*named, "EVENT_TYPE_NAME"), "某某"), "DISPOSE_UNIT_ID": "0"}
    report = run(write(tmp_path, events(lacking, unknown)), archive)
    for what in ("street", "community", "channel", "unit"):
        assert found(report)[f"{what}-missing"] == 1
        assert found(report)[f"{what}-unknown"] == 1
    assert found(report)["class-unknown"] == 1
    names = {one.code: one.names for one in report.findings}
    assert names["unit-unknown"] == (("某某", 1),)
    case = archive.case("pingshan:1001")
    assert [case[name] for name in ("street", "community", "lead_unit", "category")] == [None] * 4


def test_classes_fall_back_as_far_as_they_must(tmp_path: Path) -> None:
    archive = FakeArchive()
    rows = events({"SUB_TYPE_NAME": "没有这一类"}, {"SUB_TYPE_NAME": "无", "MAIN_TYPE_NAME": "无"})
    report = run(write(tmp_path, rows), archive)
    taxonomy = setting().directory.taxonomy
    levels = [
        taxonomy.by_code(str(archive.case(f"pingshan:{n}")["category"])).level for n in (1000, 1001)
    ]
    assert levels == [2, 1]
    assert (found(report)["class-second-level"], found(report)["class-fell-back"]) == (1, 1)


def test_a_class_is_looked_for_under_its_own_first_level_only(tmp_path: Path) -> None:
    archive = FakeArchive()
    run(write(tmp_path, events({"EVENT_TYPE_NAME": "交通运输"})), archive)
    code = str(archive.case("pingshan:1000")["category"])
    assert setting().directory.taxonomy.by_code(code).name_zh == "交通运输"


def test_units_by_alias_by_escape_and_by_the_other_name_of_their_number(tmp_path: Path) -> None:
    archive = FakeArchive()
    rows = events(
        {"DISPOSE_UNIT_NAME": "城建办", "DISPOSE_UNIT_ID": "9444"},
        {"DISPOSE_UNIT_NAME": "城建办（坑梓街道办事处）", "DISPOSE_UNIT_ID": "9444"},
        {"DISPOSE_UNIT_NAME": "城建办&#40;坑梓街道办事处&#41;、", "DISPOSE_UNIT_ID": "9999"},
        {"DISPOSE_UNIT_NAME": "城建办", "DISPOSE_UNIT_ID": "1", "STREET_NAME": "坑梓街道"},
    )
    report = run(write(tmp_path, rows), archive)
    units = {archive.case(f"pingshan:{number}")["lead_unit"] for number in (1000, 1001, 1002, 1003)}
    assert units == {"440310005-URB"}
    assert (found(report)["unit-by-number"], found(report)["unit-by-street"]) == (1, 1)
    assert found(report)["unit-two-names"] == 1


def test_rows_that_cannot_be_cases_say_why(tmp_path: Path) -> None:
    rows = events(
        {"DISPOSE_UNIT_NAME": "区测试责任单位一"},
        {"REC_ID": "-"},
        {"CREATE_TIME": "-"},
        {"CREATE_TIME": "04/07/2018 17:24:41"},
        {"CREATE_TIME": "2026-01-05 10:00:01"},
        {"REC_ID": "7"},
        {"REC_ID": "7", "EVENT_PROPERTY_NAME": "建议"},
    )
    report = run(write(tmp_path, rows), FakeArchive())
    times = ["time-missing", "time-unreadable", "time-in-future"]
    codes = ["test-data", "id-missing", *times, "id-twice"]
    assert dict(report.reasons) == dict.fromkeys(codes, 1)
    assert report.rejects_file is not None
    lines = rejects(report.rejects_file)
    assert [line["_code"] for line in lines] == codes
    assert [line["_line"] for line in lines] == ["2", "3", "4", "5", "6", "8"]
    assert lines[3]["CREATE_TIME"] == "04/07/2018 17:24:41"
    assert lines[5]["_原因"] == "编号与第 7 行相同，内容却不同"
    assert "line 7" in lines[5]["_reason"]


def test_a_place_as_long_as_a_book_is_none(tmp_path: Path) -> None:
    report = run(write(tmp_path, events({"OCCUR_PLACE": "长" * 2_000})), FakeArchive())
    assert dict(report.reasons) == {"line-too-long": 1}
    assert report.rejects_file is not None
    (line,) = rejects(report.rejects_file)
    assert "2000" in line["_原因"]
    assert "2000" in line["_reason"]


def test_rejects_open_harmlessly_and_can_be_corrected_and_imported(tmp_path: Path) -> None:
    archive = FakeArchive()
    rows = events({"CREATE_TIME": "=NOW()", "EVENT_SRC_NAME": "@坪山"})
    first = run(write(tmp_path, rows), archive)
    assert first.rejects_file is not None
    line = rejects(first.rejects_file)[0]
    assert (line["CREATE_TIME"], line["EVENT_SRC_NAME"]) == ("'=NOW()", "'@坪山")
    corrected = write(tmp_path, [{**line, "CREATE_TIME": "2018-07-04 17:24:41"}], "corrected.csv")
    assert run(corrected, archive).imported == 1
    assert archive.case("pingshan:1000")["channel"] == "WECHAT"


def test_broken_rows_are_kept_as_they_stand(tmp_path: Path) -> None:
    path = write(tmp_path, events({}))
    path.write_text(path.read_text("utf-8") + '=1+1,"offen\n', "utf-8")
    report = run(path, FakeArchive())
    assert (report.imported, dict(report.reasons)) == (1, {"quotes-broken": 1})
    assert report.rejects_file is not None
    assert rejects(report.rejects_file)[0]["_row"] == "'=1+1,\"offen"


def test_out_of_order_rows_go_in_by_time_and_look_alikes_are_told(tmp_path: Path) -> None:
    archive = FakeArchive()
    rows = events({}, {"CREATE_TIME": "2018-02-08 10:00:00"}, {"CREATE_TIME": "2018/2/8 10:00"}, {})
    report = run(write(tmp_path, rows), archive)
    order = [envelope.wish["source_ref"] for envelope in archive.cases.values()]
    assert order == [f"pingshan:{number}" for number in (1001, 1002, 1000, 1003)]
    told = found(report)
    assert (told["out-of-order"], told["likely-repeat"], told["time-slashed"]) == (1, 1, 1)


def test_the_same_row_twice_is_one_case(tmp_path: Path) -> None:
    report = run(write(tmp_path, [*events({}), *events({})]), FakeArchive())
    assert (report.imported, report.already, found(report)["row-repeated"]) == (1, 1, 1)


def test_a_message_keeps_its_words_and_loses_its_writer(tmp_path: Path) -> None:
    archive = FakeArchive()
    report = run(write(tmp_path, [MESSAGE]), archive, "messages")
    case = archive.case("messages:188006")
    assert (report.imported, report.unused_columns) == (1, ("留言用户", "反对数"))
    assert (case["title"], case["status"]) == ("路灯不亮", "REGISTERED")
    assert case["registered_at"] == "2019-02-28T03:25:00.000000Z"
    assert "138****8000" in case["narrative"]
    assert case["is_anonymous"] is True
    text = archive.texts[command_id("messages:188006")][0]
    assert "13800138000" not in text
    assert "A00012" not in text
    assert archive.sealed[0].numbers == (("138****8000", "13800138000"),)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"留言详情": "长" * 20_001}, "text-too-long"),
        ({"留言主题": "长" * 201}, "line-too-long"),
        ({"留言编号": "9" * 200}, "line-too-long"),
        ({"留言主题": "-", "留言详情": " "}, "description-missing"),
        ({"留言时间": "2019-02-28"}, "time-unreadable"),
    ],
)
def test_messages_that_cannot_be_cases(tmp_path: Path, change: dict[str, str], code: str) -> None:
    report = run(write(tmp_path, [{**MESSAGE, **change}]), FakeArchive(), "messages")
    assert dict(report.reasons) == {code: 1}


def test_a_message_of_the_longest_length_is_a_case(tmp_path: Path) -> None:
    row = {**MESSAGE, "留言详情": "长" * 20_000}
    assert run(write(tmp_path, [row]), FakeArchive(), "messages").imported == 1


def test_a_second_run_adds_nothing_and_opens_no_batch(tmp_path: Path) -> None:
    archive, path = FakeArchive(), write(tmp_path, events({}, {}, {"REC_ID": "-"}))
    run(path, archive)
    again = run(path, archive)
    assert (again.imported, again.already, again.rejected, again.batch) == (0, 2, 1, None)
    assert archive.offered == [2]


def test_a_second_run_adds_nothing_even_where_nobody_can_look(tmp_path: Path) -> None:
    archive, path = FakeArchive(is_blind=True), write(tmp_path, events({}, {}))
    run(path, archive)
    again = run(path, archive)
    assert (again.imported, again.already) == (0, 2)
    assert not archive.open


def test_what_the_centre_refuses_is_a_reject(tmp_path: Path) -> None:
    archive = FakeArchive(refused=frozenset({"pingshan:1001"}))
    report = run(write(tmp_path, events({}, {}, {})), archive)
    assert (report.imported, dict(report.reasons)) == (2, {"centre-refused": 1})
    assert report.rejects_file is not None
    assert "denied value" in rejects(report.rejects_file)[0]["_reason"]


def test_a_dry_run_offers_nothing(tmp_path: Path) -> None:
    archive = FakeArchive()
    report = run(write(tmp_path, events({}, {"REC_ID": "-"})), archive, is_dry_run=True)
    assert (report.imported, report.rejected, report.batch) == (1, 1, None)
    assert not archive.offered
    assert not archive.open


def test_a_dry_run_leaves_the_earlier_rejects_as_they_are(tmp_path: Path) -> None:
    archive, path = FakeArchive(), write(tmp_path, events({}, {"REC_ID": "-"}))
    earlier = tmp_path / "file.rejects.csv"
    earlier.write_text("corrected by hand")
    report = run(path, archive, is_dry_run=True)
    assert (report.rejected, report.rejects_file) == (1, None)
    assert earlier.read_text() == "corrected by hand"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["file.csv", "file.rejects.csv"]


def test_a_dry_run_writes_rejects_where_it_is_told_to(tmp_path: Path) -> None:
    folder = tmp_path / "looked"
    folder.mkdir()
    path = write(tmp_path, events({}, {"REC_ID": "-"}))
    report = run(path, FakeArchive(), is_dry_run=True, rejects_folder=folder)
    assert report.rejects_file == folder / "file.rejects.csv"
    assert len(rejects(report.rejects_file)) == 1


CHANGES = (
    ("OCCUR_PLACE", "坪山大道1号"),
    ("CREATE_TIME", "2018-07-05 08:00:00"),
    ("INTIME_ARCHIVE_NUM", "0"),
    ("SUB_TYPE_NAME", "垃圾满溢"),
    ("EVENT_PROPERTY_NAME", "咨询"),
)


@pytest.mark.parametrize(("column", "value"), CHANGES)
def test_a_known_record_that_says_something_else_now_is_named(tmp_path, column, value) -> None:
    archive = FakeArchive()
    run(write(tmp_path, events({}, {}, {})), archive)
    before = archive.case("pingshan:1001")
    again = run(write(tmp_path, events({}, {column: value}, {})), archive)
    assert (again.imported, again.already) == (0, 3)
    (changed,) = [one for one in again.findings if one.code == "record-changed"]
    assert (changed.count, changed.names) == (1, (("1001", 1),))
    assert archive.case("pingshan:1001") == before


def test_a_known_record_that_says_the_same_is_not_named(tmp_path: Path) -> None:
    archive = FakeArchive()
    path = write(tmp_path, [MESSAGE, {**MESSAGE, "留言编号": "188007"}])
    run(path, archive, "messages")
    again = run(path, archive, "messages")
    assert (again.already, found(again).get("record-changed", 0)) == (2, 0)


def test_of_a_record_whose_words_are_gone_nothing_is_said(tmp_path: Path) -> None:
    archive = FakeArchive(redacted=frozenset({command_id("pingshan:1000")}))
    run(write(tmp_path, events({})), archive)
    again = run(write(tmp_path, events({"OCCUR_PLACE": "坪山大道1号"})), archive)
    assert (again.already, found(again).get("record-changed", 0)) == (1, 0)


def test_cancelling_keeps_what_is_in_and_a_later_run_goes_on(tmp_path: Path) -> None:
    archive, path = FakeArchive(), write(tmp_path, events(*[{}] * 450))
    stopped = run(path, archive, cancelled=lambda: len(archive.offered) == 1)
    assert (stopped.ending, stopped.imported, stopped.left) == (Ending.CANCELLED, 200, 250)
    assert not archive.open
    later = run(path, archive)
    assert (later.ending, later.imported, later.already) == (Ending.FINISHED, 250, 200)


def test_an_unreachable_centre_ends_the_run_in_order(tmp_path: Path) -> None:
    archive, path = FakeArchive(batches_left=1), write(tmp_path, events(*[{}] * 300))
    report = run(path, archive)
    assert (report.ending, report.code) == (Ending.UNREACHABLE, "store-busy")
    assert (report.imported, report.left) == (200, 100)


def test_progress_counts_up_to_all_rows(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    rows = events(*[{}] * 450, {"REC_ID": "-"})
    run(write(tmp_path, rows), FakeArchive(), progress=lambda *at: told.append(at))
    assert told == [(1, 451), (201, 451), (401, 451), (451, 451)]


def test_who_may_not_import_is_told_before_anything_is_read(tmp_path: Path) -> None:
    archive = FakeArchive(actor=someone(Role.OPERATOR))
    with pytest.raises(Refused) as no:
        run(tmp_path / "none.csv", archive)
    assert no.value.code == "import-not-permitted"


def test_a_file_of_another_kind_is_refused_with_the_column_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(Refused) as no:
        run(write(tmp_path, [MESSAGE]), FakeArchive())
    assert (no.value.code, no.value.facts["column"]) == ("import-column-missing", "REC_ID")


def test_a_folder_that_cannot_be_written_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    archive = FakeArchive()
    with pytest.raises(Refused) as no:
        run(write(tmp_path, events({})), archive, rejects_folder=tmp_path / "none")
    assert no.value.code == "rejects-unwritable"
    assert not archive.offered


def test_a_preview_shows_the_first_rows_in_file_order(tmp_path: Path) -> None:
    rows = events(
        *[{"CREATE_TIME": f"2018-07-{31 - day} 10:00:00"} for day in range(25)], {"REC_ID": ""}
    )
    rows[1]["CREATE_TIME"] = "?"
    seen = preview(write(tmp_path, rows), "pingshan", setting(), NOW)
    assert [row.line for row in seen.shown] == list(range(2, 22))
    assert (seen.shown[1].record, seen.shown[1].code) == (None, "time-unreadable")
    assert (seen.rows, seen.rejected, seen.encoding) == (26, 2, "utf-8")
    assert seen.first is not None
    assert seen.last is not None
    assert seen.first < seen.last


def test_numbers_of_one_second_differ_and_stay_the_same(tmp_path: Path) -> None:
    path = write(tmp_path, events(*[{}] * 500))
    records = [one.record for one in survey(path, "pingshan", setting().directory, NOW).candidates]
    assert len(set(tails(records))) == 500
    assert tails(records) == tails(records)


CELL = st.sampled_from(
    ["", "-", "1", "0", "投诉", "感谢", "龙田街道", "市容环卫", "=1", "区测试责任单位一", "\ud800"]
)
TIME = st.sampled_from(["2018-07-04 17:24:41", "2018/7/4 9:05", "2018-02-08 10:00:00", "-", "7/4"])
CELLS = st.lists(CELL, min_size=len(PINGSHAN), max_size=len(PINGSHAN))
ROW = st.tuples(st.integers(1, 6).map(str), TIME, CELLS, st.integers(0, 9).map(lambda at: at == 0))


@given(st.lists(ROW, min_size=1, max_size=25), st.integers(0, 2), st.booleans())
@settings(max_examples=80, deadline=None)
def test_counts_add_up(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[str, str, list[str], bool]],
    reachable: int,
    blind: bool,
) -> None:
    """Whatever the file holds: every row is a case, was there, is a reject, or was not reached."""
    names = list(PINGSHAN)
    lines = [",".join(names)]
    for number, time, cells, is_cut in rows:
        row = dict(zip(names, cells, strict=True)) | {"REC_ID": number, "CREATE_TIME": time}
        lines.append(",".join(list(row.values())[: 3 if is_cut else None]))
    path = tmp_path_factory.mktemp("import") / "any.csv"
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    archive = FakeArchive(batches_left=reachable, is_blind=blind)
    report = run(path, archive)
    assert report.rows == len(rows)
    assert report.imported == len(archive.cases)
    archive.batches_left = 9
    again = run(path, archive)
    assert (again.imported, again.left) == (report.left, 0)
    assert len(archive.cases) == report.imported + again.imported


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_code_has_its_words(language: str) -> None:
    """No code of the importer, found in its source, is without a sentence."""
    folder = Path(__file__).parents[2] / "app" / "importing"
    source = "".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    words = yaml.safe_load(
        (folder.parents[1] / f"resources/i18n/{language}/rejects.yaml").read_text("utf-8")
    )
    refusals = set(re.findall(r'Refused\(\s*"([a-z-]+)"', source))
    spoken = {key.partition(".")[2] for key in words}
    notes = set(re.findall(r'(?:add|add_all)\(\s*"([a-z-]+)"', source))
    whats = ("channel", "street", "community", "unit")
    notes |= {f"{what}-{lack}" for what in whats for lack in ("missing", "unknown")}
    assert len(refusals) > 10
    assert len(notes) > 12
    assert refusals | notes <= spoken
