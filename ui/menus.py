"""The menu bar: every verb in its menu, with its keys, and the reason when it is not possible now."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from ui.keymap import Keymap
from ui.plain import tip
from ui.verbs import VERBS, Menu, Verb
from ui.why_not import No
from ui.wording import Wording


class Menus:
    """Fills a menu bar once; names and possibility are looked up whenever a menu opens.

    Keys are shown, not bound: a key pressed in vain should say why, and a disabled action cannot.
    """

    def __init__(
        self,
        bar: QMenuBar,
        words: Wording,
        keymap: Keymap,
        act: Callable[[str], None],
        why_not: Callable[[Verb], No | None],
    ) -> None:
        self._words, self._keymap = words, keymap
        self._act, self._why_not = act, why_not
        self._menus = {menu: bar.addMenu("") for menu in Menu}
        self._groups: dict[str, QMenu] = {}
        self.actions = {verb.name: self._action(verb) for verb in VERBS}
        for menu in self._menus.values():
            menu.setToolTipsVisible(True)
            menu.aboutToShow.connect(self.refresh)
        keymap.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Names in the language of now, and what is possible now."""
        for menu, entry in self._menus.items():
            entry.setTitle(self._words.say(f"frame.menu.{menu}"))
        for group, entry in self._groups.items():
            entry.setTitle(self._words.say(f"frame.menu.{group}"))
        for verb in VERBS:
            self._refresh(self.actions[verb.name], verb)

    def _refresh(self, action: QAction, verb: Verb) -> None:
        name, no = self._words.say(verb.words), self._why_not(verb)
        reason = self._words.say(no.key, **no.facts) if no else ""
        keys = self._keymap.twin_text(verb.name)
        action.setText(f"{name}\t{keys}" if keys else name)
        action.setEnabled(no is None)
        action.setToolTip(tip(reason or name))
        action.setStatusTip(reason)

    def _action(self, verb: Verb) -> QAction:
        menu: QMenu = self._menus[verb.menu]
        if verb.group:
            menu = self._groups.get(verb.group) or self._opened(menu, verb.group)
        action = menu.addAction("")
        action.setObjectName(verb.name)
        action.triggered.connect(lambda: self._act(verb.name))
        return action

    def _opened(self, menu: QMenu, group: str) -> QMenu:
        """A menu inside a menu, for verbs of one kind."""
        made = self._groups[group] = menu.addMenu("")
        made.setToolTipsVisible(True)
        return made
