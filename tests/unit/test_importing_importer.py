"""The importer of the screen: its news come on the screen's thread, and it can be stopped."""

import asyncio
import threading
from contextlib import nullcontext
from pathlib import Path

import pytest

from app.domain.refused import Refused
from app.importing.importer import FileImporter
from app.importing.report import Ending
from app.importing.survey import SHAPES
from app.services.importing import Stopped
from tests.kit import setting
from tests.unit.test_importing import NOW, FakeArchive, events, write


def importer(archive: FakeArchive) -> FileImporter:
    return FileImporter(lambda: nullcontext(archive), setting(), lambda: NOW)


def test_progress_is_told_on_the_thread_of_the_screen(tmp_path: Path) -> None:
    archive, threads = FakeArchive(), set[int]()
    path = write(tmp_path, events(*[{}] * 3))
    told = importer(archive).run(path, "pingshan", lambda *_: threads.add(threading.get_ident()))
    report = asyncio.run(told)
    assert report.imported == 3
    assert threads == {threading.get_ident()}


def test_stopping_keeps_what_is_in_and_the_next_run_goes_on(tmp_path: Path) -> None:
    archive = FakeArchive()
    desk = importer(archive)
    path = write(tmp_path, events(*[{}] * 450))
    submit = archive.submit
    archive.submit = lambda batch: (desk.cancel(), submit(batch))[1]
    stopped = asyncio.run(desk.run(path, "pingshan", lambda *_: None))
    assert (stopped.ending, stopped.imported, stopped.left) == (Ending.CANCELLED, 200, 250)
    archive.submit = submit
    assert asyncio.run(desk.run(path, "pingshan", lambda *_: None)).imported == 250


def test_a_preview_needs_no_store_and_refusals_come_through(tmp_path: Path) -> None:
    desk = importer(FakeArchive())
    path = write(tmp_path, events({}))
    assert asyncio.run(desk.preview(path, "pingshan")).rows == 1
    with pytest.raises(Refused, match="import-column-missing"):
        asyncio.run(desk.preview(path, "messages"))


def slow(archive: FakeArchive, asked: list[int]) -> FileImporter:
    """Somebody says stop at the third row that is looked at."""
    desk = importer(archive)
    wait = desk._stop.is_set

    def is_set() -> bool:
        asked.append(1)
        if len(asked) == 3:
            desk.cancel()
        return wait()

    desk._stop.is_set = is_set  # type: ignore[method-assign]
    return desk


def test_a_look_at_a_file_can_be_stopped_at_any_row(tmp_path: Path) -> None:
    asked: list[int] = []
    desk = slow(FakeArchive(), asked)
    path = write(tmp_path, events(*[{}] * 450))
    with pytest.raises(Stopped):
        asyncio.run(desk.preview(path, "pingshan"))
    assert len(asked) == 3
    assert asyncio.run(desk.preview(path, "pingshan")).rows == 450


def test_an_import_can_be_stopped_while_the_file_is_looked_through(tmp_path: Path) -> None:
    archive, asked = FakeArchive(), list[int]()
    path = write(tmp_path, events(*[{}] * 450))
    with pytest.raises(Stopped):
        asyncio.run(slow(archive, asked).run(path, "pingshan", lambda *_: None))
    assert not archive.open
    assert not archive.offered
    assert not list(tmp_path.glob("*rejects*"))


def test_every_column_that_is_used_fills_a_field():
    for shape in SHAPES.values():
        filled = [column for columns in shape.fills.values() for column in columns]
        assert sorted(filled) == sorted({*shape.needed, *shape.used})
