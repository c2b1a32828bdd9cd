"""The rule table walked through the store: every row takes what it permits, and nothing beside it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from app.domain.case import TABLES
from app.domain.effects import Effect, Insert, Set, is_optional, kinds_of, to_wire
from app.domain.rules import ANOTHER, NOBODY, ON_DUTY, OWN, RULES, WITHDRAWN, Rule
from app.domain.terms import Role
from app.services.checks import Held, RuleBook, check, part_of, stamped
from app.services.derived import placed
from app.services.envelope import Envelope
from app.services.queries import Operator
from db.central import rulebook
from db.central.rows import apply
from tests.store.town import PEOPLE, START, Town

BOOK = RuleBook(RULES)
LOGIN = {role: login for login, role, _ in reversed(PEOPLE)}
UNIT = {login: unit for login, _, unit in PEOPLE}


def _row(table: str, id_: str, case_id: str, login: str, **values) -> dict:
    """A row in which every field holds something; its people are somebody else."""
    kinds = kinds_of(TABLES[table])
    row = {name: _something(table, name) for name in kinds}
    links = {"case_id": case_id, "unit": UNIT[login] or "water"}
    own = {"id": id_, "district": "pingshan", "changed_by": "undone", "units": "|water|"}
    asked = {"officer": "", "on_behalf": ""}
    return {**row, **{k: v for k, v in {**links, **own, **asked}.items() if k in kinds}, **values}


def _something(table: str, name: str):
    kind = kinds_of(TABLES[table])[name]
    if is_optional(TABLES[table], name):
        return None
    if hasattr(kind, "__members__"):
        return str(next(iter(kind)))
    return {str: "", int: 0, bool: False}.get(kind, to_wire(START))


#: Who holds a case where a rule asks for it, by the login of who acts.
HOLDERS = {NOBODY: lambda _: "", OWN: lambda login: login, ANOTHER: lambda _: "somebody"}


#: A notice that is held still.
LATER = to_wire(START + timedelta(days=1))


class Bench:
    """A command of one kind in one role's hands with one effect for each part, and the rows it needs."""

    def __init__(self, rule: Rule, case_id: str = "case") -> None:
        self.rule, self.case_id = rule, case_id
        self.login = LOGIN[rule.role]
        self.viewer = Operator(
            login=self.login, name="", role=rule.role, district="pingshan", unit=UNIT[self.login]
        )
        chosen = {part: one for part, one in self.parts().items() if one.least > 0}
        chosen[part_of(rule)] = rule
        chosen |= self._home(list(chosen.values()))
        own = [one for one in chosen.values() if not one.beside]
        self.rows: dict = {("case_file", case_id): self._case(own)}
        wanted = [(one, nth) for one in chosen.values() for nth in range(max(1, one.least))]
        self.effects = tuple(self._effect(one, at, nth) for at, (one, nth) in enumerate(wanted))

    def parts(self) -> dict:
        return dict(BOOK.parts(self.rule.kind, self.rule.role))

    def _home(self, chosen: list[Rule]) -> dict:
        """What is done to another case's rows is done to that case too."""
        beside = [one for one in chosen if one.beside]
        if not beside or any(one.table == "case_file" for one in beside):
            return {}
        of_cases = (it for it in self.parts().items() if it[1].table == "case_file")
        return dict([next(it for it in of_cases if it[1].beside)])

    def _case(self, rules) -> dict | None:
        mine = [one for one in rules if one.table == "case_file"]
        if any(one.is_insert for one in mine):
            return None
        look = "VERIFYING" if self.rule.role is Role.GRID_OFFICER else "FILED"
        status = mine[0].before if mine else look
        return _row("case_file", self.case_id, self.case_id, self.login, status=status)

    def _effect(self, rule: Rule, at: int, nth: int) -> Effect:
        home = f"{self.other}{nth or ''}" if rule.beside else self.case_id
        id_ = home if rule.table == "case_file" else f"{home}-{rule.table}-{at}"
        fields = {name: _something(rule.table, name) for name in rule.fields}
        status = {} if rule.after is None else {"status": rule.after}
        if not rule.is_insert:
            row = _row(rule.table, id_, home, self.login, status=rule.before)
            row |= {"holder": HOLDERS[rule.held](self.login)} if rule.held else {}
            row |= {"leaves_at": LATER} if rule.table == "notice" else {}
            self.rows[rule.table, id_] = row
            restored = {name: row[name] for name in fields if name != "status"}
            return Set(rule.table, id_, {**restored, **status} or {"status": rule.before}, "undone")
        self.rows.setdefault((rule.table, id_), None)
        row = _row(rule.table, id_, home, self.login, **status)
        if rule.kind == "split" and rule.table == "case_file":
            row["split_from"] = self.case_id
        if rule.table == "request":
            row["task_id"] = (
                next((one for table, one in self.rows if table == "task"), "") or self._task()
            )
        return Insert(
            rule.table, id_, {k: v for k, v in row.items() if k not in ("id", "changed_by")}
        )

    @property
    def other(self) -> str:
        """Another case that the command may concern."""
        return f"{self.case_id}-other"

    def _task(self) -> str:
        """A task of the unit's that the request is about and leaves as it is."""
        id_ = f"{self.case_id}-task"
        self.rows["task", id_] = _row("task", id_, self.case_id, self.login, status="SIGNED")
        return id_

    def envelope(self, **changes) -> Envelope:
        undoes = "undone" if self.rule.kind.startswith("undo.") else None
        given = Envelope(
            cmd_id="cmd",
            kind=self.rule.kind,
            actor=self.login,
            seat="0A1",
            district="pingshan",
            case_id=self.case_id,
            wish={},
            effects=self.effects,
            claimed_at=START,
            undoes=undoes,
        )
        return replace(given, **changes)

    def held(self, **rows) -> Held:
        known = {**self.rows, **rows.get("rows", {})}
        tasks = {id_: row["unit"] for (table, id_), row in known.items() if table == "task" and row}
        known_ = [id_ for (table, id_), row in self.rows.items() if table == "case_file" and row]
        scopes = dict.fromkeys(known_, "|water|@|")
        return Held(rows=known, scopes=scopes, task_units=tasks)

    def why(self, envelope: Envelope | None = None, held: Held | None = None) -> str:
        answer = check(envelope or self.envelope(), self.viewer, held or self.held(), BOOK)
        return "done" if answer is None else answer.why or answer.status

    @property
    def mine(self) -> int:
        return next(at for at, one in enumerate(self.effects) if self._is_mine(one))

    def _is_mine(self, effect: Effect) -> bool:
        before = self.rows.get((effect.table, effect.id))
        return BOOK.rule(self.envelope(), self.rule.role, effect, before) == self.rule

    def with_mine(self, **changes) -> Envelope:
        effect = replace(self.effects[self.mine], **changes)
        return self.envelope(
            effects=(*self.effects[: self.mine], effect, *self.effects[self.mine + 1 :])
        )


def _hidden(rule: Rule) -> bool:
    """Administrators see no case: they can bring new ones in, and nothing else."""
    return rule.role is Role.ADMINISTRATOR and rule.kind != "import_record"


#: Thousands of rules: one test for all those of a kind, which names the rule that fails.
KINDS = sorted({one.kind for one in RULES})


def _of(kind: str) -> list[Rule]:
    return [one for one in RULES if one.kind == kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_rule_permits_its_own_move_and_not_its_neighbours(kind: str):
    """Of rules that leave the same fields alone for several roles, one is asked for each of these fields."""
    asked = set()
    for rule in _of(kind):
        alike = rule.table, rule.fields, rule.stamps, rule.beside, rule.is_insert
        _permits_its_own_move_alone(rule, list(_foreign(rule))[: 1 if alike in asked else None])
        asked.add(alike)


def _permits_its_own_move_alone(rule: Rule, leaves: list[str]) -> None:
    bench = Bench(rule)
    assert bench.why() == "done", rule
    values = bench.effects[bench.mine].values
    assert bench.why(bench.with_mine(values={**values, "changed_by": "me"})) == "field", rule
    assert bench.why(bench.with_mine(values={**values, "status": "NOWHERE"})) == "move", rule
    assert bench.why(bench.envelope(kind="nonsense")) == "role", rule
    for foreign in leaves:
        more = {**values, foreign: _something(rule.table, foreign)}
        assert bench.why(bench.with_mine(values=more)) == "field", (rule, foreign)
    if not rule.is_insert:
        key = (rule.table, bench.effects[bench.mine].id)
        moved = {key: {**bench.rows[key], "status": "ELSEWHERE"}}
        assert bench.why(held=bench.held(rows=moved)) == "move", rule
        changed = {key: {**bench.rows[key], "changed_by": "other"}}
        assert bench.why(held=bench.held(rows=changed)) == "base", rule
        assert bench.why(held=bench.held(rows={key: None})) == "missing", rule


def _foreign(rule: Rule) -> Iterator[str]:
    open_ = rule.fields | rule.stamps | {"status", "id", "changed_by"}
    return iter(sorted(set(kinds_of(TABLES[rule.table])) - open_))


def test_a_part_that_must_be_there_may_not_be_left_out():
    said = set()
    for rule in (one for one in RULES if one.least > 0):
        bench = Bench(rule)
        rest = tuple(one for at, one in enumerate(bench.effects) if at != bench.mine)
        if rest:
            said.add(why := bench.why(bench.envelope(effects=rest)))
            assert why in ("count", "missing"), rule
    assert "count" in said


@pytest.mark.parametrize("table", sorted({one.table for one in RULES} - {"case_file"}))
def test_a_part_may_not_come_more_often_than_its_rule_says(table: str):
    for rule in (one for one in RULES if one.table == table):
        _may_not_come_more_often(rule)


def _may_not_come_more_often(rule: Rule) -> None:
    bench = Bench(rule)
    effect = bench.effects[bench.mine]
    more = tuple(replace(effect, id=f"more-{n}") for n in range(rule.most))
    extra = {(one.table, one.id): bench.rows[effect.table, effect.id] for one in more}
    extra = {key: row and {**row, "id": key[1]} for key, row in extra.items()}
    envelope = bench.envelope(effects=(*bench.effects, *more))
    assert bench.why(envelope, bench.held(rows=extra)) == "count", rule


def test_nobody_rules_on_his_own_request():
    rules = [one for one in RULES if one.not_by]
    assert rules
    for rule in rules:
        bench = Bench(rule)
        key = (rule.table, bench.effects[bench.mine].id)
        own = {key: {**bench.rows[key], rule.not_by: bench.login}}
        assert bench.why(held=bench.held(rows=own)) == "own-request", rule


@pytest.mark.parametrize("kind", sorted({one.kind for one in RULES if one.held}))
def test_a_claim_is_made_of_what_nobody_holds_and_given_up_by_who_holds_it(kind: str):
    for rule in (one for one in _of(kind) if one.held):
        _goes_by_who_holds_the_case(rule)


def _goes_by_who_holds_the_case(rule: Rule) -> None:
    bench = Bench(rule)
    key = (rule.table, bench.effects[bench.mine].id)
    for held, holder in HOLDERS.items():
        row = {**bench.rows[key], "holder": holder(bench.login)}
        said = bench.why(held=bench.held(rows={key: row}))
        assert said == ("done" if held == rule.held else "held"), rule


def test_stamped_fields_hold_the_actor_whatever_was_sent():
    rules = [one for one in RULES if one.stamps]
    assert rules
    for rule in rules:
        _stamped_fields_hold_the_actor(rule)


def _stamped_fields_hold_the_actor(rule: Rule) -> None:
    bench = Bench(rule)
    lie = dict.fromkeys(rule.stamps, "somebody")
    envelope = bench.with_mine(values={**bench.effects[bench.mine].values, **lie})
    applied = stamped(envelope, bench.viewer, bench.held(), BOOK, "key")[bench.mine]
    for name in rule.stamps:
        assert applied.values[name] == ("key" if name == "reporter_key" else bench.login), rule


@pytest.mark.parametrize("role", Role)
def test_a_role_can_do_nothing_that_no_rule_names(role: Role):
    for kind in {one.kind for one in RULES} - {one.kind for one in RULES if one.role == role}:
        rule = next(one for one in RULES if one.kind == kind)
        bench = Bench(rule)
        stranger = replace(bench.viewer, role=role, login=LOGIN[role], unit="water")
        answer = check(bench.envelope(), stranger, bench.held(), BOOK)
        assert answer is not None
        assert answer.why == "role" or answer.status == "missing"


def test_no_two_rules_speak_of_the_same_move():
    moves = [(one.kind, one.role, one.table, one.before, one.after, one.beside) for one in RULES]
    assert len(set(moves)) == len(moves)


def test_the_store_s_rules_are_the_domain_s(town: Town):
    assert rulebook.drift(town.link) == ()
    read = rulebook.read(town.link)
    for rule in RULES:
        assert read.parts(rule.kind, rule.role) == BOOK.parts(rule.kind, rule.role)
    town.link.run("UPDATE rule SET most = 99 WHERE place = 3")
    assert len(rulebook.drift(town.link)) == 1
    with town.link.writing():
        rulebook.install(town.link)
    assert rulebook.drift(town.link) == ()


def test_a_store_obeys_its_own_rules_as_soon_as_they_change(town: Town):
    case_id, _ = town.register()
    town.done(town.note("li", case_id))
    with town.link.writing():
        rulebook.install(town.link, [one for one in RULES if one.kind != "add_note"])
    assert town.send(town.note("li", case_id)).why == "role"


def test_every_kind_in_every_role_goes_through_the_store(town: Town):
    """One command for each kind and role, applied for real: every column takes what the rules let in."""
    firsts = {(one.kind, one.role): one for one in RULES}
    for number, rule in enumerate(firsts.values()):
        bench = Bench(rule, f"case{number}")
        _plant(town, bench)
        envelope = replace(bench.envelope(), cmd_id=f"cmd{number}", **_undoing(town, bench, number))
        envelope = replace(envelope, effects=_in_place(bench, envelope.effects))
        answer = town.send(_on_duty(town, envelope))
        assert answer.status == "done", (rule, answer)


def _on_duty(town: Town, envelope: Envelope) -> Envelope:
    """As the seat says it that has the duty lease, where that is asked for; nobody has it afterwards for long."""
    if envelope.kind not in ON_DUTY:
        return envelope
    town.clock.forward(minutes=1)
    fence = town.store(envelope.actor).duty(envelope.seat, True).fence
    said = tuple(replace(one, values={**one.values, "fence": fence}) for one in envelope.effects)
    return replace(envelope, effects=said)


def _in_place(bench: Bench, effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """The effects, with the case in the hands that its tasks and interim measures are in afterwards."""
    said = [
        _places(bench, effects, one.id)
        if one.table == "case_file" and "units" in one.values
        else {}
        for one in effects
    ]
    return tuple(
        replace(one, values={**one.values, **more}) for one, more in zip(effects, said, strict=True)
    )


def _places(bench: Bench, effects: tuple[Effect, ...], home: str) -> dict:
    rows = {key: row for key, row in bench.rows.items() if row}
    for one in effects:
        key = one.table, one.id
        rows[key] = {**rows.get(key, {}), **one.values}
    hands = (
        [row for (of, _), row in rows.items() if of == name and row["case_id"] == home]
        for name in ("task", "interim")
    )
    return placed(*hands)


def _plant(town: Town, bench: Bench) -> None:
    case, touched = bench.rows["case_file", bench.case_id], {one.table for one in bench.effects}
    if case and touched & {"task", "interim"} and "case_file" not in touched:
        case |= _places(
            bench, bench.effects, bench.case_id
        )  # a command that leaves the case alone finds it settled
    looked = _row(
        "verification", f"{bench.case_id}-look", bench.case_id, bench.login, status="OPEN"
    )
    rows = {("verification", looked["id"]): looked, **bench.rows}
    with town.link.writing():
        for (table, id_), row in rows.items():
            if row is not None:
                values = {k: v for k, v in row.items() if k not in ("id", "changed_by")}
                apply(town.link, Insert(table, id_, values), "undone", 0)


def _undoing(town: Town, bench: Bench, number: int) -> dict:
    """For an undo: the command taken back, written into the log by hand, and effects based on it."""
    if not bench.rule.kind.startswith("undo."):
        return {}
    cmd = f"undone{number}"
    columns = "feed, seq, cmd_id, actor, kind, case_id, applied"
    empty = ("role", "unit", "seat", "scope_before", "scope_after", "body_hash", "applied_hash")
    rest = ("digest", "prev", "hash")
    names = ", ".join((columns, *empty, *rest, "claimed_at", "received_at"))
    at = to_wire(START)
    said = (cmd, bench.login, bench.rule.kind[5:], bench.case_id, "[]")
    marks = ", ".join("?" * (7 + len(empty) + len(rest) + 2))
    values = ("pingshan", 10_000 + number, *said, *[""] * (len(empty) + len(rest)), at, at)
    town.link.run(f"INSERT INTO log ({names}) VALUES ({marks})", values)
    known = (cmd, bench.login, "", "pingshan", 10_000 + number, "{}")
    town.link.run("INSERT INTO command VALUES (?, ?, ?, ?, ?, ?)", known)
    for table, id_ in bench.rows:
        town.link.run(f"UPDATE {table} SET changed_by = ? WHERE id = ?", (cmd, id_))
    effects = tuple(
        replace(one, base=cmd) if isinstance(one, Set) else one for one in bench.effects
    )
    return {"undoes": cmd, "effects": effects}


def test_a_withdrawn_state_is_reached_by_undo_alone():
    assert all(one.kind.startswith("undo.") for one in RULES if one.after == WITHDRAWN)
