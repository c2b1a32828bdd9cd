"""One command for everything: `python run.py` starts the desk, `python run.py test` tests it.

Needs only Python 3.11+; makes `.venv` beside this file and keeps it as requirements/*.lock say.
"""

from __future__ import annotations

import csv
import ctypes
import hashlib
import importlib.util
import io
import itertools
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
VENV, PICTURES = ROOT / ".venv", ROOT / "pictures"
LINUX, WINDOWS = sys.platform.startswith("linux"), sys.platform == "win32"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / "python.exe" if WINDOWS else BIN / "python"


class Trouble(Exception):
    """Set-up cannot go on; the words are for the person at the keyboard."""


class Need(NamedTuple):
    """One thing the operating system must bring: what we look for, its Debian package, and why."""

    thing: str
    package: str
    why: str


DRAWING = {  # library: Debian package
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
WINDOWING = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
}
LIBRARIES = tuple(Need(lib, package, "Qt 绘图 Qt drawing") for lib, package in DRAWING.items())
WINDOW_LIBRARIES = tuple(Need(lib, package, "窗口 windows") for lib, package in WINDOWING.items())
FONT = Need("中文字体 a Chinese font", "fonts-noto-cjk", "汉字 Chinese text")
PIP = Need("ensurepip", "python{}.{}-venv".format(*sys.version_info), "独立环境 its own Python")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
#: The Chinese fonts that the screen is written in, and how their files begin; the screen reads it too.
FONTS = ROOT / "resources" / "theme" / "fonts.csv"
#: What apt-get says while another installer is at work, in English as we ask it to speak.
LOCKED = "Could not get lock"
#: Seconds between two tries, and how long to try.
PAUSE, PATIENCE = 3.0, 300.0
BUSY = (
    "另一个安装程序正在工作(首次开机常见),等它结束,最多五分钟 · "
    "Another installer is at work, as is usual on a first boot; waiting, five minutes at most"
)
STILL_BUSY = (
    "没有装上:另一个安装程序一直没有结束,等它结束再试,或运行 · "
    "Not installed: another installer is still at work; try again when it is done, or run"
)
#: How the whole suite runs: on every core, up to four.
WHOLE = ("--covered", "--numprocesses=auto", "--maxprocesses=4", "--dist=worksteal")
#: Where tests find again what Python compiled for them, on a machine that wants no such files beside sources.
COMPILED = VENV / "compiled"
CHECKS = ("ruff format --check .", "ruff check .", "lint-imports", "basedpyright")


def say(line: str) -> None:
    """Print one progress line at once, so that it stands before a child's output."""
    print(f"» {line}", flush=True)


def run_quietly(command: list[str], sorry: str) -> None:
    """Run a command without its chatter; raise Trouble with its last words when it fails."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True)
    if done.returncode:
        said = (done.stdout + done.stderr).decode(errors="replace").splitlines()
        why = [line for line in said if line.strip() and not line.startswith("WARNING")]
        raise Trouble("\n  ".join([sorry, *why[-4:]]))


# What the operating system must bring


def wanted(*, on_screen: bool, makes_venv: bool) -> list[Need]:
    """List what Linux must bring; other systems bring it themselves."""
    windows = WINDOW_LIBRARIES if on_screen else ()
    return [*LIBRARIES, *windows, FONT, *([PIP] if makes_venv else [])]


def is_here(need: Need) -> bool:
    """Whether the operating system has it."""
    if need is FONT:
        return has_chinese_font(FONT_FOLDERS)
    if need is PIP:
        return importlib.util.find_spec("ensurepip") is not None
    return has_library(need.thing)


def has_library(name: str) -> bool:
    """Whether the loader finds a shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_chinese_font(folders: tuple[str, ...]) -> bool:
    """Whether a file of one of the screen's Chinese fonts lies in the folders."""
    with FONTS.open(encoding="utf-8", newline="") as table:
        begins = tuple(row["file"] for row in csv.DictReader(table))
    walks = (os.walk(os.path.expanduser(folder)) for folder in folders)
    files = (file.lower() for walk in walks for _, _, names in walk for file in names)
    return any(file.startswith(begins) for file in files)


def reasons(needs: list[Need]) -> str:
    """Packages behind what they are for: `Qt drawing: libgl1 libegl1; ...`."""
    groups = itertools.groupby(needs, key=lambda need: need.why)
    return "; ".join(f"{why}: {' '.join(need.package for need in some)}" for why, some in groups)


def apt_line(needs: list[Need]) -> str:
    """The one line a person can run to get the packages."""
    packages = " ".join(need.package for need in needs)
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {packages}"


def root_prefix() -> list[str] | None:
    """How to become root without a question: [] as root, sudo when it asks nothing, else None."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and not subprocess.run([sudo, "-n", "true"], capture_output=True).returncode:
        return [sudo, "-n"]
    return None


def bring(needs: list[Need]) -> None:
    """Install Debian packages, or raise Trouble with the line that does."""
    if not shutil.which("apt-get"):
        things = ", ".join(need.thing for need in needs)
        raise Trouble(f"请用系统的软件管理器安装 · Get these from your package manager: {things}")
    prefix = root_prefix()
    if prefix is None:
        say(f"缺少系统软件包 · Missing system packages: {reasons(needs)}")
        raise Trouble(f"请运行下面一行再试 · Run this line, then try again:\n  {apt_line(needs)}")
    say(f"安装系统软件包 · Installing system packages: {reasons(needs)}")
    apt_install(prefix, needs)


def apt_install(prefix: list[str], needs: list[Need]) -> None:
    """Have apt-get install the packages and nothing that is merely recommended."""
    apt_get = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C", "apt-get"]
    packages, line = [need.package for need in needs], apt_line(needs)
    when_free([*apt_get, "update"], line)
    when_free([*apt_get, "install", "-y", "--no-install-recommends", *packages], line)


def when_free(command: list[str], line: str) -> None:
    """Run apt-get; while another installer holds its locks, as on a first boot, wait for that."""
    sorry = f"没有装上,请检查网络 · Not installed; check the network, or run: {line}"
    waited, began = False, time.monotonic()
    while True:
        try:
            return run_quietly(command, sorry)
        except Trouble as trouble:
            if LOCKED not in str(trouble):
                raise
            if time.monotonic() - began >= PATIENCE:
                raise Trouble(str(trouble).replace(sorry, f"{STILL_BUSY}: {line}")) from None
        if not waited:
            say(BUSY)
        waited = True
        time.sleep(PAUSE)


# The project's own environment


def lock(name: str) -> Path:
    """Where the locked requirements of that name are."""
    return ROOT / "requirements" / f"{name}.lock"


def stamp(locked: bytes, python: str, place: Path) -> bytes:
    """Bytes that change with the locked packages, the Python and the environment's place."""
    return hashlib.sha256(b"\0".join([locked, python.encode(), os.fsencode(place)])).digest()


def wanted_stamp(name: str) -> bytes:
    """The stamp of an environment that holds what a lock says."""
    return stamp(lock(name).read_bytes(), sys.implementation.cache_tag, VENV)


def is_ready(name: str) -> bool:
    """Whether the environment was finished, and for just this lock."""
    mark = VENV / f"{name}.stamp"
    return PYTHON.exists() and mark.exists() and mark.read_bytes() == wanted_stamp(name)


def make_venv() -> None:
    """Make the environment anew, also over a half-made or outdated one."""
    say(f"建立环境 · Making the environment: {VENV}")
    python = getattr(sys, "_base_executable", None) or sys.executable  # we may run inside .venv
    sorry = "环境没有建成 · The environment could not be made; is the program still open?"
    run_quietly([python, "-m", "venv", "--clear", str(VENV)], sorry)


def install(name: str) -> None:
    """Install a lock, wheels only and every file checked against its hash, then stamp it."""
    say(f"安装锁定的依赖,约一两分钟 · Installing locked packages, a minute or two: {name}")
    # the lock is complete: an older pip would look for extras of its packages outside of it
    options = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "--compile", "--no-input"]
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "-q", *options]
    sorry = "依赖没有装上,请检查网络再试 · Not installed; check the network and try again"
    run_quietly([*command, "-r", str(lock(name))], sorry)
    (VENV / f"{name}.stamp").write_bytes(wanted_stamp(name))


def prepare(*names: str, on_screen: bool) -> None:
    """Bring system packages, environment and locked packages up to date; quick when they are."""
    fresh = not is_ready("runtime")
    needs = wanted(on_screen=on_screen, makes_venv=fresh) if LINUX else []
    if missing := [need for need in needs if not is_here(need)]:
        bring(missing)
    if fresh:
        make_venv()
    for name in names:
        if not is_ready(name):
            install(name)


# What is asked for


def has_screen(env: dict[str, str], *, linux: bool) -> bool:
    """Whether a window can be shown; only Linux has machines without."""
    return not linux or bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


def verb(args: list[str], *, on_screen: bool) -> list[str]:
    """What the program is asked: the person's words, else the desk, else pictures of it."""
    return args or (["desk"] if on_screen else ["check", str(PICTURES)])


def surroundings(*, on_screen: bool) -> dict[str, str]:
    """The child's environment: our packages, our tools first, off screen where there is none."""
    path = os.pathsep.join([str(BIN), os.environ.get("PATH", os.defpath)])
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": path}
    return env if on_screen else {**env, "QT_QPA_PLATFORM": "offscreen"}


def compiling_once(env: dict[str, str]) -> dict[str, str]:
    """The environment in which what is compiled is kept, if not among the sources then in COMPILED.

    Tests start hundreds of programs, and each of pytest's processes reads every test.
    """
    if not env.get("PYTHONDONTWRITEBYTECODE"):
        return env
    rest = {name: value for name, value in env.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {"PYTHONPYCACHEPREFIX": str(COMPILED), **rest}


def start(args: list[str]) -> int:
    """Start the program; where a process can be replaced, it takes this one's place."""
    on_screen = has_screen(dict(os.environ), linux=LINUX)
    prepare("runtime", on_screen=on_screen)
    if not on_screen and not args:
        say(f"没有显示屏,画面存为图片 · No display here, so pictures go to: {PICTURES}")
    command = [str(PYTHON), "-P", "-m", "app", *verb(args, on_screen=on_screen)]
    env = surroundings(on_screen=on_screen)
    if not WINDOWS:
        os.execve(command[0], command, env)
    return subprocess.call(command, env=env)


def names_tests(args: list[str]) -> bool:
    """Whether pytest's arguments pick tests, so that the other checks can wait."""
    return any(
        arg.startswith("-k") or "::" in arg or arg.endswith(".py") or (ROOT / arg).exists()
        for arg in args
    )


def step(check: str, env: dict[str, str]) -> int:
    """Run one check and say how long it took."""
    say(check)
    began = time.monotonic()
    tool, *options = check.split()
    code = subprocess.call([shutil.which(tool, path=str(BIN)) or tool, *options], cwd=ROOT, env=env)
    outcome = f"没有通过 · failed ({code})" if code else "通过 · passed"
    say(f"{check}: {outcome}, {time.monotonic() - began:.1f} s")
    return code


def checked(env: dict[str, str]) -> int:
    """Run the checks one by one, and beside them read all tests once, so that every process finds them compiled."""
    reading = [str(PYTHON), "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    quiet = {
        "stdin": subprocess.DEVNULL,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
    }
    with subprocess.Popen(reading, cwd=ROOT, env=env, **quiet) as beside:
        for check in CHECKS:
            if code := step(check, env):
                beside.kill()
                return code
    return 0


def test(args: list[str]) -> int:
    """Run the checks, cheapest first, and last pytest, whose closing line stays the last one.

    The whole suite is also asked which lines of the files that decide no test runs (tests/measuring.py).
    """
    prepare("runtime", "dev", on_screen=False)
    env = compiling_once(surroundings(on_screen=False))
    is_whole = not names_tests(args)
    if is_whole and (code := checked(env)):
        return code
    say("pytest")
    command = [str(PYTHON), "-m", "pytest", *(WHOLE if is_whole else ()), *args]
    return subprocess.call(command, cwd=ROOT, env=env)


def check_python(version: tuple[int, int]) -> None:
    """Raise Trouble for a Python the packages are not locked for."""
    if not (3, 11) <= version <= (3, 14):
        raise Trouble("需要 Python 3.11 至 3.14 · Python 3.11 to 3.14 is needed")


def main(args: list[str]) -> int:
    """Do what is asked; a sentence instead of a traceback when it cannot be done."""
    try:
        check_python(sys.version_info[:2])
        return test(args[1:]) if args[:1] == ["test"] else start(args)
    except (Trouble, OSError) as trouble:
        print(f"» {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # no Chinese on this console: the English shows
    sys.exit(main(sys.argv[1:]))
