"""Editions read from files: a wrong one is refused with file, line, field and expectation, the old one stays."""

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.limits import Limit, LimitUnit
from app.domain.terms import Clock, Grade
from resources.loading import Expected, Wrong, load_editions, load_own_edition

RESOURCES = Path(__file__).parents[2] / "resources"
EDITIONS = load_editions()
SHIPPED = (RESOURCES / "policy" / "ps-4.yaml").read_text(encoding="utf-8")
QUIET = settings(deadline=None, max_examples=50)  # each example reads whole files


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    return tmp_path_factory.mktemp("room")


# One wrong field of the shipped edition.


def scalars(node, path=""):
    """Every value of a document with its path, as the loader is expected to name it."""
    if isinstance(node, yaml.ScalarNode):
        yield path, node
    elif isinstance(node, yaml.SequenceNode):
        for place, item in enumerate(node.value, start=1):
            yield from scalars(item, f"{path}[{place}]")
    else:
        for key, item in node.value:
            yield from scalars(item, f"{path}.{key.value}" if path else key.value)


VALUES = [
    (path, node)
    for path, node in scalars(yaml.compose(SHIPPED, Loader=yaml.SafeLoader))
    if not path.endswith(".matter")  # any word may name a matter
]

SPOILT = [
    (r"articles\[\d+\]\.chapter$", "77", Expected.KNOWN_CODE),
    (r"\.number$|chapter$", "first", Expected.WHOLE_NUMBER),
    (r"\.article$", "48", Expected.KNOWN_CODE),
    (r"origin$", "HEARSAY", Expected.CHOICE),
    (r"\.(grade|nature|kind|clock)$", "NOPE", Expected.CHOICE),
    (r"limit$|limits\.[ABC]$", "2 FORTNIGHT", Expected.LIMIT),
    (r"certain$|_only$|needs_text$|component$|around_the_clock$", "perhaps", Expected.FLAG),
    (r"^effective_(from|to)$", "2020-13-01", Expected.DATE),
    (r"^shifts", "18:00-14:00", Expected.SHIFT),
    (r"categories", "8", Expected.CATEGORY_CODE),
    (r"bindings\[\d+\]\.source$", "RUMOUR", Expected.KNOWN_CODE),
    (r"(title|name)_(zh|en)$", "12", Expected.TEXT),
    (r"(code|version|value)$", "~", Expected.TEXT),
]


def spoil(path: str) -> tuple[str, Expected]:
    return next((text, why) for pattern, text, why in SPOILT if re.search(pattern, path))


def edition_file(room: Path, text: str, name: str = "ps-4.yaml") -> Path:
    folder = room / "policy"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@QUIET
@given(st.sampled_from(VALUES))
def test_a_wrong_value_is_named_with_its_file_line_and_field(room, value):
    path, node = value
    text, expected = spoil(path)
    spoilt = SHIPPED[: node.start_mark.index] + text + SHIPPED[node.end_mark.index :]
    with pytest.raises(Wrong) as caught:
        load_editions(edition_file(room, spoilt))
    wrong = caught.value
    assert (wrong.file, wrong.line, wrong.field) == (
        "ps-4.yaml",
        node.start_mark.line + 1,
        path,
    )
    assert (wrong.expected, wrong.got) == (expected, text)
    assert str(wrong).startswith(f"ps-4.yaml:{wrong.line}: {path}: {expected}")


@QUIET
@given(st.sampled_from([place for place in VALUES if re.search(r"[a-z_]$", place[0])]))
def test_an_unknown_field_is_refused_where_it_stands(room, value):
    path, node = value
    key = path.rpartition(".")[2]
    begin = SHIPPED.rindex(f"{key}:", 0, node.start_mark.index)
    spoilt = f"{SHIPPED[:begin]}{key}x{SHIPPED[begin + len(key) :]}"
    with pytest.raises(Wrong) as caught:
        load_editions(edition_file(room, spoilt))
    wrong = caught.value
    assert (wrong.line, wrong.field) == (node.start_mark.line + 1, f"{path}x")
    assert wrong.expected == Expected.KNOWN_FIELD


@pytest.mark.parametrize(
    ("old", "new", "field", "expected"),
    [
        ("version: \"1\"\n", "", "version", Expected.PRESENT),
        ("number: 2, title_zh: 受理分拨", "number: 1, title_zh: 受理分拨", "chapters[2].number", "unique"),
        ("  - {code: ABUSE, name_zh: 恶意", "  - {code: DUPLICATE, name_zh: 恶意",
         "refusal_reasons[10].code", "unique"),
        (", article: 40, origin: PROP}\n\n", ", origin: PROP}\n\n", "clocks[30].article", "present"),
        ("  - {clock: K9, limits: {A: 1 CLOCK_HOUR, ", "  - {clock: K9, limits: {",
         "clocks.K9.A", "present"),
        ("  - {grade: B, nature: INQUIRY, limit: 4 WORK_HOUR, article: 15, origin: PROP}\n", "",
         "disposal_rules.B.INQUIRY", "present"),
        ("effective_to: 2025-11-30", "effective_to: 2019-01-01", "effective_to", "period"),
        ("version: \"1\"", "version: \"1\"\nversion: \"2\"", "version", "unique"),
        ("\"09:00-12:00\"", "\"09:00-15:00\"", "shifts[2]", "shift"),
        ("{A: 10 CLOCK_MINUTE,", "{D: 10 CLOCK_MINUTE,", "clocks[1].limits.D", "known_field"),
        ("shifts: [\"09:00-12:00\", \"14:00-18:00\"]", "shifts: always", "shifts", "list"),
        ("shifts: [\"09:00-12:00\", \"14:00-18:00\"]", "shifts: [{}]", "shifts[1]", "scalar"),
        ("  - {code: CLASS-LIST,", "  - just words\n  - {code: CLASS-LIST,", "sources[1]", "mapping"),
    ],
)  # fmt: skip
def test_what_is_missing_repeated_or_out_of_shape(room, old, new, field, expected):
    assert SHIPPED.count(old) == 1
    with pytest.raises(Wrong) as caught:
        load_editions(edition_file(room, SHIPPED.replace(old, new)))
    assert (caught.value.field, caught.value.expected) == (field, expected)


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        (b"code: PS-4\ntitle: [1, 2\n", 3, Expected.READABLE),
        (b"", 1, Expected.MAPPING),
        (b"just words", 1, Expected.MAPPING),
        ("code: 甲".encode("gb18030"), 1, Expected.READABLE),
    ],
)
def test_a_file_that_is_no_edition_at_all(room, text, line, expected):
    (room / "bad.yaml").write_bytes(text)
    editions, wrong = load_own_edition(room / "bad.yaml", EDITIONS)
    assert editions is EDITIONS
    assert (wrong.file, wrong.line, wrong.expected) == ("bad.yaml", line, expected)


def test_a_file_that_is_not_there(room):
    editions, wrong = load_own_edition(room / "absent.yaml", EDITIONS)
    assert editions is EDITIONS
    assert wrong.expected is Expected.READABLE
    with pytest.raises(Wrong):
        load_editions(room / "no-such-folder.yaml")


# A centre's own edition.

OWN = """\
code: OWN-1
based_on: PS-4
title_zh: 本中心实施细则
title_en: Our own rules
effective_from: 2025-12-01
version: "1"
clocks:
  - {clock: K1, limits: {B: 20 CLOCK_MINUTE}, article: 11, origin: P}
disposal_rules:
  - {grade: C, nature: COMPLAINT, limit: 4 WORK_DAY, article: 15, origin: P}
parameters:
  - {code: return.window_percent, value: 30, article: 13, origin: P}
refusal_reasons:
  - {code: WITHDRAWN, name_zh: 诉求人撤回, name_en: Withdrawn, article: 11, origin: P, needs_text: false}
"""


def own(room: Path, text: str = OWN, name: str = "own.yaml") -> Path:
    (room / name).write_text(text, encoding="utf-8")
    return room / name


def test_an_own_edition_states_only_what_differs(room):
    editions, wrong = load_own_edition(own(room), EDITIONS)
    assert wrong is None
    judgement = editions.judging(date(2025, 12, 1))
    mine, theirs = judgement.policy, editions.by_code("PS-4")
    assert (mine.code, mine.own, judgement.by_analogy) == ("OWN-1", True, False)
    assert mine.limit(Clock.K1, Grade.B).limit == Limit(20, LimitUnit.CLOCK_MINUTE)
    assert mine.limit(Clock.K1, Grade.B).source == "OWN-1"
    assert mine.limit(Clock.K1, Grade.A) == theirs.limit(Clock.K1, Grade.A)
    assert mine.number("return.window_percent") == 30
    assert mine.number("extension.each_percent") == theirs.number("extension.each_percent")
    assert len(mine.disposal_rules) == len(theirs.disposal_rules)
    assert [item.code for item in mine.refusal_reasons][-1] == "WITHDRAWN"
    assert mine.articles == theirs.articles
    assert editions.judging(date(2025, 11, 30)).policy == theirs


@pytest.mark.parametrize(
    ("old", "new", "line", "field", "expected"),
    [
        ("based_on: PS-4", "based_on: PS-9", 2, "based_on", "known_code"),
        ("code: OWN-1", "code: PS-4", 1, "code", "unique"),
        ("clock: K1,", "clock: K6,", 8, "clocks[1].limits.B", "known_code"),
        ("return.window_percent", "return.windw_percent", 12, "parameters[1].code", "known_code"),
        ("value: 30", "value: thirty", 12, "parameters[1].value", "same_type"),
        ("value: 30", "value: -3", 12, "parameters[1].value", "whole_number"),
        ("20 CLOCK_MINUTE", "20 MINUTES", 8, "clocks[1].limits.B", "limit"),
        ("article: 15", "article: 48", 10, "disposal_rules[1].article", "known_code"),
        ("version", "versoin", 6, "versoin", "known_field"),
        ("based_on: PS-4\n", "", 1, "based_on", "present"),
    ],
)
def test_a_wrong_own_edition_leaves_the_previous_one_in_force(
    room, old, new, line, field, expected
):
    before, none = load_own_edition(own(room), EDITIONS)
    assert none is None
    after, wrong = load_own_edition(own(room, OWN.replace(old, new), "worse.yaml"), before)
    assert after is before
    assert (wrong.file, wrong.line, wrong.field, wrong.expected) == (
        "worse.yaml",
        line,
        field,
        expected,
    )


def test_an_own_edition_read_again_replaces_itself(room):
    once, _ = load_own_edition(own(room), EDITIONS)
    again, wrong = load_own_edition(own(room, OWN.replace("value: 30", "value: 35")), once)
    assert wrong is None
    assert len(again.editions) == 2
    assert again.by_code("OWN-1").number("return.window_percent") == 35


@QUIET
@given(st.integers(-400, 400), st.integers(0, 400))
def test_own_editions_may_follow_but_not_overlap(room, start, days):
    begin = date(2027, 1, 1) + timedelta(days=start)
    first = OWN.replace("version", "effective_to: 2027-12-31\nversion").replace(
        "2025-12", "2027-01"
    )
    second = OWN.replace("OWN-1", "OWN-2").replace(
        "2025-12-01", f"{begin}\neffective_to: {begin + timedelta(days=days)}"
    )
    before, _ = load_own_edition(own(room, first), EDITIONS)
    after, wrong = load_own_edition(own(room, second, "second.yaml"), before)
    apart = begin > date(2027, 12, 31) or begin + timedelta(days=days) < date(2027, 1, 1)
    assert (wrong is None) == apart
    assert len(after.editions) == (3 if apart else 2)
    if wrong:
        assert (wrong.line, wrong.field, wrong.choices) == (5, "effective_from", ("OWN-1",))


def test_a_folder_of_own_editions_and_a_code_that_comes_twice(room):
    folder = room / "owns"
    folder.mkdir()
    own(folder)
    assert [item.code for item in load_editions(own=folder).editions] == ["PS-4", "OWN-1"]
    own(folder, OWN.replace("2025-12-01", "2024-01-01"), "twice.yaml")
    with pytest.raises(Wrong) as caught:
        load_editions(own=folder)
    assert (caught.value.file, caught.value.field) == ("twice.yaml", "code")


def test_two_shipped_editions_may_not_overlap_or_share_a_code(room):
    folder = edition_file(room, SHIPPED, "a.yaml")
    for path in folder.glob("*.yaml"):
        path.unlink()
    edition_file(room, SHIPPED, "a.yaml")
    edition_file(room, SHIPPED.replace("code: PS-4", "code: PS-5"), "b.yaml")
    with pytest.raises(Wrong) as overlap:
        load_editions(folder)
    edition_file(room, SHIPPED, "b.yaml")
    with pytest.raises(Wrong) as twice:
        load_editions(folder)
    shutil.rmtree(folder)
    assert (overlap.value.file, overlap.value.field) == ("b.yaml", "effective_from")
    assert (twice.value.field, twice.value.expected) == ("code", Expected.UNIQUE)


def test_what_is_loaded_twice_is_equal():
    assert load_editions() == EDITIONS
    assert hash(load_editions().editions[0]) == hash(EDITIONS.editions[0])
