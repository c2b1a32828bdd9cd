"""Whether the functions of a PostgreSQL store, and who may call them, are those that this program installs."""

import re
from collections import Counter
from collections.abc import Iterator

from db.central.link import Link
from db.postgres import roles
from db.postgres.install import GATEKEEPERS, OWNERS, source

#: A function of our files: name, what stands between name and body, body.
_FUNCTION = re.compile(
    r"^CREATE OR REPLACE FUNCTION fenbo\.(\w+)\((.*?)AS \$\$(.*?)\$\$", re.MULTILINE | re.DOTALL
)
_LIVE = (
    "SELECT p.oid::regprocedure::text, p.proname, p.prosrc, r.rolname, p.prosecdef,"
    " coalesce(p.proconfig, '{}') @> '{\"search_path=pg_catalog, pg_temp\",standard_conforming_strings=on}',"
    " ARRAY(SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee)::text END"
    "  FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a WHERE a.grantee <> p.proowner ORDER BY 1)"
    " FROM pg_proc AS p JOIN pg_roles AS r ON r.oid = p.proowner"
    " WHERE p.pronamespace = 'fenbo'::regnamespace"
)
_OPEN_TABLES = (
    "SELECT c.oid::regclass::text FROM pg_class AS c"
    " WHERE c.relnamespace = 'fenbo'::regnamespace AND c.relkind IN ('r', 'v', 'S')"
    " AND (pg_get_userbyid(c.relowner) <> 'fenbo_owner' OR c.relkind = 'r' AND NOT c.relrowsecurity"
    "  OR EXISTS (SELECT FROM aclexplode(c.relacl) AS a WHERE a.grantee <> c.relowner)"
    "  OR EXISTS (SELECT FROM pg_attribute AS t WHERE t.attrelid = c.oid AND t.attacl IS NOT NULL))"
)

_OPEN_DATABASE = (
    "SELECT 1 FROM pg_database AS d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) AS a"
    " WHERE d.datname = current_database() AND a.grantee = 0"
)


def wanted() -> Iterator[tuple[str, str, str, bool]]:
    """Every function of our files: name, body, owner, whether it acts in its owner's name."""
    for names, owner in ((OWNERS, roles.OWNER), (GATEKEEPERS, roles.GATEKEEPER)):
        for name in names:
            for function, between, body in _FUNCTION.findall(source(name)):
                yield function, body, owner, "SECURITY DEFINER" in between


def drift(link: Link) -> tuple[str, ...]:
    """What differs, one line each; nothing when the store is as installed."""
    ours = {name: rest for name, *rest in wanted()}
    live = link.rows(_LIVE)
    times = Counter(row[1] for row in live)
    found = [f"function {name}" for name in {*ours, *times} if (name in ours) != times[name]]
    for signature, name, *rest, is_pinned, callers in live:
        if name in ours and rest != ours[name]:
            found.append(f"function {name} source")
        if rest[2] and not is_pinned:
            found.append(f"function {name} settings")
        if set(callers) != _callers(signature.removeprefix("fenbo.")):
            found.append(f"function {name} grants")
    found += [f"table {name}" for (name,) in link.rows(_OPEN_TABLES)]
    found += ["database"] if link.row(_OPEN_DATABASE) else []
    return tuple(sorted(found))


def _callers(signature: str) -> set[str]:
    """Who besides its owner may call a function."""
    plain = signature.replace(",", ", ").replace("timestamp with time zone", "timestamptz")
    if plain in (*roles.FOR_ALL, *roles.FOR_ONESELF):
        return set(roles.GROUPS)
    if plain in roles.FOR_KEEPERS:
        return {roles.ADMINISTRATORS, roles.OWNER}
    if plain in roles.FOR_ADMINISTRATORS:
        return {roles.ADMINISTRATORS}
    return {roles.GATEKEEPER} if plain in roles.FOR_THE_GATEKEEPER else set()
