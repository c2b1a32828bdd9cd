"""Which keys each verb has for the person who sits here: those of the table, or those he gave it instead."""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, cast

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent

from ui.key_rules import belongs_to, clash, is_bare, pressed, shown, strokes, written
from ui.verbs import BY_NAME, VERBS, Verb
from ui.why_not import No

#: What stands between two keys of a verb where all are shown.
GAP = "   "
#: Where the sentences are that say why a key cannot be had.
NO = "frame.key_map.no"
_Keys = tuple[str, ...]


class Keymap(QObject):
    """The keys of all verbs, by name; no key means two things. `changed` after any of them is another.

    `chosen` only after the person himself has changed one: then it is to be remembered.
    """

    changed = Signal()
    chosen = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._own: dict[str, _Keys] = {}
        self._all: Mapping[str, _Keys] = _settled({})
        self._verbs = _by_stroke(self._all)

    # -- what they are --------------------------------------------------------------------------

    def of(self, name: str) -> _Keys:
        """All keys of a verb, those without Ctrl, Alt or F first."""
        return self._all[name]

    def bare(self, name: str) -> _Keys:
        """Those that act only where nothing is typed."""
        return tuple(keys for keys in self._all[name] if is_bare(keys))

    def twins(self, name: str) -> _Keys:
        """Those that act also while text is typed."""
        return tuple(keys for keys in self._all[name] if not is_bare(keys))

    def text(self, name: str, most: int | None = None) -> str:
        """The keys as a person reads them, `F5   Ctrl+Enter`; the first `most` of them."""
        return GAP.join(shown(keys) for keys in self._all[name][:most])

    def usual_text(self, name: str) -> str:
        """The keys it has in the table, as a person reads them."""
        return GAP.join(shown(keys) for keys in _table(BY_NAME[name]))

    def twin_text(self, name: str) -> str:
        """The key that acts wherever one is, or nothing."""
        return next((shown(keys) for keys in self.twins(name)), "")

    def way(self, name: str) -> str:
        """The shortest key of a verb, for a sentence; that of the palette for a verb without any."""
        found = sorted(self._all[name] or self._all["palette"], key=lambda keys: len(strokes(keys)))
        return shown(found[0]) if found else ""

    def verb_at(self, event: QKeyEvent, *, typing: bool = False) -> str:
        """The verb whose key is this one press, or nothing; `typing` passes over bare keys."""
        stroke = pressed(event)
        name = self._verbs.get(stroke, "") if stroke else ""
        return "" if name and typing and is_bare(stroke) else name

    def begins_chord(self, stroke: str) -> bool:
        """Whether some key of two strokes begins with this one."""
        every = map(strokes, chain(*self._all.values()))
        return any(len(each) > 1 and each[0] == stroke for each in every)

    def is_own(self, name: str) -> bool:
        """Whether a verb has other keys than those of the table."""
        return name in self._own

    # -- what a person makes of them ------------------------------------------------------------

    def why_not(self, name: str, keys: str) -> No | None:
        """Why a verb cannot have this key; a fact `verb` is the name of the verb that has it."""
        owner = belongs_to(keys, BY_NAME[name])
        if owner:
            return No(f"{NO}.{owner}", {"keys": shown(keys)})
        others = (
            (verb.name, one) for verb in VERBS if verb.name != name for one in self.of(verb.name)
        )
        taken = next(((other, one) for other, one in others if clash(keys, one)), None)
        if taken is None:
            return None
        code = "taken" if taken[1] == written(keys) else "chord"
        return No(f"{NO}.{code}", {"keys": shown(keys), "verb": taken[0], "has": shown(taken[1])})

    def give(self, name: str, keys: str, *, beside: bool = False) -> No | None:
        """Let a verb have this key in place of its others of that kind, or `beside` them; or why not."""
        no = self.why_not(name, keys)
        if no is not None:
            return no
        key, kind = written(keys), is_bare(keys)
        stays = (one for one in self.of(name) if beside or is_bare(one) is not kind)
        rest = (one for one in stays if not clash(one, key))
        self._choose(name, (key, *rest))
        return None

    def drop_bare(self, name: str) -> None:
        """Let a verb have only those keys that act everywhere."""
        self._choose(name, self.twins(name))

    def reset(self, name: str) -> No | None:
        """Give a verb the keys of the table back; or why not: another has got one of them."""
        refused = (self.why_not(name, keys) for keys in _table(BY_NAME[name]))
        no = next((one for one in refused if one is not None), None)
        if no is None:
            self._choose(name, _table(BY_NAME[name]))
        return no

    def own(self) -> dict[str, list[str]]:
        """What a person has changed, as JSON can keep it."""
        return {name: list(keys) for name, keys in self._own.items()}

    def choose(self, kept: Mapping[str, Iterable[str]]) -> None:
        """The person wants exactly what `own` gave once; nothing gives every verb its own keys back."""
        self.use(kept)
        self.chosen.emit()

    def use(self, kept: object) -> None:
        """What `own` gave, as far as it still makes sense; anything else changes nothing of the table."""
        self._wear(_sound(kept))

    def _choose(self, name: str, keys: _Keys) -> None:
        own = {**self._own, name: _ordered(keys)}
        if set(own[name]) == set(_table(BY_NAME[name])):
            del own[name]
        self._wear(own)
        self.chosen.emit()

    def _wear(self, own: dict[str, _Keys]) -> None:
        self._own = own
        before, self._all = self._all, _settled(own)
        self._verbs = _by_stroke(self._all)
        if self._all != before:
            self.changed.emit()


def _table(verb: Verb) -> _Keys:
    return _ordered(dict.fromkeys(written(keys) for keys in verb.shown_keys))


def _ordered(keys: Iterable[str]) -> _Keys:
    return tuple(sorted(keys, key=lambda one: not is_bare(one)))


def _settled(own: Mapping[str, _Keys]) -> dict[str, _Keys]:
    """The keys of all verbs. What a person gave goes before what stands in the table."""
    taken: set[_Keys] = set()  # keys by their strokes
    begun: set[_Keys] = set()  # and what longer ones begin with
    settled: dict[str, _Keys] = {}
    for verb in sorted(VERBS, key=lambda verb: verb.name not in own):
        keys = own.get(verb.name, _table(verb))
        free = tuple(one for one in keys if _is_free(strokes(one), taken, begun))
        settled[verb.name] = free
        taken.update(map(strokes, free))
        begun.update(begin for one in free for begin in _beginnings(strokes(one)))
    return settled


def _is_free(each: _Keys, taken: set[_Keys], begun: set[_Keys]) -> bool:
    return (
        each not in taken
        and each not in begun
        and not any(one in taken for one in _beginnings(each))
    )


def _beginnings(each: _Keys) -> list[_Keys]:
    return [each[:length] for length in range(1, len(each))]


def _by_stroke(keys: Mapping[str, _Keys]) -> dict[str, str]:
    """The verb of each key that is one stroke."""
    return {one: name for name, each in keys.items() for one in each if len(strokes(one)) == 1}


def _sound(kept: object) -> dict[str, _Keys]:
    """What a memory holds of verbs that there are and keys that they may have."""
    pairs = cast("Mapping[Any, Any]", kept).items() if isinstance(kept, Mapping) else ()
    found: dict[str, _Keys] = {}
    for name, keys in pairs:
        verb = BY_NAME.get(name) if isinstance(name, str) else None
        if verb is not None and isinstance(keys, list | tuple):
            texts = [one for one in cast("list[Any]", keys) if isinstance(one, str)]
            free = [written(one) for one in texts if strokes(one) and not belongs_to(one, verb)]
            found[verb.name] = _ordered(dict.fromkeys(free))
    return found
