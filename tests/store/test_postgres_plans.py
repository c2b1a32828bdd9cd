"""How a centre reads: the first fill walks an index and sorts nothing, a unit's cases are found by their mark."""

from collections.abc import Iterator

import pytest

from db.central.link import Link
from tests.store.conftest import postgres_town
from tests.store.town import Town


@pytest.fixture(scope="module")
def town(request: pytest.FixtureRequest) -> Iterator[Town]:
    """A town whose owner is an operator as well and hears every plan; few rows shall not look like a table to scan."""
    town = postgres_town(request, "planned")
    for number in range(5):
        town.dispatched("water", title=f"路灯 {number}")
    link = town.link
    link.run("INSERT INTO operator VALUES ('fenbo', 'x', 'OPERATOR', 'pingshan', true, 0, NULL)")
    link.run("LOAD 'auto_explain'")
    for one in (
        *("auto_explain.log_min_duration = 0", "auto_explain.log_nested_statements = on"),
        *("client_min_messages = log", "enable_seqscan = off", "enable_bitmapscan = off"),
    ):
        link.run(f"SET {one}")
    yield town
    town.close()


def plans(link: Link, sql: str, table: str) -> str:
    """The plans of everything that a call asks about a table."""
    told: list[str] = []
    hear = lambda notice: told.append(notice.message_primary)  # noqa: E731 - taken off again below
    link._connection.add_notice_handler(hear)
    link.rows(sql)
    link._connection.remove_notice_handler(hear)
    return "\n".join(one for one in told if f"FROM fenbo.{table} AS" in one and "LIMIT" in one)


@pytest.mark.parametrize(
    ("position", "index"),
    [
        ('[0, ["2026-03-02T01:00:00.000000Z", "x"], 0, 9]', "ix_case_file_open"),
        ('[1, ["x"], 0, 9]', "ix_case_file_open"),
        ('[2, ["2026-03-02T01:00:00.000000Z", "x"], 0, 9]', "ix_case_file_ended"),
    ],
)
def test_a_page_of_the_first_fill_walks_an_index_and_sorts_nothing(
    town: Town, position: str, index: str
):
    found = plans(town.link, f"SELECT fenbo.snapshot('{position}', 2)", "case_file")
    assert index in found
    assert "Sort" not in found.split("Query Text")[1]


def test_a_unit_s_cases_are_found_by_their_mark(town: Town):
    town.link.run("UPDATE operator SET role = 'UNIT_HANDLER', unit = 'water' WHERE login = 'fenbo'")
    town.link.run("SET enable_bitmapscan = on")
    town.link.run("SET enable_indexscan = off")
    try:
        assert "pg_case_file_units" in plans(
            town.link, "SELECT fenbo.snapshot(NULL, 2)", "case_file"
        )
    finally:
        town.link.run("SET enable_bitmapscan = off")
        town.link.run("SET enable_indexscan = on")
        town.link.run("UPDATE operator SET role = 'OPERATOR', unit = NULL WHERE login = 'fenbo'")


def test_what_the_newest_do_not_have_is_found_among_all(town: Town):
    asked = (
        "SELECT cardinality(fenbo.newest_with(o, fenbo.asked('路灯'), 50, {})) FROM operator AS o"
        " WHERE login = 'li'"
    )
    assert town.link.rows(asked.format("1")) == [(1,)]
    assert town.link.rows(asked.format("NULL")) == [(5,)]


def test_words_are_found_by_their_index(town: Town):
    town.link.run("SET enable_bitmapscan = on")
    found = plans(town.link, "SELECT fenbo.search('没有这个词', 5)", "finder")
    town.link.run("SET enable_bitmapscan = off")
    assert "pg_finder_words" in found
