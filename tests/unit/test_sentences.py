"""A narrative in sentences: none is lost, and one that is said in one breath is told by its clauses."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.sentences import sentences

pytestmark = pytest.mark.article(19)
SIGNS = st.text(alphabet="路灯不亮水深ab1。！？；!?;，,、\n “”（）", max_size=60)


def bare(text):
    return "".join(text.split())


def test_sentences_end_where_a_reader_would_stop():
    told = "路灯不亮。门口说：“水很深！”还有人摔倒；\n请处理"
    assert sentences(told) == ("路灯不亮。", "门口说：“水很深！”", "还有人摔倒；", "请处理")
    assert sentences("夜里施工很吵，扬尘也很大，请管") == ("夜里施工很吵，", "扬尘也很大，请管")
    assert sentences("路灯不亮") == ("路灯不亮",)
    assert sentences(" \n ") == ()


@given(SIGNS)
@settings(max_examples=120, deadline=None)
def test_every_sign_is_in_one_sentence_and_none_is_empty(text):
    found = sentences(text)
    assert bare("".join(found)) == bare(text)
    assert all(one.strip() for one in found)
