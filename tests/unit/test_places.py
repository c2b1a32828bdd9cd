"""The rules in force at a store: the centre's own files beside it, and what becomes of wrong ones."""

from datetime import date

import pytest

from app.cli.places import rules
from resources.holidays import load_holidays
from resources.wrong import Expected
from ui.sentences import LANGUAGES, sentences

OWN = """\
code: PS-7
based_on: PS-4
title_zh: 坪山区民生诉求管理办法（第七版）
title_en: Measures, 7th edition
effective_from: 2026-01-01
version: "1"
"""


def at(folder, name="", text=""):
    store = folder / "central.db"
    if name:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return rules(store)


def test_without_files_of_its_own_a_store_has_the_shipped_rules(tmp_path):
    found = at(tmp_path)
    assert found.setting.editions.judging(date(2026, 3, 1)).by_analogy
    assert found.wrong == ()


def test_a_centres_own_edition_judges_from_its_date(tmp_path):
    found = at(tmp_path, "policy/own.yaml", OWN)
    assert found.wrong == ()
    judged = found.setting.editions.judging(date(2026, 3, 1))
    assert (judged.policy.code, judged.by_analogy) == ("PS-7", False)
    assert found.setting.editions.judging(date(2021, 3, 1)).policy.code == "PS-4"


def test_a_wrong_edition_is_named_and_the_old_one_stays(tmp_path):
    found = at(tmp_path, "policy/own.yaml", OWN.replace("2026-01-01", "next year"))
    assert [(one.file, one.line, one.expected) for one in found.wrong] == [
        ("own.yaml", 5, Expected.DATE)
    ]
    assert found.setting.editions.judging(date(2026, 3, 1)).by_analogy


def test_announced_holidays_make_a_year_certain(tmp_path):
    lines = "date,kind,name\n2027-01-01,OFF,元旦\n2027-01-01,YEAR,\n"
    found = at(tmp_path, "calendar.csv", lines)
    assert date(2027, 1, 1) in found.setting.holidays.off
    assert 2027 in found.setting.holidays.years


def test_a_wrong_calendar_is_named_and_the_old_one_stays(tmp_path):
    found = at(tmp_path, "calendar.csv", "date,kind,name\n2027-13-01,OFF,x\n")
    assert [one.line for one in found.wrong] == [2]
    assert 2027 not in found.setting.holidays.years


ANNOUNCED = "date,kind,name\n2027-01-01,OFF,元旦\n2027-01-01,YEAR,\n"


def with_a_store(folder, text, seat=None):
    """The rules beside a store that is there, read anew."""
    (folder / "central.db").touch()
    (folder / "calendar.csv").write_text(text, "utf-8")
    rules.cache_clear()
    return rules(folder / "central.db", seat)


def test_a_calendar_accepted_once_stays_in_force_when_its_file_goes_wrong(tmp_path):
    accepted = with_a_store(tmp_path, ANNOUNCED)
    found = with_a_store(tmp_path, ANNOUNCED.replace("01-01,OFF", "13-01,OFF"))
    assert [one.line for one in found.wrong] == [2]
    assert found.setting.holidays == accepted.setting.holidays
    again = with_a_store(tmp_path, ANNOUNCED)
    assert (again.wrong, again.setting.holidays) == ((), accepted.setting.holidays)


def test_the_table_last_in_force_stays_so_also_when_it_is_not_the_newest_copy(tmp_path):
    second = ANNOUNCED + "2027-02-05,OFF,春节\n"
    for text in (ANNOUNCED, second):
        first = with_a_store(tmp_path, ANNOUNCED).setting.holidays
        with_a_store(tmp_path, text)
    with_a_store(tmp_path, ANNOUNCED)
    found = with_a_store(tmp_path, ANNOUNCED.replace("01-01,OFF", "13-01,OFF"))
    assert found.setting.holidays == first


def test_a_table_that_is_gone_stays_in_force_and_its_absence_is_told(tmp_path):
    accepted = with_a_store(tmp_path, ANNOUNCED).setting.holidays
    (tmp_path / "calendar.csv").unlink()
    rules.cache_clear()
    found = rules(tmp_path / "central.db")
    assert found.setting.holidays == accepted
    assert [(one.file, one.expected) for one in found.wrong] == [
        ("calendar.csv", Expected.TABLE_IN_PLACE)
    ]
    ended = with_a_store(tmp_path, "date,kind,name\n")
    assert (ended.wrong, ended.setting.holidays) == ((), load_holidays())


def test_who_never_had_a_table_of_his_own_misses_none(tmp_path):
    (tmp_path / "central.db").touch()
    rules.cache_clear()
    rules(tmp_path / "central.db")
    rules.cache_clear()
    assert rules(tmp_path / "central.db").wrong == ()


def test_the_tables_of_before_are_known_by_their_version_also_at_a_seat(tmp_path):
    shipped = load_holidays()
    seat = tmp_path / "seat"
    with_a_store(tmp_path, "date,kind,name\n", seat)
    found = with_a_store(tmp_path, ANNOUNCED, seat)
    assert found.setting.earlier == (shipped,)
    assert found.setting.knows_calendar(shipped.version)
    (tmp_path / "central.db").unlink()
    (tmp_path / "calendar.csv").unlink()
    rules.cache_clear()
    away = rules(tmp_path / "central.db", seat)
    assert {one.version for one in away.setting.earlier} >= {
        shipped.version,
        found.setting.holidays.version,
    }


def test_a_damaged_copy_of_a_table_is_named_and_nothing_stops(tmp_path):
    with_a_store(tmp_path, ANNOUNCED)
    (copy,) = (tmp_path / "calendar-kept").glob("*.csv")
    copy.write_text("date,kind\n", "utf-8")
    found = with_a_store(tmp_path, ANNOUNCED)
    assert [one.file for one in found.wrong] == [copy.name]


@pytest.mark.parametrize("expected", Expected)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_complaint_has_a_sentence(expected, language):
    is_gone = expected in (Expected.IN_PLACE, Expected.TABLE_IN_PLACE)
    place = "{file}" if is_gone else "{line}"
    assert place in sentences(language)[f"wrong.{expected}"]
