"""What is counted for warnings is read through its own index, however many cases there are."""

import sqlite3

import pytest

from db.replica import schema, watched

pytestmark = pytest.mark.article(23)


@pytest.mark.parametrize("name", ["_FILED", "_GROUPS", "_NEWEST", "_TOLD"])
def test_only_the_latest_cases_are_looked_at(name: str):
    db = sqlite3.connect(":memory:")
    for statement in schema.statements():
        db.execute(statement)
    sql = getattr(watched, name)
    plan = db.execute(f"EXPLAIN QUERY PLAN {sql}", ["x"] * sql.count("?")).fetchall()
    db.close()
    assert any("ix_filed (filed_at>?" in one[3] for one in plan), plan
    assert not any(one[3].startswith("SCAN case_file") for one in plan)
