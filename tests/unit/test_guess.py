import time

from app.domain.taxonomy import Category, Taxonomy
from app.services.guess import CHOICES, Hints, WordGuesser


def category(code, zh, parent=None, *, en="", aliases=()):
    level = 1 if parent is None else len(parent) // 2 + 1
    return Category(code, zh, en or f"Class {code}", parent, level, aliases)


TAXONOMY = Taxonomy(
    (
        category("03", "环保水务"),
        category("0301", "建筑施工噪声", "03"),
        category("030101", "超时施工", "0301", aliases=("夜间施工", "半夜施工")),
        category("030102", "施工扬尘", "0301"),
        category("0302", "社会生活噪声", "03"),
        category("030201", "广场舞", "0302", en="Square dancing", aliases=("跳舞",)),
        category("06", "市政设施"),
        category("0601", "公用部件", "06"),
        category("060101", "路灯", "0601", en="Street lamp"),
        category("060102", "雨水井盖", "0601", en="Storm drain cover", aliases=("井盖",)),
        category("060103", "污水井盖", "0601", aliases=("井盖",)),
        category("07", "其他问题"),
    )
)
GUESSER = WordGuesser.of(TAXONOMY)


def codes(text, **habits):
    return [one.category for one in GUESSER.guess(Hints(text, **habits))]


def test_an_other_name_in_the_narrative_puts_its_class_first():
    assert codes("楼下每天夜间施工到两点，睡不着")[0] == "030101"


def test_the_words_that_spoke_are_named_longest_first_without_their_parts():
    first = GUESSER.guess(Hints("楼下每天夜间施工到两点"))[0]
    assert first.words[0] == "夜间施工"
    assert "施工" not in first.words


def test_a_part_of_a_name_speaks_too():
    assert codes("门口的扬尘很大")[0] == "030102"


def test_names_above_a_class_speak_more_softly_than_its_own():
    found = codes("环保水务的事：有人跳舞")
    assert found[0] == "030201"
    assert "030102" in found


def test_latin_words_match_whole_and_in_any_case():
    assert codes("The STREET lamp is out")[0] == "060101"
    assert codes("streetwise") == []


def test_silence_gives_no_suggestion():
    assert codes("") == []
    assert codes("今天天气很好") == []
    assert codes("反映其他问题") == []


def test_habit_parts_equals():
    assert codes("井盖坏了", recent={"060103": 4})[:2] == ["060103", "060102"]
    assert codes("井盖坏了", nearby={"060102": 4})[:2] == ["060102", "060103"]


def test_habit_speaks_alone_where_no_word_does_and_says_so():
    (only,) = GUESSER.guess(Hints("", recent={"060101": 2}))
    assert (only.category, only.words, only.habits) == ("060101", (), ("RECENT",))


def test_habit_does_not_outweigh_words():
    assert codes("路灯不亮", recent={"030201": 1000}, nearby={"030201": 9})[0] == "060101"


def test_words_alone_claim_no_probability():
    assert all(one.confidence is None for one in GUESSER.guess(Hints("路灯不亮")))


def test_never_more_than_three():
    everything = " ".join(one.name_zh for one in TAXONOMY.leaves())
    assert len(codes(everything)) == CHOICES


def test_a_long_narrative_is_guessed_within_a_keystroke():
    text = "夜间施工噪声，路灯不亮，井盖破损。" * 60
    began = time.perf_counter()
    GUESSER.guess(Hints(text))
    assert time.perf_counter() - began < 0.1
