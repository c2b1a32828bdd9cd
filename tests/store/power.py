"""A machine whose power goes: of SQLite's files everything is forgotten that was written and not synced.

The VFS that SQLite uses anyway, with three of a file's methods watched: before each write it is kept what stood
there, and a sync forgets that again.
"""

import ctypes
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_int64, c_void_p, cast
from pathlib import Path
from typing import Any

_METHODS = (
    "close read write truncate sync size lock unlock check control sector features"
    " shm_map shm_lock shm_barrier shm_unmap fetch unfetch"
)
_REST = "delete access full dl_open dl_error dl_sym dl_close random sleep time last time64 set get next_call"


class _Methods(Structure):
    """`sqlite3_io_methods`."""

    _fields_ = [("version", c_int), *((name, c_void_p) for name in _METHODS.split())]


class _File(Structure):
    """The head of a `sqlite3_file`."""

    _fields_ = [("methods", POINTER(_Methods))]


class _Vfs(Structure):
    """`sqlite3_vfs`."""

    _fields_ = [
        *(("version", c_int), ("size", c_int), ("longest", c_int)),
        *(("next", c_void_p), ("name", c_char_p), ("data", c_void_p), ("open", c_void_p)),
        *((name, c_void_p) for name in _REST.split()),
    ]


_WRITE = CFUNCTYPE(c_int, POINTER(_File), c_void_p, c_int, c_int64)
_TRUNCATE = CFUNCTYPE(c_int, POINTER(_File), c_int64)
_SYNC = CFUNCTYPE(c_int, POINTER(_File), c_int)
_OPEN = CFUNCTYPE(c_int, POINTER(_Vfs), c_char_p, POINTER(_File), c_int, c_void_p)


class Disk:
    """What is on it for certain, file by file: `unsynced` undoes the rest, the latest first."""

    def __init__(self) -> None:
        self.unsynced: dict[str, list[tuple[int, int, bytes]]] = defaultdict(list)
        self._paths: dict[int, str] = {}
        self._kept: list[Any] = []
        self._known: dict[int, _Methods] = {}

    def after_a_cut(self, folder: Path, target: Path) -> Path:
        """A copy of `folder` as it is when the power goes now."""
        shutil.copytree(folder, target, ignore=shutil.ignore_patterns("*-shm"))
        for path, undos in self.unsynced.items():
            if Path(path).parent == folder and (target / Path(path).name).exists():
                with (target / Path(path).name).open("r+b") as file:
                    for size, at, before in reversed(undos):
                        file.seek(at)
                        file.write(before)
                        file.truncate(size)
        return target

    def opening(self, real: Any) -> Any:
        """What opens a file instead of `real`, a pointer to a VFS."""
        open_ = cast(real.contents.open, _OPEN)

        def opened(_: Any, name: bytes, file: Any, flags: int, out: Any) -> int:
            code = open_(real, name, file, flags, out)
            if code == 0 and name:
                self._paths[ctypes.addressof(file.contents)] = name.decode()
                file.contents.methods = ctypes.pointer(
                    self._watched(file.contents.methods.contents)
                )
            return code

        return self._keep(_OPEN(opened))

    def _keep(self, made: Any) -> Any:
        self._kept.append(made)
        return made

    def _watched(self, real: _Methods) -> _Methods:
        known = self._known.get(ctypes.addressof(real))
        if known is None:
            known = self._known[ctypes.addressof(real)] = _Methods.from_buffer_copy(real)
            known.write = self._pointer(_WRITE, real.write, self._before_write)
            known.truncate = self._pointer(_TRUNCATE, real.truncate, self._before_truncate)
            known.sync = self._pointer(_SYNC, real.sync, self._synced)
        return known

    def _pointer(self, kind: Any, real: int, first: Callable[..., None]) -> int | None:
        call = cast(real, kind)

        def watched(file: Any, *given: Any) -> int:
            first(self._paths[ctypes.addressof(file.contents)], *given)
            return call(file, *given)

        return cast(self._keep(kind(watched)), c_void_p).value

    def _before_write(self, path: str, _: Any, length: int, at: int) -> None:
        self._remember(path, at, length)

    def _before_truncate(self, path: str, size: int) -> None:
        self._remember(path, size, max(0, Path(path).stat().st_size - size))

    def _remember(self, path: str, at: int, length: int) -> None:
        with open(path, "rb") as file:  # noqa: PTH123 - as SQLite names it
            size = os.fstat(file.fileno()).st_size
            file.seek(at)
            self.unsynced[path].append((size, at, file.read(length)))

    def _synced(self, path: str, _: int) -> None:
        self.unsynced[path].clear()


@contextmanager
def forgetful_disk() -> Iterator[Disk]:
    """Everything that SQLite opens inside lies on such a disk."""
    lib = ctypes.CDLL("libsqlite3.so.0")
    lib.sqlite3_vfs_find.restype = POINTER(_Vfs)
    real = lib.sqlite3_vfs_find(None)
    disk, ours = Disk(), _Vfs.from_buffer_copy(real.contents)
    ours.name, ours.next = b"forgetful", None
    ours.open = cast(disk.opening(real), c_void_p).value
    lib.sqlite3_vfs_register(ctypes.byref(ours), 1)
    try:
        yield disk
    finally:
        lib.sqlite3_vfs_unregister(ctypes.byref(ours))
        lib.sqlite3_vfs_register(real, 1)
