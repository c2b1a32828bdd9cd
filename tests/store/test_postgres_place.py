"""The URL of a centre: what it may hold, and that the way to another machine is checked."""

import pytest
from psycopg.conninfo import conninfo_to_dict

from app.domain.refused import Refused
from db.places import Unlocked
from db.postgres.place import login_for, plain, way_to


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://li:secret@centre.example/fenbo",
        "postgresql://centre.example/fenbo?password=secret",
        "postgresql+psycopg://li:secret@/fenbo?host=/run/postgresql",
        "postgres://li@centre.example/fenbo?sslpassword=secret",
    ],
)
def test_a_password_has_no_place_in_a_url(url: str):
    with pytest.raises(Refused, match="store-password-in-url") as refused:
        way_to(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["postgresql://centre.example/fenbo", "postgres://10.0.0.7/fenbo"])
def test_the_name_of_a_server_elsewhere_is_checked(url: str):
    assert conninfo_to_dict(way_to(url))["sslmode"] == "verify-full"
    for mode in ("disable", "allow", "prefer", "require", "verify-ca"):
        with pytest.raises(Refused, match="store-unprotected"):
            way_to(f"{url}?sslmode={mode}")


def test_no_other_encryption_goes_before_a_checked_name_and_no_password_is_said_in_clear():
    way = conninfo_to_dict(way_to("postgresql://centre.example/fenbo"))
    assert (way["gssencmode"], way["channel_binding"]) == ("disable", "require")


@pytest.mark.parametrize(
    ("name", "value", "url"),
    [
        ("PGHOST", "centre.example", "postgresql:///fenbo"),
        ("PGHOSTADDR", "10.0.0.7", "postgresql://localhost/fenbo"),
        ("PGSERVICE", "centre", "postgresql:///fenbo"),
    ],
)
def test_what_the_environment_names_is_elsewhere_too(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, url: str
):
    assert "sslmode" not in conninfo_to_dict(way_to(url))
    monkeypatch.setenv(name, value)
    assert conninfo_to_dict(way_to(url))["sslmode"] == "verify-full"
    assert (
        conninfo_to_dict(way_to("postgresql:///fenbo?service=centre"))["sslmode"] == "verify-full"
    )


def test_a_seats_own_certificate_and_the_centres_root_go_along():
    given = {"sslrootcert": "/c/root.crt", "sslcert": "/c/seat.crt", "sslkey": "/c/seat.key"}
    query = "&".join(f"{name}={value}" for name, value in given.items())
    way = conninfo_to_dict(way_to(f"postgresql://centre.example/fenbo?{query}"))
    assert {name: way[name] for name in given} == given
    assert (
        plain(f"postgresql://centre.example/fenbo?{query}") == "postgresql://centre.example/fenbo"
    )


@pytest.mark.parametrize(
    "url",
    [
        "postgresql:///fenbo",
        "postgresql:///fenbo?host=/run/postgresql",
        "postgresql://localhost/fenbo",
        "postgresql://127.0.0.1:5433/fenbo",
        "postgresql://[::1]/fenbo",
    ],
)
def test_on_the_same_machine_there_is_no_one_between(url: str):
    assert "sslmode" not in conninfo_to_dict(way_to(url))


def test_one_host_elsewhere_among_several_is_enough():
    way = way_to("postgresql://localhost,centre.example/fenbo")
    assert conninfo_to_dict(way)["sslmode"] == "verify-full"


def test_who_sits_down_wins_over_who_the_url_names():
    url = "postgresql://li@localhost/fenbo"
    assert conninfo_to_dict(way_to(url))["user"] == login_for(url) == "li"
    assert conninfo_to_dict(way_to(url, "mei"))["user"] == "mei"


def test_a_dead_line_is_noticed_and_no_statement_waits_for_ever():
    way = conninfo_to_dict(way_to("postgresql://localhost/fenbo"))
    assert {"connect_timeout", "keepalives_idle", "tcp_user_timeout"} <= set(way)
    assert (
        "-c tcp_keepalives_idle=10" in way["options"]
    )  # neither does the server wait for a dead seat
    assert "statement_timeout" in str(way["options"])


def test_a_centre_is_remembered_without_who_came_in():
    urls = [
        "postgresql://li@centre.example:5433/fenbo",
        "postgresql+psycopg://mei@centre.example:5433/fenbo?sslmode=verify-full",
    ]
    assert {plain(url) for url in urls} == {"postgresql://centre.example:5433/fenbo"}


@pytest.mark.parametrize(
    "url", ["postgresql://[::1/fenbo", "postgresql://h/db?nonsense=1", "mysql://h/db", ""]
)
def test_what_is_no_url_is_said_to_be_none(url: str):
    with pytest.raises(Refused, match="store-url"):
        way_to(url)


def test_a_password_goes_with_its_own_login_and_stands_in_no_text():
    place = Unlocked("postgresql://centre.example/fenbo", "li", "se'cret")
    assert conninfo_to_dict(way_to(place, "li"))["password"] == "se'cret"
    assert "password" not in conninfo_to_dict(way_to(place, "mei"))
    assert "password" not in conninfo_to_dict(way_to(place))
    assert place == "postgresql://centre.example/fenbo"
    assert "cret" not in f"{place} {place!r} {plain(place)} {place + ''}"
