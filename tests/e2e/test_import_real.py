"""The real files taken over into a real central store: every row a case or a reject, once."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.cli.verifying import verified
from app.domain.refused import Refused
from app.domain.terms import Role
from app.importing.report import Ending, ImportReport
from app.importing.run import Job, Watch, import_file, preview
from app.services.queries import Operator
from db.central import admin
from db.central.archive import ArchiveFile, open_archive
from tests.kit import setting

DATA = Path(__file__).parents[3] / "shared" / "data"
EVENTS = DATA / "pingshan" / "events_2018-02_2018-10.csv"
MESSAGES = [
    DATA / "messages" / name
    for name in ("stream_to_2019-08.csv", "labelled_raw.csv", "replies.csv")
]
FOREIGN = sorted((DATA / "us311").iterdir()) if DATA.is_dir() else []

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real data are not beside this checkout"),
]


def now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = admin.init(tmp_path / "central.db", "440310", "SZPS", "live")
    admin.add_operator(path, Operator("lin", "林", Role.SHIFT_LEADER, "440310"))
    return path


@pytest.fixture
def archive(store: Path) -> Iterator[ArchiveFile]:
    opened = open_archive(store, "lin")
    yield opened
    opened.close()


def run(path: Path, kind: str, archive: ArchiveFile, rejects: Path) -> ImportReport:
    job = Job(path=path, kind=kind, rejects_folder=rejects)
    report = import_file(job, archive, setting(), Watch(clock=now))
    assert report.ending is Ending.FINISHED
    assert report.rows == report.imported + report.already + report.rejected
    return report


def share(report: ImportReport, *codes: str) -> float:
    """The share of rows about which one of these things was noticed."""
    return sum(one.count for one in report.findings if one.code in codes) / report.rows


def test_the_districts_events_go_in_once_and_the_log_holds(
    store: Path, archive: ArchiveFile, tmp_path: Path
) -> None:
    first = run(EVENTS, "pingshan", archive, tmp_path)
    assert first.rows == 6_952
    assert set(dict(first.reasons)) == {"test-data"}
    assert admin.facts(store).cases == first.imported
    assert share(first, "unit-unknown", "unit-missing") <= 0.01
    assert share(first, "class-unknown", "class-fell-back") <= 0.05
    assert {"out-of-order", "likely-repeat", "unit-two-names"} <= {
        one.code for one in first.findings
    }
    again = run(EVENTS, "pingshan", archive, tmp_path)
    assert (again.imported, again.already) == (0, first.imported)
    assert admin.facts(store).cases == first.imported
    report = verified(store)
    assert report.findings == ()
    assert (report.decided, report.lines) == (True, first.imported)


def test_citizens_messages_go_in_once(store: Path, archive: ArchiveFile, tmp_path: Path) -> None:
    reports = [run(path, "messages", archive, tmp_path) for path in MESSAGES]
    assert [report.rows for report in reports] == [2_917, 456, 2_004]
    assert [report.rejected for report in reports] == [0, 0, 0]
    assert sum(run(path, "messages", archive, tmp_path).imported for path in MESSAGES) == 0
    assert admin.facts(store).cases == sum(report.imported for report in reports)
    assert not list(tmp_path.glob("*.rejects.csv*"))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_same_table_in_another_alphabet_is_the_same_table(
    tmp_path: Path, encoding: str
) -> None:
    copy = tmp_path / EVENTS.name
    copy.write_text(EVENTS.read_text("utf-8"), encoding)
    plain, other = (preview(path, "pingshan", setting(), now()) for path in (EVENTS, copy))
    assert other.encoding == encoding
    assert (other.shown, other.findings, other.reasons) == (
        plain.shown,
        plain.findings,
        plain.reasons,
    )


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.name)
@pytest.mark.parametrize("kind", ["pingshan", "messages"])
def test_a_foreign_table_is_refused_by_the_column_it_lacks(
    archive: ArchiveFile, tmp_path: Path, path: Path, kind: str
) -> None:
    with pytest.raises(Refused) as no:
        run(path, kind, archive, tmp_path)
    assert no.value.code == "import-column-missing"
    assert no.value.facts["column"] in ("REC_ID", "留言编号")


@pytest.mark.parametrize("path", FOREIGN, ids=lambda path: path.name)
def test_foreign_rows_under_a_known_header_are_rejects(
    archive: ArchiveFile, tmp_path: Path, path: Path
) -> None:
    """Short rows, day-first dates and other alphabets: lines in a file, never a traceback."""
    separator = "\t" if path.suffix == ".tsv" else ","
    names = ["留言编号", "留言时间", "留言主题", "留言详情"]
    header, body = path.read_bytes().decode("utf-8", "surrogateescape").split("\n", 1)
    names += [f"其他{place}" for place in range(len(names), len(header.split(separator)))]
    copy = tmp_path / "renamed.csv"
    copy.write_bytes(f"{separator.join(names)}\n{body}".encode("utf-8", "surrogateescape"))
    report = run(copy, "messages", archive, tmp_path)
    assert report.rows >= 100
    unreadable = dict(report.reasons).get("time-unreadable", 0)
    assert ("dmy" in path.name or "nyc" in path.name) == (unreadable > 50)
