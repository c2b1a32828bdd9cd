"""A private PostgreSQL server for the tests: its own folder, its own socket, no network."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

#: Whoever is a member of `asked` has to say his password; everybody else comes in without.
ASKED = "local all +asked scram-sha-256\nlocal all all trust\n"
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=")


def programs() -> Path | None:
    """The folder with initdb in it, the newest first."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).parent
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    return found[-1].parent if found else None


def _version(initdb: Path) -> int:
    return int(initdb.parts[-3])


@contextmanager
def running(bin_: Path) -> Iterator[str]:
    """The connection text of a server that lives as long as the block. Root hands it to another user."""
    folder = Path(tempfile.mkdtemp(prefix="fenbo-pg-"))
    data, log = folder / "data", folder / "server.log"
    as_whom = _somebody_else(folder)
    try:
        quiet = {"check": True, "capture_output": True, "cwd": folder}
        initdb = [str(bin_ / "initdb"), "-D", str(data), "-U", "fenbo", "--auth=trust"]
        subprocess.run([*as_whom, *initdb, "-E", "UTF8", "--locale=C", "--no-sync"], **quiet)
        (data / "pg_hba.conf").write_text(ASKED)
        options = " ".join(["-k", str(folder), *(f"-c {one}" for one in QUICK)])
        start = [
            str(bin_ / "pg_ctl"),
            "-D",
            str(data),
            "-l",
            str(log),
            "-w",
            "-o",
            options,
            "start",
        ]
        subprocess.run([*as_whom, *start], check=True, stdout=subprocess.DEVNULL, cwd=folder)
        yield f"host={folder} user=fenbo"
    finally:
        stop = [str(bin_ / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"]
        subprocess.run([*as_whom, *stop], check=False, capture_output=True, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


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
