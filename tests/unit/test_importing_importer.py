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


def test_every_column_that_is_used_fills_a_field():
    for shape in SHAPES.values():
        filled = [column for columns in shape.fills.values() for column in columns]
        assert sorted(filled) == sorted({*shape.needed, *shape.used})
