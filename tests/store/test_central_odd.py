"""What is malformed is refused for good: retried, it would wedge a queue."""

import json
from dataclasses import replace

import pytest

from app.domain.effects import Insert, Set, insertion
from app.services.envelope import encode
from tests.store.town import Town


@pytest.mark.parametrize(
    "values",
    [
        {"title": None},
        {"title": 7},
        {"nature": "RANT"},
        {"keep_secret": 1},
        {"rework_count": 2**31},
        {"rework_count": True},
        {"registered_at": "2026-03-02"},
        {"registered_at": "2026-03-02T01:00:00.000000+08:00"},
        {"due_at": "yesterday"},
        {"due_at": "2026-02-30T01:00:00.000000Z"},
        {"due_at": "2026-03-02T24:00:00.000000Z"},
        {"due_at": "0000-03-02T01:00:00.000000Z"},
        {"number": "N" * 201},
        {"return_count": 1.0},
        {"return_count": 1e2},
    ],
)
def test_a_value_that_no_store_could_keep_is_refused_for_good(town: Town, values):
    case = town.case()
    insert = Insert("case_file", case.id, {**_values(case), **values})
    text = json.dumps(json.loads(_loose(town.envelope("li", "register", case.id, insert))))
    (answer,) = town.store("li").submit([(text, None)])
    assert (answer.status, answer.why) == ("denied", "value")


def test_fields_an_older_client_does_not_know_are_filled_and_foreign_ones_refused(town: Town):
    case = town.case()
    values = _values(case)
    older = {
        name: value for name, value in values.items() if name not in ("safety_hazard", "due_at")
    }
    town.done(town.envelope("li", "register", case.id, Insert("case_file", case.id, older)))
    for wrong in ({**values, "changed_by": "x"}, {**values, "nonsense": 1}):
        insert = Insert("case_file", "another", wrong)
        answer = town.send(town.envelope("li", "register", "another", insert))
        assert (answer.status, answer.why) == ("denied", "field")
    bare = {name: value for name, value in values.items() if name != "number"}
    answer = town.send(town.envelope("li", "register", "bare", Insert("case_file", "bare", bare)))
    assert (answer.status, answer.facts) == ("denied", {"table": "case_file", "field": "number"})


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", '{"cmd_id": 1}', "[" * 100_000, '"\\ud800"', "\ud800", "\0"],
)
def test_what_nobody_can_read_is_refused_for_good(town: Town, text: str):
    (answer,) = town.store("li").submit([(text, None)])
    assert (answer.status, answer.why) == ("denied", "unreadable")


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("cmd_id", ["x"]),
        ("kind", None),
        ("case_id", 5),
        ("wish", "x"),
        ("undoes", 5),
        ("batch", []),
        ("effects", [{"table": "note", "id": 5, "values": {}}]),
        ("effects", [{"table": "note", "id": "n", "values": []}]),
        ("effects", {}),
        ("effects", [{"table": "note", "id": "n", "values": {"task_id": []}}]),
        ("relies_on", {}),
        ("occurred_at", ""),
        ("occurred_at", False),
        ("claimed_at", "20260302T010000Z"),
        ("claimed_at", "2026-03-02T01:00:00+00:00"),
        ("claimed_at", "2026-03-02T01:00:00"),
        ("claimed_at", 5),
        ("relies_on", [{"table": None, "id": None, "base": None}]),
        ("claimed_at", "2026-03-02T01:00:00+08:00"),
        ("occurred_at", "2026-03-02T01:00:00"),
        ("undoes", "\ud800"),
        ("undoes", "\0"),
        ("batch", "\0"),
        ("seat", "\ud800"),
        ("case_id", "\ud800"),
        ("relies_on", [{"table": "note", "id": "\0", "base": "x"}]),
        ("relies_on", [{"table": "note", "id": "x", "base": "\ud800"}]),
        ("surplus", 1),
    ],
)
def test_a_part_of_another_kind_is_refused_for_good(town: Town, part: str, value):
    case_id, _ = town.register()
    body = {**json.loads(encode(town.note("li", case_id))), part: value}
    (answer,) = town.store("li").submit([(json.dumps(body), None)])
    assert (answer.status, answer.why) == ("denied", "unreadable")


@pytest.mark.parametrize(
    "sign",
    [
        *('"nul \\u0000"', '"half \\uD83d"', '"other half \\ude00"', '"\\ude00\\ud83d"'),
        *(
            "NaN",
            "-Infinity",
            "1e999",
            "9" * 5000,
            "[" * 63 + "]" * 63,
            '{"a":' * 62 + "1" + "}" * 62,
        ),
    ],
)
@pytest.mark.parametrize("where", ["wish", "values"])
def test_what_some_reader_of_the_log_would_stumble_over_is_not_let_in(
    town: Town, sign: str, where: str
):
    """No store keeps NUL or half a character; a line that one seat cannot read would stop that seat."""
    case_id, _ = town.register()
    note = town.note("li", case_id, "HERE" if where == "values" else "…")
    text = encode(replace(note, wish={"text": "HERE"} if where == "wish" else {}))
    (answer,) = town.store("li").submit([(text.replace('"HERE"', sign), None)])
    assert (answer.status, answer.why) == ("denied", "unreadable")


@pytest.mark.parametrize(
    "sign",
    [
        '"\\\\u0000"',
        '"\\ud83d\\ude00"',
        '"\\u00e9\\b\\f\\/"',
        "[1e2, -0, 0.50]",
        "[" * 62 + "]" * 62,
    ],
)
def test_what_every_reader_can_read_is_told_as_it_was_asked(town: Town, sign: str):
    case_id, _ = town.register()
    text = encode(replace(town.note("li", case_id), wish={"text": "HERE"}))
    (answer,) = town.store("li").submit([(text.replace('"HERE"', sign), None)])
    assert answer.status == "done"
    assert town.store("mei").history(case_id)[-1].wish == {"text": json.loads(sign)}


def test_unknown_tables_ids_and_doubled_rows_are_refused(town: Town):
    case_id, base = town.register()
    change = Set("case_file", case_id, {"title": "x"}, base)
    for wrong in (
        (),
        (change, change),
        (Set("operator", "li", {"role": "DIRECTOR"}, ""),),
        (Set("log", "1", {"body": ""}, ""),),
        (Insert("note", "", {"case_id": case_id}),),
        (Insert("note", "n" * 201, {"case_id": case_id, "district": "pingshan"}),),
    ):
        assert town.send(town.envelope("li", "amend", case_id, *wrong)).why == "shape"
    stray = town.envelope(
        "li", "add_note", "", Insert("note", "n", {"district": "pingshan", "case_id": ""})
    )
    assert town.send(stray).why == "shape"
    for wrong in ("", "a|b", "x" * 65, "new\nline"):
        envelope = town.envelope("li", "amend", case_id, change, cmd_id=wrong)
        assert town.send(envelope).why == "cmd-id"


def test_a_look_that_names_no_officer_is_no_grid_officer_s_to_order(town: Town):
    case_id, _, _ = town.verifying("grid1")
    look = town.blank("verification", case_id)
    answer = town.send(town.envelope("grid1", "ask_verification", case_id, look))
    assert (answer.status, answer.why) == ("denied", "role")


def _values(case):
    return dict(insertion(case).values)


def _loose(envelope) -> str:
    """Encoded with escapes, so that half a character survives the way."""
    return json.dumps(json.loads(encode(envelope)), ensure_ascii=True)
