"""The last test of a whole run: of the files that decide, every line and every branch was run by some other."""

from pathlib import Path

import pytest
from coverage import Coverage

from tests.measuring import ROOT, named, unrun


def test_every_line_and_branch_of_the_named_files_was_run(
    request: pytest.FixtureRequest, measured: Coverage, tmp_path: Path
):
    if request.session.testsfailed:
        pytest.skip("other tests failed, and what they would have run is not known")
    missing = unrun(measured, named(), tmp_path)
    told = "\n".join(f"  {file.relative_to(ROOT)}: {one}" for file, one in missing.items())
    if missing:
        pytest.fail(f"没有测试走到 · no test runs these lines or branches:\n{told}", pytrace=False)


def test_no_line_of_them_is_excused():
    assert not [file for file in named() if "pragma: no" in file.read_text("utf-8")]
