"""Tables read from files: a wrong cell is refused with file, line, column and expectation."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.loading import Expected, Wrong, load_directory, load_editions

RESOURCES = Path(__file__).parents[2] / "resources"
QUIET = settings(deadline=None, max_examples=50)  # each example reads whole files

TABLES = {
    "taxonomy/categories.csv": {
        "code": ("9x", Expected.CATEGORY_CODE),
        "name_zh": ("", Expected.TEXT),
        "name_en": ("", Expected.TEXT),
        "unit": ("NOBODY", Expected.KNOWN_CODE),
        "grade": ("Z", Expected.CHOICE),
        "limit": ("4 MOONS", Expected.LIMIT),
        "component": ("perhaps", Expected.FLAG),
        "proposed": ("perhaps", Expected.FLAG),
        "sensitive": ("perhaps", Expected.FLAG),
    },
    "units/units.csv": {
        "code": ("", Expected.TEXT),
        "name_zh": ("", Expected.TEXT),
        "kind": ("palace", Expected.CHOICE),
        "street": ("440310099", Expected.KNOWN_CODE),
        "around_the_clock": ("perhaps", Expected.FLAG),
    },
    "geography/streets.csv": {
        "code": ("", Expected.TEXT),
        "name_en": ("", Expected.TEXT),
        "lon": ("east", Expected.NUMBER),
        "lat": ("north", Expected.NUMBER),
    },
    "geography/communities.csv": {
        "code": ("", Expected.TEXT),
        "street": ("440310099", Expected.KNOWN_CODE),
        "lat": ("north", Expected.NUMBER),
        "valid_from": ("soon", Expected.DATE),
        "valid_to": ("1999-02-30", Expected.DATE),
        "origin": ("HEARSAY", Expected.CHOICE),
    },
    "channels/channels.csv": {
        "code": ("", Expected.TEXT),
        "group": ("PIGEON", Expected.CHOICE),
        "sub_channel_count": ("many", Expected.WHOLE_NUMBER),
    },
}


def table(name: str) -> list[list[str]]:
    with (RESOURCES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


ROWS = {name: table(name) for name in TABLES}
CELLS = st.sampled_from([(name, column) for name, columns in TABLES.items() for column in columns])


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    home = tmp_path_factory.mktemp("copied")
    for name in TABLES:
        (home / name).parent.mkdir(exist_ok=True)
        shutil.copy(RESOURCES / name, home / name)
    return home


def written(home: Path, name: str, rows: list[list[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    (home / name).write_text(text.getvalue(), encoding="utf-8")


def refusal(home: Path, name: str, rows: list[list[str]]) -> Wrong:
    written(home, name, rows)
    try:
        with pytest.raises(Wrong) as caught:
            load_directory(home)
    finally:
        written(home, name, ROWS[name])
    assert caught.value.file == Path(name).name
    return caught.value


@QUIET
@given(CELLS, st.data())
def test_a_wrong_cell_is_named_with_its_file_line_and_column(copied, cell, data):
    name, column = cell
    rows = [list(row) for row in ROWS[name]]
    place = data.draw(st.integers(1, len(rows) - 1))
    header = rows[0]
    text, expected = TABLES[name][column]
    rows[place][header.index(column)] = text
    if column == "limit":
        rows[place][header.index("limit_source")] = "CLASS-LIST"
        rows[place][header.index("limit_origin")] = "PROP"
    wrong = refusal(copied, name, rows)
    assert (wrong.line, wrong.field, wrong.got) == (place + 1, column, text)
    assert wrong.expected == expected


@QUIET
@given(st.sampled_from(sorted(TABLES)), st.data())
def test_a_code_that_comes_twice_is_refused_the_second_time(copied, name, data):
    rows = [list(row) for row in ROWS[name]]
    first = data.draw(st.integers(1, len(rows) - 2))
    rows.append(list(rows[first]))
    wrong = refusal(copied, name, rows)
    assert (wrong.line, wrong.field, wrong.expected) == (len(rows), "code", Expected.UNIQUE)


@pytest.mark.parametrize(
    ("name", "change", "line", "field", "expected"),
    [
        ("taxonomy/categories.csv", {(1, 0): "0101"}, 2, "code", Expected.KNOWN_CODE),
        ("taxonomy/categories.csv", {(1, 4): ""}, 2, "unit", Expected.KNOWN_CODE),
        ("taxonomy/categories.csv", {(1, 6): ""}, 2, "limit_source", None),
        ("units/units.csv", {(3, 1): "城管局"}, 4, "name_zh", Expected.UNIQUE),
        ("geography/communities.csv", {(5, 7): "2019-01-01"}, 6, "valid_to", Expected.PERIOD),
        ("channels/channels.csv", {(0, 1): "name"}, 1, "name", Expected.KNOWN_FIELD),
        ("channels/channels.csv", {(0, 1): "code"}, 1, "code", Expected.UNIQUE),
    ],
)
def test_what_a_table_may_not_say(copied, name, change, line, field, expected):
    rows = [list(row) for row in ROWS[name]]
    for (row, column), text in change.items():
        rows[row][column] = text
    wrong = refusal(copied, name, rows)
    if expected is None:  # a first-level class without a limit
        assert (wrong.line, wrong.field) == (line, "limit")
    else:
        assert (wrong.line, wrong.field, wrong.expected) == (line, field, expected)


def test_a_missing_column_and_a_short_line(copied):
    name = "channels/channels.csv"
    narrow = refusal(copied, name, [row[:-1] for row in ROWS[name]])
    assert (narrow.line, narrow.field, narrow.expected) == (1, "sub_channel_count", "present")
    ragged = [*ROWS[name][:3], ROWS[name][3][:-1], *ROWS[name][4:]]
    short = refusal(copied, name, ragged)
    assert (short.line, short.expected, short.got) == (4, Expected.CELLS, "4")


def test_every_class_the_edition_speaks_of_exists():
    tree = load_directory().taxonomy
    policy = load_editions().by_code("PS-4")
    codes = [code for item in policy.disposal_rules for code in item.categories]
    codes += [code for item in policy.bindings for code in item.categories]
    assert codes
    for code in codes:
        assert tree.by_code(code)
    assert tree.by_code("0401").name_zh == "违法建筑与用地行为"
    assert tree.by_code("050104").name_zh == "违法建设"
    assert tree.by_code("1701").name_zh == "物业服务管理监督"


def test_what_is_loaded_twice_is_equal():
    assert load_directory() == load_directory()
