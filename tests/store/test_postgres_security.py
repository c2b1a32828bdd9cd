"""What every person of a centre can and cannot do: each role against each object of the catalogue, and by force.

The tables in this file are the only word on who may what: an object without a row here fails the build.
"""

from collections.abc import Iterator
from contextlib import closing
from itertools import product
from typing import Any

import psycopg
import pytest

from app.domain.terms import Role
from db.central.link import Link
from tests.store.conftest import postgres_town, url_of
from tests.store.town import PEOPLE, Town

LOGINS = [login for login, _, _ in PEOPLE]
#: One of each role.
ONE_OF_EACH = list({role: login for login, role, _ in PEOPLE}.values())
#: Nobody but the owner has any right on any of them.
TABLES = {
    *("case_file", "task", "request", "verification", "notice", "note", "attachment"),
    *(
        "commendation",
        "interim",
        "log",
        "command",
        "head",
        "operator",
        "rule",
        "device",
        "lease",
        "batch",
    ),
    *("reporter", "sealed_number", "secret", "access_log", "store_info", "alembic_version"),
    *("field", "presence", "finder", "paper", "access_log_id_seq"),
    *("kept_file", "file_part", "concern", "visit", "coordination", "warning"),
}
FOR_ALL = {
    *("submit", "pull", "head", "snapshot", "history", "search", "figures", "presence", "facts"),
    *("me", "operators", "seat_code", "reporter_key", "reveal", "known", "said", "open_batch"),
    *("close_batch", "papers", "renew_password", "failed_logins", "limited_reveals", "onlookers"),
    *("put_part", "part_of", "files_at", "duty"),
}
FOR_ADMINISTRATORS = {
    *("add_operator", "move_operator", "deactivate", "end_idlers", "publish", "lend_system"),
    "reset_password",
}
#: Called by other functions only.
FOR_NOBODY = {
    *("clock", "wired", "told_time", "is_instant", "fits", "selected", "found", "effects_text"),
    *("told_row", "whole_lines", "own_lines", "put_right", "month_of", "narrowing"),
    *("within", "hanging", "on_duty"),
    *("carries", "keep_file", "other_file"),
    *("answer", "make_secret", "secret_key", "authentic", "digest", "in_ascii", "is_sealed"),
    *("parts_of", "worth_keeping", "sealed", "unsealed", "key_of_reporter", "keep_sealed"),
    *(
        "refuse",
        "viewer",
        "marks_of",
        "narrowed",
        "sees_case",
        "sees_row",
        "is_of_unit",
        "acts_on",
        "scope_now",
        "task_units",
    ),
    *("readable", "is_bounded", "has_parts", "has_rows", "without_exponents", "key_of", "case_of"),
    *("gather", "row_of", "well_formed", "is_addressed", "timely", "missing", "in_scope"),
    *("is_visible", "may_hang", "is_made", "unchanged", "ruled", "permitted", "unfit", "counted"),
    *(
        "past",
        "times",
        "given",
        "read_then",
        "undo",
        "taken_up",
        "unseen",
        "matter_of",
        "before_image",
        "lines_about",
        "derived_in",
        "cases_of",
        "home_of",
        "scope_after",
        "done_to",
        "invented",
        "derived",
        "left",
        "parted",
        "same_in_parts",
    ),
    *("not_so", "hands_of", "placed", "beside", "explained", "plain", "runs", "tokens"),
    *(
        "number_tokens",
        "words_of",
        "find_by",
        "asked",
        "newest_with",
        "usable",
        "take",
        "keep",
        "stamped",
    ),
    *("apply", "log_line", "sha256_of", "cursor_of", "rows_for", "children", "case_rows"),
    *("visible", "line", "plain_line", "seen", "lines_after", "standing", "lines_of", "stretch"),
    *("total", "cases_in_order", "person", "note_access", "keeper", "apart", "sound_operator"),
    *("reveal_bound", "most_reveals", "reveals_wait", "not_let"),
    *(
        "enrol",
        "the_system",
        "reassign",
        "dismiss",
        "importer",
        "renewing",
        "resetting",
        "repass",
        "group_of",
        "groups_of",
        "regroup",
    ),
}
LOCKS = ("ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE", "SHARE", "EXCLUSIVE", "ACCESS EXCLUSIVE")


@pytest.fixture(scope="module")
def town(request: pytest.FixtureRequest) -> Iterator[Town]:
    town = postgres_town(request, "fortress")
    town.dispatched("water")
    yield town
    town.close()


@pytest.fixture(scope="module")
def entrances(town: Town, postgres: str) -> Iterator[dict[str, psycopg.Connection[Any]]]:
    """Everybody's plain connection, as any program of his could open it."""
    url = lambda login: url_of(postgres, "fortress", login)  # noqa: E731 - a name for one expression
    found = {login: psycopg.connect(url(login)) for login in LOGINS}
    yield found
    for one in found.values():
        one.close()


def said(connection: psycopg.Connection[Any], sql: str) -> str:
    """The SQLSTATE of a refusal, '' when it was carried out; nothing is kept."""
    try:
        connection.execute(sql)
    except psycopg.Error as error:
        return error.sqlstate or "connection"
    finally:
        if not connection.closed:
            connection.rollback()
    return ""


def catalogue(link: Link) -> dict[str, list[str]]:
    """What there is, by kind: every name as often as it is there."""
    asked = {
        "schema": "SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_|^information_schema$'",
        "table": "SELECT relname FROM pg_class WHERE relnamespace = 'fenbo'::regnamespace"
        " AND relkind IN ('r', 'v', 'm', 'S', 'p', 'f')",
        "function": "SELECT proname FROM pg_proc WHERE pronamespace = 'fenbo'::regnamespace",
        "type": "SELECT t.typname FROM pg_type AS t LEFT JOIN pg_class AS c ON c.oid = t.typrelid"
        " WHERE t.typnamespace = 'fenbo'::regnamespace AND t.typelem = 0"
        " AND (c.relkind IS NULL OR c.relkind = 'c')",
        "operator": "SELECT oprname FROM pg_operator WHERE oprnamespace = 'fenbo'::regnamespace",
        "trigger": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
        "policy": "SELECT polname FROM pg_policy",
        "extension": "SELECT extname FROM pg_extension",
        "wrapper": "SELECT fdwname FROM pg_foreign_data_wrapper",
        "publication": "SELECT pubname FROM pg_publication",
    }
    return {kind: sorted(one for (one,) in link.rows(sql)) for kind, sql in asked.items()}


#: `fenbo_test` holds the clock of these tests.
ALL_THERE_IS = {
    "schema": ["fenbo", "fenbo_crypto", "fenbo_test", "public"],
    "table": sorted(TABLES),
    "function": sorted(FOR_ALL | FOR_ADMINISTRATORS | FOR_NOBODY),
    "type": ["offer"],
    "operator": [],
    "trigger": [],
    "policy": [],
    "extension": ["pgcrypto", "plpgsql"],
    "wrapper": [],
    "publication": [],
}


def test_every_object_of_the_catalogue_has_a_row_here(town: Town):
    assert catalogue(town.link) == ALL_THERE_IS
    assert not FOR_ALL & FOR_NOBODY
    assert {role for _, role, _ in PEOPLE} == set(Role), "and every role somebody who has it"


@pytest.mark.parametrize(
    ("kind", "sql"),
    [
        ("schema", "CREATE SCHEMA strange"),
        ("table", "CREATE TABLE fenbo.strange (x int)"),
        ("table", "CREATE VIEW fenbo.strange AS SELECT * FROM fenbo.reporter"),
        ("table", "CREATE MATERIALIZED VIEW fenbo.strange AS SELECT 1 AS x"),
        ("table", "CREATE SEQUENCE fenbo.strange"),
        ("function", "CREATE FUNCTION fenbo.strange() RETURNS int LANGUAGE sql AS 'SELECT 1'"),
        ("function", "CREATE FUNCTION fenbo.head(x int) RETURNS int LANGUAGE sql AS 'SELECT 1'"),
        ("type", "CREATE TYPE fenbo.strange AS ENUM ('x')"),
        ("type", "CREATE DOMAIN fenbo.strange AS text"),
        ("policy", "CREATE POLICY strange ON fenbo.log USING (true)"),
        ("publication", "CREATE PUBLICATION strange"),
    ],
)
def test_a_new_object_without_a_row_here_is_noticed(town: Town, kind: str, sql: str):
    town.link.run("BEGIN")
    try:
        town.link.run(sql)
        assert catalogue(town.link)[kind] != ALL_THERE_IS[kind]
    finally:
        town.link.run("ROLLBACK")
    assert catalogue(town.link) == ALL_THERE_IS


def test_behind_the_missing_rights_stands_a_second_fence(town: Town):
    """Without a policy, row-level security shows nobody but the owner a row, should a right ever be given."""
    open_ = town.link.rows(
        "SELECT relname FROM pg_class WHERE relnamespace = 'fenbo'::regnamespace AND relkind = 'r'"
        " AND NOT (relrowsecurity AND NOT relforcerowsecurity)"
    )
    assert open_ == []


def test_what_acts_in_the_owners_name_looks_nowhere_else_for_names(town: Town):
    """A SECURITY DEFINER function without a search path of its own would run whatever its caller calls `now`."""
    loose = town.link.rows(
        "SELECT proname FROM pg_proc WHERE pronamespace = 'fenbo'::regnamespace AND prosecdef"
        " AND NOT ('search_path=pg_catalog, pg_temp' = ANY (coalesce(proconfig, '{}')))"
    )
    assert loose == []


def test_nobody_has_a_right_on_a_table_or_a_column(town: Town):
    """As the catalogue itself answers, for every person, table, column and verb."""
    verbs = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]
    asked = 0
    for login, verb in product(LOGINS, verbs):
        held = town.link.rows(
            "SELECT relname FROM pg_class WHERE relnamespace = 'fenbo'::regnamespace AND relkind = 'r'"
            " AND has_table_privilege(?, oid, ?)",
            (login, verb),
        )
        assert held == [], (login, verb)
        asked += 1
    columns = (
        "SELECT count(*), count(*) FILTER (WHERE has_column_privilege(?, c.oid, a.attnum, ?))"
        " FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0"
        " WHERE c.relnamespace = 'fenbo'::regnamespace AND c.relkind = 'r'"
    )
    for login, verb in product(LOGINS, ("SELECT", "INSERT", "UPDATE", "REFERENCES")):
        ((all_, held),) = town.link.rows(columns, (login, verb))
        assert all_ > 200
        assert held == 0, (login, verb)
    assert asked == len(LOGINS) * len(verbs)


@pytest.mark.parametrize("login", LOGINS)
def test_every_verb_on_every_table_is_refused(
    entrances: dict[str, psycopg.Connection[Any]], town: Town, login: str
):
    for table in sorted(TABLES - {"access_log_id_seq"}):
        name = f"fenbo.{table}"
        (column,) = town.link.row(
            "SELECT attname FROM pg_attribute WHERE attrelid = ?::regclass AND attnum = 1", (name,)
        ) or ("",)
        for sql in (
            f"SELECT * FROM {name}",
            f"SELECT count(*) FROM {name}",
            f"SELECT {column} FROM {name} FOR UPDATE",
            f"INSERT INTO {name} DEFAULT VALUES",
            f"UPDATE {name} SET {column} = {column}",
            f"DELETE FROM {name}",
            f"TRUNCATE {name}",
            f"COPY {name} TO STDOUT",
            f"CREATE INDEX ON {name} ({column})",
            f"DROP TABLE {name}",
            *(f"LOCK TABLE {name} IN {mode} MODE" for mode in LOCKS),
        ):
            assert said(entrances[login], sql) == "42501", sql


@pytest.mark.parametrize("login", LOGINS)
def test_every_function_is_open_to_those_whose_it_is(
    entrances: dict[str, psycopg.Connection[Any]], town: Town, login: str
):
    functions = town.link.rows(
        "SELECT proname, ARRAY(SELECT CASE WHEN provariadic <> 0 THEN 'VARIADIC ' ELSE '' END"
        "  || format('NULL::%%I.%%I', n.nspname, t.typname)"
        "  FROM unnest(proargtypes) WITH ORDINALITY AS one (kind, place) JOIN pg_type AS t ON t.oid = kind"
        "  JOIN pg_namespace AS n ON n.oid = t.typnamespace ORDER BY place)"
        " FROM pg_proc WHERE pronamespace = 'fenbo'::regnamespace AND proname <> 'regroup'"
    )
    mine = FOR_ALL | (FOR_ADMINISTRATORS if login == "adm" else set())
    for name, given in functions:
        state = said(entrances[login], f"SELECT fenbo.{name}({', '.join(given)})")
        assert (state != "42501") == (name in mine), (name, state)


#: By type, what a function may be given that it does not expect.
ODD = {
    "text": ("''", "'; DROP SCHEMA fenbo CASCADE; --'", "repeat('x', 100000)", "E'\\u0001\\u202e'"),
    "text[]": (
        "'{}'",
        "ARRAY[NULL, repeat('x', 1000), '|@|']",
        "array_fill('x'::text, ARRAY[500])",
    ),
    "jsonb": ("'null'", "'[]'", "'{}'", "'[[[[1e400]]]]'", '\'[{"body": 3, "sealed": [null]}]\''),
    "integer": ("-1", "2147483647"),
    "bigint": ("-1", "9223372036854775807"),
    "boolean": ("true",),
    "bytea": ("''", "'\\x00'", "decode(repeat('ff', 300000), 'hex')"),
    "timestamp with time zone": ("'-infinity'", "'infinity'", "'4713-01-01 BC'"),
}


@pytest.mark.parametrize("login", ONE_OF_EACH)
def test_no_function_breaks_or_leaves_a_trace_whatever_it_is_given(
    entrances: dict[str, psycopg.Connection[Any]], town: Town, login: str
):
    """Each of the open functions, each argument odd in turn and all at once: an answer or a refusal, never a bug."""
    before = _fingerprint(town)
    functions = town.link.rows(
        "SELECT proname, ARRAY(SELECT format_type(kind, NULL) FROM unnest(proargtypes) WITH ORDINALITY"
        " AS one (kind, place) ORDER BY place) FROM pg_proc"
        " WHERE pronamespace = 'fenbo'::regnamespace AND proname = ANY (?)",
        (sorted(FOR_ALL | FOR_ADMINISTRATORS),),
    )
    assert len(functions) == len(FOR_ALL | FOR_ADMINISTRATORS)
    for name, kinds in functions:
        for turn in range(max((len(ODD[kind]) for kind in kinds), default=0)):
            given = ", ".join(f"{ODD[kind][turn % len(ODD[kind])]}::{kind}" for kind in kinds)
            state = said(entrances[login], f"SELECT fenbo.{name}({given})")
            assert state[:2] in ("", "FB", "42", "22", "23", "54"), (name, given, state)
            assert state not in ("42601", "42P01", "42883", "42703"), (name, given, state)
    assert _fingerprint(town) == before


#: What a tampered seat, or a person with a plain SQL client, might try.
HOSTILE = (
    "SET ROLE fenbo_owner",
    "SET ROLE fenbo_gatekeeper",
    "SET ROLE fenbo_director",
    "SET ROLE zhao",
    "SET SESSION AUTHORIZATION zhao",
    "SET SESSION AUTHORIZATION fenbo",
    "SELECT set_config('role', 'fenbo_owner', false)",
    "SELECT set_config('session_authorization', 'zhao', false)",
    "SET session_replication_role = replica",
    "SET log_statement = 'none'",
    "ALTER SYSTEM SET fsync = off",
    "SELECT pg_reload_conf()",
    "CREATE TABLE public.mine (x int)",
    "CREATE TABLE fenbo.mine (x int)",
    "CREATE TEMP TABLE mine (x int)",
    "CREATE TEMP VIEW mine AS SELECT 1",
    "CREATE SCHEMA mine",
    "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION fenbo.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE OR REPLACE FUNCTION fenbo.clock() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'",
    "ALTER FUNCTION fenbo.submit SECURITY INVOKER",
    "ALTER FUNCTION fenbo.submit OWNER TO li",
    "DROP FUNCTION fenbo.submit",
    "ALTER TABLE fenbo.log DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE fenbo.log OWNER TO li",
    "CREATE POLICY p ON fenbo.log USING (true)",
    "CREATE TRIGGER t BEFORE INSERT ON fenbo.log EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE r AS ON INSERT TO fenbo.log DO INSTEAD NOTHING",
    "COMMENT ON TABLE fenbo.log IS 'mine'",
    "GRANT SELECT ON fenbo.case_file TO li",
    "GRANT fenbo_shift_leader TO li",
    "GRANT fenbo_owner TO li",
    "ALTER ROLE li CREATEROLE",
    "ALTER ROLE li SUPERUSER",
    "ALTER ROLE li CONNECTION LIMIT 100",
    "ALTER ROLE li VALID UNTIL 'infinity'",
    "ALTER ROLE zhao PASSWORD 'x'",
    "CREATE ROLE mine",
    "DROP ROLE zhao",
    "CREATE DATABASE mine",
    "ALTER DATABASE fortress SET timezone = 'Asia/Shanghai'",
    "DROP DATABASE fortress",
    "CREATE EXTENSION dblink SCHEMA fenbo",
    "CREATE EVENT TRIGGER t ON ddl_command_start EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE PUBLICATION p FOR ALL TABLES",
    "CREATE LANGUAGE plpython3u",
    "DO $$ BEGIN LOOP END LOOP; END $$",
    "LOAD 'plpgsql'",
    "COPY fenbo.reporter TO STDOUT",
    "COPY (SELECT 1) TO PROGRAM 'id'",
    "COPY (SELECT 1) TO '/tmp/mine'",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_ls_dir('/')",
    "SELECT lo_import('/etc/passwd')",
    "SELECT lo_create(0)",
    "SELECT lo_from_bytea(0, 'x')",
    "SELECT * FROM pg_authid",
    "SELECT * FROM pg_statistic",
    "SELECT * FROM pg_hba_file_rules",
    "SELECT pg_create_physical_replication_slot('mine')",
    "SELECT pg_switch_wal()",
    "CHECKPOINT",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'fenbo'",
    "SELECT pg_advisory_lock(1)",
    "SELECT pg_advisory_lock(1, 2)",
    "SELECT pg_advisory_lock_shared(1)",
    "SELECT pg_advisory_xact_lock(1)",
    "SELECT pg_try_advisory_lock(1)",
    "SELECT pg_try_advisory_xact_lock_shared(1, 2)",
    "SELECT pg_advisory_unlock_all()",
    "SELECT nextval('fenbo.access_log_id_seq')",
    "SELECT setval('fenbo.access_log_id_seq', 1)",
    "SELECT * FROM fenbo.secret",
    "SELECT fenbo.secret_key('seal')",
    "SELECT fenbo.unsealed('00')",
    "SELECT fenbo.digest('reporter', '13912345678')",
    "SELECT fenbo_crypto.gen_random_bytes(16)",
    "SELECT fenbo_crypto.crypt('x', fenbo_crypto.gen_salt('bf', 31))",
    "SELECT fenbo.enrol('x', 'x', 'DIRECTOR', '', '')",
    "SELECT fenbo.dismiss('zhao')",
    "SELECT fenbo.add_operator('x', 'x', 'DIRECTOR', '', '', '', NULL)",
    "SELECT fenbo.end_idlers()",
    "SELECT fenbo.reset_password('zhao', 'SCRAM-SHA-256$4096:x$y:z', NULL)",
    "SELECT fenbo.repass('zhao', 'SCRAM-SHA-256$4096:x$y:z', NULL)",
    "SELECT fenbo.note_access('reveal', 'x', 'x')",
    "SELECT fenbo.reveals_wait(fenbo.viewer())",
    "UPDATE fenbo.request SET status = 'SEEN', asked_by = session_user",
    "DELETE FROM fenbo.access_log WHERE actor = session_user",
    "SELECT fenbo.lend_system('SCRAM-SHA-256$4096:x$y:z')",
    "ALTER DATABASE fortress SET log_parameter_max_length = -1",
    "SET log_parameter_max_length = -1",
)


#: What is no attack in those hands: to be oneself, and a member of one's own group.
HIS_OWN = {
    ("zhao", "SET ROLE zhao"),
    ("zhao", "SET SESSION AUTHORIZATION zhao"),
    ("zhao", "SELECT set_config('session_authorization', 'zhao', false)"),
    ("zhao", "ALTER ROLE zhao PASSWORD 'x'"),
    ("wu", "SET ROLE fenbo_director"),
}


def test_there_are_enough_of_them():
    assert len(set(HOSTILE)) == len(HOSTILE) >= 40


@pytest.mark.parametrize("sql", HOSTILE)
def test_a_hostile_statement_is_refused(
    entrances: dict[str, psycopg.Connection[Any]], town: Town, sql: str
):
    before = _fingerprint(town)
    for login in ONE_OF_EACH:
        if (login == "adm" and any(one in sql for one in FOR_ADMINISTRATORS)) or (
            login,
            sql,
        ) in HIS_OWN:
            continue
        state = said(entrances[login], sql)
        assert state in ("42501", "28000", "22023", "0A000", "25001", "55000"), (login, state)
    assert _fingerprint(town) == before


def _fingerprint(town: Town) -> list[Any]:
    """What an attack would leave a trace in: rights, owners, sources, roles, rows."""
    return [
        town.link.rows(sql)
        for sql in (
            "SELECT relname, relowner, relacl::text, relrowsecurity FROM pg_class"
            " WHERE relnamespace = 'fenbo'::regnamespace ORDER BY 1",
            "SELECT oid, proowner, proacl::text, prosecdef, md5(prosrc) FROM pg_proc"
            " WHERE pronamespace = 'fenbo'::regnamespace ORDER BY 1",
            "SELECT * FROM pg_roles ORDER BY 1",
            "SELECT roleid, member FROM pg_auth_members ORDER BY 1, 2",
            "SELECT nspname, nspacl::text FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1",
            "SELECT count(*) FROM fenbo.log",
            "SELECT * FROM fenbo.operator ORDER BY 1",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE fenbo.log; --",
        "%' OR '1'='1",
        "') UNION SELECT value FROM fenbo.secret --",
        "\\'; SELECT 1; --",
        "$$; DROP SCHEMA fenbo CASCADE; $$",
        "a:* | b",
        "fenbo.secret",
    ],
)
def test_text_is_never_syntax(town: Town, text: str):
    from app.domain.effects import Insert, Set

    store = town.store("li")
    before = _fingerprint(town)
    assert store.search(text, 50) == ()
    assert store.history(text) == []
    assert store.presence(text, text) == ()
    assert store.presence("A1", text) == ()
    assert store.onlookers("A1", [text]) == ()
    case_id, base = town.register()
    for effect in (
        Set("case_file", case_id, {text: "x"}, base),
        Set(text, case_id, {"title": "x"}, base),
        Set("case_file", case_id, {"title": "x"}, text),
        Insert(text, text, {text: text}),
    ):
        assert town.send(town.envelope("li", "amend", case_id, effect)).status != "done"
    town.done(town.note("li", case_id, text))
    assert town.store("li").history(case_id)[-1].applied[0].values["text"] == text
    after = _fingerprint(town)
    assert before[:5] == after[:5]


def test_settings_of_the_session_change_nothing(town: Town, postgres: str):
    """Hostile defaults of a session, and its own reading of names, times and numbers, do not reach inside."""
    from psycopg.types.json import Jsonb

    from app.domain.effects import insertion
    from app.services.envelope import encode
    from db.central import info
    from db.central.verify import verify_link

    case = town.case()
    text = encode(town.envelope("li", "register", case.id, insertion(case)))
    with closing(psycopg.connect(url_of(postgres, "fortress", "li"), autocommit=True)) as link:
        for one in (
            "search_path = pg_temp, fenbo, public",
            "timezone = 'Asia/Shanghai'",
            "datestyle = 'SQL, DMY'",
            "intervalstyle = 'sql_standard'",
            "bytea_output = 'escape'",
            "extra_float_digits = -15",
            "default_transaction_isolation = 'repeatable read'",
            "row_security = off",
            "standard_conforming_strings = off",
            "client_encoding = 'GB18030'",
            "transform_null_equals = on",
            "array_nulls = off",
            "synchronous_commit = off",
            "gin_fuzzy_search_limit = 1",
        ):
            link.execute(f"SET {one}")
        sql = "SELECT fenbo.submit(%s, NULL, %s, %s)"
        values = (Jsonb([{"body": text, "sealed": None}]), info.SCHEMA_VERSION, info.CLIENT)
        ((answer,),) = link.execute(sql, values).fetchone() or ([None],)
    assert answer["status"] == "done"
    assert verify_link(town.link, town.sealer).is_sound
    assert town.store("li").history(case.id)[0].claimed_at == town.clock.now
