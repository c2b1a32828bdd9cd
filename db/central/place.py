"""Where a central file may lie: on this machine's own disks, never on a share."""

import ctypes
import re
import sys
from pathlib import Path

from app.domain.refused import Refused
from db.places import is_server

#: File systems that other machines see too; locks on them are not to be trusted.
SHARED = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afs", "ncpfs", "9p", "davfs"),
        *("fuse.sshfs", "sshfs", "ceph", "glusterfs", "fuse.glusterfs", "lustre", "beegfs"),
        *("fuse.davfs2", "fuse.rclone"),
    )
)
_MOUNTS = Path("/proc/mounts")
_DRIVE_REMOTE = 4


def local_file(url: str | Path, mounts: Path = _MOUNTS) -> Path:
    """The path of a central file. Raises Refused: store-is-a-server for a server's URL where only a
    file will do, store-on-network-share for a place that other machines see.
    """
    text = str(url)
    if is_server(text):
        raise Refused("store-is-a-server", url=text.split("@")[-1])
    path = Path(text.removeprefix("sqlite:///"))
    if text.startswith(("//", "\\\\")) or _is_shared(path, mounts):
        raise Refused("store-on-network-share", path=text)
    return path


def _is_shared(path: Path, mounts: Path) -> bool:
    if sys.platform == "win32":
        drive = Path(path).resolve().anchor
        return (
            drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive) == _DRIVE_REMOTE
        )
    return mounts.exists() and _file_system(path.resolve(), mounts) in SHARED


def _file_system(path: Path, mounts: Path) -> str:
    """The kind of file system that holds `path`: the mount nearest to it, the latest of equals."""
    nearest, kind = "", ""
    for line in mounts.read_text("utf-8", "surrogateescape").splitlines():
        _, point, system, *_ = line.split(" ")
        point = _unescaped(point)
        if len(point) >= len(nearest) and path.is_relative_to(point):
            nearest, kind = point, system
    return kind


def _unescaped(point: str) -> str:
    """A mount point as it is called: blanks are written in octal there."""
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), point)
