"""The keys of a person: no key means two things, nothing forbidden is taken, and what was given comes back."""

import json
import sys
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ui.key_rules import belongs_to, clash, is_bare, pressed, shown, strokes, written
from ui.keymap import NO, Keymap
from ui.sentences import LANGUAGES, sentences
from ui.start import QtWords
from ui.verbs import BY_NAME, VERBS

Key = Qt.Key
NONE, SHIFT, CTRL, ALT, META, PAD = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.MetaModifier,
    Qt.KeyboardModifier.KeypadModifier,
)
NAMES = [verb.name for verb in VERBS]
#: Keys as a hand finds them, free, taken and forbidden ones alike.
KEYS = [
    *("F1", "F5", "F6", "F8", "F10", "Ctrl+K", "Ctrl+L", "Ctrl+Return", "Alt+Q", "Ctrl+Shift+K"),
    *("J", "L", "Shift+J", "?", ";", "G", "G, I", "G, 9", "Alt+G, 9", "7", "Ctrl+Space", "Esc"),
]


def event(key, modifiers=NONE) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers)


def clashes(keymap: Keymap) -> list[tuple[str, str]]:
    every = [one for name in NAMES for one in keymap.of(name)]
    return [pair for pair in combinations(every, 2) if clash(*pair)]


# how a press becomes a key


@pytest.mark.parametrize(
    ("key", "modifiers", "stroke"),
    [
        (Key.Key_F6, NONE, "F6"),
        (Key.Key_J, SHIFT, "Shift+J"),
        (Key.Key_Question, SHIFT, "?"),
        (Key.Key_Plus, CTRL | SHIFT, "Ctrl++"),
        (Key.Key_Plus, CTRL | PAD, "Ctrl++"),
        (Key.Key_Enter, CTRL | PAD, "Ctrl+Return"),
        (Key.Key_5, ALT | PAD, "Alt+5"),
        (Key.Key_Backtab, SHIFT, "Shift+Tab"),
        (Key.Key_Space, META, "Meta+Space"),
        (Key.Key_Control, CTRL, ""),
        (Key.Key_Shift, CTRL | SHIFT, ""),
        (Key.Key_AltGr, NONE, ""),
        (Key.Key_CapsLock, NONE, ""),
        (Key.Key_unknown, NONE, ""),
    ],
)
def test_a_press_is_written_as_one_stroke(qapp, key, modifiers, stroke):
    assert pressed(event(key, modifiers)) == stroke


def test_what_one_types_is_bare_and_the_rest_is_not(qapp):
    for verb in VERBS:
        assert all(is_bare(keys) for keys in verb.bare), verb.name
        assert not any(is_bare(keys) for keys in verb.keys), verb.name


def test_a_key_is_read_as_it_stands_on_the_keyboard(qapp):
    assert shown("Ctrl+Return") == "Ctrl+Enter"
    assert shown("G, I") == "G I"
    assert written("Ctrl+Enter") == "Ctrl+Return"
    assert strokes("Ctrl+,") == ("Ctrl+,",)


@pytest.mark.skipif(sys.platform == "darwin", reason="keys bear signs there")
def test_a_key_has_the_name_on_it_whatever_language_qt_speaks(qapp, words):
    """Qt's own Chinese says 回车 for Enter, which no keyboard bears and no button beside it says."""
    shown.cache_clear()
    words.use("zh")
    qt = QtWords(qapp, words)
    assert qt._is_loaded
    assert [shown(one) for one in ("Ctrl+Return", "Home", "Del")] == ["Ctrl+Enter", "Home", "Del"]
    qt.stop()
    shown.cache_clear()


# what never may be taken


@pytest.mark.parametrize(
    ("keys", "owner"),
    [
        ("Ctrl+Space", "input_method"),
        ("Shift+Space", "input_method"),
        ("Ctrl+.", "input_method"),
        ("Meta+Space", "system"),
        ("Alt+Space", "system"),
        ("Alt+Tab", "system"),
        ("F10", "system"),
        ("Ctrl+Alt+Del", "system"),
        ("Ctrl+Alt+A", "system"),
        ("Ctrl+Alt+T", "system"),
        ("Ctrl+Alt+V", "system"),
        ("Alt+F4", "system"),
        ("Alt+W", "menu"),
        ("Esc", "moving"),
        ("Tab", "moving"),
        ("Return", "moving"),
        ("Shift+Down", "moving"),
        ("Space", "moving"),
        ("Ctrl+Backspace", "moving"),
        ("3", "digit"),
        ("Ctrl+C", "editing"),
        ("Ctrl+V", "editing"),
        ("Ctrl+S", "form"),
        ("Alt+1", "form"),
        ("", "unknown"),
        ("G, Esc", "moving"),
        ("G, Ctrl+Space", "input_method"),
    ],
)
def test_keys_of_others_are_refused_by_name(qapp, keys, owner):
    assert belongs_to(keys, BY_NAME["search"]) == owner
    for language in LANGUAGES:
        assert "{keys}" in sentences(language)[f"{NO}.{owner}"] or owner == "unknown"


def test_the_keys_of_the_table_may_be_had_by_whom_they_are_given(qapp):
    keymap = Keymap()
    for verb in VERBS:
        for keys in verb.shown_keys:
            assert keymap.why_not(verb.name, keys) is None, (verb.name, keys)


def test_what_a_form_does_by_itself_is_free_for_verbs_that_sleep_in_forms(qapp):
    assert belongs_to("Alt+R", BY_NAME["ask_return"]) == ""
    assert belongs_to("Alt+R", BY_NAME["classify"]) == "form"


# what a person makes of them


def test_to_begin_with_the_keys_are_those_of_the_table(qapp):
    keymap = Keymap()
    assert keymap.of("dispatch") == ("F5", "Ctrl+Return")
    assert keymap.of("next") == ("J", "Alt+J")
    assert keymap.text("dispatch") == "F5   Ctrl+Enter"
    assert (keymap.bare("classify"), keymap.twins("classify")) == (("/",), ("F4", "Ctrl+G"))
    assert keymap.way("new_intake") == "F2"
    assert keymap.way("sort_title") == "Ctrl+K", "who has no key is found in the palette"
    assert not keymap.own()
    assert not clashes(keymap)


def test_a_new_key_takes_the_place_of_the_others_of_its_kind(qapp):
    keymap, heard = Keymap(), []
    keymap.changed.connect(lambda: heard.append(keymap.of("dispatch")))
    assert keymap.give("dispatch", "F11") is None
    assert keymap.of("dispatch") == ("F11",)
    assert keymap.give("dispatch", ";") is None
    assert keymap.of("dispatch") == (";", "F11")
    assert keymap.give("dispatch", "Ctrl+L", beside=True) is None
    assert keymap.of("dispatch") == (";", "Ctrl+L", "F11")
    assert len(heard) == 3
    assert keymap.is_own("dispatch")


def test_what_another_verb_has_is_refused_and_that_verb_named(qapp):
    keymap = Keymap()
    for keys, code, has, verb in (
        ("F3", "taken", "F3", "search"),
        ("Ctrl+Enter", "taken", "Ctrl+Enter", "dispatch"),
        ("G", "chord", "G I", "new_intake"),
        ("F5, 1", "chord", "F5", "dispatch"),
    ):
        no = keymap.give("file", keys)
        assert no is not None
        assert (no.key, no.facts["verb"], no.facts["has"]) == (f"{NO}.{code}", verb, has)
    assert not keymap.own()


def test_a_key_that_was_given_up_is_free_for_another(qapp):
    keymap = Keymap()
    keymap.give("dispatch", "F11")
    assert keymap.give("search", "F5", beside=True) is None
    no = keymap.reset("dispatch")
    assert no is not None
    assert no.facts["verb"] == "search"
    assert keymap.reset("search") is None
    assert keymap.reset("dispatch") is None
    assert not keymap.own()


def test_single_letters_can_be_given_up(qapp):
    keymap = Keymap()
    keymap.drop_bare("next")
    assert keymap.of("next") == ("Alt+J",)
    assert keymap.verb_at(event(Key.Key_J)) == ""


def test_all_can_go_back_and_come_again(qapp):
    keymap, told = Keymap(), []
    keymap.chosen.connect(lambda: told.append(keymap.own()))
    keymap.give("dispatch", "F11")
    before = keymap.own()
    keymap.choose({})
    assert keymap.of("dispatch") == ("F5", "Ctrl+Return")
    keymap.choose(before)
    assert keymap.of("dispatch") == ("F11",)
    assert told == [before, {}, before]


def test_the_verb_of_a_press_is_known(qapp):
    keymap = Keymap()
    assert keymap.verb_at(event(Key.Key_J)) == "next"
    assert keymap.verb_at(event(Key.Key_J), typing=True) == ""
    assert keymap.verb_at(event(Key.Key_J, ALT), typing=True) == "next"
    assert keymap.verb_at(event(Key.Key_Shift, SHIFT)) == ""
    assert keymap.begins_chord("G")
    assert not keymap.begins_chord("J")


_DEEDS = st.one_of(
    st.tuples(st.just("give"), st.sampled_from(NAMES), st.sampled_from(KEYS), st.booleans()),
    st.tuples(st.just("drop"), st.sampled_from(NAMES), st.just(""), st.booleans()),
    st.tuples(st.just("reset"), st.sampled_from(NAMES), st.just(""), st.booleans()),
)


@given(st.lists(_DEEDS, max_size=12))
def test_whatever_is_done_no_key_means_two_things(qapp, deeds):
    keymap = Keymap()
    for deed, name, keys, beside in deeds:
        match deed:
            case "give":
                keymap.give(name, keys, beside=beside)
            case "drop":
                keymap.drop_bare(name)
            case _:
                keymap.reset(name)
    assert not clashes(keymap)
    for name in NAMES:
        assert not any(belongs_to(keys, BY_NAME[name]) for keys in keymap.of(name))
    again = Keymap()
    again.use(json.loads(json.dumps(keymap.own())))
    assert {name: again.of(name) for name in NAMES} == {name: keymap.of(name) for name in NAMES}
    assert again.own() == keymap.own()


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["F11", "Ctrl+Space", "??", ""]),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*NAMES, "gone"]), inner),
    max_leaves=12,
)


@given(_JSON)
def test_a_strange_memory_does_no_harm(qapp, kept):
    keymap = Keymap()
    keymap.use(kept)
    assert not clashes(keymap)
    for name in NAMES:
        assert not any(belongs_to(keys, BY_NAME[name]) for keys in keymap.of(name))


def test_what_a_person_gave_goes_before_what_a_new_table_brings(qapp):
    keymap = Keymap()
    keymap.use({"dispatch": ["F3"], "gone": ["F5"]})
    assert keymap.of("dispatch") == ("F3",)
    assert keymap.of("search") == ("Ctrl+F",)
    assert not clashes(keymap)
