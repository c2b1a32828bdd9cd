"""The centre's own editions as once accepted: a later mistake takes none from the cases they judge."""

from datetime import date
from pathlib import Path

import pytest

from app.cli.places import Rules, rules
from resources.wrong import Expected
from tests.unit.test_places import OWN

DAY = date(2026, 3, 1)
STRICTER = OWN.replace('"1"', '"2"') + (
    "clocks:\n  - {clock: K1, limits: {B: 20 CLOCK_MINUTE}, article: 11, origin: P}\n"
)


@pytest.fixture
def centre(tmp_path: Path) -> Path:
    folder = tmp_path / "centre"
    (folder / "policy").mkdir(parents=True)
    (folder / "central.db").touch()
    return folder


def read(centre: Path, seat: Path | None = None) -> Rules:
    rules.cache_clear()  # as at the next start
    return rules(centre / "central.db", seat)


def write(centre: Path, text: str, name: str = "own.yaml") -> None:
    (centre / "policy").mkdir(exist_ok=True)
    (centre / "policy" / name).write_text(text, "utf-8")


def judging(found: Rules, day: date = DAY) -> str:
    return found.setting.editions.judging(day).policy.stamp


def complaints(found: Rules) -> list[tuple[str, str, Expected]]:
    return [(one.file, one.field, one.expected) for one in found.wrong]


def test_a_mistake_in_an_accepted_file_leaves_its_last_good_copy_in_force(centre):
    write(centre, OWN)
    assert judging(read(centre)) == "PS-7@1"
    write(centre, OWN.replace("2026-01-01", "next year"))
    found = read(centre)
    assert complaints(found) == [("own.yaml", "effective_from", Expected.DATE)]
    assert judging(found) == "PS-7@1"
    assert found.setting.editions.of("PS-7@1").own


def test_a_moved_folder_leaves_the_copies_in_force_and_is_told(centre):
    write(centre, OWN)
    read(centre)
    (centre / "policy").rename(centre / "elsewhere")
    found = read(centre)
    assert complaints(found) == [("own.yaml", "PS-7", Expected.IN_PLACE)]
    assert judging(found) == "PS-7@1"


def test_a_new_version_judges_new_cases_and_the_old_one_its_own(centre):
    write(centre, OWN)
    before = read(centre).setting.editions.of("PS-7@1")
    write(centre, STRICTER)
    found = read(centre)
    assert found.wrong == ()
    assert judging(found) == "PS-7@2"
    editions = found.setting.editions
    assert editions.of("PS-7@1") == before
    assert editions.of("PS-7@1").clocks != editions.of("PS-7@2").clocks
    assert editions.of("PS-7") is editions.of("PS-7@2")  # as cases of the first stores bear it


def test_an_accepted_version_is_not_changed_under_its_number(centre):
    write(centre, OWN)
    read(centre)
    write(centre, STRICTER.replace('"2"', '"1"'))
    found = read(centre)
    assert complaints(found) == [("own.yaml", "version", Expected.NEW_VERSION)]
    assert judging(found) == "PS-7@1"
    assert found.setting.editions.of("PS-7@1").clocks == found.setting.editions.of("PS-4").clocks
    write(centre, OWN + "# a remark changes nothing\n")
    assert read(centre).wrong == ()


def test_an_edition_that_another_one_replaces_judges_no_new_case(centre):
    write(centre, OWN)
    read(centre)
    (centre / "policy" / "own.yaml").unlink()
    write(centre, OWN.replace("PS-7", "PS-8"), "eighth.yaml")
    found = read(centre)
    assert found.wrong == ()
    assert judging(found) == "PS-8@1"
    assert found.setting.editions.of("PS-7@1").code == "PS-7"


def test_of_two_files_with_one_code_the_second_is_named(centre):
    write(centre, OWN, "a.yaml")
    write(centre, STRICTER, "b.yaml")
    found = read(centre)
    assert complaints(found) == [("b.yaml", "code", Expected.UNIQUE)]
    assert judging(found) == "PS-7@1"


def test_while_the_store_is_away_the_seats_own_copies_stand(centre, tmp_path):
    seat = tmp_path / "seat"
    write(centre, OWN)
    read(centre, seat)
    centre.rename(tmp_path / "away")
    assert judging(read(centre, seat)) == "PS-7@1"
    assert judging(read(centre)) == "PS-4@1"
    (tmp_path / "away").rename(centre)
    (centre / "policy" / "own.yaml").unlink()
    for copy in (centre / "policy-kept").iterdir():
        copy.unlink()
    assert (
        judging(read(centre, seat)) == "PS-4@1"
    )  # what lies beside the store is what all seats know


def test_a_copy_stays_in_its_folder_whatever_the_code(centre, tmp_path):
    write(centre, OWN.replace("PS-7", "../../PS/7"))
    assert judging(read(centre)) == "../../PS/7@1"
    assert not (tmp_path / "PS").exists()
    (centre / "policy" / "own.yaml").unlink()
    assert judging(read(centre)) == "../../PS/7@1"


def test_where_no_store_is_yet_nothing_is_written(centre):
    (centre / "central.db").unlink()
    write(centre, OWN)
    assert judging(read(centre)) == "PS-7@1"
    assert not (centre / "policy-kept").exists()


def test_a_damaged_copy_is_told_and_stops_nobody(centre):
    write(centre, OWN)
    read(centre)
    for copy in (centre / "policy-kept").iterdir():
        copy.write_bytes(b"\xff{")
    found = read(centre)
    assert [one.expected for one in found.wrong] == [Expected.READABLE]
    assert judging(found) == "PS-7@1"


def test_a_folder_that_cannot_be_written_keeps_nothing_and_the_edition_holds(centre):
    write(centre, OWN)
    (centre / "policy-kept").write_text("in the way", "utf-8")
    found = read(centre)
    assert (judging(found), found.wrong) == ("PS-7@1", ())
