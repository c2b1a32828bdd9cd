"""The numbers of a morning brief as lines of cells, each with the list that it opens; and the brief as text."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.domain.terms import Nature
from app.services.brief import Beside, Brief, Line, Side
from app.services.filters import Filter
from app.services.queries import Queue
from ui.models import load_rows
from ui.models.load_rows import Cell, cell_of
from ui.models.queue_source import Question
from ui.names import DataNames
from ui.wording import Wording

#: What a line tells: the day, the day before it, the day a week before, and how the first compares with the second.
COLUMNS = ("day", "before", "week_before", "change")
TABLES = ("flow", *(side.value.lower() for side in Side), "late")


@dataclass(frozen=True, slots=True)
class BriefRows:
    """Says a brief in the language in use."""

    words: Wording
    data: DataNames

    def tables(self, brief: Brief) -> dict[str, tuple[load_rows.Line, ...]]:
        """Every table by its name, in order."""
        sides = {side.value.lower(): tuple(self._side(brief, side)) for side in Side}
        return {"flow": tuple(self._flow(brief)), **sides, "late": tuple(self._late(brief))}

    def whole(self, brief: Brief) -> tuple[tuple[str, Cell], ...]:
        """What is read first: the part of its words, and the number."""
        flow, empty = brief.flow, Beside()
        of = {line: flow.get(line, empty).day for line in (Line.RECEIVED, Line.CLOSED)}
        due = Question(Queue.ALL, Filter(is_open=True, due_on=brief.today))
        return (
            ("received", cell_of(of[Line.RECEIVED], _when(Line.RECEIVED, brief.day))),
            ("closed", cell_of(of[Line.CLOSED], _when(Line.CLOSED, brief.day))),
            ("due", cell_of(brief.due, due)),
            ("overdue", cell_of(brief.overdue, Question(Queue.OVERDUE), "breached")),
        )

    def text(self, brief: Brief) -> str:
        """The brief in plain lines, as it is sent or printed."""
        say = self.words.say
        head = [say("brief.of", day=self.day(brief.day)), say("brief.taken", at=brief.at)]
        figures = [f"{say(f'brief.figure.{name}')} {cell.text}" for name, cell in self.whole(brief)]
        return "\n".join([*head, self.words.join(figures), *self._paragraphs(brief)])

    def day(self, day: date) -> str:
        """A day with its weekday."""
        return self.words.say(
            "brief.day", day=day, weekday=self.words.say(f"brief.weekday.{day.isoweekday()}")
        )

    def _paragraphs(self, brief: Brief) -> Iterator[str]:
        for name, lines in self.tables(brief).items():
            if lines:
                yield ""
                yield self.words.say(f"brief.{name}")
                yield from (self._written(line) for line in lines)

    def _written(self, line: load_rows.Line) -> str:
        if len(line.cells) == 1:
            return self.words.say("brief.line_short", name=line.name, n=line.cells[0].text)
        day, before, week, more = (cell.text for cell in line.cells)
        key = "brief.line" if more else "brief.line_even"
        return self.words.say(key, name=line.name, day=day, before=before, week=week, change=more)

    def _flow(self, brief: Brief) -> Iterator[load_rows.Line]:
        for line in Line:
            numbers = brief.flow.get(line, Beside())
            name = self.words.say(f"brief.line_name.{line}")
            yield _line(line, name, numbers, lambda day, line=line: _when(line, day), brief)

    def _side(self, brief: Brief, side: Side) -> Iterator[load_rows.Line]:
        for share in brief.sides.get(side, ()):
            part: dict[str, Any] = {side.value.lower(): _value(side, share.code)}
            opens = Filter(**part)
            name = self._names[side](share.code)
            yield _line(
                share.code,
                name,
                share.number,
                lambda day, opens=opens: _received(day, opens),
                brief,
            )

    def _late(self, brief: Brief) -> Iterator[load_rows.Line]:
        for unit, number in brief.late:
            opens = Question(Queue.ALL, Filter(is_open=True, is_late=True, unit=unit))
            yield load_rows.Line(unit, self.data.unit(unit), (cell_of(number, opens, "breached"),))

    @property
    def _names(self) -> Mapping[Side, Callable[[str], str]]:
        return {
            Side.NATURE: lambda code: self.words.say(f"queue.nature.{code}"),
            Side.CHANNEL: self.data.channel,
            Side.STREET: self.data.street,
            Side.COMMUNITY: self.data.community,
            Side.CATEGORY: self.data.path,
        }


def _value(side: Side, code: str) -> object:
    return Nature(code) if side is Side.NATURE else code


def _line(
    code: str, name: str, numbers: Beside, opens: Callable[[date], Question], brief: Brief
) -> load_rows.Line:
    counts = (numbers.day, numbers.before, numbers.week_before)
    cells = (cell_of(n, opens(day)) for n, day in zip(counts, brief.days, strict=True))
    return load_rows.Line(code, name, (*cells, Cell(change(numbers), tone="faint")))


def change(numbers: Beside) -> str:
    """The day against the day before it, in per cent; nothing where there was none."""
    if not numbers.before:
        return ""
    share = round(100 * (numbers.day - numbers.before) / numbers.before)
    return f"{share:+d} %".replace("-", "−") if share else "±0 %"


def _received(day: date, narrowed: Filter) -> Question:
    return Question(Queue.ALL, replace(narrowed, registered_from=day, registered_to=day))


def _when(line: Line, day: date) -> Question:
    if line.happening is None:
        return _received(day, Filter())
    return Question(Queue.ALL, Filter(happened=line.happening, happened_on=day))
