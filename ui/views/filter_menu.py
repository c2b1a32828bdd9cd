"""The menu from which the parts of a filter are set; long branches are filled when they are opened."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.calendar import local_date
from app.domain.taxonomy import Directory
from app.domain.terms import Grade, Nature
from app.services.filters import UNCLAIMED, Filter
from ui.models.filters import STANDING, FilterText, without
from ui.screen import Screen

Choose = Callable[[Filter], None]
_WEEK, _MONTH = 6, 29


class FilterMenu(QMenu):
    """Calls `choose` with the filter as it would be; `own_dates` when dates are to be typed."""

    def __init__(
        self, screen: Screen, choose: Choose, own_dates: Callable[[], None], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._screen = screen
        self._choose = choose
        self._own_dates = own_dates
        self._filter = Filter()
        self._text = FilterText(screen.words, screen.data)

    def offer(self, now: Filter) -> None:
        """Make the branches anew for a filter."""
        self._filter = now
        self.clear()
        self._branch("street", self._fill_streets)
        self._branch("community", self._fill_communities)
        self._branch("category", lambda menu: self._fill_classes(menu, None))
        self._branch("unit", self._fill_units)
        self._branch("channel", self._fill_channels)
        self._branch("nature", self._fill_natures)
        self._branch("grade", self._fill_grades)
        self._branch("dates", self._fill_dates)
        self._branch("holder", self._fill_holders)
        for part in STANDING:
            then = replace(now, **{part: not getattr(now, part)})
            self._item(self, self._text.name(part), then).setChecked(getattr(now, part))

    def _branch(self, part: str, fill: Callable[[QMenu], None]) -> None:
        menu = self.addMenu(self._text.name(part))
        menu.aboutToShow.connect(lambda: self._refill(menu, part, fill))

    def _refill(self, menu: QMenu, part: str, fill: Callable[[QMenu], None]) -> None:
        menu.clear()
        self._item(menu, self._screen.words.say("queue.filter.any"), without(self._filter, part))
        menu.addSeparator()
        fill(menu)

    def _item(self, menu: QMenu, text: str, then: Filter) -> QAction:
        action = menu.addAction(text.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(then == self._filter)
        action.triggered.connect(lambda: self._choose(then))
        return action

    def _items(self, menu: QMenu, part: str, pairs: Iterable[tuple[str, object]]) -> None:
        group = QActionGroup(menu)
        for text, value in pairs:
            group.addAction(self._item(menu, text, replace(self._filter, **{part: value})))

    # -- the branches -----------------------------------------------------------------------------

    def _fill_streets(self, menu: QMenu) -> None:
        name = self._screen.data.of
        for one in self._directory.streets:
            then = replace(self._filter, street=one.code, community=None)
            self._item(menu, name(one), then)

    def _fill_communities(self, menu: QMenu) -> None:
        name, street = self._screen.data.of, self._filter.street
        today = local_date(self._screen.desk.now())
        found = (
            one for one in self._directory.communities_on(today) if street in (None, one.street)
        )
        self._items(menu, "community", ((name(one), one.code) for one in found))

    def _fill_classes(self, menu: QMenu, parent: str | None) -> None:
        """A class with others below it opens a branch whose first line is the class itself."""
        taxonomy, name = self._directory.taxonomy, self._screen.data.of
        for one in taxonomy.children(parent):
            if not taxonomy.children(one.code):
                self._item(menu, name(one), replace(self._filter, category=one.code))
                continue
            branch = menu.addMenu(name(one).replace("&", "&&"))
            branch.aboutToShow.connect(lambda m=branch, code=one.code: self._open_class(m, code))

    def _open_class(self, menu: QMenu, code: str) -> None:
        menu.clear()
        one = self._directory.taxonomy.by_code(code)
        self._item(menu, self._screen.data.of(one), replace(self._filter, category=code))
        menu.addSeparator()
        self._fill_classes(menu, code)

    def _fill_units(self, menu: QMenu) -> None:
        name = self._screen.data.of
        self._items(menu, "unit", ((name(one), one.code) for one in self._directory.units))

    def _fill_channels(self, menu: QMenu) -> None:
        name = self._screen.data.of
        self._items(menu, "channel", ((name(one), one.code) for one in self._directory.channels))

    def _fill_holders(self, menu: QMenu) -> None:
        """Nobody, or oneself; anybody else is chosen on the leader's page."""
        me, say = self._screen.desk.me, self._screen.words.say
        free = (say("queue.filter.unclaimed"), UNCLAIMED)
        self._items(menu, "holder", (free, (me.name, me.login)))

    def _fill_natures(self, menu: QMenu) -> None:
        say = self._screen.words.say
        self._items(menu, "nature", ((say(f"queue.nature.{one}"), one) for one in Nature))

    def _fill_grades(self, menu: QMenu) -> None:
        say = self._screen.words.say
        self._items(menu, "grade", ((say(f"queue.grade_name.{one}"), one) for one in Grade))

    def _fill_dates(self, menu: QMenu) -> None:
        say, today = self._screen.words.say, local_date(self._screen.desk.now())
        for key, days in (("today", 0), ("week", _WEEK), ("month", _MONTH)):
            first: date = today - timedelta(days=days)
            then = replace(self._filter, registered_from=first, registered_to=today)
            self._item(menu, say(f"queue.filter.{key}"), then)
        menu.addSeparator()
        menu.addAction(say("queue.filter.custom")).triggered.connect(lambda: self._own_dates())

    @property
    def _directory(self) -> Directory:
        return self._screen.desk.setting.directory
