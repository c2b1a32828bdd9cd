"""Single cells of foreign tables: instants in two notations, escapes, lacks, and formulas made harmless."""

import html
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.refused import Refused
from app.importing.cells import bare, instant_of, prose
from app.importing.spreadsheet import harmless, restored

SECONDS = st.integers(0, 110 * 365 * 86_400).map(
    lambda seconds: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


@given(SECONDS)
def test_both_notations_name_the_same_instant(local: datetime) -> None:
    expected = local - timedelta(hours=8)
    slashed = f"{local.year}/{local.month}/{local.day} {local.hour}:{local.minute:02}"
    assert instant_of(f"{local:%Y-%m-%d %H:%M:%S}") == expected
    assert instant_of(f"{slashed}:{local.second:02}") == expected
    assert instant_of(slashed) == expected.replace(second=0)


def test_an_afternoon_in_shenzhen() -> None:
    assert instant_of("2019/2/28 11:25") == datetime(2019, 2, 28, 3, 25, tzinfo=UTC)
    assert instant_of(" 2019-02-28  11:25:05 ") == datetime(2019, 2, 28, 3, 25, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "21/01/2022 13:47:00", "2022-01/21 13:47", "2019-02-29 10:00:00", "2019-02-28 24:00:00",
        "2019-02-28", "11:25:05", "0001-01-01 00:00:00", "2019-13-01 00:00", "昨天", "2019-0４-01 10:00",
        "04/18/2019 09:55:45 PM", "=1+1",
    ],
)  # fmt: skip
def test_what_is_no_instant_is_not_guessed_at(text: str) -> None:
    with pytest.raises(Refused) as no:
        instant_of(text)
    assert no.value.code == "time-unreadable"


@pytest.mark.parametrize("text", ["", " ", "-", "NULL", "　"])
def test_a_lack_is_told_from_a_wrong_time(text: str) -> None:
    with pytest.raises(Refused) as no:
        instant_of(text)
    assert no.value.code == "time-missing"


@given(st.text())
def test_any_text_is_an_instant_or_a_refusal(text: str) -> None:
    assert _read(text) in ("time-missing", "time-unreadable") or isinstance(_read(text), datetime)


def _read(text: str) -> datetime | str:
    try:
        return instant_of(text)
    except Refused as no:
        return no.code


@given(st.text())
def test_escapes_come_undone(text: str) -> None:
    expected = "" if text.strip() in ("-", "--", "—", "NULL", "null", "None") else text.strip()
    assert bare(html.escape(text)) == expected


def test_brackets_come_back_and_dashes_are_a_lack() -> None:
    assert bare("路灯&#40;灯光&#41;井盖") == "路灯(灯光)井盖"
    assert [bare(text) for text in ("-", " - ", "NULL", "")] == [""] * 4
    assert bare("-1") == "-1"
    assert prose("一\r\n二\r三\n") == "一\n二\n三"


@given(st.text())
def test_no_cell_is_run_and_every_cell_comes_back(cell: str) -> None:
    written = harmless(cell)
    assert restored(written) == cell
    assert written == "-" or not written.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1", "-1+2", "@SUM(1)", "\t=1", " =1", "＝1"])
def test_formulas_get_an_apostrophe(cell: str) -> None:
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "-", "投诉", "12345", "'quoted'", "a=b"])
def test_plain_cells_stay_as_they_are(cell: str) -> None:
    assert harmless(cell) == cell
