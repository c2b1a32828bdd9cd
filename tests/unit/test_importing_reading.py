"""Foreign tables read row by row: three alphabets, quotes that never close, and rows that are no rows."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.refused import Refused
from app.importing.reading import Sheet, SheetRow, decoded, read_sheet, rows_of

WORDS = "编号,内容,地点\n1,路灯不亮,六联社区\n2,垃圾臭味扰民多日无人处理,田心社区\n"
CELLS = st.text(
    alphabet=st.characters(codec="gb18030", exclude_characters="\0\x1a\ufffd"), max_size=12
)
TABLES = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8)


def sheet_of(tmp_path: Path, text: str | bytes) -> Sheet:
    path = tmp_path / "some.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_sheet(path)


def read(tmp_path: Path, text: str | bytes) -> list[SheetRow]:
    return list(rows_of(sheet_of(tmp_path, text)))


def codes(rows: list[SheetRow]) -> list[str]:
    return [row.code for row in rows]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode(), "utf-8"),
        (WORDS.encode("utf-8-sig"), "utf-8-sig"),
        (WORDS.encode("gb18030"), "gb18030"),
        (WORDS.encode("utf-16"), "utf-16"),
        (b"a,b\n1,2\n", "utf-8"),
    ],
)
def test_the_alphabet_is_found_out(data: bytes, encoding: str) -> None:
    text, found = decoded(data)
    assert found == encoding
    assert text == data.decode(encoding)


def test_one_broken_byte_costs_one_row_not_the_alphabet(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path, WORDS.encode() + "3,坏".encode()[:-1] + "了,六联社区\n4,好,\n".encode()
    )
    assert sheet.encoding == "utf-8"
    assert codes(list(rows_of(sheet))) == ["", "", "characters-unreadable", ""]


def test_one_broken_byte_of_the_other_alphabet(tmp_path: Path) -> None:
    sheet = sheet_of(
        tmp_path, WORDS.encode("gb18030") + b"3,\xff,x\n" + "4,好,\n".encode("gb18030")
    )
    assert sheet.encoding == "gb18030"
    assert codes(list(rows_of(sheet))) == ["", "", "characters-unreadable", ""]


@given(TABLES, st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
@settings(max_examples=60)
def test_what_a_writer_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, table: list[tuple[str, str, str]], encoding: str
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerows([("编号内容地点", "列二", "列三"), *table])
    rows = read(tmp_path_factory.mktemp("csv"), out.getvalue().encode(encoding))
    assert [tuple((row.cells or {}).values()) for row in rows] == table


@given(st.lists(st.text(alphabet='a,"\n;', max_size=9), max_size=12))
def test_any_text_is_rows_or_rejects_and_no_line_is_lost(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    body = "\n".join(lines)
    rows = read(tmp_path_factory.mktemp("csv"), "x,y\n" + body)
    assert "".join(row.text for row in rows).replace("\n", "") == body.replace("\n", "")
    assert all((row.cells is None) == bool(row.code) for row in rows)


def test_an_open_quote_costs_its_own_line_only(tmp_path: Path) -> None:
    rows = read(tmp_path, 'a,b\n1,"one\n2,two\n3,three\n')
    assert codes(rows) == ["quotes-broken", "", ""]
    assert [row.line for row in rows] == [2, 3, 4]


def test_two_open_quotes_do_not_swallow_what_lies_between(tmp_path: Path) -> None:
    rows = read(tmp_path, 'a,b\n1,"one\n2,two\n3,"three\n4,four\n')
    assert codes(rows) == ["quotes-broken", "", "quotes-broken", ""]


def test_a_quoted_cell_may_have_lines_and_the_line_number_is_its_first(tmp_path: Path) -> None:
    rows = read(tmp_path, 'a,b\n\n1,"one\n\nstill ""one"""\n2,two\n')
    assert rows[0].cells == {"a": "1", "b": 'one\n\nstill "one"'}
    assert [row.line for row in rows] == [3, 6]


def test_too_few_and_too_many_cells(tmp_path: Path) -> None:
    assert codes(read(tmp_path, "a,b\n1\n1,2,3\n1,2\n")) == ["cells-too-few", "cells-too-many", ""]


def test_a_nul_is_no_character(tmp_path: Path) -> None:
    assert codes(read(tmp_path, "a,b\n1,x\0y\n")) == ["characters-unreadable"]


def test_tabs_and_semicolons_part_cells_too(tmp_path: Path) -> None:
    assert read(tmp_path, "a\tb\n1\t2\n")[0].cells == {"a": "1", "b": "2"}
    assert read(tmp_path, "a;b\n1;2\n")[0].cells == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "import-empty"), (" \n\n", "import-empty"), ('"a,b\n', "import-header-broken")],
)
def test_a_file_without_a_table_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(Refused) as no:
        sheet_of(tmp_path, text)
    assert no.value.code == code


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    for path, code in (
        (tmp_path, "import-unreadable"),
        (tmp_path / "none.csv", "import-not-found"),
    ):
        with pytest.raises(Refused) as no:
            read_sheet(path)
        assert no.value.code == code
