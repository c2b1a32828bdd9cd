"""Every article of the Measures is carried out by a rule, a command, a screen and a test, or is said to be open."""

import pytest

from app.domain.articles import ARTICLES, OF_OTHER_LAW
from app.domain.commands import KINDS
from tests.articles import ANCHORS, OPEN, PAGE, WANTED, marks, page, table
from ui.articles import SHOWN

LINES = {line.article.number: line for line in table()}


def test_the_page_is_what_the_code_says():
    assert PAGE.read_text("utf-8") == page(), "python -m tests.articles"


@pytest.mark.parametrize("number", [one for one in WANTED if one not in OPEN])
def test_an_article_has_a_rule_a_command_a_screen_and_a_test(number: int):
    assert not LINES[number].lacking


@pytest.mark.parametrize("number", OPEN)
def test_an_article_said_to_be_open_is(number: int):
    assert LINES[number].lacking


def test_what_is_not_asked_of_this_edition_yet_is_said_to_be_open():
    assert {*WANTED, *OPEN} == set(LINES)


def test_the_numbers_that_are_published_stand_without_a_mark():
    assert tuple(number for number, line in LINES.items() if line.article.certain) == ANCHORS
    assert page().count(" 推定 |") == len(LINES) - len(ANCHORS)


def test_every_command_carries_out_an_article_or_is_of_other_law():
    kinds = {kind for one in ARTICLES.values() for kind in one.kinds}
    assert kinds | OF_OTHER_LAW == set(KINDS)
    assert not kinds & OF_OTHER_LAW


def test_nothing_is_said_of_an_article_that_there_is_not():
    assert {*ARTICLES, *SHOWN, *marks(), *OPEN} <= set(LINES)
