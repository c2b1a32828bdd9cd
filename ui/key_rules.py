"""What can be the key of a verb: how a press becomes one, how it is written, and which keys belong to others.

A key is written as Qt writes sequences, `F5`, `Ctrl+Return`, `G, I`; the keypad's Enter is Return.
"""

import sys
from functools import cache
from typing import Any

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.sentences import LANGUAGES, sentences
from ui.verbs import Menu, Verb, Where

K, M = Qt.Key, Qt.KeyboardModifier
_COMMANDING = M.ControlModifier | M.AltModifier | M.MetaModifier
_HELD = _COMMANDING | M.ShiftModifier
#: Codes from here on are keys that write nothing.
_FIRST_SPECIAL = 0x01000000
_MODIFIERS = frozenset(
    {K.Key_Shift, K.Key_Control, K.Key_Alt, K.Key_AltGr, K.Key_Meta, K.Key_Super_L, K.Key_Super_R}
    | {K.Key_CapsLock, K.Key_NumLock, K.Key_ScrollLock, K.Key_Hyper_L, K.Key_Hyper_R}
)
#: Keys that switch or steer an input method, whatever is held with them.
_COMPOSERS = (
    frozenset(range(K.Key_Multi_key, K.Key_Hangul_Special + 1))
    | frozenset(range(K.Key_Dead_Grave, K.Key_Dead_Longsolidusoverlay + 1))
    | {K.Key_Mode_switch}
)
#: Keys one moves, writes and leaves by; with Ctrl they work inside text.
_MOVERS = frozenset(
    {K.Key_Escape, K.Key_Tab, K.Key_Backspace, K.Key_Delete, K.Key_Insert, K.Key_Space}
    | {K.Key_Left, K.Key_Right, K.Key_Up, K.Key_Down, K.Key_Home, K.Key_End}
    | {K.Key_PageUp, K.Key_PageDown}
)
_INPUT_METHODS = frozenset({"Ctrl+Space", "Shift+Space", "Ctrl+.", "Ctrl+Shift+Space"})
_SYSTEMS = frozenset(
    {"F10", "Shift+F10", "Alt+F4", "Alt+Space", "Alt+Tab", "Alt+Shift+Tab", "Print", "Menu"}
    | {"Ctrl+Alt+A", "Ctrl+Alt+T", "Ctrl+Alt+V", "Ctrl+Alt+Del", "Ctrl+Alt+Backspace"}
    | {f"Ctrl+Alt+F{number}" for number in range(1, 13)}
)
_EDITING = frozenset({"Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X", "Ctrl+Z", "Ctrl+Shift+Z"})
#: What forms do by keys of their own, wherever the cursor stands in them.
_IN_FORMS = frozenset(
    {"Ctrl+Return", "Ctrl+S", "Ctrl+D", "Ctrl+T", "Alt+U", "Alt+M", "Alt+H", "Alt+R", "Alt+O"}
    | {"Alt+I", "Alt+T", "Alt+N"}
    | {f"Alt+{digit}" for digit in range(1, 10)}
)
#: Verbs that forms answer to as well, though they are about a case.
_HEARD_IN_FORMS = frozenset({"classify"})


def pressed(event: QKeyEvent) -> str:
    """The stroke that was pressed; nothing for a modifier alone or a key nobody knows.

    Shift is part of a letter's stroke, but not of a sign's: `?` is `?` however the keyboard makes it.
    """
    code = event.key()
    if code in _MODIFIERS or code in (0, K.Key_unknown):
        return ""
    code = {K.Key_Enter: K.Key_Return, K.Key_Backtab: K.Key_Tab}.get(K(code), K(code))
    modifiers = event.modifiers() & (_COMMANDING if _is_sign(code) else _HELD)
    return QKeySequence(QKeyCombination(modifiers, code)).toString()


def written(keys: str) -> str:
    """A key as it is kept and compared."""
    return ", ".join(strokes(keys))


#: A Mac's keys bear signs; on others Qt would translate some names, `回车`, that no keyboard bears.
_FORM = (
    QKeySequence.SequenceFormat.NativeText
    if sys.platform == "darwin"
    else QKeySequence.SequenceFormat.PortableText
)


@cache
def strokes(keys: str) -> tuple[str, ...]:
    """The strokes of a key, one after the other; none for what is no key."""
    sequence: Any = QKeySequence(keys)  # the stub knows no index
    each = [QKeySequence(sequence[at]).toString() for at in range(sequence.count())]
    return tuple(stroke.replace("Enter", "Return") for stroke in each) if all(each) else ()


@cache
def shown(keys: str) -> str:
    """A key as a person reads it; a chord's strokes are pressed one after the other."""
    each = (QKeySequence(stroke).toString(_FORM) for stroke in strokes(keys))
    return " ".join(each).replace("Return", "Enter")


@cache
def is_bare(keys: str) -> bool:
    """Whether it begins like something one types, so that it acts only where nothing is typed."""
    first = _first(keys)
    is_held = bool(first.keyboardModifiers() & _COMMANDING)
    return not is_held and first.key() < _FIRST_SPECIAL


def clash(one: str, other: str) -> bool:
    """Whether one key is the other, or the beginning of it."""
    mine, theirs = strokes(one), strokes(other)
    least = min(len(mine), len(theirs))
    return mine[:least] == theirs[:least]


def belongs_to(keys: str, verb: Verb) -> str:
    """Whom a key belongs to that no verb, or not this one, may have: the end of a sentence's name.

    The sentences are `frame.key_map.no.<...>`; nothing when the key is free for `verb`.
    """
    each = strokes(keys)
    if not each:
        return "unknown"
    found = (_of_others(stroke) for stroke in each)
    return next((owner for owner in found if owner), "") or _of_the_screen(each[0], verb)


def _first(keys: str) -> QKeyCombination:
    sequence: Any = QKeySequence(keys)  # the stub knows no index
    return sequence[0]


def _of_others(stroke: str) -> str:
    """Keys that never may be taken, also not as the second stroke of a chord."""
    combination = _first(stroke)
    key, held = combination.key(), combination.keyboardModifiers()
    if stroke in _INPUT_METHODS or key in _COMPOSERS:
        return "input_method"
    if stroke in _SYSTEMS or held & M.MetaModifier:
        return "system"
    is_lone_return = key == K.Key_Return and not held & _COMMANDING
    return "moving" if key in _MOVERS or is_lone_return else ""


def _of_the_screen(first: str, verb: Verb) -> str:
    """Keys by which this window does something else than a verb."""
    if first in _mnemonics():
        return "menu"
    if first in _EDITING and first not in verb.keys:
        return "editing"
    if first.isdigit():
        return "digit"
    is_heard = verb.where is Where.ANYWHERE or verb.name in _HEARD_IN_FORMS
    return "form" if is_heard and first in _IN_FORMS else ""


@cache
def _mnemonics() -> frozenset[str]:
    """Alt and the letter of each menu, in every language."""
    titles = (sentences(one)[f"frame.menu.{menu}"] for one in LANGUAGES for menu in Menu)
    return frozenset(f"Alt+{title.partition('&')[2][:1].upper()}" for title in titles)


def _is_sign(code: Qt.Key) -> bool:
    is_letter = K.Key_A <= code <= K.Key_Z
    is_digit = K.Key_0 <= code <= K.Key_9
    return K.Key_Exclam <= code < _FIRST_SPECIAL and not is_letter and not is_digit
