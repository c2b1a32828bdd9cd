"""No line of the files that decide is excused from being run."""

from tests.measuring import named


def test_no_line_of_the_named_files_is_excused():
    assert not [file for file in named() if "pragma: no" in file.read_text("utf-8")]
