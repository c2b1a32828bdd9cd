"""Names under which a case can be found, and what lies below a class."""

from app.services.lexicon import Lexicon
from tests.kit import a_class, setting

DIRECTORY = setting().directory
LEXICON = Lexicon(DIRECTORY)


def test_a_case_has_the_names_of_its_class_and_all_above_it_of_its_street_and_community():
    category, community = a_class(), DIRECTORY.communities[0]
    case = {"category": category, "street": community.street, "community": community.code}
    names = list(LEXICON.names(case))
    above = [one.name_zh for one in DIRECTORY.taxonomy.path(category)]
    assert len(above) > 1
    assert names == [*above, DIRECTORY.street(community.street).name_zh, community.name_zh]


def test_a_case_without_places_and_class_has_no_names():
    assert list(LEXICON.names({})) == []
    assert list(LEXICON.names({"category": None, "street": "", "community": None})) == []


def test_an_unknown_code_is_its_own_name():
    assert list(LEXICON.names({"category": "?", "street": "nowhere"})) == ["nowhere"]


def test_below_a_class_lie_its_children_and_theirs_and_the_class_itself():
    taxonomy = DIRECTORY.taxonomy
    leaf = a_class()
    first = taxonomy.path(leaf)[0].code
    below = LEXICON.below(first)
    assert below[0] == first
    assert leaf in below
    assert len(set(below)) == len(below)
    assert all(taxonomy.path(code)[0].code == first for code in below)
    assert LEXICON.below(leaf) == (leaf,)
