"""What hangs on a case, as lines to read: tasks, requests, verifications, notices, notes, files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from app.domain.case import (
    ASKED,
    GRANTED,
    SEEN,
    Attachment,
    Commendation,
    Dossier,
    EarlyWarning,
    Interim,
    Note,
    Notice,
    Request,
    Task,
    Verification,
    Visit,
)
from app.domain.holding import RECORDED
from app.domain.limits import LimitUnit
from app.domain.terms import RequestKind, TaskPart, TaskStatus
from app.domain.visits import COUNTED, OWED, STARS
from ui.models import dispute_lines, kin_lines
from ui.models.lines import Line, Part
from ui.models.warning_line import warning_line
from ui.models.warning_text import WarningText
from ui.models.wish_text import WishText
from ui.wording import Wording

WITHDRAWN = "WITHDRAWN"
#: Whose list the reason of a request is in.
_ASKED = {"RETURN": "ask_return", "EXTENSION": "ask_extension"}
#: How a request names a unit that should not take the task over.
_NAMED = {"BLOCKER": "case.needed_unit"}
#: What ended a request that nobody decided on.
_OVER = {"LAPSED": "case.over", "DROPPED": "case.over"}
_Row = TypeVar(
    "_Row",
    Request,
    Verification,
    Interim,
    Notice,
    Visit,
    EarlyWarning,
    Commendation,
    Note,
    Attachment,
)
_DONE = frozenset({TaskStatus.DONE, TaskStatus.HANDLED})
#: How a request stands that is not refused.
_TONES = {"OPEN": "soon", "APPROVED": "done", ASKED: "soon", GRANTED: "done", SEEN: "done"}
_GONE = frozenset({TaskStatus.CANCELLED, TaskStatus.REDISPATCHED})


@dataclass(frozen=True, slots=True)
class WorkText:
    """Turns a dossier into lines."""

    wish: WishText
    #: When each task is due, in words, by its id.
    due: Mapping[str, str] = field(default_factory=dict[str, str])
    #: The cases that follow this one.
    members: Sequence[Dossier] = ()
    #: Those that it was split into.
    split: Sequence[Dossier] = ()

    def parts(self, on: Dossier) -> tuple[Part, ...]:
        """The sections in reading order; those without lines too, so that each keeps its place."""
        return (
            Part("members", kin_lines.members(self.wish, self.members)),
            Part("parts", kin_lines.parts(self.wish, self.split)),
            Part("tasks", tuple(self._task(one, is_shared=_is_shared(on)) for one in _board(on))),
            Part("requests", tuple(map(self._request, _kept(on.requests)))),
            Part("verifications", tuple(map(self._verification, _kept(on.verifications)))),
            Part("interims", tuple(map(self._interim, _kept(on.interims)))),
            Part("notices", tuple(map(self._notice, _kept(on.notices)))),
            Part("visits", tuple(map(self._visit, _kept(on.visits)))),
            Part("coordinations", tuple(dispute_lines.of(on, self.wish))),
            Part("warnings", tuple(map(self._warning, _kept(on.warnings)))),
            Part("commendations", tuple(map(self._commendation, _kept(on.commendations)))),
            Part("notes", tuple(map(self._note, _kept(on.notes)))),
            Part("attachments", tuple(map(self._attachment, _kept(on.attachments)))),
        )

    def _task(self, task: Task, *, is_shared: bool) -> Line:
        """A row of the board: the unit with its part where several have the case, its state, due and result."""
        say, data = self.wish.words.say, self.wish.data
        tone = "done" if task.status in _DONE else "muted" if task.status in _GONE else "text"
        part = part_words(self.wish.words, task) if is_shared else ""
        return Line(
            " · ".join(one for one in (data.unit(task.unit), part) if one),
            say(f"case.task.{task.status}"),
            tone,
            _lines(
                self.due.get(task.id, ""),
                dispute_lines.caught(task, self.wish),
                task.instruction and say("case.instruction", text=task.instruction),
                task.result,
            ),
            self._told(self._steps(task)),
        )

    def _steps(self, task: Task) -> Iterator[str]:
        """The life of a task so far: limit, dispatch, signature, disposal."""
        say = self.wish.words.say
        if task.limit_value and task.limit_unit:
            unit = LimitUnit(task.limit_unit)
            yield say("case.limit", limit=say(f"clock.limit.{unit.value}", n=task.limit_value))
        yield self._stamp("case.dispatched", task.dispatched_at, task.dispatched_by)
        yield self._stamp("case.signed", task.signed_at, task.signed_by)
        yield self._stamp("case.on_site", task.on_site_at, "")
        yield self._stamp("case.controlled", task.controlled_at, "")
        yield self._stamp("case.handled", task.handled_at, task.handled_by)
        yield self._behalf(task.on_behalf and self.wish.data.unit(task.on_behalf))

    def _request(self, one: Request) -> Line:
        say = self.wish.words.say
        proper = self.wish.data.unit(one.proper_unit)
        return Line(
            say(f"case.request.{one.kind}", reason=self._asked_for(one)),
            say(f"case.decision.{one.status}"),
            _TONES.get(one.status, "refused"),
            _lines(
                self._wanted(one),
                one.text,
                proper and say(_NAMED.get(one.kind, "case.proper_unit"), unit=proper),
                one.basis and say("case.basis", text=one.basis),
                one.decision_text and say("case.decided_text", text=one.decision_text),
                one.is_improper and one.status == "REFUSED" and say("case.improper"),
            ),
            self._told(
                [
                    self._stamp("case.asked", one.asked_at, one.asked_by),
                    self._stamp(
                        _OVER.get(one.status, "case.decided"), one.decided_at, one.decided_by
                    ),
                    self._behalf(one.on_behalf and self.wish.data.unit(one.on_behalf)),
                ]
            ),
        )

    def _asked_for(self, one: Request) -> str:
        if one.kind == RequestKind.REVEAL:
            return self.wish.purpose(one.reason)
        return self.wish.reason(_ASKED.get(one.kind, ""), one.reason)

    def _wanted(self, one: Request) -> str:
        """How much time is asked for, and until when that is."""
        if one.wanted_value is None or one.wanted_unit is None:
            return ""
        say = self.wish.words.say
        limit = say(f"clock.limit.{LimitUnit(one.wanted_unit).value}", n=one.wanted_value)
        return say(f"case.wanted.{one.kind}", limit=limit, until=one.wanted_until)

    def _verification(self, one: Verification) -> Line:
        say = self.wish.words.say
        return Line(
            self.wish.data.person(one.officer) or say("case.any_officer"),
            say(f"case.verification.{one.status}"),
            {"OPEN": "soon", "TRUE": "done"}.get(one.status, "refused"),
            _lines(one.question, one.finding and say("case.finding", text=one.finding)),
            self._told(
                [
                    self._stamp("case.asked", one.asked_at, one.asked_by),
                    self._stamp("case.reported", one.reported_at, one.reported_by),
                    self._behalf(self.wish.data.person(one.on_behalf)),
                ]
            ),
        )

    def _interim(self, one: Interim) -> Line:
        say = self.wish.words.say
        return Line(
            f"{self.wish.data.unit(one.unit)} · {self.wish.measure(one.measure)}",
            say(f"case.interim.{one.status}"),
            "done" if one.status == "DONE" else "soon",
            _lines(one.text, one.result and say("case.interim.result", text=one.result)),
            self._told(
                [
                    self._stamp("case.ordered", one.ordered_at, one.ordered_by),
                    self._stamp("case.answered", one.answered_at, ""),
                    self._stamp("case.interim_done", one.done_at, one.reported_by),
                    self._behalf(one.on_behalf and self.wish.data.unit(one.on_behalf)),
                ]
            ),
        )

    def _notice(self, one: Notice) -> Line:
        say, kind = self.wish.words.say, f"case.notice.{one.kind}"
        head = say(kind) if self.wish.words.knows(kind) else one.kind
        method = f"case.method.{one.method}"
        how = say(method) if self.wish.words.knows(method) else one.method
        behalf = self._behalf(one.on_behalf and self.wish.data.unit(one.on_behalf))
        stands, tone = self._notice_state(one)
        back = self._stamp("case.called_back", one.called_back_at, one.called_back_by)
        told = self._told([self._by(one.made_at, one.made_by), behalf, back])
        return Line(head, " · ".join(part for part in (how, stands) if part), tone, one.text, told)

    def _notice_state(self, one: Notice) -> tuple[str, str]:
        """What was given needs no more words; what leaves, or did not, says so."""
        say = self.wish.words.say
        if one.status != RECORDED:
            return say(f"case.notice_state.{one.status}"), "refused"
        return (say("case.notice_state.leaves", at=one.leaves_at) if one.leaves_at else ""), "muted"

    def _visit(self, one: Visit) -> Line:
        say, stamp = self.wish.words.say, self._stamp
        given = [(name, getattr(one, name)) for name in STARS if getattr(one, name)]
        stars = self._told([say(f"case.visit.stars.{name}", n=n) for name, n in given])
        calls = say("case.visit.attempts", n=one.attempts, at=one.last_attempt_at)
        return Line(
            say(f"case.visit.why.{one.why}"),
            say(f"case.visit.{one.status}"),
            "soon" if one.status in OWED else "done" if one.status in COUNTED else "muted",
            _lines(
                stars,
                one.attempts > 0 and calls,
                one.text,
                one.explanation and say("case.visit.explanation", text=one.explanation),
                one.decision_text and say("case.decided_text", text=one.decision_text),
            ),
            self._told(
                [
                    stamp("case.visit.opened", one.opened_at, ""),
                    stamp("case.visit.over", one.ended_at, one.visited_by),
                    stamp("case.visit.explained", one.explained_at, one.explained_by),
                    self._behalf(one.on_behalf and self.wish.data.unit(one.on_behalf)),
                    stamp("case.decided", one.decided_at, one.decided_by),
                ]
            ),
        )

    def _warning(self, one: EarlyWarning) -> Line:
        wish = self.wish
        return warning_line(one, WarningText(wish.words, wish.data, wish.setting), self._stamp)

    def _commendation(self, one: Commendation) -> Line:
        unit = self.wish.data.unit(one.unit)
        return Line(unit, "", "muted", one.text, self._by(one.made_at, one.made_by))

    def _note(self, one: Note) -> Line:
        return Line(one.text, "", "muted", "", self._by(one.made_at, one.made_by))

    def _attachment(self, one: Attachment) -> Line:
        say = self.wish.words.say
        stage = f"case.attached.{one.stage}"
        state = say(stage) if self.wish.words.knows(stage) else one.stage
        size = say("case.size", kb=max(one.size // 1024, 1))
        return Line(
            one.name, state, "muted", "", self._told([size, self._by(one.made_at, one.made_by)])
        )

    def _behalf(self, whom: str) -> str:
        return self.wish.words.say("case.on_behalf", unit=whom) if whom else ""

    def _by(self, at: datetime, who: str) -> str:
        return self._stamp("case.made", at, who)

    def _stamp(self, key: str, at: datetime | None, who: str) -> str:
        return self.wish.words.say(key, at=at, who=self.wish.data.person(who)) if at else ""

    def _told(self, parts: Sequence[str] | Iterator[str]) -> str:
        return " · ".join(part for part in parts if part)


def part_words(words: Wording, task: Task) -> str:
    """What a unit's part in a case is called."""
    return words.say(f"case.part_of.{task.part}")


def _is_shared(on: Dossier) -> bool:
    return any(task.part is TaskPart.ASSIST for task in on.tasks)


def _board(on: Dossier) -> list[Task]:
    """Who leads first, then who assists, then those that have it no more; each in the order it got the case."""
    live = {task.id for task in on.live_tasks}
    if not _is_shared(on):
        return list(on.tasks)
    return sorted(on.tasks, key=lambda one: (one.id not in live, one.part is TaskPart.ASSIST))


def _kept(rows: Sequence[_Row]) -> list[_Row]:
    return [row for row in rows if row.status != WITHDRAWN]


def _lines(*parts: str | bool) -> str:
    return "\n".join(part for part in parts if isinstance(part, str) and part)
