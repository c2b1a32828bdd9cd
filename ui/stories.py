"""The story of an exception for a report: what, and where in the code; never what a person typed."""

import re
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb
from types import CodeType
from typing import Any

#: Messages of our own exceptions are ours; those of others may quote whatever they met.
_OURS = ("app", "db", "resources", "ui")
_ROOT = Path(__file__).parents[1]
_LIBRARIES = tuple(Path(sysconfig.get_path(name)) for name in ("purelib", "stdlib"))
_NUMBER = re.compile(r"\d+")
#: An exception that quotes itself in a circle, or a recursion, is told this far.
MOST_FRAMES, MOST_CAUSES = 60, 8


def story(bug: BaseException) -> str:
    """Type and frames of `bug` and of what led to it, the cause first."""
    chain = [_one(one) for one in _chain(bug)]
    return "\nwhich led to\n".join(reversed(chain))


def _chain(bug: BaseException | None) -> Iterator[BaseException]:
    seen: list[int] = []
    while bug is not None and id(bug) not in seen and len(seen) < MOST_CAUSES:
        seen.append(id(bug))
        yield bug
        bug = bug.__cause__ or (None if bug.__suppress_context__ else bug.__context__)


def _one(bug: BaseException) -> str:
    frames = [_frame(frame.f_code, line) for frame, line in walk_tb(bug.__traceback__)]
    within = [f"  of {_named(one)}" for one in _grouped(bug)]
    return "\n".join([_named(bug), *frames[-MOST_FRAMES:], *within])


def _grouped(bug: BaseException) -> tuple[BaseException, ...]:
    group: Any = bug
    return group.exceptions if isinstance(bug, BaseExceptionGroup) else ()


def _named(bug: BaseException) -> str:
    kind = type(bug)
    name = f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")
    told = _told(bug)
    return f"{name}: {told}" if told else name


def _told(bug: BaseException) -> str:
    """The code of one of our own exceptions, else its message without numbers; of others nothing."""
    if type(bug).__module__.partition(".")[0] not in _OURS:
        return ""
    return _NUMBER.sub("#", str(getattr(bug, "code", bug)))


def _frame(code: CodeType, line: int) -> str:
    return f"  {_place(Path(code.co_filename))}:{line} in {code.co_qualname}"


def _place(file: Path) -> str:
    """The file below the program or its libraries: where it lies is somebody's home."""
    for root in (_ROOT, *_LIBRARIES):
        if file.is_relative_to(root):
            return file.relative_to(root).as_posix()
    return file.name
