"""A private PostgreSQL server for the tests: its own folder, its own socket, and no network but the loopback."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

#: Whoever is a member of `asked` has to say his password; everybody else comes in without.
ASKED = "local all +asked scram-sha-256\n"
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=")

#: Who does not ask for more loses in a crash what was said last: it is written only seconds later.
FORGETFUL = ("wal_writer_delay=10s",)


def programs() -> Path | None:
    """The folder with initdb in it, the newest first."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    return found[-1].parent if found else None


def _version(initdb: Path) -> int:
    return int(initdb.parts[-3])


@dataclass(frozen=True)
class Server:
    """A server in a folder of its own. Root hands it to another user. With a port it listens on the loopback too."""

    bin_: Path
    folder: Path
    as_whom: Sequence[str]
    port: int = 0
    more: Sequence[str] = ()

    @property
    def conninfo(self) -> str:
        """Where it is, for the superuser."""
        if self.port:
            return f"host=127.0.0.1 port={self.port} user=fenbo"
        return f"host={self.folder} user=fenbo"

    def make(self) -> None:
        """Lay its files."""
        initdb = ["initdb", "-D", str(self._data), "-U", "fenbo", "--auth=trust"]
        self._run(*initdb, "-E", "UTF8", "--locale=C", "--no-sync", check=True)
        doors = self._data / "pg_hba.conf"
        doors.write_text(ASKED + doors.read_text("utf-8"), "utf-8")

    def follow(self, leader: "Server", by: int) -> None:
        """Lay its files as a copy of another's, which it goes on hearing from through the port `by`."""
        where = ["-h", "127.0.0.1", "-p", str(leader.port), "-U", "fenbo"]
        quick = ["-X", "stream", "-c", "fast", "--no-sync"]
        self._run("pg_basebackup", "-D", str(self._data), *where, *quick, check=True)
        way = f"host=127.0.0.1 port={by} user=fenbo application_name=standby"
        with (self._data / "postgresql.auto.conf").open("a", encoding="utf-8") as settings:
            settings.write(f"primary_conninfo = '{way}'\nwal_retrieve_retry_interval = '100ms'\n")
        (self._data / "standby.signal").touch()

    def promote(self) -> None:
        """Let it take over with what it has heard, and wait until it has."""
        self._run("pg_ctl", "-D", str(self._data), "-w", "promote", check=True)

    def start(self) -> None:
        """Let it run, and wait until it answers."""
        more = (*FORGETFUL, f"port={self.port}", "listen_addresses=127.0.0.1") if self.port else ()
        options = " ".join(
            ["-k", str(self.folder), *(f"-c {one}" for one in (*QUICK, *more, *self.more))]
        )
        log = str(self.folder / "server.log")
        self._run(
            "pg_ctl", "-D", str(self._data), "-l", log, "-w", "-o", options, "start", check=True
        )

    def stop(self, mode: str, *, waits: bool = True) -> None:
        """End it: `smart` when the last has left, `fast` at once with a word to all, `immediate` as in a crash."""
        how = ["-m", mode, "-w" if waits else "-W", "stop"]
        self._run("pg_ctl", "-D", str(self._data), *how, check=False)

    def reload(self) -> None:
        """Ask it to read its files again; whoever comes a moment later meets what they say."""
        self._run("pg_ctl", "-D", str(self._data), "reload", check=True)

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def _run(self, program: str, *given: str, check: bool) -> None:
        command = [*self.as_whom, str(self.bin_ / program), *given]
        quiet = subprocess.DEVNULL
        subprocess.run(command, check=check, stdout=quiet, stderr=quiet, cwd=self.folder)


@contextmanager
def running(bin_: Path) -> Iterator[str]:
    """The connection text of a server that lives as long as the block."""
    with served(bin_) as server:
        yield server.conninfo


@contextmanager
def served(bin_: Path, port: int = 0, more: Sequence[str] = ()) -> Iterator[Server]:
    """A server that runs, and is gone after the block; `more` are settings of its own."""
    with _housed(bin_, port, more) as server:
        server.make()
        server.start()
        yield server


@contextmanager
def standing_by(leader: Server, port: int, by: int) -> Iterator[Server]:
    """A standby of a server, listening at `port`, that hears from it through the port `by`."""
    with _housed(leader.bin_, port) as server:
        server.follow(leader, by)
        server.start()
        yield server


@contextmanager
def _housed(bin_: Path, port: int, more: Sequence[str] = ()) -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="fenbo-pg-"))
    server = Server(bin_, folder, _somebody_else(folder), port, more)
    try:
        yield server
    finally:
        server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    """A port of the loopback that nobody listens at."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        return free.getsockname()[1]


def _somebody_else(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root; what runs it instead then, and owns the folder."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return []
    user = next(one for one in ("postgres", "nobody") if _exists(one))
    known = pwd.getpwnam(user)
    os.chown(folder, known.pw_uid, known.pw_gid)
    folder.chmod(0o755)
    return ["setpriv", f"--reuid={known.pw_uid}", f"--regid={known.pw_gid}", "--clear-groups"]


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True
