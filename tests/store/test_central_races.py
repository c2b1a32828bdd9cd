"""Many seats at once, and a seat that dies between two statements."""

import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.effects import Set, insertion
from app.services.envelope import decode, encode
from db.central.store import open_central
from db.central.verify import verify, verify_link
from tests.store.town import Town, wire

SEATS = 50


@pytest.mark.fault("F20")
def test_of_fifty_claims_of_one_case_exactly_one_is_done(town: Town):
    case_id, base = town.register()
    claims = [
        town.envelope(actor, "amend", case_id, Set("case_file", case_id, {"title": f"{n}"}, base))
        for n, actor in enumerate(["li", "mei"] * (SEATS // 2))
    ]
    gate = threading.Barrier(SEATS)

    def claim(envelope):
        store = town.store(envelope.actor)
        gate.wait()
        (answer,) = store.submit([(encode(envelope), None)])
        return answer

    town.store("li"), town.store("mei")
    with ThreadPoolExecutor(SEATS) as seats:
        answers = list(seats.map(claim, claims))
    assert sorted(one.status for one in answers) == ["conflict"] * (SEATS - 1) + ["done"]
    winner = next(claims[n] for n, one in enumerate(answers) if one.status == "done")
    (row,) = town.link.rows("SELECT changed_by, title FROM case_file")
    assert row == (winner.cmd_id, winner.effects[0].values["title"])
    assert verify_link(town.link, town.sealer).is_sound


@pytest.mark.fault("F20")
def test_of_forty_claims_at_once_one_holds_the_case_and_the_others_are_told_who(town: Town):
    """Decided each on the same sight of the case, and offered through as many threads."""
    case_id, base = town.register()
    (before,) = town.link.rows("SELECT status FROM case_file")
    at = {"held_at": wire(town.clock.now)}
    effect = Set("case_file", case_id, {"holder": "nobody of here", **at}, base)
    claims = [
        town.envelope(("li", "mei", "zhao", "wu")[n % 4], "claim", case_id, effect)
        for n in range(40)
    ]
    gate = threading.Barrier(40)

    def offer(envelope):
        store = town.store(envelope.actor)
        gate.wait()
        (answer,) = store.submit([(encode(envelope), None)])
        return answer

    for one in claims[:4]:
        town.store(one.actor)
    with ThreadPoolExecutor(40) as seats:
        answers = list(seats.map(offer, claims))
    (winner,) = [claims[n].actor for n, one in enumerate(answers) if one.status == "done"]
    assert town.link.rows("SELECT holder, status FROM case_file") == [(winner, before[0])]
    for one in answers:
        if one.status == "done":
            continue
        assert (one.status, one.why) == ("conflict", "base")
        ((table, row),) = one.facts["rows"]
        assert (table, row["holder"], row["held_at"]) == ("case_file", winner, wire(town.clock.now))
        assert [(line["actor"], line["kind"]) for line in one.facts["since"]] == [(winner, "claim")]
    assert verify_link(town.link, town.sealer).is_sound


def test_a_claim_that_saw_the_holder_is_refused_also_where_no_screen_asks(town: Town):
    """The base is right, the wish is not: the rule itself says who must hold the case."""
    case_id, base = town.register()
    at = {"held_at": wire(town.clock.now)}
    held = town.done(town.envelope("li", "claim", case_id, Set("case_file", case_id, at, base)))
    again = Set("case_file", case_id, at, held)
    free = Set("case_file", case_id, {"holder": "", "held_at": None}, held)
    for actor, kind, effect in (
        ("mei", "claim", again),
        ("li", "claim", again),
        ("mei", "release", free),
        ("zhao", "release", free),
    ):
        answer = town.send(town.envelope(actor, kind, case_id, effect))
        assert (answer.status, answer.why) == ("denied", "held"), (actor, kind)
    over = town.done(town.envelope("zhao", "take_over", case_id, again))
    assert town.link.rows("SELECT holder FROM case_file") == [("zhao",)]
    own = Set("case_file", case_id, at, over)
    assert town.send(town.envelope("zhao", "take_over", case_id, own)).why == "held"
    town.done(town.envelope("zhao", "release", case_id, replace(free, base=over)))
    assert town.link.rows("SELECT holder, held_at FROM case_file") == [("", None)]


@pytest.mark.fault("F19")
def test_a_retry_that_races_its_own_original_hears_the_same_answer(town: Town):
    case = town.case()
    text = encode(town.envelope("li", "register", case.id, insertion(case)))
    gate = threading.Barrier(8)

    def send(_: int):
        gate.wait()
        return town.store("li").submit([(text, None)])[0]

    town.store("li")
    with ThreadPoolExecutor(8) as tries:
        answers = set(map(str, tries.map(send, range(8))))
    assert len(answers) == 1
    assert "done" in answers.pop()
    assert town.store("li").head().seq == 1


CLAIM = """
import sys
from db.central.store import open_central
path, login, files = sys.argv[1], sys.argv[2], sys.argv[3:]
store = open_central(path, login)
sys.stdin.readline()
for file in files:
    print(store.submit([(open(file, encoding="utf-8").read(), None)])[0].status, flush=True)
"""


@pytest.mark.slow
def test_processes_that_race_leave_one_history(sqlite_town: Town, file: Path, tmp_path: Path):
    cases = [sqlite_town.register() for _ in range(10)]
    seats = []
    for seat, actor in enumerate(["li", "mei", "zhao", "wu"]):
        paths = []
        for case_id, base in cases:
            change = Set("case_file", case_id, {"title": actor}, base)
            path = tmp_path / f"{seat}-{case_id}.json"
            path.write_text(encode(sqlite_town.envelope(actor, "amend", case_id, change)), "utf-8")
            paths.append(str(path))
        seats.append(
            subprocess.Popen(
                [sys.executable, "-c", CLAIM, str(file), actor, *paths],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        )
    said = [seat.communicate("go\n", timeout=120)[0].split() for seat in seats]
    for answers in zip(*said, strict=True):
        assert sorted(answers) == ["conflict"] * 3 + ["done"]
    assert verify(file).is_sound


DIE = """
import os, signal, sys
from db.central import link
from db.central.store import open_central
path, text, left = sys.argv[1], open(sys.argv[2], encoding="utf-8").read(), [int(sys.argv[3])]
store = open_central(path, "li")
run, row = link.Link.run, link.Link.row
def counted(plain):
    def call(*args):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return plain(*args)
    return call
link.Link.run, link.Link.row = counted(run), counted(row)
print(store.submit([(text, None)])[0].status)
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
@pytest.mark.fault("F2")
def test_a_seat_killed_at_any_statement_leaves_all_or_nothing(
    sqlite_town: Town, file: Path, tmp_path: Path
):
    died, number = 0, 0
    while True:
        number += 1
        case = sqlite_town.case()
        text = tmp_path / "command.json"
        text.write_text(
            encode(sqlite_town.envelope("li", "register", case.id, insertion(case))), "utf-8"
        )
        seq = sqlite_town.store("mei").head().seq
        ran = subprocess.run(
            [sys.executable, "-c", DIE, str(file), str(text), str(number)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert verify(file).is_sound
        if ran.returncode == 0:
            assert ran.stdout.strip() == "done"
            break
        assert ran.returncode == -signal.SIGKILL
        died += 1
        assert sqlite_town.store("mei").head().seq == seq
        again = sqlite_town.send(decode(text.read_text("utf-8")))
        assert (again.status, again.seq) == ("done", seq + 1)
    assert died >= 12


def test_every_thread_has_a_connection_and_close_gives_all_back(file: Path):
    store = open_central(file, "li")
    with ThreadPoolExecutor(4) as threads:
        assert {one.seq for one in threads.map(lambda _: store.head(), range(16))} == {0}
    store.close()
    if sys.platform.startswith("linux"):
        open_files = [
            str(one.readlink()) for one in Path("/proc/self/fd").iterdir() if one.is_symlink()
        ]
        assert str(file) not in open_files
