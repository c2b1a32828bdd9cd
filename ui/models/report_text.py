"""What a supervisor should know of a seat, in words: on the screen in one language, in a file in all."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.moment import Actor, Setting
from app.services.left_here import Moved, SeatReport, Waiting
from ui.models.aside_text import AsideText
from ui.names import DataNames
from ui.wording import Wording


@dataclass(frozen=True, slots=True)
class ReportText:
    """Says a report of a seat, in the language in use."""

    words: Wording
    data: DataNames
    setting: Setting

    def moved(self, moved: Moved) -> str:
        """That the centre went back, and what became of what this seat had sent."""
        under_way = moved.total - moved.given_back - moved.lost
        facts = {name: getattr(moved, name) for name in ("at", "total", "given_back", "lost")}
        return self.words.say("frame.report.moved", **facts, under_way=under_way)

    def line(self, one: Waiting) -> str:
        """Who asked for what, when, and how far it came."""
        way = "unsent" if one.is_unsent else "aside"
        facts = {"name": self.data.person(one.login), "what": self._aside.head(one.act)}
        return self.words.say(f"frame.report.{way}", **facts, why=self._why(one))

    def content(self, one: Waiting) -> tuple[str, ...]:
        """What was asked for, as it was written; persons are masked in it."""
        return self._aside.wanted(one.act)

    def page(self, report: SeatReport, who: Actor, version: str, at: str) -> Iterator[str]:
        """The whole of it, line by line."""
        say = self.words.say
        yield say("frame.report.title")
        yield say("frame.report.made", version=version, at=at, name=who.name, login=who.login)
        if report.moved is not None:
            yield self.moved(report.moved)
            yield say("frame.report.read_to", place=report.moved.read_to)
        yield say("frame.report.count", n=len(report.waiting))
        for one in report.waiting:
            yield ""
            yield self.line(one)
            yield from (f"  {line}" for line in self.content(one))

    @property
    def _aside(self) -> AsideText:
        return AsideText(self.words, self.data, self.setting)

    def _why(self, one: Waiting) -> str:
        return "" if one.is_unsent else self._aside.why(one.act)
