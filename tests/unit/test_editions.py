"""Which edition judges a case: the centre's own from its date, the 4th in its span, else by analogy."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.policy import Editions, Policy
from resources.loading import load_editions

pytestmark = pytest.mark.article(46, 47)

EDITIONS = load_editions()
PS4 = EDITIONS.by_code("PS-4")


def an_own(code: str, begin: date, end: date | None = None) -> Policy:
    return replace(PS4, code=code, own=True, effective_from=begin, effective_to=end)


@pytest.mark.parametrize(
    ("day", "by_analogy"),
    [
        (date(2018, 7, 4), True),
        (date(2020, 11, 30), True),
        (date(2020, 12, 1), False),
        (date(2025, 11, 30), False),
        (date(2025, 12, 1), True),
        (date(2030, 1, 1), True),
    ],
)
def test_outside_its_span_the_4th_edition_judges_by_analogy(day, by_analogy):
    judgement = EDITIONS.judging(day)
    assert (judgement.policy.code, judgement.by_analogy) == ("PS-4", by_analogy)


def test_a_centres_own_edition_wins_from_its_date_and_ends_with_it():
    own = an_own("OWN-1", date(2025, 6, 1), date(2026, 5, 31))
    editions = Editions((PS4, own))
    judged = {
        day: editions.judging(day).policy.code
        for day in (date(2025, 5, 31), date(2025, 6, 1), date(2026, 5, 31), date(2026, 6, 1))
    }
    assert list(judged.values()) == ["PS-4", "OWN-1", "OWN-1", "PS-4"]
    assert editions.judging(date(2026, 6, 1)).by_analogy
    assert not editions.judging(date(2026, 5, 31)).by_analogy


@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_some_edition_always_judges(day, begin):
    judgement = Editions((PS4, an_own("OWN-1", begin))).judging(day)
    assert judgement.policy.code == ("OWN-1" if day >= begin else "PS-4")
    assert judgement.by_analogy == (not judgement.policy.covers(day))
