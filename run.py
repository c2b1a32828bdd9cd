"""One command for everything: `python run.py` starts the desk, `python run.py test` tests it.

Needs only Python 3.11+; makes `.venv` beside this file and keeps it as requirements/*.lock say.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, NamedTuple  # noqa: UP035 - an older Python must get as far as our sentence

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PICTURES = ROOT / "pictures"
LINUX = sys.platform.startswith("linux")
WINDOWS = sys.platform == "win32"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
OLDEST, NEWEST = (3, 11), (3, 14)


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
LIBRARIES = tuple(Need(lib, pack, "Qt 绘图 Qt drawing") for lib, pack in DRAWING.items())
WINDOW_LIBRARIES = tuple(Need(lib, pack, "Qt 窗口 Qt windows") for lib, pack in WINDOWING.items())
FONT = Need("中文字体 a Chinese font", "fonts-noto-cjk", "显示汉字 Chinese text")
PIP_PACKAGE = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
PIP = Need("ensurepip", PIP_PACKAGE, "独立的 Python 环境 the project's own Python")
FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
)
CHINESE_FONTS = (
    *("notosanscjk", "notosanssc", "notoserifcjk", "sourcehansans", "wqy", "wenquanyi"),
    *("droidsansfallback", "msyh", "simsun", "simhei", "pingfang", "uming", "ukai"),
)
CHECKS = (
    ("ruff format", ("ruff", "format", "--check", ".")),
    ("ruff check", ("ruff", "check", ".")),
    ("lint-imports", ("lint-imports",)),
    ("basedpyright", ("basedpyright",)),
)


def say(line: str) -> None:
    """Print one progress line at once, so that it stands before a child's output."""
    print(f"» {line}", flush=True)


def run_quietly(command: list[str], sorry: str) -> None:
    """Run a command without its chatter; raise Trouble with its last words when it fails."""
    merged = {"stdin": subprocess.DEVNULL, "stderr": subprocess.STDOUT}
    text = {"encoding": "utf-8", "errors": "replace"}
    done = subprocess.run(command, stdout=subprocess.PIPE, check=False, **merged, **text)
    if done.returncode:
        raise Trouble("\n  ".join([sorry, *done.stdout.strip().splitlines()[-4:]]))


# What the operating system must bring


def has_library(name: str) -> bool:
    """Whether the loader finds a shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def has_chinese_font(folders: tuple[Path, ...] = FONT_FOLDERS) -> bool:
    """Whether a font file with a known Chinese name lies in the font folders."""
    files = (file for folder in folders for _, _, names in os.walk(folder) for file in names)
    return any(known in file.lower() for file in files for known in CHINESE_FONTS)


def missing(
    *,
    on_screen: bool,
    makes_venv: bool,
    has: Callable[[str], bool] = has_library,
    font: Callable[[], bool] = has_chinese_font,
) -> list[Need]:
    """List what Linux still lacks; other systems bring everything themselves."""
    wanted = LIBRARIES + (WINDOW_LIBRARIES if on_screen else ())
    found = [need for need in wanted if not has(need.thing)]
    if not font():
        found.append(FONT)
    if makes_venv and importlib.util.find_spec("ensurepip") is None:
        found.append(PIP)
    return found


def reasons(needs: list[Need]) -> str:
    """Packages grouped by why they are needed: `libgl1 libegl1 (Qt drawing); ...`."""
    groups: dict[str, list[str]] = {}
    for need in needs:
        groups.setdefault(need.why, []).append(need.package)
    return "; ".join(f"{' '.join(packages)} ({why})" for why, packages in groups.items())


def apt_line(needs: list[Need]) -> str:
    """The one line a person can run to get the packages."""
    packages = " ".join(need.package for need in needs)
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {packages}"


def root_prefix() -> list[str] | None:
    """How to become root without a question: [] as root, sudo when it asks nothing, else None."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if (
        sudo
        and not subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode
    ):
        return [sudo, "-n"]
    return None


def bring(needs: list[Need]) -> None:
    """Install Debian packages, or raise Trouble with the line that does."""
    if not shutil.which("apt-get"):
        things = ", ".join(need.thing for need in needs)
        raise Trouble(
            f"请用本机的软件管理器安装 · Please install with your package manager: {things}"
        )
    prefix = root_prefix()
    if prefix is None:
        say(f"缺少系统软件包 · Missing system packages: {reasons(needs)}")
        raise Trouble(
            f"请运行这一行再试 · Please run this line, then try again:\n  {apt_line(needs)}"
        )
    say(f"安装系统软件包 · Installing system packages: {reasons(needs)}")
    apt_get = [
        *prefix,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-o",
        "Acquire::Retries=2",
    ]
    packages = [need.package for need in needs]
    sorry = f"系统软件包没有装上,请检查网络 · Not installed; check the network: {apt_line(needs)}"
    run_quietly([*apt_get, "update"], sorry)
    run_quietly([*apt_get, "install", "-y", "--no-install-recommends", *packages], sorry)


# The project's own Python


def lock(name: str) -> Path:
    """Where the locked requirements of that name are."""
    return ROOT / "requirements" / f"{name}.lock"


def stamp(locked: bytes, python: str, home: Path) -> bytes:
    """Some bytes that changes with the locked packages, the Python and the place of the environment."""
    return hashlib.sha256(b"\0".join([locked, python.encode(), os.fsencode(home)])).digest()


def wanted_stamp(name: str) -> bytes:
    """The stamp an up-to-date environment carries for a lock."""
    python = f"{platform.python_implementation()} {sys.version_info[:2]} {platform.machine()}"
    return stamp(lock(name).read_bytes(), python, VENV)


def is_ready(name: str) -> bool:
    """Whether the environment holds exactly what a lock says."""
    mark = VENV / f"{name}.stamp"
    return PYTHON.exists() and mark.exists() and mark.read_bytes() == wanted_stamp(name)


def make_venv() -> None:
    """Make the environment anew, also over a half-made or outdated one."""
    say(f"建立环境 · Making the environment: {VENV}")
    python = getattr(sys, "_base_executable", None) or sys.executable  # we may run inside .venv
    sorry = "环境没有建成,请关闭程序再试 · No environment made; close the program and try again"
    run_quietly([python, "-m", "venv", "--clear", str(VENV)], sorry)


def install(name: str) -> None:
    """Install a lock, wheels only and every file checked against its hash, then stamp it."""
    say(f"安装锁定的依赖(几分钟)· Installing locked packages (some minutes): {name}")
    options = ["--require-hashes", "--only-binary", ":all:", "--compile", "--no-input"]
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "-q", *options]
    sorry = "依赖没有装上,请检查网络再试 · Packages not installed; check the network and try again"
    run_quietly([*command, "-r", str(lock(name))], sorry)
    (VENV / f"{name}.stamp").write_bytes(wanted_stamp(name))


def prepare(*names: str, on_screen: bool) -> None:
    """Bring system packages, environment and locked packages up to date; quick when they are."""
    fresh = not is_ready("runtime")
    needs = missing(on_screen=on_screen, makes_venv=fresh) if LINUX else []
    if needs:
        bring(needs)
    if fresh:
        make_venv()
    for name in names:
        if not is_ready(name):
            install(name)


# What is asked for


def has_screen(env: dict[str, str]) -> bool:
    """Whether a window can be shown; only Linux has machines without."""
    return not LINUX or bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


def verb(args: list[str], *, on_screen: bool) -> list[str]:
    """What the program is asked: the person's words, else the desk, else pictures of it."""
    return args or (["desk"] if on_screen else ["check", str(PICTURES)])


def surroundings(*, on_screen: bool) -> dict[str, str]:
    """The child's environment: our packages, our tools first, off screen where there is none."""
    paths = os.pathsep.join([str(BIN), os.environ.get("PATH", os.defpath)])
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": paths}
    return env if on_screen else {**env, "QT_QPA_PLATFORM": "offscreen"}


def start(args: list[str]) -> int:
    """Start the program; where a process can be replaced, it takes this one's place."""
    on_screen = has_screen(dict(os.environ))
    prepare("runtime", on_screen=on_screen)
    if not on_screen:
        say("没有显示屏,不开窗口 · No display: drawing off screen")
    if not on_screen and not args:
        say(f"画面存放在 · Pictures go to: {PICTURES}")
    command = [str(PYTHON), "-P", "-m", "app", *verb(args, on_screen=on_screen)]
    env = surroundings(on_screen=on_screen)
    if not WINDOWS:
        os.execve(command[0], command, env)  # does not come back
    return subprocess.call(command, env=env)


def names_tests(args: list[str]) -> bool:
    """Whether pytest's arguments pick tests, so that the other checks can wait."""
    return any(
        arg.startswith("-k") or "::" in arg or arg.endswith(".py") or (ROOT / arg).exists()
        for arg in args
    )


def step(name: str, command: tuple[str, ...], env: dict[str, str]) -> int:
    """Run one named check and say how long it took."""
    say(name)
    began = time.monotonic()
    program = shutil.which(command[0], path=str(BIN)) or command[0]
    code = subprocess.call([program, *command[1:]], cwd=ROOT, env=env)
    outcome = f"没有通过 · failed ({code})" if code else "通过 · passed"
    say(f"{name}: {outcome}, {time.monotonic() - began:.1f} s")
    return code


def test(args: list[str]) -> int:
    """Run the checks, cheapest first, and last pytest, whose closing line stays the last one."""
    prepare("runtime", "dev", on_screen=False)
    env = surroundings(on_screen=False)
    for name, command in () if names_tests(args) else CHECKS:
        if code := step(name, command, env):
            return code
    say("pytest")
    return subprocess.call([str(PYTHON), "-m", "pytest", *args], cwd=ROOT, env=env)


def main(args: list[str]) -> int:
    """Do what is asked; a sentence and a number instead of a traceback when it cannot be done."""
    if not OLDEST <= sys.version_info[:2] <= NEWEST:
        print("需要 Python 3.11 至 3.14 · Python 3.11 to 3.14 is needed", file=sys.stderr)
        return 1
    try:
        return test(args[1:]) if args[:1] == ["test"] else start(args)
    except (Trouble, OSError) as trouble:
        print(f"» {trouble}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(
            errors="replace"
        )  # a console that knows no Chinese still shows the English
    sys.exit(main(sys.argv[1:]))
