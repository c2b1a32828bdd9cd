"""From a pop-up to the warning centre, and from there to the form of a case: the roads of warnings in the window."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.alarms import Alarms
from ui.pages import Pages
from ui.screen import Screen

#: No command: the case itself.
_OPEN = "open_case"


class Alarming:
    """`acts` is asked for late: the window makes them after what lies over its pages."""

    def __init__(
        self, host: QWidget, screen: Screen, pages: Pages, acts: Callable[[], Any]
    ) -> None:
        self._screen, self._pages, self._acts = screen, pages, acts
        self.alarms = Alarms(host, screen, pages.workbench.message_place)
        self._is_locked = False
        self.alarms.opened.connect(pages.show_warnings)
        pages.wanted.connect(self._on_wanted)
        pages.currentChanged.connect(self._hold)
        self.deeds: Mapping[str, Callable[[], None]] = {
            "warnings": pages.show_warnings,
            "warning_sound": self._toggle,
        }

    def hold(self, *, is_locked: bool) -> None:
        """Behind the curtain nothing pops up."""
        self._is_locked = is_locked
        self._hold()

    def _hold(self, *_: object) -> None:
        self.alarms.hold(is_held=self._is_locked or self._pages.shows_warnings)

    def _on_wanted(self, name: str, case_id: str) -> None:
        self._screen.run(self._do(name, case_id))

    async def _do(self, name: str, case_id: str) -> None:
        """The case comes to the front, with the form that was asked for."""
        view = await self._screen.desk.case(case_id)
        if view is None:
            self._screen.toast("refused.case-missing", {}, "refused")
            return
        self._acts().open_case(case_id)
        if name != _OPEN:
            self._acts().work_on(name, view)

    def _toggle(self) -> None:
        self._screen.toast(f"warning.sound.{self.alarms.toggle_sound()}")
