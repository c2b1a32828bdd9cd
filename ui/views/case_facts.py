"""What was written down about a case at intake, as names and values; and what an import could not say."""

from collections.abc import Iterator
from itertools import chain

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from app.domain.case import Case
from app.services.queries import CaseView
from ui.plain import dressed, plain, said
from ui.screen import Screen
from ui.views.case_links import CaseLinks

#: Two names side by side, where there is room for both; the long ones take a row of their own.
_PAIRS = (
    ("reporter", "contact"),
    ("channel", "place"),
    ("nature", "grade"),
)
_WIDE = ("address", "category", "registered", "edition", "origin", "refusal", "rework", "closure")
#: Other cases that this one is linked with, each a step away.
_LINKS = ("supplements", "supplemented_by", "merged_into", "split_from", "parts")
#: Shown only when there is something to show.
_RARE = frozenset({"origin", "refusal", "rework", "closure"})
#: Narrower than this, beside text of the base size, the pairs stand below one another (pixels).
PAIRED_PX = 350


class CaseFacts(QWidget):
    """A grid of facts; `jumped` with the id of a linked case that was chosen."""

    jumped = Signal(str)

    def __init__(self, screen: Screen, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._screen = screen
        self._values: dict[str, QLabel] = {}
        self._names: dict[str, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, 1)
        self._is_paired: bool | None = None
        for name in (*chain(*_PAIRS), *_WIDE):
            self._name(name)
            self._values[name] = plain(wrap=True, selectable=True)
        self._arrange()
        for row, name in enumerate(_WIDE, 2 * len(_PAIRS)):
            self._place(name, row, 0, 3)
        self._links = {name: CaseLinks(screen, self.jumped.emit) for name in _LINKS}
        for row, name in enumerate(_LINKS, 2 * len(_PAIRS) + len(_WIDE)):
            self._name(name)
            self._grid.addWidget(self._names[name], row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(self._links[name], row, 1, 1, 3)
        dressed(self, screen.theme, self._arrange)

    def value(self, name: str) -> str:
        """What is shown for a fact; KeyError for an unknown name."""
        return self._values[name].text()

    def show_view(self, view: CaseView) -> None:
        """Show the facts of a case."""
        case, found = view.dossier.case, dict(self._told(view))
        for name, label in self._values.items():
            text = found.get(name, "")
            label.setText(text or self._screen.words.say(_lacking(case)))
            _dress(label, "" if text else "muted")
            is_shown = bool(text) or name not in _RARE
            label.setVisible(is_shown)
            self._names[name].setVisible(is_shown)
        before = [row for row in view.linked if row.id == case.supplements]
        after = [row for row in view.linked if row.id != case.supplements]
        into = [view.survivor] if view.survivor else []
        whole = [view.whole] if view.whole else []
        parts = [one.case for one in view.parts]
        for name, rows in zip(_LINKS, (before, after, into, whole, parts), strict=True):
            self._links[name].show_rows(rows)
            self._names[name].setVisible(bool(rows))

    def links(self, name: str) -> list[QPushButton]:
        """The buttons of one of the links; KeyError for others."""
        return self._links[name].buttons

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less room: side by side, or below one another."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        is_paired = self.width() >= self._screen.theme.scaled(PAIRED_PX)
        if is_paired == self._is_paired:
            return
        self._is_paired = is_paired
        for row, pair in enumerate(_PAIRS):
            for half, name in enumerate(pair):
                if is_paired:
                    self._place(name, 2 * row, 2 * half, 1)
                else:
                    self._place(name, 2 * row + half, 0, 3)

    def _place(self, name: str, row: int, column: int, span: int) -> None:
        label, value, top = self._names[name], self._values[name], Qt.AlignmentFlag.AlignTop
        for widget in (label, value):
            self._grid.removeWidget(widget)
        self._grid.addWidget(label, row, column, top)
        self._grid.addWidget(value, row, column + 1, 1, span, top)

    def _name(self, name: str) -> None:
        self._names[name] = plain(role="muted")
        said(self._names[name], f"case.{name}", self._screen.words)

    def _told(self, view: CaseView) -> Iterator[tuple[str, str]]:
        case, say, data = view.dossier.case, self._screen.words.say, self._screen.data
        yield "reporter", self._reporter(case)
        yield "contact", case.phone_masked
        yield "channel", data.channel(case.channel)
        yield (
            "place",
            " ".join(
                part for part in (data.street(case.street), data.community(case.community)) if part
            ),
        )
        yield "nature", say(f"queue.nature.{case.nature}")
        yield "grade", say(f"queue.grade_name.{case.grade}")
        yield "address", case.address
        yield "category", data.path(case.category)
        who = data.person(case.registered_by)
        how = "case.registered_then" if case.historical else "case.registered_by"
        yield "registered", say(how, at=case.registered_at, who=who)
        yield "edition", self._edition(view)
        yield from self._rare(case)

    def _rare(self, case: Case) -> Iterator[tuple[str, str]]:
        say = self._screen.words.say
        if case.source_ref:
            yield "origin", say("case.batch", batch=case.batch or "", ref=case.source_ref)
        yield "refusal", case.refusal_text
        yield "rework", case.rework_reason
        yield "closure", case.closure_text

    def _reporter(self, case: Case) -> str:
        say = self._screen.words.say
        parts = (
            say("case.anonymous") if case.is_anonymous else case.reporter_masked,
            say("case.keep_secret") if case.keep_secret else "",
        )
        return " · ".join(part for part in parts if part)

    def _edition(self, view: CaseView) -> str:
        """The edition that judges the case, and that it does so by analogy or for one not here."""
        say = self._screen.words.say
        policy = self._screen.desk.setting.policy(view.dossier.case)
        title = self._screen.data.title(policy)
        if view.by_analogy:
            title = say("case.by_analogy", edition=title)
        if view.edition in (policy.code, policy.stamp):
            return title
        return say("case.edition_other", edition=title, version=policy.version, stamp=view.edition)


def _lacking(case: Case) -> str:
    """Why there is no value: the source of an import had none, or nobody filled it in."""
    return "case.unknown" if case.source_ref else "case.empty"


def _dress(label: QLabel, role: str) -> None:
    if label.property("role") != role:
        label.setProperty("role", role)
        label.style().unpolish(label)
        label.style().polish(label)
