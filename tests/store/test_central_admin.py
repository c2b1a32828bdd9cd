"""Founding, upgrading and opening a central file; where it may lie, and who may use it."""

import os
import sqlite3
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.refused import Refused
from app.domain.terms import Role
from app.services.ports import Unreachable
from app.services.queries import Operator
from db.central import admin
from db.central.place import local_file
from db.central.sealing import key_path
from db.central.store import open_central
from tests.store.town import Town, everybody

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/export /srv/nfs nfs4 rw 0 0
//nas/team /mnt/team\\040folder cifs rw 0 0
me@host:/ /home/me/far fuse.sshfs rw 0 0
share /mnt/c 9p rw 0 0
tmpfs /srv/nfs/local tmpfs rw 0 0
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    (tmp_path / "mounts").write_text(MOUNTS, "utf-8")
    return tmp_path / "mounts"


@pytest.mark.skipif(sys.platform == "win32", reason="mount points of Unix")
@pytest.mark.parametrize(
    "place",
    [
        "/srv/nfs/central.db",
        "/mnt/team folder/central.db",
        "/home/me/far/away/central.db",
        "/mnt/c/central.db",
        "//nas/team/central.db",
        "\\\\nas\\team\\central.db",
        "sqlite:////srv/nfs/central.db",
    ],
)
def test_a_share_is_no_place_for_a_central_file(place: str, mounts: Path):
    with pytest.raises(Refused, match="store-on-network-share"):
        local_file(place, mounts)


@pytest.mark.skipif(sys.platform == "win32", reason="mount points of Unix")
@pytest.mark.parametrize(
    "place", ["/srv/central.db", "/srv/nfs/local/central.db", "/srv/nfs2/a.db"]
)
def test_an_own_disk_is(place: str, mounts: Path):
    assert local_file(place, mounts) == Path(place)


@pytest.mark.parametrize("url", ["postgresql://u:pw@host/db", "postgresql+psycopg://host/db"])
def test_a_server_s_url_is_no_file_s_and_its_password_nobody_s(url: str):
    with pytest.raises(Refused, match="store-is-a-server") as refused:
        local_file(url)
    assert "pw" not in str(refused.value)


def test_a_store_is_founded_once(file: Path):
    with pytest.raises(Refused, match="store-exists"):
        admin.init(file, "pingshan", "SZPS", "live")
    facts = admin.facts(file)
    assert (facts.info.district, facts.info.prefix, facts.info.kind) == ("pingshan", "SZPS", "live")
    assert (facts.commands, facts.cases) == (0, 0)
    assert len(admin.operators(file)) == facts.operators == len(everybody())


def test_a_store_of_an_unknown_kind_is_not_begun(tmp_path: Path):
    with pytest.raises(Refused, match="store-kind"):
        admin.init(tmp_path / "x.db", "pingshan", "SZPS", "toy")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="permissions of Unix")
def test_the_key_is_its_owner_s_alone(file: Path):
    assert key_path(file).stat().st_mode & 0o777 == 0o600


def test_a_store_without_its_key_or_with_another_s_is_not_opened(file: Path, tmp_path: Path):
    other = admin.init(tmp_path / "other.db", "pingshan", "SZPS", "live")
    key = key_path(file).read_bytes()
    key_path(file).write_bytes(key_path(other).read_bytes())
    with pytest.raises(Refused, match="store-key-wrong"):
        open_central(file, "li")
    key_path(file).write_bytes(b"no key at all")
    with pytest.raises(Refused, match="store-key-wrong"):
        open_central(file, "li")
    key_path(file).unlink()
    with pytest.raises(Refused, match="store-key-missing"):
        open_central(file, "li")
    key_path(file).write_bytes(key)
    open_central(file, "li").close()


def test_a_stranger_is_not_let_in(file: Path):
    with pytest.raises(Refused, match="operator-unknown"):
        open_central(file, "nobody")
    admin.deactivate(file, "li")
    with pytest.raises(Refused, match="operator-inactive"):
        open_central(file, "li")


@pytest.mark.parametrize(
    ("person", "code"),
    [
        (Operator("li", "Li", Role.OPERATOR, "pingshan"), "operator-exists"),
        (Operator("a|b", "x", Role.OPERATOR, "pingshan"), "operator-login"),
        (Operator("", "x", Role.OPERATOR, "pingshan"), "operator-login"),
        (Operator("new", "x", Role.UNIT_LEADER, "pingshan"), "operator-unit"),
    ],
)
def test_who_cannot_be_let_in_is_said_why(file: Path, person: Operator, code: str):
    with pytest.raises(Refused, match=code):
        admin.add_operator(file, person)


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("schema_version", 99, "store-newer"),
        ("schema_version", 0, "store-needs-upgrade"),
        ("min_client", 99, "client-too-old"),
    ],
)
def test_a_store_that_this_program_does_not_fit_says_so(
    file: Path, column: str, value: int, code: str
):
    store = open_central(file, "li")
    with admin.opened(file) as link:
        link.run(f"UPDATE store_info SET {column} = ?", (value,))
    with pytest.raises(Refused, match=code):
        store.submit([])
    store.close()
    with pytest.raises(Refused, match=code):
        open_central(file, "li")


def test_an_upgrade_keeps_a_copy_and_brings_rules_up_to_date(file: Path):
    assert admin.upgrade(file) is None
    with admin.opened(file) as link:
        link.run("UPDATE rule SET most = 9")
        link.run("UPDATE store_info SET schema_version = 0")
    copy = admin.upgrade(file)
    assert copy is not None
    with admin.opened(copy) as link:
        assert link.rows("SELECT DISTINCT most FROM rule") == [(9,)]
    assert key_path(copy).read_bytes() == key_path(file).read_bytes()
    assert admin.upgrade(file) is None
    open_central(file, "li").close()


def test_a_newer_store_is_not_upgraded_backwards(file: Path):
    with admin.opened(file) as link:
        link.run("UPDATE store_info SET schema_version = 99")
    with pytest.raises(Refused, match="store-newer"):
        admin.upgrade(file)


def test_batches_are_opened_and_closed_once(file: Path):
    admin.open_batch(file, "b1", "zhao", historical=True)
    with pytest.raises(Refused, match="batch-exists"):
        admin.open_batch(file, "b1", "zhao", historical=False)
    admin.close_batch(file, "b1")
    with pytest.raises(Refused, match="batch-unknown"):
        admin.close_batch(file, "b1")


def test_what_an_administrator_does_is_written_down(file: Path):
    admin.move_operator(file, "ann", Role.UNIT_LEADER, "roads", by="root")
    admin.deactivate(file, "ann", by="root")
    with admin.opened(file) as link:
        lines = link.rows("SELECT actor, what, about FROM access_log ORDER BY id DESC LIMIT 2")
    assert lines == [("root", "operator.deactivate", "ann"), ("root", "operator.move", "ann")]


def test_a_store_that_is_gone_is_unreachable_and_back_again_when_it_is_back(
    file: Path, tmp_path: Path
):
    store = open_central(file, "li")
    file.rename(tmp_path / "away.db")
    with pytest.raises(Unreachable) as away:
        store.head()
    assert away.value.code == "store-not-there"
    (tmp_path / "away.db").rename(file)
    assert store.head().seq == 0
    store.close()


def test_a_store_restored_from_a_backup_is_noticed_at_once(
    sqlite_town: Town, file: Path, tmp_path: Path
):
    """A connection to the file that was there before would write into nothing."""
    sqlite_town.register()
    backup = tmp_path / "backup.db"
    sqlite_town.link.run("VACUUM INTO ?", (str(backup),))
    sqlite_town.register()
    witness = sqlite_town.store("li").head()
    for leftover in ("-wal", "-shm"):
        Path(f"{file}{leftover}").unlink(missing_ok=True)
    backup.replace(file)
    assert sqlite_town.store("li").head().seq == 1
    assert sqlite_town.store("li").pull(witness, 10).status == "diverged"


def test_a_busy_store_is_unreachable_and_nothing_is_lost(
    sqlite_town: Town, monkeypatch: pytest.MonkeyPatch
):
    from db.central import link

    monkeypatch.setattr(link, "PATIENCE", 0.05)
    case_id, _ = sqlite_town.register("mei")
    note = sqlite_town.note("zhao", case_id)
    with sqlite_town.link.writing(), pytest.raises(Unreachable) as busy:
        sqlite_town.send(note)
    assert busy.value.code == "store-busy"
    assert sqlite_town.send(note).status == "done"


def test_damage_is_not_mistaken_for_absence(file: Path):
    store = open_central(file, "li")
    store.head()
    store.close()
    file.write_bytes(b"not a database, whatever its name says" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        store.head()
    store.close()


def test_reading_the_store_needs_no_alembic(file: Path):
    """Alembic costs half a second: only founding and upgrading may pay it."""
    import subprocess

    code = "import sys, db.central.store; sys.exit('alembic' in sys.modules or 'sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_an_operator_s_facts_are_the_store_s(file: Path):
    with_unit = next(one for one in everybody() if one.login == "ann")
    store = open_central(file, "ann")
    assert store.operator() == replace(with_unit, is_active=True)
    store.close()
