"""Classes learned from closed cases come to the pickers of a desk; words speak where nothing was learned."""

import json
import os
import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.__main__ import main
from app.cli.learning import DAY, MODEL, REPLICA, LearnedGuesser, Learning, is_due
from app.cli.schooling import BEFORE, LEAST, LEAST_HELD, RECORD, beside, last_lesson, learn
from app.cli.wiring import files_of
from app.domain.effects import to_wire
from app.domain.taxonomy import Category, Directory, Taxonomy
from app.insight.classes import train
from app.insight.packing import opened
from app.services.guess import Hints, WordGuesser
from db.centre import key_of
from db.replica.confirmed import confirmed
from tests.unit.test_insight_classes import MODEL as KNOWN
from tests.unit.test_insight_classes import SAID
from ui.indexes import indexes_of

TAXONOMY = Taxonomy(tuple(Category(code, code, code, None, 1, ()) for code in (*SAID, "井盖")))
WORDS = WordGuesser.of(TAXONOMY)
DIRECTORY = Directory(TAXONOMY, (), (), (), ())


def day(number: int) -> str:
    return str(to_wire(datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=number)))


def replica(path: Path, times: int, status: str = "CLOSED_ON_TIME") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path)
    db.execute("create table case_file (id, title, narrative, category, status, closed_at)")
    said = [(text, code) for _ in range(times) for code in SAID for text in SAID[code]]
    rows = [
        (f"{at}", text[:4], text[4:], code, status, day(at // 4))
        for at, (text, code) in enumerate(said)
    ]
    db.executemany("insert into case_file values (?, ?, ?, ?, ?, ?)", rows)
    db.execute("insert into case_file values ('x', '再说', '路灯', null, 'CLOSED_ON_TIME', null)")
    db.execute("insert into case_file values ('y', '少见', '的事', '少见', 'CLOSED_OVERDUE', null)")
    db.commit()
    db.close()
    return path


def test_closed_cases_teach_and_the_same_cases_teach_the_same(tmp_path):
    file = replica(tmp_path / REPLICA, 20)
    one = learn(file)
    assert (one.cases, one.classes, one.version, one.is_adopted) == (240, 4, 1, True)
    assert one.held >= LEAST_HELD
    assert one.right == 1.0
    assert one.before is None
    first = (tmp_path / MODEL).read_bytes()
    assert opened(first).codes == tuple(sorted(SAID))
    assert not learn(file).is_adopted, "no case came that the one in use has not seen"
    assert (tmp_path / MODEL).read_bytes() == first
    assert last_lesson(file) == one
    names = [REPLICA, MODEL, REPLICA.replace(".db", RECORD)]
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(names)


def more(file: Path, count: int, mixed: bool) -> None:
    """Cases closed later; `mixed` ones were closed with any class but their own."""
    said, codes = [(text, code) for code in SAID for text in SAID[code]], sorted(SAID)
    with closing(sqlite3.connect(file)) as db:
        for at in range(count):
            text, code = said[at % len(said)]
            given = codes[(codes.index(code) + 1 + at % 3) % 4] if mixed else code
            row = (f"m{at}", text[:4], text[4:], given, "CLOSED_ON_TIME", day(200 + at // 9))
            db.execute("insert into case_file values (?, ?, ?, ?, ?, ?)", row)
        db.commit()


def test_what_is_new_is_taken_up_where_it_is_no_worse_and_the_one_before_is_kept(tmp_path):
    file = replica(tmp_path / REPLICA, 20)
    learn(file)
    first = (tmp_path / MODEL).read_bytes()
    more(file, 60, mixed=False)
    two = learn(file)
    assert (two.version, two.held, two.right, two.before) == (2, 60, 1.0, 1.0)
    assert two.is_adopted
    assert beside(file, BEFORE).read_bytes() == first
    assert opened((tmp_path / MODEL).read_bytes()).cases == 300


def test_what_is_worse_is_not_taken_up_and_that_is_written_down(tmp_path, monkeypatch):
    file = replica(tmp_path / REPLICA, 20)
    learn(file)
    first = (tmp_path / MODEL).read_bytes()
    more(file, 60, mixed=False)
    other = ["积水" if one.category != "积水" else "噪声" for one in confirmed(file)]
    worse = train([one.text for one in confirmed(file)], other)
    monkeypatch.setattr("app.cli.schooling._trained", lambda _: worse)
    two = learn(file)
    assert two.right is not None
    assert two.before == 1.0 > two.right
    assert not two.is_adopted
    assert (tmp_path / MODEL).read_bytes() == first
    assert len(beside(file, RECORD).read_text("utf-8").splitlines()) == 2
    assert last_lesson(file).version == 1


def test_a_damaged_model_or_record_is_none_and_is_learned_anew(tmp_path):
    file = replica(tmp_path / REPLICA, 20)
    (tmp_path / MODEL).write_bytes(b"nothing")
    beside(file, RECORD).write_text("{", "utf-8")
    assert learn(file).is_adopted
    assert opened((tmp_path / MODEL).read_bytes()).cases == 240


@pytest.mark.parametrize(("times", "status"), [(5, "CLOSED_ON_TIME"), (20, "DISPATCHED")])
def test_too_few_closed_cases_teach_nothing(times, status, tmp_path):
    one = learn(replica(tmp_path / REPLICA, times, status))
    assert one.cases < LEAST
    assert one.classes == 0
    assert not (tmp_path / MODEL).exists()


def test_the_command_learns_for_every_store_of_the_seat(tmp_path, capsys):
    replica(tmp_path / "desks" / "one" / REPLICA, 20)
    replica(tmp_path / "desks" / "two" / REPLICA, 2)
    assert main(["--lang", "en", "insight", "learn", "--home", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert "Learned 4 categories from 240 closed cases" in said
    assert "Too few closed cases" in said
    assert (tmp_path / "desks" / "one" / MODEL).is_file()


def test_what_was_learned_speaks_first_with_its_words_and_habits():
    guesser = LearnedGuesser(KNOWN, WORDS, {*SAID})
    first, *rest = guesser.guess(Hints("昨晚工地夜间施工噪声", recent={"噪声": 3}))
    assert first.category == "噪声"
    assert first.words
    assert first.habits == ("RECENT",)
    assert all(one.category != "噪声" for one in rest)
    assert guesser.guess(Hints("昨晚工地夜间施工噪声，井盖坏了"))[1].category == "井盖"


def test_words_speak_where_it_abstains_and_classes_that_are_gone_are_passed_over():
    guesser = LearnedGuesser(KNOWN, WORDS, {*SAID})
    assert [one.category for one in guesser.guess(Hints("井盖"))] == ["井盖"]
    assert guesser.guess(Hints("")) == ()
    gone = LearnedGuesser(KNOWN, WORDS, {"积水"})
    assert [one.category for one in gone.guess(Hints("昨晚工地夜间施工，井盖"))] == ["井盖"]


def seat(tmp_path: Path) -> tuple[Path, Path]:
    store = tmp_path / "central.db"
    (tmp_path / "stores.json").write_text(json.dumps({key_of(store): "one"}), "utf-8")
    return tmp_path / "desks" / "one", store


def test_a_desk_reads_what_was_learned_on_a_thread_of_its_own(tmp_path):
    files, store = seat(tmp_path)
    learn(replica(files / REPLICA, 20))
    assert files_of(tmp_path, store) == files
    learning = Learning(tmp_path, store)
    learning.meet(DIRECTORY)
    indexes_of(DIRECTORY).learned = None
    learning.ahead()
    assert learning.reading is not None
    learning.reading.join()
    guesser = indexes_of(DIRECTORY).learned
    assert guesser is not None
    assert guesser.guess(Hints("昨晚工地夜间施工噪声"))[0].category == "噪声"


def test_a_damaged_model_is_none(tmp_path):
    files, store = seat(tmp_path)
    files.mkdir(parents=True)
    (files / MODEL).write_bytes(b"fenbo-classes and nothing else")
    learning = Learning(tmp_path, store)
    learning.meet(DIRECTORY)
    indexes_of(DIRECTORY).learned = None
    learning.ahead()
    assert learning.reading is not None
    learning.reading.join()
    assert indexes_of(DIRECTORY).learned is None


def test_where_nothing_was_learned_nothing_is_begun(tmp_path):
    learning = Learning(tmp_path, tmp_path / "central.db")
    learning.ahead()
    learning.meet(DIRECTORY)
    learning.ahead()
    assert learning.reading is None
    _, store = seat(tmp_path)
    Learning(tmp_path, store).ahead()
    assert files_of(tmp_path, tmp_path / "other.db") is None


def test_a_desk_that_rests_learns_once_a_day_in_a_process_of_its_own_and_brings_it(tmp_path):
    files, store = seat(tmp_path)
    learning = Learning(tmp_path, store)
    learning.meet(DIRECTORY)
    indexes_of(DIRECTORY).learned = None
    learning.rest()
    assert learning.pupil is None, "no copy is here to learn from"
    file = replica(files / REPLICA, 20)
    learning.rest()
    assert learning.pupil is not None
    learning.pupil.wait(60)
    learning.rest()
    assert learning.reading is not None
    learning.reading.join()
    assert indexes_of(DIRECTORY).learned is not None
    assert not is_due(file)
    learning.rest()
    assert learning.pupil is None
    before = time.time() - DAY - 1
    os.utime(beside(file, RECORD), (before, before))
    assert is_due(file)


def test_what_learns_ends_with_the_desk(tmp_path):
    files, store = seat(tmp_path)
    replica(files / REPLICA, 20)
    learning = Learning(tmp_path, store)
    learning.rest()
    pupil = learning.pupil
    assert pupil is not None
    learning.end()
    assert pupil.poll() is not None
    assert learning.pupil is None
