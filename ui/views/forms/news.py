"""What others do to a case while its form is open, told at the head of the form."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.case import Dossier
from app.services.queries import CaseView, TimelineEntry
from ui.models.wish_text import WishText
from ui.plain import heard
from ui.screen import Screen
from ui.views.wrapping import wrapping


class CaseNews(QWidget):
    """Hidden while nothing has happened; then it keeps everything since the form was opened."""

    def __init__(self, screen: Screen, view: CaseView) -> None:
        super().__init__()
        self._screen, self._edition = screen, view.edition
        self._known = {one.cmd_id for one in view.timeline}
        self._since: list[TimelineEntry] = []
        self._disputed: tuple[tuple[str, str], ...] = ()
        self._told = wrapping(role="refused", selectable=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._told)
        self.hide()
        heard(self, screen.words, self.retranslate)

    @property
    def text(self) -> str:
        """What is told."""
        return self._told.text()

    def know(self, cmd_id: str) -> None:
        """That command is the form's own, and no news to it."""
        self._known.add(cmd_id)

    def take(self, timeline: Iterable[TimelineEntry]) -> None:
        """The log of the case as it is now."""
        fresh = [one for one in timeline if one.cmd_id not in self._known]
        self._known.update(one.cmd_id for one in fresh)
        self._since += fresh
        self._settle()

    def dispute(self, fields: Sequence[tuple[str, str]]) -> None:
        """Fields filled in here that hold something else by now: the key of each, and what it holds."""
        self._disputed = tuple(fields)
        self._settle()

    def retranslate(self) -> None:
        """Say it in the language in use."""
        say = self._screen.words.say
        lines = [self._deed(one) for one in self._since]
        named = [(say(key), shown(self._screen, key, text)) for key, text in self._disputed]
        lines += [say("form.news.field", field=name, text=text) for name, text in named]
        self._told.setText("\n".join([say("form.news"), *lines]))

    def _deed(self, entry: TimelineEntry) -> str:
        screen = self._screen
        text = WishText(screen.words, screen.data, screen.desk.setting, self._edition)
        what = " ".join(part for part in (text.headline(entry), text.body(entry)) if part)
        who = screen.data.person(entry.actor)
        return screen.words.say("frame.aside.deed", who=who, at=entry.at, what=what)

    def _settle(self) -> None:
        self.setVisible(bool(self._since or self._disputed))
        self.retranslate()


def shown(screen: Screen, key: str, value: str) -> str:
    """What a field holds, in words where it holds a code."""
    data, say = screen.data, screen.words.say
    named: Mapping[str, Callable[[str], str]] = {
        "form.class": data.path,
        "form.unit": data.unit,
        "form.place": data.place,
        "form.nature": lambda code: say(f"queue.nature.{code}"),
    }
    return named.get(key, str)(value) if value else say("case.empty")


def has_moved(before: Dossier, after: Dossier) -> bool:
    """Whether what a form decides on is not as it was: the case, its tasks, requests or verifications."""
    return (
        before.case != after.case
        or before.tasks != after.tasks
        or before.requests != after.requests
        or before.verifications != after.verifications
    )
