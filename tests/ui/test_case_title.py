"""A title that was cut from its report is whole again where there is room."""

from dataclasses import replace

import pytest

from app.domain.measures.intake import title_of
from tests.ui.fake_town import dossiers
from ui.models.case_title import LONGEST, whole_title

CASE = dossiers(1)[0].case
STORY = "锦龙大道地铁站一楼大厅停了八辆电动车，还拉电线充电，随时可能着火。请尽快处理。"


def test_what_was_cut_is_said_to_the_end_of_its_clause():
    case = replace(CASE, narrative=STORY, title=title_of(STORY))
    assert case.title.endswith("…")
    assert whole_title(case) == STORY.split("。", maxsplit=1)[0]


@pytest.mark.parametrize("title", ["路灯不亮", "别的题目…", "…", ""])
def test_a_title_of_its_own_stays_as_it_is(title):
    assert whole_title(replace(CASE, narrative=STORY, title=title)) == title


def test_an_endless_clause_ends():
    endless = "吵" * 400
    case = replace(CASE, narrative=endless, title=title_of(endless))
    assert len(whole_title(case)) == LONGEST
