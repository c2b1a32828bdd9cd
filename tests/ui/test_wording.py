"""Words: every refusal has a sentence, both languages say the same things, nobody reads a traceback."""

import ast
import re
import string
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.commands import KINDS
from app.domain.refused import Refused
from ui.sentences import LANGUAGES, SaidTwice, _add, _pairs, sentences
from ui.wording import Wording

ROOT = Path(__file__).parents[2]
CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def refusal_codes(*folders: str) -> set[str]:
    """Every literal code given to Refused in those folders of the program."""
    found = set()
    for folder in folders:
        for path in (ROOT / folder).rglob("*.py"):
            found |= set(_codes_in(ast.parse(path.read_text("utf-8"))))
    return found


def _codes_in(tree: ast.AST):
    for node in ast.walk(tree):
        called = isinstance(node, ast.Call) and getattr(node.func, "id", "")
        if called in {"Refused", "words"} and node.args:
            last = node.args[0] if called == "Refused" else node.args[-1]
            if isinstance(last, ast.Constant) and isinstance(last.value, str):
                yield last.value


def said_keys() -> set[str]:
    """Every literal key that the screen asks words for."""
    found = set()
    for path in (ROOT / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "say" and node.args:
                key = node.args[0]
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    found.add(key.value)
    return found


def test_every_refusal_has_words():
    codes = refusal_codes("app", "db", "ui")
    assert {"filing-incomplete", "own-request", "description-missing"} <= codes
    lines = refusal_codes("app/importing")  # a line of a file may be refused in the list of rejects
    known = sentences("zh")
    told = {code for code in lines if f"reject.{code}" in known}
    assert not {code for code in codes - told if f"refused.{code}" not in known}


def test_every_key_that_is_said_is_written():
    assert not said_keys() - set(sentences("zh"))


def test_both_languages_know_the_same_keys():
    assert set(sentences("zh")) == set(sentences("en"))


def test_both_languages_speak_of_the_same_facts():
    zh, en = sentences("zh"), sentences("en")
    odd = {key for key in zh if placeholders(zh[key]) != placeholders(en.get(key, zh[key]))}
    assert not odd


def test_what_is_late_has_one_name():
    """超期 in the glossary; the other word is kept only to be found by."""
    told = {key for key, one in sentences("zh").items() if "超时" in one and ".hint" not in key}
    assert not told


def test_english_has_no_chinese_characters():
    assert not {key for key, sentence in sentences("en").items() if CJK.search(sentence)}


def test_nothing_is_said_with_an_empty_sentence():
    empty = {
        key
        for one in LANGUAGES
        for key, sentence in sentences(one).items()
        if not sentence.strip() and not key.endswith(".gap")
    }
    assert not empty


def test_every_command_has_a_name_and_is_told_when_done():
    for kind in KINDS:
        assert f"kind.{kind}" in sentences("zh")
        assert f"done.{kind}" in sentences("zh")


def test_a_fact_that_is_missing_shows_as_an_ellipsis(words: Wording):
    assert words.say("done.file") == "已立案 …"


def test_instants_lists_and_codes_are_put_into_words(words: Wording):
    due = datetime(2026, 11, 23, 6, 5, tzinfo=UTC)
    assert "11-23 14:05" in words.refusal("return-window-over", {"due": due})
    missing = ("address-missing", "category-missing")
    assert words.refusal("filing-incomplete", {"missing": missing}).endswith(
        "地址与街道（社区）、分类。"
    )


@pytest.mark.parametrize("text", ["close", "file", "sign", "SYSTEM", "VOID", "verb.sign"])
def test_what_somebody_wrote_is_not_taken_for_a_code(words: Wording, text: str):
    assert words.say("timeline.said.text", text=text) == text
    assert words.say("timeline.amended", field="标题", text=text).endswith(text)
    assert words.say("frame.person_now", name=text, role="OPERATOR") == f"现在是 {text}（操作员）"


def test_people_are_called_as_in_the_glossary(words: Wording):
    assert words.fact("OPERATOR") == "操作员"
    assert words.fact("SHIFT_LEADER") == "值班长"
    told = "".join(sentences("zh").values())
    assert "受理员" not in told
    assert not re.search("(?<!值)班长", told)


def test_a_refusal_without_words_of_its_own_still_says_something(words: Wording):
    assert "not-yet-known" in words.refused(Refused("not-yet-known", why=1))


def test_no_number_in_a_refusal_is_lost(words: Wording):
    said = words.refusal("text-too-long", {"length": 20_001, "most": 20_000})
    assert "20001" in said
    assert "20000" in said


def test_a_key_without_words_is_shown_and_remembered(qapp):
    words = Wording()
    assert words.say("frame.nonsense") == "frame.nonsense"
    assert words.missing == {"frame.nonsense"}


def test_another_language_is_heard_once(words: Wording):
    heard = []
    words.changed.connect(lambda: heard.append(words.language))
    for language in ("en", "en", "fr", "zh"):
        words.use(language)
    assert heard == ["en", "zh"]


def test_a_key_with_two_sentences_is_refused():
    with pytest.raises(SaidTwice):
        _add({}, _pairs("a.b: one\na.b: two\n"))
