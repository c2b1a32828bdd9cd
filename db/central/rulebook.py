"""The rule table as rows of the store: installed from the domain, compared with it, and read back."""

import json
from collections.abc import Sequence
from typing import Any

from app.domain.rules import RULES, Rule
from app.domain.terms import Role
from app.services.checks import RuleBook
from db.central.chain import sha256
from db.central.link import Link

_COLUMNS = "kind, role, tbl, before, after, fields, stamps, not_by, least, most, held, beside"
_INSERT = f"INSERT INTO rule (place, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

Record = tuple[Any, ...]


def record_of(rule: Rule) -> Record:
    """A rule as a row: sets as blank-separated names in order."""
    move = (rule.kind, str(rule.role), rule.table, rule.before, rule.after)
    names = (" ".join(sorted(rule.fields)), " ".join(sorted(rule.stamps)))
    return (*move, *names, rule.not_by, rule.least, rule.most, rule.held, rule.beside)


def digest_of(records: Sequence[Record]) -> str:
    """A digest by which a change of the rules is noticed."""
    return sha256(json.dumps(sorted(map(list, records), key=repr), ensure_ascii=True))


def install(link: Link, rules: Sequence[Rule] = RULES) -> None:
    """Make the store's rules the domain's, whatever was there; part of every migration."""
    records = [record_of(rule) for rule in rules]
    link.run("DELETE FROM rule")
    link.many(_INSERT, [(place, *record) for place, record in enumerate(records)])
    link.run("UPDATE store_info SET rules_digest = ?", (digest_of(records),))


def installed(link: Link) -> list[Record]:
    """The rows of the rule table."""
    found = link.rows(f"SELECT {_COLUMNS} FROM rule ORDER BY place")
    return [(*record[:-1], bool(record[-1])) for record in found]


def drift(link: Link, rules: Sequence[Rule] = RULES) -> tuple[str, ...]:
    """Rules that only the store or only the domain has; nothing when they agree."""
    here, there = set(installed(link)), {record_of(rule) for rule in rules}
    return tuple(sorted({_named(record) for record in here ^ there}))


def _named(record: Record) -> str:
    """A rule as a person may find it again: what, who, which table, from which state to which."""
    kind, role, table, before, after = record[:5]
    return f"{kind} {role} {table}: {before or '+'} > {after or '='}"


def read(link: Link) -> RuleBook:
    """The rules that this store enforces."""
    return RuleBook(map(_rule, installed(link)))


def _rule(record: Record) -> Rule:
    kind, role, table, before, after, fields, stamps, not_by, least, most, held, beside = record
    return Rule(
        kind,
        Role(role),
        table,
        before,
        after,
        frozenset(fields.split()),
        frozenset(stamps.split()),
        not_by,
        least,
        most,
        held,
        bool(beside),
    )
