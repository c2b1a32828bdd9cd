"""Who lets whom into a PostgreSQL centre, and that he who is shut out is out at once."""

from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count

import psycopg
import pytest

from app.domain.refused import Refused
from app.domain.terms import Role
from app.services.ports import Unreachable
from app.services.queries import Operator
from db.central.link import Link
from db.postgres import admin
from db.postgres.central import open_server
from tests.store.conftest import postgres_link, url_of

_NAMES = (f"people{number}" for number in count(1))


@pytest.fixture
def name(new_database: Callable[..., str], postgres_template: str) -> str:
    return new_database(next(_NAMES), postgres_template)


@pytest.fixture
def url(postgres: str, name: str, root: Link) -> str:
    return url_of(postgres, name)


@pytest.fixture
def root(postgres: str, name: str) -> Iterator[Link]:
    from db.postgres.roles import fence_database

    link = postgres_link(f"{postgres} dbname={name}", "fenbo")
    fence_database(link)
    yield link
    for (login,) in link.rows("SELECT rolname FROM pg_roles WHERE rolname LIKE 'new.%%'"):
        link.run(f'DROP ROLE "{login}"')
    link.close()


def person(login: str, role: Role = Role.OPERATOR, unit: str | None = None) -> Operator:
    return Operator(login=login, name=login, role=role, district="", unit=unit)


def test_who_is_let_in_has_a_login_of_his_own_in_one_group(url: str, root: Link):
    password = admin.add_operator(url, person("new.one", Role.SHIFT_LEADER))
    assert len(password) >= 16
    (made,) = root.rows(
        "SELECT rolcanlogin, rolsuper, rolcreaterole, rolcreatedb, rolbypassrls, rolconnlimit,"
        " rolvaliduntil > now(), fenbo.groups_of(rolname) FROM pg_roles WHERE rolname = 'new.one'"
    )
    assert made == (True, False, False, False, False, 4, True, ["fenbo_shift_leader"])
    (kept,) = root.row("SELECT rolpassword FROM pg_authid WHERE rolname = 'new.one'") or ("",)
    assert kept.startswith("SCRAM-SHA-256$")
    assert password not in kept
    with closing(open_server(url, "new.one")) as store:
        me = store.operator()
    assert (me.login, me.role, me.district) == ("new.one", Role.SHIFT_LEADER, "pingshan")


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (person("li"), "operator-exists"),
        (person("fenbo"), "operator-exists"),  # the superuser of this server
        (person("fenbo_owner"), "operator-login"),
        (person("pg_monitor"), "operator-login"),
        (person('a"b'), "operator-login"),
        (person("a|b"), "operator-login"),
        (person("a b"), "operator-login"),
        (person(""), "operator-login"),
        (person("x" * 64), "operator-login"),
        (person("new.unit", Role.UNIT_LEADER), "operator-unit"),
    ],
)
def test_who_cannot_be_let_in_is_said_why(url: str, new: Operator, code: str):
    with pytest.raises(Refused, match=code):
        admin.add_operator(url, new)


def test_no_login_with_powers_becomes_an_operator_s(url: str, root: Link):
    root.run('CREATE ROLE "new.boss" LOGIN CREATEDB')
    root.run('CREATE ROLE "new.other" LOGIN')
    for login in ("new.boss", "new.other"):
        with pytest.raises(Refused, match="operator-exists"):
            admin.add_operator(url, person(login))
    assert root.rows("SELECT login FROM operator WHERE login LIKE 'new.%%'") == []


def test_a_person_of_another_centre_of_the_same_server_may_come_too(
    url: str, postgres: str, new_database: Callable[..., str]
):
    other = url_of(postgres, new_database(next(_NAMES)))
    admin.init(other, "longgang", "LG", "live")
    admin.add_operator(other, person("li"))
    with pytest.raises(Refused, match="operator-exists"):  # he is in another group there
        admin.add_operator(other, person("zhao", Role.OPERATOR))
    for place, district in ((other, "longgang"), (url, "pingshan")):
        with closing(open_server(place, "li")) as store:
            assert store.operator().district == district


@pytest.mark.fault("F22")
def test_who_moves_is_in_his_new_group_only_and_fetches_his_scope_anew(url: str, root: Link):
    admin.add_operator(url, person("new.mover"))
    store = open_server(url, "new.mover")
    head = store.head()
    admin.move_operator(url, "new.mover", Role.UNIT_HANDLER, "water")
    assert root.rows("SELECT fenbo.groups_of('new.mover')") == [(["fenbo_unit_handler"],)]
    assert store.pull(head, 10).status in ("ok", "refetch")
    assert store.operator().unit == "water"
    assert store.head() != head
    store.close()
    with pytest.raises(Refused, match="operator-unit"):
        admin.move_operator(url, "new.mover", Role.UNIT_HANDLER, None)
    with pytest.raises(Refused, match="operator-unknown"):
        admin.move_operator(url, "new.nobody", Role.OPERATOR, None)


@pytest.mark.fault("F22")
def test_who_is_shut_out_is_out_at_once(url: str, root: Link):
    admin.add_operator(url, person("new.gone"))
    store = open_server(url, "new.gone")
    store.head()
    admin.deactivate(url, "new.gone")
    with pytest.raises((Refused, Unreachable)):  # his connection was ended
        store.head()
    with pytest.raises(Refused, match="login-shut"):
        store.head()
    told = root.rows("SELECT what, about FROM access_log WHERE about = 'new.gone' ORDER BY id")
    assert told == [("operator.add", "new.gone"), ("operator.deactivate", "new.gone")]


def test_an_administrator_keeps_people_and_nobody_else_does(url: str, postgres: str, name: str):
    as_whom = lambda login: url_of(postgres, name, login)  # noqa: E731 - a name for one expression
    admin.add_operator(as_whom("adm"), person("new.by_adm"))
    admin.move_operator(as_whom("adm"), "new.by_adm", Role.GRID_OFFICER, None)
    admin.deactivate(as_whom("adm"), "new.by_adm")
    for login in ("li", "zhao", "wu", "aud", "sys"):
        for act in (
            lambda url: admin.add_operator(url, person("new.forged", Role.ADMINISTRATOR)),
            lambda url: admin.move_operator(url, "li", Role.DIRECTOR, None),
            lambda url: admin.deactivate(url, "mei"),
        ):
            with pytest.raises(Refused, match="centre-not-let-in"):
                act(as_whom(login))


def test_auditors_are_not_the_administrators_to_make_or_unmake(url: str, postgres: str, name: str):
    as_adm = url_of(postgres, name, "adm")
    for act in (
        lambda: admin.add_operator(as_adm, person("new.auditor", Role.AUDITOR)),
        lambda: admin.move_operator(as_adm, "li", Role.AUDITOR, None),
        lambda: admin.move_operator(as_adm, "aud", Role.OPERATOR, None),
        lambda: admin.deactivate(as_adm, "aud"),
    ):
        with pytest.raises(Refused, match="auditors-apart"):
            act()
    admin.add_operator(url, person("new.auditor", Role.AUDITOR))


def test_a_password_in_clear_does_not_go_to_the_server(url: str):
    sql = "SELECT fenbo.add_operator('new.plain', 'x', 'OPERATOR', '', NULL, 'secret', NULL)"
    with psycopg.connect(url) as link:
        with pytest.raises(psycopg.Error) as no:
            link.execute(sql)
        assert no.value.diag.message_primary == "password-plain"


def test_batches_are_opened_and_closed_once_by_those_who_may_import(
    url: str, postgres: str, name: str
):
    leader = url_of(postgres, name, "zhao")
    admin.open_batch(leader, "b1", historical=True)
    with pytest.raises(Refused, match="batch-exists"):
        admin.open_batch(url, "b1", historical=False)
    admin.close_batch(leader, "b1")
    with pytest.raises(Refused, match="batch-unknown"):
        admin.close_batch(leader, "b1")
    with pytest.raises(Refused, match="import-nobody"):
        admin.open_batch(url_of(postgres, name, "li"), "b2", historical=True)


@pytest.mark.fault("F17")
def test_an_idle_transaction_that_could_hold_others_up_is_ended(url: str, postgres: str, name: str):
    with psycopg.connect(url_of(postgres, name, "li")) as idler:
        idler.execute("SET idle_in_transaction_session_timeout = 0")
        idler.execute("SELECT pg_current_xact_id()")
        keeper = psycopg.connect(url, autocommit=True)
        assert keeper.execute("SELECT fenbo.end_idlers()").fetchone() == (0,)
        keeper.execute("SELECT pg_sleep(3.1)")
        assert keeper.execute("SELECT fenbo.end_idlers()").fetchone() == (1,)
        keeper.close()
        with pytest.raises(psycopg.OperationalError):
            idler.execute("SELECT 1")
