"""Two stores that are told the same: random lives of a town, valid and invalid, for both kinds of store at once."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from app.domain.case import TABLES
from app.domain.effects import Insert, Reliance, Set, is_optional, kinds_of
from app.domain.refused import Refused
from app.domain.rules import RULES, Rule
from app.domain.terms import Role
from app.services.checks import RuleBook
from app.services.derived import placed
from app.services.envelope import Sealed, encode
from app.services.ports import Cursor, Sent
from db.central import people
from db.central.chain import ENTRIES, entry_from
from db.central.rows import find, instant_text, selected, wire
from tests.store.town import PEOPLE, START, Town, everybody
from tests.store.town import wire as written

BOOK = RuleBook(RULES)
LOGINS = [login for login, _, _ in PEOPLE]
ROLE = {login: role for login, role, _ in PEOPLE}
TEXTS = [
    "",
    "路灯不亮",
    "a",
    '‑"\\\n\t\u2028\x7f\x1f',
    "𠮷",
    "|",
    "water",
    "|water|",
    "139****5678",
    "x" * 300,
]
ODD = [
    None,
    True,
    False,
    0,
    1,
    -1,
    2**31,
    1.5,
    1e3,
    "",
    "x",
    "|",
    [],
    {},
    ["x"],
    {"a": 1},
    "2026-03-02",
    "\0",
    "\ud83d",
]
PHONES = [
    "",
    "13912345678",
    "139 1234 5678",
    "+8613912345678",
    "８６１３９１２３４５６７８",
    "0755-84622222",
    "١٢٣٤",
]


class Twins:
    """The same town twice. Every step is done to both, and both must say the same."""

    def __init__(self, here: Town, there: Town) -> None:
        self.towns = (here, there)
        self.cases: list[str] = ["no-such-case"]
        self.sent: list[tuple[str, str, Sealed | None]] = []
        self.batches = ["b0"]
        self.tally: dict[tuple[str, str], int] = {}

    @property
    def here(self) -> Town:
        return self.towns[0]

    def both(self, do: Callable[[Town], Any]) -> Any:
        """Do it to both; what they say (a refusal is a saying), which must be the same."""
        said = [_said(do, town) for town in self.towns]
        assert said[0] == said[1], self.sent[-1:]
        return said[0]

    def step(self, what: str, seed: int) -> None:
        getattr(self, what)(Random(seed))

    def register(self, draw: Random) -> None:
        """A new case, with a person or without."""
        who = draw.choice(["li", "li", "mei", "zhao", *LOGINS])
        case_id = self.here.new_id() if draw.random() < 0.95 else draw.choice(self.cases)
        more = {"registered_at": self._time(draw), "title": draw.choice(TEXTS)}
        if draw.random() < 0.2:
            more["due_at"] = self._time(draw)
        if draw.random() < 0.1:
            more |= {"historical": True, "batch": draw.choice(self.batches)}
        effect = self._case_effect(case_id, **more)
        envelope = self.here.envelope(who, "register", case_id, effect, **self._more(draw))
        self.cases.append(case_id)
        self.send(draw, encode(envelope), self._sealed(draw, case_id), who)

    def act(self, draw: Random) -> None:
        """A command of some kind in the hands of somebody who may do it, on rows as they are."""
        who = draw.choice(LOGINS)
        kinds = sorted(
            {one.kind for one in RULES if one.role == ROLE[who] and one.kind != "register"}
        )
        if not kinds:
            return
        kind, case_id = draw.choice(kinds), draw.choice(self.cases)
        effects = self._effects(draw, kind, who, case_id)
        undoes = self._changed_by("case_file", case_id) if kind.startswith("undo.") else None
        envelope = self.here.envelope(
            who, kind, case_id, *effects, undoes=undoes, **self._more(draw)
        )
        self.send(
            draw,
            encode(envelope),
            self._sealed(draw, case_id) if draw.random() < 0.1 else None,
            who,
        )

    def go_on(self, draw: Random) -> None:
        """What fits one of the latest cases as it stands: a kind whose rules its row allows, mostly onwards."""
        case_id = draw.choice(self.cases[-6:])
        case = find(self.here.link, ("case_file", case_id))
        fitting = [
            one
            for one in RULES
            if case and one.table == "case_file" and one.before == case["status"]
        ]
        onwards = [one for one in fitting if one.kind in ONWARDS]
        fitting = onwards if onwards and draw.random() < 0.8 else fitting
        if not case or not fitting:
            return
        rule = draw.choice(fitting)
        who = draw.choice([login for login in LOGINS if ROLE[login] == rule.role])
        effects = self._effects(draw, rule.kind, who, case_id)
        undoes = str(case["changed_by"]) if rule.kind.startswith("undo.") else None
        more = self._more(draw) if draw.random() < 0.2 else {}
        envelope = self.here.envelope(who, rule.kind, case_id, *effects, undoes=undoes, **more)
        sealed = self._sealed(draw, case_id) if draw.random() < 0.1 else None
        self.send(draw, encode(envelope), sealed, who)

    def work(self, draw: Random) -> None:
        """A case on one of the usual ways, some steps far."""
        case_id = self.here.new_id()
        self.cases.append(case_id)
        register = self.here.envelope("li", "register", case_id, self._case_effect(case_id))
        self.send(draw, encode(register), None, "li", mutate=False)
        way = draw.choice(WAYS)
        for step in way[: draw.randrange(len(way) + 1)]:
            who, kind = step.split()
            effects = self._effects(draw, kind, who, case_id, unit="water")
            late = draw.random() < 0.02
            more = {"claimed_at": self.here.clock.now - timedelta(days=late)}
            envelope = self.here.envelope(who, kind, case_id, *effects, **more)
            self.send(draw, encode(envelope), None, who, mutate=False)

    def take_up(self, draw: Random) -> None:
        """A refused case is registered again, with all of its matter in hand, some of it, or the wrong one."""
        sql = "SELECT id, changed_by, status FROM case_file WHERE id = ? OR supplements IS NOT NULL ORDER BY id"
        named = draw.choice(self._refused() or self.cases)
        relied = [one[:2] for one in self.here.link.rows(sql, (named,)) if draw.random() < 0.9]
        case_id = self.here.new_id()
        self.cases.append(case_id)
        effect = self._case_effect(case_id, supplements=named)
        relies = tuple(Reliance("case_file", *one) for one in relied)
        envelope = self.here.envelope("li", "register", case_id, effect, relies_on=relies)
        self.send(draw, encode(envelope), None, draw.choice(["li", "li", "mei"]), mutate=False)

    def merge(self, draw: Random) -> None:
        """Cases are merged, or part again: mostly rightly, sometimes with a part too many or one too few."""
        who = draw.choice(["li", "zhao", "wu", *LOGINS])
        ids = list(dict.fromkeys(draw.choice(self.cases[-9:]) for _ in range(draw.randint(2, 4))))
        is_apart = draw.random() < 0.3
        effects = [self._change(draw, ids[0], members=draw.randrange(4), shared=draw.choice(TEXTS))]
        for one in ids[1:]:
            effects += self._parting(draw, one) if is_apart else self._joining(draw, one, ids[0])
        if draw.random() < 0.15:
            effects.append(Insert("note", self.here.new_id(), self._note_values(draw.choice(ids))))
        if draw.random() < 0.1:
            effects.pop(draw.randrange(len(effects)))
        kind = draw.choice(["merge"] * 9 + ["note"]) if not is_apart else "unmerge"
        envelope = self.here.envelope(who, kind, ids[0], *effects, **self._more(draw))
        self.send(draw, encode(envelope), None, who, mutate=draw.random() < 0.2)

    def _joining(self, draw: Random, one: str, into: str) -> list[Any]:
        at, case = written(self.here.clock.now), find(self.here.link, ("case_file", one))
        more = {
            "merged_into": into,
            "merged_at": at,
            "merged_from": str((case or {}).get("status")),
        }
        off = {"status": "CANCELLED", "returned_at": at}
        tasks = [self._change(draw, id_, "task", **off) for id_ in self._tasks(one, "PENDING_SIGN")]
        return self._placed(draw, one, [self._change(draw, one, status="MERGED", **more), *tasks])

    def _parting(self, draw: Random, one: str) -> list[Any]:
        case = find(self.here.link, ("case_file", one)) or {}
        back = {"merged_into": None, "merged_at": None, "merged_from": ""}
        status = str(case.get("merged_from") or "FILED")
        on = {"status": "PENDING_SIGN", "returned_at": None}
        tasks = [self._change(draw, id_, "task", **on) for id_ in self._tasks(one, "CANCELLED")]
        return self._placed(draw, one, [self._change(draw, one, status=status, **back), *tasks])

    def _change(self, draw: Random, id_: str, table: str = "case_file", **values: Any) -> Set:
        base = self._changed_by(table, id_)
        return Set(table, id_, values, base if draw.random() < 0.97 else "stale")

    def _tasks(self, case_id: str, status: str) -> list[str]:
        sql = "SELECT id FROM task WHERE case_id = ? AND status = ? ORDER BY id"
        return [id_ for (id_,) in self.here.link.rows(sql, (case_id, status))]

    def _note_values(self, case_id: str) -> dict[str, Any]:
        at = written(self.here.clock.now)
        return {"district": "pingshan", "case_id": case_id, "status": "RECORDED", "made_at": at}

    def _refused(self) -> list[str]:
        rows = self.here.link.rows("SELECT id FROM case_file WHERE status = 'REFUSED' ORDER BY id")
        return [id_ for (id_,) in rows]

    def again(self, draw: Random) -> None:
        """A command that was sent before, as it was or not quite, by its author or another."""
        if self.sent:
            who, text, sealed = draw.choice(self.sent)
            who = who if draw.random() < 0.8 else draw.choice(LOGINS)
            self.send(draw, text, sealed, who)

    def take_back(self, draw: Random) -> None:
        """An undo of a line of the log, to what stood there or to something else."""
        lines = self.here.link.rows(
            "SELECT cmd_id, actor, kind, case_id, applied FROM log ORDER BY seq"
        )
        if not lines:
            return
        cmd_id, actor, kind, case_id, applied = draw.choice(lines[-8:])
        effects = []
        for one in json.loads(applied):
            values = {"status": "WITHDRAWN" if one["table"] != "task" else "CANCELLED"}
            if "base" in one:
                names = sorted(one["values"])
                stood = self._before(case_id, cmd_id).get((one["table"], one["id"]), {})
                values = {name: stood.get(name) for name in names if draw.random() < 0.95}
                values |= {draw.choice(names): draw.choice(TEXTS)} if draw.random() < 0.1 else {}
            effects.append(Set(one["table"], one["id"], values, cmd_id))
        who = actor if draw.random() < 0.9 else draw.choice(LOGINS)
        envelope = self.here.envelope(who, f"undo.{kind}", case_id, *effects, undoes=cmd_id)
        self.send(draw, encode(envelope), None, who)

    def many(self, draw: Random) -> None:
        """Several commands in one request, sent by a clock that may be off."""
        texts = [text for _, text, _ in self.sent[-5:]]
        case_id = draw.choice(self.cases)
        texts += [encode(self.here.note(who, case_id)) for who in ("li", "ann")]
        draw.shuffle(texts)
        sent = Sent(self.here.clock.now + timedelta(seconds=draw.choice([0, 59, 60, 61, -61])))
        offers = [(text, None) for text in texts]
        self.both(lambda town: town.store("li").submit(offers, sent))

    def time(self, draw: Random) -> None:
        """The store's clock goes on, or is set back."""
        by = draw.choice([0.5, 30, 90, 3600, 86_400 * 3, -50, -7200])
        for town in self.towns:
            town.clock.forward(seconds=by)

    def person(self, draw: Random) -> None:
        """Somebody gets another role or unit, or is shut out."""
        login = draw.choice(LOGINS)
        role, unit = draw.choice(
            [(Role.UNIT_HANDLER, "roads"), (Role.OPERATOR, None), (ROLE[login], "water")]
        )
        gone = draw.random() < 0.2
        for town in self.towns:
            with town.link.writing():
                if gone:
                    people.deactivate(town.link, login)
                else:
                    people.move_operator(town.link, login, role, unit)

    def batch(self, draw: Random) -> None:
        """An import batch is opened or closed."""
        batch, historical = f"b{len(self.batches)}", draw.random() < 0.7
        self.batches.append(batch)
        sql = "INSERT INTO batch (id, opened_by, is_historical, opened_at, closed_at) VALUES (?, ?, ?, ?, ?)"
        at = written(self.here.clock.now)
        for town in self.towns:
            town.link.run(sql, (batch, "zhao", historical, at, at if len(batch) % 3 else None))

    def look(self, draw: Random) -> None:
        """What somebody reads: feed, first fill, the life of a case, a person."""
        who, case_id = draw.choice(LOGINS), draw.choice(self.cases)
        limit = draw.choice([1, 2, 100])
        self.both(lambda town: town.store(who).operator())
        head = self.both(lambda town: town.store(who).head())
        cursors = (
            [Cursor(), head, Cursor(draw.randrange(9), "0" * 64)]
            if isinstance(head, Cursor)
            else []
        )
        for cursor in cursors:
            self.both(lambda town, cursor=cursor: town.store(who).pull(cursor, limit))
        position = None
        for _ in range(6):
            page = self.both(lambda town, at=position: town.store(who).snapshot(at, limit))
            if isinstance(page, tuple) or (position := page.position) is None:
                break
        self.both(lambda town: town.store(who).history(case_id))
        reason = draw.choice(["回访", " \u3000", ""])
        self.both(lambda town: town.store(who).reveal(case_id, reason))
        phone = draw.choice(PHONES)
        self.both(lambda town: town.store("wu").reporter_key(phone))

    def send(
        self, draw: Random, text: str, sealed: Sealed | None, who: str, *, mutate: bool = True
    ) -> None:
        """Offer one command to both, perhaps spoilt on the way."""
        if mutate and draw.random() < 0.3:
            text = spoilt(draw, text)
        via = who if draw.random() < 0.97 else draw.choice(LOGINS)
        self.sent.append((who, text, sealed))
        said = self.both(lambda town: town.store(via).submit([(text, sealed)]))
        key = (said[0].status, said[0].why) if isinstance(said, list) else said[:2]
        self.tally[key] = self.tally.get(key, 0) + 1

    def _effects(
        self, draw: Random, kind: str, who: str, case_id: str, **more: Any
    ) -> list[Insert | Set]:
        """One effect for each part that must be there, and for some that may."""
        chosen: dict[Any, Rule] = {}
        own = {part: one for part, one in BOOK.parts(kind, ROLE[who]).items() if not one.beside}
        for part, first in own.items():
            options = [
                one
                for one in RULES
                if (one.kind, one.role) == (kind, ROLE[who]) and self._is_of(one, part)
            ]
            if first.least or first.table == "case_file" or draw.random() < 0.5:
                chosen[part] = self._standing(draw, options, case_id)
        rules = self._one_for_the_case(draw, list(chosen.values()), case_id)
        effects = [self._effect(draw, rule, case_id, more) for rule in rules]
        draw.shuffle(effects)
        if effects and draw.random() < 0.05:  # a part too many, or one too few
            made = replace(effects[-1], id=self.here.new_id())
            effects = effects[:-1] if isinstance(made, Set) else [*effects, made]
        return self._placed(draw, case_id, effects)

    def _one_for_the_case(self, draw: Random, rules: list[Rule], case_id: str) -> list[Rule]:
        """A case is changed once at most: of several ways rather one that begins where it stands."""
        of_case = [one for one in rules if one.table == "case_file"]
        fit = [one for one in of_case if self._row("case_file", case_id, one.before)]
        kept = draw.choice(fit or of_case) if of_case else None
        return [one for one in rules if one.table != "case_file" or one is kept]

    def _is_of(self, rule: Rule, part: Any) -> bool:
        mine = rule.table, rule.is_insert, rule.fields, rule.stamps
        return not rule.beside and mine == part[:4]

    def _standing(self, draw: Random, options: list[Rule], case_id: str) -> Rule:
        """Rather a rule whose move begins where a row of the case stands."""
        fit = [
            one
            for one in options
            if not one.is_insert and self._row(one.table, case_id, one.before)
        ]
        return draw.choice(fit or options)

    def _row(self, table: str, case_id: str, status: str | None) -> tuple[Any, ...] | None:
        column = "id" if table == "case_file" else "case_id"
        sql = f"SELECT id, changed_by FROM {table} WHERE {column} = ? AND status = ? ORDER BY id"
        return self.here.link.row(sql, (case_id, status))

    def _effect(self, draw: Random, rule: Rule, case_id: str, more: dict[str, Any]) -> Insert | Set:
        status = {} if rule.after is None else {"status": rule.after}
        if rule.is_insert:
            id_ = case_id if rule.table == "case_file" else self.here.new_id()
            names = [name for name in sorted(rule.fields) if draw.random() < 0.9]
            values = {name: self._value(draw, rule.table, name, case_id) for name in names}
            own = (
                {"district": "pingshan", "case_id": case_id}
                if rule.table != "case_file"
                else {"district": "pingshan"}
            )
            return Insert(rule.table, id_, {**values, **own, **status, **self._unit(rule, more)})
        found = self._row(rule.table, case_id, rule.before) or self._row(
            rule.table, case_id, "FILED"
        )
        id_, base = found or (case_id if rule.table == "case_file" else "no-such-row", "nothing")
        names = [
            name
            for name in sorted(rule.fields)
            if name not in ("units", "lead_unit") and draw.random() < 0.4
        ]
        values = {name: self._value(draw, rule.table, name, case_id) for name in names}
        values = {**values, **status} or {"stage": "FILING"}
        return Set(rule.table, id_, values, base if draw.random() < 0.95 else "stale")

    def _unit(self, rule: Rule, more: dict[str, Any]) -> dict[str, Any]:
        return more if rule.table in HANDS else {}

    def _placed(self, draw: Random, case_id: str, effects: list[Any]) -> list[Any]:
        """The case in the hands that its tasks and interim measures are in afterwards, mostly."""
        if draw.random() < 0.1 or not any(one.table in HANDS for one in effects):
            return effects
        kept = {table: self._hands(table, case_id, effects) for table in HANDS}
        if any(len({"unit", "status"} - set(one)) for rows in kept.values() for one in rows):
            return effects
        hands = placed(kept["task"], kept["interim"])
        return [
            replace(one, values={**one.values, **hands}) if one.table == "case_file" else one
            for one in effects
        ]

    def _hands(self, table: str, case_id: str, effects: list[Any]) -> list[dict[str, Any]]:
        sql = f"SELECT id, unit, status FROM {table} WHERE case_id = ? ORDER BY {HANDS[table]}, id"
        rows = {
            one[0]: dict(zip(("id", "unit", "status"), one, strict=True))
            for one in self.here.link.rows(sql, (case_id,))
        }
        for one in effects:
            if one.table == table:
                rows.setdefault(one.id, {}).update(one.values)
        return list(rows.values())

    def _value(self, draw: Random, table: str, name: str, case_id: str) -> Any:
        kind = kinds_of(TABLES[table])[name]
        if name == "task_id":
            found = self.here.link.row("SELECT id FROM task WHERE case_id = ?", (case_id,))
            return (
                found[0]
                if found and draw.random() < 0.9
                else draw.choice([None, "", "no-such-task"])
            )
        if name in ("unit", "officer"):
            return (
                draw.choice(["water", "roads"])
                if name == "unit"
                else draw.choice(["", "grid1", "grid2"])
            )
        if is_optional(TABLES[table], name) and draw.random() < 0.4:
            return None
        if hasattr(kind, "__members__"):
            return str(draw.choice(list(kind)))
        plain = {str: draw.choice(TEXTS), int: draw.randrange(-2, 4), bool: draw.random() < 0.3}
        return plain[kind] if kind in plain else written(self._time(draw))

    def _time(self, draw: Random):
        by = draw.choice([0, 0, 0, 1, -30, 3600, -3600, 86_400 * 20, -86_400 * 20])
        return self.here.clock.now + timedelta(seconds=by, microseconds=draw.choice([0, 0, 7]))

    def _more(self, draw: Random) -> dict[str, Any]:
        """What an envelope may say besides; mostly nothing."""
        more: dict[str, Any] = {
            "wish": draw.choice([{}, {}, {"title": draw.choice(TEXTS), "n": [1, None]}])
        }
        if draw.random() < 0.2:
            by = draw.choice([-30, -59, -61, 59, 61, -86_400])
            more["claimed_at"] = self.here.clock.now + timedelta(seconds=by)
        if draw.random() < 0.1:
            more["occurred_at"] = self._time(draw)
        if draw.random() < 0.1:
            more["batch"] = draw.choice([*self.batches, "", "no-such-batch"])
        if draw.random() < 0.2:
            more["read_to"] = self.here.store("wu").head().text if self._is_in("wu") else "9:x"
        return more

    def _is_in(self, login: str) -> bool:
        return not isinstance(_said(lambda town: town.store(login).head(), self.here), tuple)

    def _sealed(self, draw: Random, case_id: str) -> Sealed | None:
        if draw.random() < 0.5:
            return None
        phone, name = draw.choice(PHONES), draw.choice(["", "欧阳翠花", "𠮷田", "Ann \x7f"])
        numbers = draw.choice(
            [(), (("138****1111", "13800001111"),), (("*", "1"), ("*", "2")), (("*", "\ud800"),)]
        )
        where = case_id if draw.random() < 0.9 else draw.choice(self.cases)
        return Sealed(where, name, phone, draw.choice(["", "440307199001011234"]), numbers)

    def _case_effect(self, case_id: str, **more: Any) -> Insert:
        case = self.here.case(**more)
        from app.domain.effects import insertion

        return Insert("case_file", case_id, dict(insertion(case).values))

    def _changed_by(self, table: str, id_: str) -> str:
        found = find(self.here.link, (table, id_))
        return "nobody" if found is None else str(found["changed_by"])

    def _before(self, case_id: str, cmd_id: str) -> dict[tuple[str, str], dict[str, Any]]:
        from db.central.undo import before_image

        (seq,) = self.here.link.row("SELECT seq FROM log WHERE cmd_id = ?", (cmd_id,)) or (0,)
        ids = self.here.link.rows("SELECT case_id FROM concern WHERE seq = ?", (seq,))
        return before_image(self.here.link, [case_id, *(one for (one,) in ids)], seq)

    def compare(self) -> None:
        """Every row of every table that matters is the same in both."""
        for table in TABLES:
            self.both(lambda town, table=table: _rows(town, table))
        self.both(lambda town: sorted(map(repr, map(entry_from, town.link.rows(ENTRIES)))))
        self.both(lambda town: sorted(town.link.rows("SELECT * FROM concern")))
        self.both(_commands)
        self.both(
            lambda town: [
                (*one[:3], instant_text(one[3]))
                for one in town.link.rows("SELECT feed, seq, hash, at FROM head")
            ]
        )
        self.both(lambda town: town.link.rows("SELECT case_id, cmd_id FROM reporter ORDER BY 1"))
        self.both(
            lambda town: town.link.rows(
                "SELECT cmd_id, place, case_id, mask FROM sealed_number ORDER BY 1, 2"
            )
        )
        self.both(
            lambda town: town.link.rows(
                "SELECT what, actor, about, reason FROM access_log"
                " WHERE what IN ('reveal', 'reveal.limited') ORDER BY id"
            )
        )


def _rows(town: Town, table: str) -> list[str]:
    return sorted(repr(sorted(wire(table, one).items())) for one in town.link.rows(selected(table)))


def _commands(town: Town) -> list[Any]:
    rows = town.link.rows("SELECT cmd_id, actor, digest, feed, seq, answer FROM command")
    return sorted((*one[:5], sorted(json.loads(one[5]).items(), key=repr)) for one in rows)


def _said(do: Callable[[Town], Any], town: Town) -> Any:
    try:
        return do(town)
    except Refused as no:
        return "refused", no.code, no.facts


def spoilt(draw: Random, text: str) -> str:
    """A command with something wrong in it: a part gone, another in its place, one too many."""
    try:
        body = json.loads(text)
    except ValueError:
        return text[: draw.randrange(len(text) + 1)]
    if not isinstance(body, dict) or draw.random() < 0.05:
        return text[: draw.randrange(len(text) + 1)]
    places = [body]
    for one in [*_list(body, "effects"), *_list(body, "relies_on")]:
        places += (
            [one, one["values"]]
            if isinstance(one, dict) and isinstance(one.get("values"), dict)
            else []
        )
    place = draw.choice(places)
    name = draw.choice([*place, "surplus", "changed_by", "district", "id"])
    match draw.randrange(5):
        case 0:
            place.pop(name, None)
        case 1 | 2:
            place[name] = draw.choice(ODD)
        case 3:
            place[name] = draw.choice(TEXTS)
        case _:
            body["effects"] = [*_list(body, "effects"), *_list(body, "effects")[:1]]
    ascii_ = draw.random() < 0.5 or "\\ud83d" in json.dumps(body)
    return json.dumps(body, ensure_ascii=ascii_, sort_keys=draw.random() < 0.5)


def _list(body: dict[str, Any], name: str) -> list[Any]:
    found = body.get(name)
    return found if isinstance(found, list) else []


#: Who does what to a case on the usual ways.
WAYS = (
    ("li file", "li dispatch", "ann sign", "ann handle", "wu close"),
    ("li file", "li dispatch", "ann ask_return", "zhao refuse_return", "ann sign"),
    ("li file", "li dispatch", "zhao ask_return", "zhao approve_return", "wu approve_return"),
    ("li file", "li dispatch", "ann sign", "ann ask_extension", "zhao approve_request"),
    ("li file", "li dispatch", "ann sign", "zhao ask_suspension", "zhao approve_request"),
    (
        "li file",
        "li dispatch",
        "ann sign",
        "ann ask_suspension",
        "wu approve_request",
        "ann resume",
    ),
    ("li file", "li dispatch", "ann sign", "ann log_blocker", "zhao approve_request", "ann resume"),
    (
        "li file",
        "li dispatch",
        "ann sign",
        "ann ask_reveal",
        "zhao approve_reveal",
        "ann see_reporter",
    ),
    ("li order_interim", "ann report_interim", "li file", "li dispatch"),
    ("li order_interim", "mei report_interim"),
    ("li file", "zhao fall_back", "ann sign"),
    (
        "li file",
        "li dispatch",
        "zhao open_coordination",
        "wu convene_coordination",
        "zhao rule_coordination",
    ),
    (
        "li file",
        "li dispatch",
        "li add_assist",
        "zhao ask_return",
        "zhao approve_return",
        "wu approve_return",
    ),
    ("li file", "li dispatch", "mei add_assist", "ann sign", "ann handle", "mei undo.add_assist"),
    ("li refuse", "li undo.refuse"),
    ("li file", "li dispatch", "ann sign", "ann record_notice", "ann call_back_notice"),
    ("li file", "li dispatch", "ann sign", "ann handle", "li close", "mei record_visit"),
    ("li ask_verification", "grid1 report_verification", "mei file", "mei dispatch"),
)
#: Rows that bring a case into a unit's hands, and when each was made.
HANDS = {"task": "dispatched_at", "interim": "ordered_at"}
#: The kinds that bring a case nearer to its end.
ONWARDS = {
    *("file", "ask_verification", "report_verification", "dispatch", "sign", "handle", "close"),
    *("ask_return", "approve_return", "refuse_return", "order_rework", "redispatch", "classify"),
    *("ask_extension", "ask_suspension", "ask_staged", "approve_request", "refuse_request"),
    *("open_coordination", "convene_coordination", "rule_coordination", "fall_back"),
    *("log_blocker", "ask_cancel", "resume", "order_interim", "report_interim", "add_assist"),
    *("call_back_notice", "record_visit", "explain_rating", "decide_rating", "reopen"),
}
#: What is emptied between two lives of the same PostgreSQL town.
WIPED = (
    "log, concern, command, reporter, sealed_number, access_log, batch, device, presence, finder"
)


def wiped(town: Town) -> Town:
    """The town as it was founded."""
    town.link.run(f"TRUNCATE {', '.join(TABLES)}, {WIPED}")
    town.link.run("UPDATE head SET seq = 0, hash = '', at = ?", (START,))
    for one in everybody():
        sql = (
            "UPDATE operator SET role = ?, unit = ?, is_active = ?, scope_epoch = 0 WHERE login = ?"
        )
        town.link.run(sql, (str(one.role), one.unit, True, one.login))
    town.clock.now = START
    return town
