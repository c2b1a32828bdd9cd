"""Everything of a PostgreSQL store but its tables: functions, generated rows, fences and grants."""

from pathlib import Path

from db.central import rulebook
from db.central.link import Link
from db.postgres import fields, roles

_FOLDER = Path(__file__).parent
#: In the order in which SQL functions need one another.
OWNERS = (
    *("tables", "values", "sealing", "scope", "reading", "checks", "guards", "parts"),
    *("search", "submit", "feed", "snapshot", "people", "reveals", "enrolment"),
    *("papers", "files", "duty"),
)
GATEKEEPERS = ("gatekeeper",)
_OWN = (
    "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'fenbo'::regnamespace"
    " AND proowner = ?::regrole"
)
#: What only an older program installed: functions whose row this transaction did not write.
_LEFT_OVER = f"{_OWN} AND xmin::text <> mod(pg_current_xact_id()::text::bigint, 4294967296)::text"


#: Rights of anybody but the owner, whoever gave them: what, and whose.
_GIVEN = (
    "SELECT what, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(grantee)) END FROM ("
    "SELECT 'FUNCTION ' || p.oid::regprocedure AS what, p.proowner AS owner, a.grantee FROM pg_proc AS p,"
    " aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a"
    " WHERE p.pronamespace = 'fenbo'::regnamespace"
    " UNION SELECT 'TABLE ' || c.oid::regclass, c.relowner, a.grantee FROM pg_class AS c,"
    " aclexplode(c.relacl) AS a WHERE c.relnamespace = 'fenbo'::regnamespace AND c.relkind = 'r'"
    ") AS given WHERE owner = ?::regrole AND grantee <> owner"
)


def source(name: str) -> str:
    """The text of one of our SQL files."""
    return (_FOLDER / f"{name}.sql").read_text("utf-8")


def install(link: Link) -> None:
    """Bring functions, rows and rights up to this program, inside the caller's transaction.

    Whose link it is may act as the owner and as the gatekeeper.
    """
    link.run("RESET ROLE")
    roles.fence_database(link)
    roles.fence_catalogue(link)
    link.run(f"SET LOCAL ROLE {roles.OWNER}")
    link.run("SET LOCAL search_path = fenbo")
    _run(link, OWNERS, roles.OWNER)
    fields.install(link)
    rulebook.install(link)
    _shut_tables(link)
    roles.grant(link)
    link.run(f"GRANT CREATE ON SCHEMA fenbo TO {roles.GATEKEEPER}")
    link.run(f"SET LOCAL ROLE {roles.GATEKEEPER}")
    _run(link, GATEKEEPERS, roles.GATEKEEPER)
    roles.grant_doors(link)
    link.run(f"SET LOCAL ROLE {roles.OWNER}")
    link.run(f"REVOKE CREATE ON SCHEMA fenbo FROM {roles.GATEKEEPER}")
    link.run("RESET ROLE")


def _run(link: Link, names: tuple[str, ...], owner: str) -> None:
    """Make one owner's functions, nobody else's to call until they are granted."""
    link.run("ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC")
    for name in names:
        link.script(source(name))
    for (gone,) in link.rows(_LEFT_OVER, (owner,)):
        link.run(f"DROP FUNCTION {gone} CASCADE")
    for what, whose in link.rows(_GIVEN, (owner,)):
        link.run(f"REVOKE ALL ON {what} FROM {whose}")


def _shut_tables(link: Link) -> None:
    """A second fence behind the missing grants: without a policy, nobody but the owner reads a row."""
    for (table,) in link.rows(
        "SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'fenbo'::regnamespace AND relkind = 'r'"
    ):
        link.run(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
