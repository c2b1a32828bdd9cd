"""The groups of a centre: who owns the store, who lets people in, and one group for each role of a person."""

from app.domain.terms import Role
from db.central.link import Link

OWNER = "fenbo_owner"
#: Owns the functions that make logins, and nothing else.
GATEKEEPER = "fenbo_gatekeeper"
GROUPS = tuple(f"fenbo_{role.lower()}" for role in Role)
ADMINISTRATORS = "fenbo_administrator"

#: What everybody may call. Whose cases, and whether at all, is decided inside.
FOR_ALL = (
    "submit(jsonb, timestamptz, integer, integer)",
    "pull(bigint, text, integer)",
    "head()",
    "snapshot(jsonb, integer)",
    "history(text)",
    "search(text, integer)",
    "figures()",
    "presence(text, text)",
    "onlookers(text, text[])",
    "facts()",
    "me()",
    "operators()",
    "seat_code(text)",
    "reporter_key(text)",
    "reveal(text, text)",
    "known(text[])",
    "said(text[])",
    "open_batch(text, boolean)",
    "close_batch(text)",
    "papers(bigint)",
    "failed_logins(jsonb, text)",
    "put_part(text, bigint, bigint, bytea)",
    "part_of(text, bigint, integer)",
    "files_at(text[])",
    "limited_reveals()",
    "duty(text, boolean)",
)
#: What only administrators (and the owner) may call: functions of the owner's.
FOR_ADMINISTRATORS = ("publish(text, text)",)
#: The same, of the gatekeeper's.
FOR_KEEPERS = (
    "add_operator(text, text, text, text, text, text, timestamptz)",
    "move_operator(text, text, text)",
    "deactivate(text)",
    "end_idlers()",
    "lend_system(text)",
    "reset_password(text, text, timestamptz)",
)
#: Of the gatekeeper's, what everybody may call.
FOR_ONESELF = ("renew_password(text)",)
#: What the gatekeeper's functions call in the owner's name.
FOR_THE_GATEKEEPER = (
    "keeper()",
    "enrol(text, text, text, text, text)",
    "reassign(text, text, text)",
    "dismiss(text)",
    "the_system()",
    "renewing()",
    "resetting(text)",
)


def make_roles(link: Link) -> None:
    """Create what is missing in this cluster; another centre of it may have made them already."""
    for name, powers in ((OWNER, ""), (GATEKEEPER, "CREATEROLE"), *((one, "") for one in GROUPS)):
        if link.row("SELECT 1 FROM pg_roles WHERE rolname = ?", (name,)) is None:
            link.run(f"CREATE ROLE {name} NOLOGIN {powers}")
    for name in GROUPS:
        link.run(f"GRANT {name} TO {GATEKEEPER} WITH ADMIN OPTION")
    link.run(f"GRANT pg_signal_backend, pg_read_all_stats TO {GATEKEEPER}")
    if not _is_superuser(link):
        link.run(f"GRANT {OWNER}, {GATEKEEPER} TO CURRENT_USER")


def fence_database(link: Link) -> None:
    """Nobody but the centre's people enters the database, and they bring nothing of their own."""
    (name,) = link.row("SELECT quote_ident(current_database())") or ("",)
    link.run(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
    link.run(f"GRANT CONNECT ON DATABASE {name} TO {', '.join((OWNER, *GROUPS))}")
    if _is_superuser(
        link
    ):  # persons travel as values: however much the server notes, those it does not
        for one in ("log_parameter_max_length", "log_parameter_max_length_on_error"):
            link.run(f"ALTER DATABASE {name} SET {one} = 0")


def fence_catalogue(link: Link) -> None:
    """What PostgreSQL leaves open to everybody in a new database, shut as far as the caller may."""
    link.run("REVOKE ALL ON SCHEMA public FROM PUBLIC")
    if _is_superuser(link):
        for (one,) in link.rows(_TEMPTING):
            link.run(f"REVOKE EXECUTE ON FUNCTION {one} FROM PUBLIC")
        link.run("REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC")
        link.run(f"GRANT USAGE ON LANGUAGE plpgsql TO {OWNER}, {GATEKEEPER}")


#: Locks that anybody could hold for ever, and large objects that anybody could fill the disk with.
_TEMPTING = (
    "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace"
    " AND proname ~ '^(pg_advisory_|pg_try_advisory_|lo_|loread$|lowrite$)'"
)


def grant(link: Link) -> None:
    """Who may call which function. As the owner."""
    everybody = ", ".join(GROUPS)
    link.run(f"GRANT USAGE ON SCHEMA fenbo TO {everybody}, {GATEKEEPER}")
    for one in FOR_ALL:
        link.run(f"GRANT EXECUTE ON FUNCTION fenbo.{one} TO {everybody}")
    for one in FOR_ADMINISTRATORS:
        link.run(f"GRANT EXECUTE ON FUNCTION fenbo.{one} TO {ADMINISTRATORS}")
    for one in FOR_THE_GATEKEEPER:
        link.run(f"GRANT EXECUTE ON FUNCTION fenbo.{one} TO {GATEKEEPER}")


def grant_doors(link: Link) -> None:
    """The gatekeeper's own functions to those who keep the store, and to everybody about himself. As the gatekeeper."""
    for one in FOR_ONESELF:
        link.run(f"GRANT EXECUTE ON FUNCTION fenbo.{one} TO {', '.join(GROUPS)}")
    for one in FOR_KEEPERS:
        link.run(f"GRANT EXECUTE ON FUNCTION fenbo.{one} TO {ADMINISTRATORS}, {OWNER}")


def _is_superuser(link: Link) -> bool:
    found = link.row("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    return found is not None and bool(found[0])
