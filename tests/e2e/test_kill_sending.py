"""A seat is killed between two parts of a file: kill -9, and the next start goes on where it was."""

import asyncio
import hashlib
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from app.services.files import Whereabouts
from db.central.link import Link, open_file
from tests.e2e.kill_sending import PART
from tests.sync.desks import Desks, found, until

ROOT = Path(__file__).parents[2]
CONTENT = Random(3).randbytes(80 * PART)
DIGEST = hashlib.sha256(CONTENT).hexdigest()
#: So long may the program take to load, and to send its first parts (seconds).
PATIENCE = 60.0

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def parts(root: Link) -> list[int]:
    return [at for (at,) in root.rows('SELECT "at" FROM file_part ORDER BY "at"')]


def killed_while_sending(folder: Path, store: Path, root: Link) -> list[int]:
    """What the centre has of the file afterwards."""
    (folder / "source").write_bytes(CONTENT)
    module = "tests.e2e.kill_sending"
    program = [sys.executable, "-m", module, str(folder), str(store), str(folder / "source")]
    child = subprocess.Popen(program, cwd=ROOT, stdout=subprocess.DEVNULL)
    end = time.monotonic() + PATIENCE
    while len(parts(root)) < 3:
        assert child.poll() is None
        assert time.monotonic() < end
        time.sleep(0.01)
    child.kill()
    child.wait()
    return parts(root)


def test_a_file_that_was_being_sent_goes_on_from_the_last_part(tmp_path: Path):
    store = found(tmp_path)
    with closing(open_file(store)) as root:
        sent = killed_while_sending(tmp_path, store, root)
        assert sent == list(range(0, len(sent) * PART, PART))
        assert len(sent) < 80
        desks = Desks(tmp_path, store)

        async def story() -> None:
            try:
                await desks.at("li")
                await until(lambda: root.rows("SELECT digest FROM kept_file") == [(DIGEST,)])
                mei = await desks.at("mei")
                assert await mei.files.fetch(DIGEST, len(CONTENT)) is Whereabouts.HERE
            finally:
                desks.close()

        asyncio.run(story())
        assert parts(root)[: len(sent)] == sent
        assert (tmp_path / "mei" / "files" / DIGEST[:2] / DIGEST).read_bytes() == CONTENT
