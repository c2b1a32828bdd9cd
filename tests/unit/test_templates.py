"""Templates of notices: the narrowest fits, what is missing is named, and a wrong file says where."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.templates import Occasion, gaps_in
from app.domain.terms import CaseStatus, Nature
from resources.notices import KINDS, load_templates
from resources.wrong import Expected, Wrong
from tests.kit import setting

pytestmark = pytest.mark.article(28, 29)

TEMPLATES = load_templates()
FACTS = {one.code: f"《{one.code}》" for one in TEMPLATES.parts}
REASONS = [one.code for one in setting().editions.by_code("PS-4").refusal_reasons]
OCCASIONS = st.builds(
    Occasion,
    st.sampled_from(KINDS),
    st.sampled_from([one for one in Nature if one is not Nature.THANKS]),
    st.sampled_from(CaseStatus),
    st.sampled_from(["", "EXTENSION", "STAGED", "CANCEL", *REASONS]),
)


@given(OCCASIONS)
def test_there_is_something_to_say_on_every_occasion(occasion):
    found = TEMPLATES.chosen(occasion)
    assert found is not None
    filled = TEMPLATES.filled(found, FACTS)
    assert filled.missing == gaps_in(filled.text) == ()
    assert "{" not in filled.text
    assert all(FACTS[part] in filled.text for part in found.parts)


@given(OCCASIONS, st.sets(st.sampled_from(sorted(FACTS))))
def test_what_is_not_known_is_named_in_its_place(occasion, gone):
    found = TEMPLATES.chosen(occasion)
    facts = {code: None if code in gone else fact for code, fact in FACTS.items()}
    filled = TEMPLATES.filled(found, facts)
    assert set(filled.missing) == gone & set(found.parts)
    names = {one.code: one.name_zh for one in TEMPLATES.parts}
    assert gaps_in(filled.text) == tuple(names[one] for one in filled.missing)


def test_what_came_of_a_case_tells_more_than_its_nature():
    def code(kind, nature=Nature.COMPLAINT, state=CaseStatus.DISPATCHED, outcome=""):
        return TEMPLATES.chosen(Occasion(kind, nature, state, outcome)).code

    assert code("1") == "ACCEPTED"
    assert code("1", Nature.INQUIRY) == "ACCEPTED_INQUIRY"
    assert code("1", Nature.INQUIRY, CaseStatus.FILED) == "ACCEPTED_CENTRE"
    assert code("2", Nature.HELP) == "HANDLED"
    assert code("96", Nature.INQUIRY, outcome="STAGED") == "PROMISED"
    assert code("DECLINED", outcome="ABUSE") == "DECLINED"
    assert code("DECLINED", outcome="DUPLICATE") == "DECLINED_REPEAT"


def test_facts_are_put_in_as_they_are_and_not_read_again():
    found = TEMPLATES.chosen(Occasion("2", Nature.COMPLAINT, CaseStatus.DISPATCHED))
    text = TEMPLATES.filled(found, {**FACTS, "result": "{title} \\1"}).text
    assert "{title} \\1" in text


def test_every_refusal_that_is_spoken_of_is_one_of_the_edition():
    outcomes = {one for row in TEMPLATES.rows if row.kind == "DECLINED" for one in row.outcomes}
    assert outcomes <= set(REASONS)


HEAD = """\
contact: 中心
fields:
  - {code: number, name_zh: 编号, name_en: number}
notices:
"""
ROW = '  - {code: A, kind: "1", text: "{number}", origin: PROP}\n'
WRONG = {
    "unknown fact": (ROW.replace("{number}", "{nummer}"), "notices[1].text", Expected.KNOWN_CODE),
    "unknown kind": (ROW.replace('"1"', '"7"'), "notices[1].kind", Expected.CHOICE),
    "twice": (ROW + ROW, "notices[2].code", Expected.UNIQUE),
    "no words": (ROW.replace('"{number}"', '""'), "notices[1].text", Expected.TEXT),
    "no origin": (ROW.replace(", origin: PROP", ""), "notices[1].origin", Expected.PRESENT),
    "unknown nature": (
        ROW.replace("}\n", ", natures: [CONSULT]}\n"),
        "notices[1].natures[1]",
        Expected.KNOWN_CODE,
    ),
    "unknown field": (
        ROW.replace("}\n", ", tone: kind}\n"),
        "notices[1].tone",
        Expected.KNOWN_FIELD,
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_place_is_named(case: str, tmp_path: Path):
    rows, field, expected = WRONG[case]
    path = tmp_path / "notices.yaml"
    path.write_text(HEAD + rows, "utf-8")
    with pytest.raises(Wrong) as caught:
        load_templates(path)
    assert (caught.value.field, caught.value.expected) == (field, expected)
    assert caught.value.line >= 5
