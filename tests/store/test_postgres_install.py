"""Founding and upgrading a PostgreSQL centre: what is made, for whom, and how a change behind its back is seen."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from app.domain.refused import Refused
from db.central.link import Link
from db.central.schema import METADATA
from db.postgres import admin, fields, roles
from tests.store.conftest import postgres_link, postgres_town, url_of

_NAMES = (f"installed{number}" for number in count(1))
#: What only this kind of store has, made by tables.sql.
ONLY_HERE = {"field", "presence", "finder", "paper"}


@pytest.fixture
def centre(postgres: str, new_database: Callable[..., str]) -> str:
    """The URL of a founded centre without people, its clock the server's."""
    url = url_of(postgres, new_database(next(_NAMES)))
    admin.init(url, "pingshan", "SZPS", "live")
    return url


@pytest.fixture
def root(postgres: str, centre: str) -> Iterator[Link]:
    """A superuser's link to that centre."""
    link = postgres_link(f"{postgres} dbname={centre.split('/')[3].split('?')[0]}")
    yield link
    link.close()


def test_a_centre_is_founded_once(centre: str):
    facts = admin.facts(centre)
    assert (facts.info.district, facts.info.prefix, facts.info.kind) == ("pingshan", "SZPS", "live")
    assert (facts.commands, facts.cases, facts.operators) == (0, 0, 0)
    with pytest.raises(Refused, match="store-exists"):
        admin.init(centre, "pingshan", "SZPS", "live")
    assert admin.verify(centre).is_sound


def test_an_empty_database_is_no_centre_and_stays_empty_when_founding_fails(
    postgres: str, new_database: Callable[..., str]
):
    name = new_database(next(_NAMES))
    with pytest.raises(Refused, match="store-kind"):
        admin.init(url_of(postgres, name), "pingshan", "SZPS", "toy")
    with pytest.raises(Refused, match="store-empty"):
        admin.facts(url_of(postgres, name))
    link = postgres_link(f"{postgres} dbname={name}")
    assert link.rows("SELECT to_regnamespace('fenbo')") == [(None,)]
    link.close()


def test_only_an_encoding_that_holds_every_language_will_do(postgres: str):
    root = postgres_link(f"{postgres} dbname=postgres")
    root.run("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1'")
    root.close()
    with pytest.raises(Refused, match="server-not-utf8"):
        admin.init(url_of(postgres, "latin"), "pingshan", "SZPS", "live")


def test_the_tables_are_those_of_the_migrations(
    centre: str, postgres_engine: Callable[[str, str], Any]
):
    def is_ours(thing: Any, name: str | None, kind: str, *_: object) -> bool:
        table = name if kind == "table" else getattr(getattr(thing, "table", None), "name", None)
        return table not in ONLY_HERE and not str(name).startswith("pg_")

    name = centre.split("/")[3].split("?")[0]
    with postgres_engine(name, "fenbo").connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        assert compare_metadata(context, METADATA) == []


def test_a_second_installation_changes_nothing(centre: str, root: Link):
    assert admin.upgrade(centre) is False
    before = _catalogue(root)
    root.run("UPDATE fenbo.store_info SET schema_version = 0")
    assert admin.upgrade(centre) is True
    assert _catalogue(root) == before
    assert admin.verify(centre).is_sound


def test_what_was_decided_by_older_rules_is_taken_as_given_and_nothing_else_is(
    request: pytest.FixtureRequest, postgres: str
):
    town, url = postgres_town(request, "taught"), url_of(postgres, "taught")
    town.filed()
    assert admin.upgrade(url) is True  # of functions only: the town has a clock of its own
    assert admin.verify(url).given == 0
    town.link.run("DELETE FROM rule WHERE kind = 'file'")
    assert admin.upgrade(url) is True
    report = admin.verify(url)
    assert (report.given, report.lines, report.is_sound) == (2, 2, True)
    town.close()


def _catalogue(link: Link) -> list[tuple[Any, ...]]:
    return link.rows(
        "SELECT p.oid::regprocedure::text, prosrc, proacl::text, proconfig::text, proowner::regrole::text"
        " FROM pg_proc AS p WHERE pronamespace = 'fenbo'::regnamespace ORDER BY 1"
    )


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("GRANT SELECT ON fenbo.case_file TO fenbo_operator", "table case_file"),
        ("GRANT SELECT (name) ON fenbo.reporter TO fenbo_auditor", "table reporter"),
        ("ALTER TABLE fenbo.log DISABLE ROW LEVEL SECURITY", "table log"),
        ("ALTER TABLE fenbo.presence OWNER TO fenbo_director", "table presence"),
        ("GRANT EXECUTE ON FUNCTION fenbo.unsealed TO PUBLIC", "function unsealed grants"),
        ("REVOKE EXECUTE ON FUNCTION fenbo.pull FROM fenbo_operator", "function pull grants"),
        ("ALTER FUNCTION fenbo.submit RESET search_path", "function submit settings"),
        (
            "ALTER FUNCTION fenbo.pull SET standard_conforming_strings = off",
            "function pull settings",
        ),
        ("ALTER FUNCTION fenbo.apply SECURITY DEFINER", "function apply settings"),
        ("ALTER FUNCTION fenbo.reveal OWNER TO fenbo", "function reveal source"),
        (
            "CREATE OR REPLACE FUNCTION fenbo.refuse(code text, facts jsonb DEFAULT '{}')"
            " RETURNS void LANGUAGE sql AS ''",
            "function refuse source",
        ),
        ("CREATE FUNCTION fenbo.extra() RETURNS int LANGUAGE sql AS 'SELECT 1'", "function extra"),
        (
            "CREATE FUNCTION fenbo.head(x int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
            "function head",
        ),
        ("DROP FUNCTION fenbo.figures()", "function figures"),
        (
            "DO $$ BEGIN EXECUTE format('GRANT TEMP ON DATABASE %I TO PUBLIC', current_database()); END $$",
            "drift database",
        ),
        ("UPDATE fenbo.field SET is_optional = true WHERE name = 'title'", "field case_file title"),
        ("DELETE FROM fenbo.field WHERE name = 'grade'", "field case_file grade"),
        ("UPDATE fenbo.rule SET not_by = NULL WHERE not_by IS NOT NULL", "rule-drift"),
    ],
)
def test_what_is_changed_behind_its_back_is_named(centre: str, root: Link, change: str, found: str):
    root.script(change)
    said = [f"{one.code} {one.where}" for one in admin.verify(centre).findings]
    assert any(found in one for one in said), said


@pytest.mark.parametrize(
    "change",
    [
        "GRANT EXECUTE ON FUNCTION fenbo.unsealed TO PUBLIC",
        "GRANT ALL ON fenbo.case_file TO fenbo_operator",
        "CREATE OR REPLACE FUNCTION fenbo.clock() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'",
        "DELETE FROM fenbo.field",
        "DELETE FROM fenbo.rule",
    ],
)
def test_an_upgrade_heals_functions_rights_and_rules(centre: str, root: Link, change: str):
    root.run(change)
    assert admin.upgrade(centre) is True
    assert admin.verify(centre).is_sound
    assert admin.upgrade(centre) is False


def test_a_function_that_an_older_program_left_is_taken_away(centre: str, root: Link):
    root.run("CREATE FUNCTION fenbo.former() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    root.run("ALTER FUNCTION fenbo.former OWNER TO fenbo_owner")
    assert admin.upgrade(centre) is True
    assert admin.verify(centre).is_sound


def test_a_newer_centre_is_not_upgraded_backwards(centre: str, root: Link):
    root.run("UPDATE fenbo.store_info SET schema_version = 99")
    with pytest.raises(Refused, match="store-newer"):
        admin.upgrade(centre)


def test_the_fields_are_the_domain_s(centre: str, root: Link):
    assert fields.drift(root) == ()
    assert {table for table, *_ in fields.records()} == {
        table for (table,) in root.rows("SELECT DISTINCT tbl FROM fenbo.field")
    }


def test_no_superuser_is_needed_to_found_a_centre(postgres: str, centre: str):
    """Who may make roles and owns the database suffices (PostgreSQL 15 lets him grant what the gatekeeper needs)."""
    root = postgres_link(f"{postgres} dbname=postgres")
    root.run("CREATE ROLE founder LOGIN CREATEROLE")
    root.run(f"GRANT {roles.OWNER}, {roles.GATEKEEPER} TO founder WITH ADMIN OPTION")
    root.run("CREATE DATABASE founded OWNER founder")
    root.close()
    url = url_of(postgres, "founded", "founder")
    admin.init(url, "pingshan", "SZPS", "live")
    assert admin.verify(url).is_sound
    assert admin.upgrade(url) is False


def test_who_may_not_is_told_so(postgres: str, centre: str):
    root = postgres_link(f"{postgres} dbname=postgres")
    root.run("CREATE ROLE nobody_special LOGIN")
    root.run("CREATE DATABASE foreign_one")
    root.run("GRANT CONNECT ON DATABASE postgres TO nobody_special")
    root.close()
    with pytest.raises(Refused, match="store-init-rights"):
        admin.init(url_of(postgres, "foreign_one", "nobody_special"), "p", "SZPS", "live")
    name = centre.split("/")[3].split("?")[0]
    with pytest.raises(Refused, match="centre-not-let-in"):
        admin.facts(url_of(postgres, name, "nobody_special"))
