"""The log decided once more: what honest lines say, and how each kind of dishonest one is told."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.commands import (
    Command,
    Dispatch,
    File,
    ImportRecord,
    Person,
    Refuse,
    Sign,
    Undo,
    kind_of,
)
from app.domain.decide import decide
from app.domain.effects import Effect, Insert, Reliance, Set
from app.domain.folding import folded
from app.domain.matter import Matter
from app.domain.moment import Actor
from app.domain.terms import CaseStatus, Role
from app.services.envelope import Envelope, decode, encode, wish_of
from app.services.replay import Finding, Past, Redacted, as_applied, replay
from tests.kit import MORNING, Story, a_class, a_unit, report, setting, someone


class Book(Story):
    """A story that writes its log, line by line, as a store would apply it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Past | Redacted] = []

    def knows(self, matter: Matter) -> "Book":
        """What the next registration takes up again."""
        self.matter = matter
        return self

    def does(self, command: Command, who: Actor | None = None, after: int = 0) -> "Book":
        self.now += timedelta(minutes=after)
        who = who or someone()
        moment = self.moment(who)
        decision = decide(command, self.dossier, moment)
        line = Envelope(
            cmd_id=moment.cmd_id,
            kind=kind_of(command),
            actor=who.login,
            seat="0A1",
            district=who.district,
            case_id=self.dossier.case.id if self.dossier else decision.effects[0].id,
            wish=wish_of(command),
            effects=decision.effects,
            relies_on=decision.relies_on,
            claimed_at=self.now,
            occurred_at=getattr(command, "occurred_at", None),
            batch=getattr(command, "batch", None),
        )
        return self.writes(line, who)

    def writes(self, line: Envelope, who: Actor) -> "Book":
        """A line that was not decided here: as it stands, through the wire and back."""
        self.count += 1
        line = decode(encode(line))
        applied = as_applied(line, who, "key" if line.kind == "register" else None)
        self.lines.append(Past(self.count, line, applied, who))
        self.dossier = folded(self.dossier, applied, line.cmd_id)
        return self


def dispatched() -> Book:
    book = Book().does(report(reporter=Person(phone="139****5678")))
    book.does(File(case_id=book.case.id), after=5)
    book.does(Dispatch(case_id=book.case.id, unit=a_unit()), after=5)
    return book.does(Sign(case_id=book.case.id, task_id=book.on.tasks[0].id), after=5)


def found(lines: Iterable[Past | Redacted]) -> list[Finding]:
    return list(replay(lines, setting()))


def told(book: Book, at: int, effects: Iterable[Effect], **more: object) -> list[Past | Redacted]:
    """The lines with other decided effects at one place, and applied as they say."""
    line = book.lines[at]
    assert isinstance(line, Past)
    envelope = replace(line.envelope, effects=tuple(effects), **more)
    forged = replace(line, envelope=envelope, applied=as_applied(envelope, line.actor))
    return [*book.lines[:at], forged, *book.lines[at + 1 :]]


def effects_of(book: Book, at: int) -> tuple[Effect, ...]:
    line = book.lines[at]
    assert isinstance(line, Past)
    return line.envelope.effects


def test_an_honest_log_is_decided_alike():
    book = dispatched()
    assert found(book.lines) == []
    assert len(book.lines) == 4


def test_an_imported_record_is_decided_alike():
    wish = ImportRecord(
        source_ref="GD-1",
        batch="b",
        occurred_at=MORNING,
        narrative="旧事",
        category=a_class(),
        unit=a_unit(),
    )
    book = Book().does(wish, someone(Role.SHIFT_LEADER), after=900)
    assert found(book.lines) == []
    assert book.case.registered_at == MORNING


def test_a_hand_that_had_no_right_is_told_by_the_rules_own_word():
    book = dispatched()
    line = book.lines[1]
    assert isinstance(line, Past)
    book.lines[1] = replace(line, actor=someone(Role.GRID_OFFICER, login=line.actor.login))
    (first, *_) = found(book.lines)
    assert (first.seq, first.kind, first.code) == (2, "file", "not-permitted")
    assert first.facts["role"] == Role.GRID_OFFICER


def test_a_due_instant_of_ones_own_is_told_with_the_right_one():
    book = dispatched()
    (case,) = effects_of(book, 1)
    later = replace(case, values={**case.values, "due_at": "2027-01-01T00:00:00.000000Z"})
    (first, *_) = found(told(book, 1, [later]))
    assert (first.seq, first.code) == (2, "due-otherwise")
    assert first.facts == {"right": case.values["due_at"], "said": "2027-01-01T00:00:00.000000Z"}


def test_a_due_instant_left_out_is_told_as_not_said():
    book = dispatched()
    (case,) = effects_of(book, 1)
    without = {name: value for name, value in case.values.items() if name != "due_at"}
    (first, *_) = found(told(book, 1, [replace(case, values=without)]))
    assert (first.code, first.facts["said"]) == ("due-otherwise", None)


def test_another_field_is_told_by_its_name():
    book = dispatched()
    case, task = effects_of(book, 2)
    stray = replace(task, values={**task.values, "instruction": "x"})
    (first,) = found(told(book, 2, [case, stray]))
    assert (first.seq, first.code) == (3, "decided-otherwise")
    assert first.facts["fields"] == ("task.instruction",)


@pytest.mark.parametrize("count", [0, 2])
def test_a_row_too_few_or_too_many_is_told(count: int):
    book = dispatched()
    case, task = effects_of(book, 2)
    assert isinstance(task, Insert)
    tasks = [replace(task, id=f"task-{n}") for n in range(count)]
    first = found(told(book, 2, [case, *tasks]))[0]
    assert (first.seq, first.code) == (3, "decided-otherwise")
    assert "task.unit" in first.facts["fields"]


def test_a_row_relied_on_that_was_not_is_told():
    book = dispatched()
    relied = (Reliance("task", "another", "nobody"),)
    (first,) = found(told(book, 1, effects_of(book, 1), relies_on=relied))
    assert (first.seq, first.code, first.facts["fields"]) == (2, "decided-otherwise", ())


@pytest.mark.parametrize("field", ["due_at", "registered_by", "changed_street"])
def test_what_was_applied_without_being_decided_is_told(field: str):
    book = dispatched()
    line = book.lines[0]
    assert isinstance(line, Past)
    (case,) = line.applied
    applied = (replace(case, values={**case.values, field: "2027-01-01T00:00:00.000000Z"}),)
    first = found([replace(line, applied=applied)])[0]
    assert (first.seq, first.code) == (1, "applied-otherwise")
    assert first.facts["fields"] == (f"case_file.{field}",)


def test_taking_back_is_not_decided_but_what_was_applied_must_be_what_was_asked():
    book = dispatched()
    task = book.on.tasks[0]
    before = {"status": "PENDING_SIGN", "signed_at": None, "signed_by": ""}
    back = Envelope(
        cmd_id="back",
        kind="undo.sign",
        actor=someone().login,
        seat="0A1",
        district=task.district,
        case_id=task.case_id,
        wish=wish_of(Undo(case_id=task.case_id, undone=task.changed_by)),
        effects=(Set("task", task.id, before, task.changed_by),),
        claimed_at=book.now,
        undoes=task.changed_by,
    )
    book.writes(back, someone())
    assert found(book.lines) == []
    last = book.lines[-1]
    assert isinstance(last, Past)
    more = (Set("task", task.id, {**before, "limit_value": 99}, task.changed_by),)
    (first,) = found([*book.lines[:-1], replace(last, applied=more)])
    assert (first.code, first.facts["fields"]) == ("applied-otherwise", ("task.limit_value",))


def redacted(line: Past | Redacted, *, whole: bool) -> Redacted:
    assert isinstance(line, Past)
    applied = None if whole else line.applied
    return Redacted(line.seq, line.envelope.cmd_id, line.envelope.case_id, applied)


def test_a_line_without_its_wish_is_folded_and_what_follows_is_still_decided():
    book = dispatched()
    lines = [redacted(book.lines[0], whole=False), *book.lines[1:]]
    assert found(lines) == []
    (case,) = effects_of(book, 1)
    wrong = replace(case, values={**case.values, "status": CaseStatus.VOID})
    forged = told(book, 1, [wrong])
    assert found([lines[0], *forged[1:]])[0].seq == 2


def test_a_case_that_lost_a_line_is_left_alone_and_the_others_are_decided():
    one, other = dispatched(), dispatched()
    lost = [redacted(one.lines[0], whole=True), *one.lines[1:]]
    assert found(lost) == []
    line = other.lines[0]
    assert isinstance(line, Past)
    strange = replace(line, actor=someone(Role.AUDITOR))
    elsewhere = replace(strange, envelope=replace(line.envelope, case_id="another"))
    assert [one.code for one in found([*lost, elsewhere])][:1] == ["not-permitted"]


@pytest.mark.parametrize(
    ("at", "changed"),
    [(1, {"kind": "of_a_newer_program"}), (0, {"wish": {"nature": "of a newer"}})],
)
def test_what_cannot_be_decided_here_is_said_once_and_the_case_left_alone(at: int, changed: dict):
    book = dispatched()
    line = book.lines[at]
    assert isinstance(line, Past)
    book.lines[at] = replace(line, envelope=replace(line.envelope, **changed))
    assert [(one.seq, one.code) for one in found(book.lines)] == [(at + 1, "undecidable")]


# A refused report taken up again


def refused() -> Book:
    book = Book().does(report())
    reason = setting().policy(book.case).refusal_reasons[0].code
    wish = Refuse(case_id=book.case.id, reason=reason, text="不属本区。", notice="已告知。")
    return book.does(wish, after=5)


def taken_up(first: Book) -> Past:
    """The line by which a refused report was taken up again, an hour later."""
    book = Book()
    book.count, book.now = 100, first.now + timedelta(hours=1)
    known = Matter(first.case, (first.case,))
    book.knows(known).does(report(supplements=first.case.id))
    line = book.lines[0]
    assert isinstance(line, Past)
    return line


def test_a_report_taken_up_again_is_decided_with_its_matter_at_hand():
    first = refused()
    again = taken_up(first)
    assert found([*first.lines, again]) == []
    assert [one.code for one in found([again])] == ["case-missing"]


def test_a_report_that_takes_up_a_case_that_lost_a_line_is_not_judged():
    first = refused()
    lost = [redacted(first.lines[0], whole=True), *first.lines[1:]]
    assert found([*lost, taken_up(first)]) == []


def test_a_refusal_that_was_built_on_cannot_have_been_taken_back():
    first = refused()
    refusal = first.lines[1]
    assert isinstance(refusal, Past)
    case = next(one for one in refusal.applied if one.table == "case_file")
    back = replace(
        refusal.envelope,
        cmd_id="back",
        kind="undo.refuse",
        effects=(Set("case_file", case.id, {"status": "REGISTERED"}, refusal.envelope.cmd_id),),
        relies_on=(),
        undoes=refusal.envelope.cmd_id,
    )
    undone = Past(200, back, back.effects, refusal.actor)
    assert found([*first.lines, undone]) == []
    assert [one.code for one in found([*first.lines, taken_up(first), undone])] == ["undo-too-late"]
