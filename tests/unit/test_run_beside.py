"""Set-up beside another installer: it is waited for, that is said, and the network is not blamed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import run

BUSY = """\
#!/bin/sh
echo "$LC_ALL $*" >> "{notes}"
test "$(grep -c . "{notes}")" -gt {times} && exit 0
echo "E: Could not get lock {lock}. It is held by process 4242 (unattended-upgr)" >&2
echo "N: Be aware that removing the lock file is not a solution and may break your system." >&2
echo "E: Unable to lock {lock}, is another process using it?" >&2
exit 100
"""
OFFLINE = """\
#!/bin/sh
echo "$*" >> "{notes}"
echo "E: Failed to fetch http://deb.example/InRelease  Temporary failure resolving 'deb.example'" >&2
exit 100
"""


class Apt:
    """An apt-get of ours before the machine's own."""

    def __init__(self, folder: Path) -> None:
        self._program, self._notes = folder / "apt-get", folder / "notes"

    def says(self, script: str, **facts: object) -> None:
        self._program.write_text(script.format(notes=self._notes, **facts))
        self._program.chmod(0o755)

    @property
    def asked(self) -> list[str]:
        return self._notes.read_text().splitlines()


@pytest.fixture
def apt(tmp_path: Path, monkeypatch) -> Apt:
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(run, "root_prefix", list)
    return Apt(tmp_path)


@pytest.fixture
def pauses(monkeypatch) -> Iterator[list[float]]:
    """A clock that only goes on while run.py waits; the pauses it made."""
    made: list[float] = []
    monkeypatch.setattr(run.time, "sleep", made.append)
    monkeypatch.setattr(run.time, "monotonic", lambda: sum(made))
    return made


@pytest.mark.skipif(not run.LINUX, reason="only Linux has apt-get")
@pytest.mark.parametrize("lock", ["/var/lib/apt/lists/lock", "/var/lib/dpkg/lock-frontend"])
def test_another_installer_is_waited_for_then_packages_are_installed(apt, pauses, capsys, lock):
    apt.says(BUSY, times=3, lock=lock)
    run.bring([run.FONT])
    assert [line.split()[1] for line in apt.asked] == ["update"] * 4 + ["install"]
    assert len(pauses) == 3
    said = capsys.readouterr().out
    assert said.count("Another installer") == 1
    assert "另一个安装程序" in said


@pytest.mark.skipif(not run.LINUX, reason="only Linux has apt-get")
def test_a_lock_is_known_in_every_language_of_the_machine(apt, pauses, monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    apt.says(BUSY, times=1, lock="/var/lib/apt/lists/lock")
    run.bring([run.FONT])
    assert {line.split()[0] for line in apt.asked} == {"C"}


@pytest.mark.skipif(not run.LINUX, reason="only Linux has apt-get")
def test_an_installer_that_does_not_end_is_named_and_not_the_network(apt, pauses):
    apt.says(BUSY, times=10_000, lock="/var/lib/dpkg/lock-frontend")
    with pytest.raises(run.Trouble) as told:
        run.bring([run.FONT])
    assert "另一个安装程序" in str(told.value)
    assert "another installer" in str(told.value)
    assert "process 4242" in str(told.value)
    assert run.apt_line([run.FONT]) in str(told.value)
    assert "network" not in str(told.value)
    assert 120 <= sum(pauses) <= 600


@pytest.mark.skipif(not run.LINUX, reason="only Linux has apt-get")
def test_without_network_nothing_is_waited_for(apt, pauses):
    apt.says(OFFLINE)
    with pytest.raises(run.Trouble, match=r"网络.*network[\s\S]*Temporary failure"):
        run.bring([run.FONT])
    assert pauses == []
    assert apt.asked == ["update"]
