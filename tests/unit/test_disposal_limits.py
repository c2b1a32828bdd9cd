"""The disposal limit of every real class, grade and nature, against the table of DOMAIN 1.10 written down again."""

from itertools import product

import pytest

from app.domain.taxonomy import Category
from app.domain.terms import Grade, Nature, Origin
from tests.kit import setting
from tests.unit.test_policy import limit

pytestmark = pytest.mark.article(14, 15)

PS4 = setting().editions.by_code("PS-4")
CLASSES = setting().directory.taxonomy.categories
#: grade, nature: (limit, for units that work around the clock)
MATRIX = {
    (Grade.A, Nature.INQUIRY): ("2 h", "2 h"),
    (Grade.A, Nature.SUGGESTION): ("24 h", "24 h"),  # no cell in the table: always clock hours
    (Grade.A, Nature.COMPLAINT): ("24 h", "24 h"),
    (Grade.B, Nature.INQUIRY): ("4 wh", "4 wh"),
    (Grade.B, Nature.SUGGESTION): ("3 wd", "3 wd"),
    (Grade.B, Nature.COMPLAINT): ("1 wd", "24 h"),
    (Grade.C, Nature.INQUIRY): ("1 wd", "1 wd"),
    (Grade.C, Nature.SUGGESTION): ("5 wd", "5 wd"),
}
NATURES = (Nature.INQUIRY, Nature.SUGGESTION, Nature.COMPLAINT)
ILLEGAL_BUILDING = ("0401", "050104")
#: Planning, labour, market supervision, property.
ENFORCEMENT_LABOUR_PROPERTY = ("04", "08", "09", "1701")
#: What another statute sets for complaints of a class, where it is shorter than the matrix.
STATUTES = {"09": ("7 wd", "SAMR-2019")}
#: The shortest limit that DOMAIN section 4 proposes for a first-level class; for all others five days.
SHORTEST = {
    "01": "24 h",
    "02": "1 wd",
    "03": "1 wd",
    "05": "4 wh",
    "06": "2 h",
    "07": "3 wd",
    "17": "3 wd",
    "19": "1 wd",
    "20": "2 h",
}


def cell(grade: Grade, nature: Nature, item: Category, *, always: bool) -> str:
    judged = Nature.COMPLAINT if nature is Nature.HELP else nature
    if (grade, judged) in MATRIX:
        return MATRIX[grade, judged][always]
    if item.code.startswith(ILLEGAL_BUILDING):
        return "20 wd"
    if item.code.startswith(ENFORCEMENT_LABOUR_PROPERTY):
        return "10 wd"
    return "3 wd" if item.component else "5 wd"


def expected(grade: Grade, nature: Nature, item: Category, *, always: bool):
    """Limit and source: the matrix, unless a statute or the class's own is shorter; the law comes first."""
    rivals = [(limit(cell(grade, nature, item, always=always)), "PS-4")]
    if nature in (Nature.COMPLAINT, Nature.HELP):
        rivals += [
            (limit(text), code)
            for top, (text, code) in STATUTES.items()
            if item.code.startswith(top)
        ]
        rivals += [(item.limit, item.limit_source)] if item.limit else []
    if grade is Grade.A:
        rivals = [one for one in rivals if one[0].unit.startswith("CLOCK")]
    return min(rivals, key=lambda one: PS4.nominal_minutes(one[0]))


def test_every_class_has_the_limit_of_the_table():
    assert len(CLASSES) > 500
    for item in CLASSES:
        it_has_the_limit_of_the_table(item)


def it_has_the_limit_of_the_table(item: Category) -> None:
    judged = [nature for nature in Nature if nature is not Nature.THANKS]
    for grade, nature, always in product(Grade, judged, (False, True)):
        found = PS4.disposal(grade, nature, item, always)
        wanted = expected(grade, nature, item, always=always)
        assert (found.limit, found.source) == wanted, (item.code, grade, nature, always)


def test_grade_a_is_always_clock_time():
    limits = [PS4.disposal(Grade.A, nature, item).limit for nature in NATURES for item in CLASSES]
    assert {one.unit for one in limits} == {"CLOCK_HOUR"}


def test_no_proposed_limit_of_a_class_is_shorter_than_its_first_level_allows():
    """Nor than the matrix has for its own grade; proxies of city management are as they were found."""
    proposed = [one for one in CLASSES if one.limit and one.limit_origin is Origin.PROP]
    assert proposed
    for item in proposed:
        own = cell(item.grade or Grade.C, Nature.COMPLAINT, item, always=False)
        least = min(
            PS4.nominal_minutes(limit(one)) for one in (SHORTEST.get(item.code[:2], "5 wd"), own)
        )
        assert PS4.nominal_minutes(item.limit) >= least, item.code


def test_the_statute_is_named_where_the_class_has_the_same_limit():
    item = setting().directory.taxonomy.by_code("090101")
    assert item.limit == limit("7 wd")
    found = PS4.disposal(Grade.C, Nature.COMPLAINT, item)
    assert (found.limit, found.source, found.article) == (limit("7 wd"), "SAMR-2019", 14)


def test_property_disputes_have_ten_working_days():
    item = setting().directory.taxonomy.by_code("170101")
    assert PS4.disposal(Grade.C, Nature.COMPLAINT, item).limit == limit("10 wd")
