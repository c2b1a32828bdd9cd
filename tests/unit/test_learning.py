"""Classes learned from closed cases come to the pickers of a desk; words speak where nothing was learned."""

import json
import sqlite3
from pathlib import Path

import pytest

from app.__main__ import main
from app.cli.learning import LEAST, MODEL, REPLICA, LearnedGuesser, Learning, learn
from app.cli.wiring import files_of
from app.domain.taxonomy import Category, Directory, Taxonomy
from app.insight.packing import opened
from app.services.guess import Hints, WordGuesser
from db.centre import key_of
from tests.unit.test_insight_classes import MODEL as KNOWN
from tests.unit.test_insight_classes import SAID
from ui.indexes import indexes_of

TAXONOMY = Taxonomy(tuple(Category(code, code, code, None, 1, ()) for code in (*SAID, "井盖")))
WORDS = WordGuesser.of(TAXONOMY)
DIRECTORY = Directory(TAXONOMY, (), (), (), ())


def replica(path: Path, times: int, status: str = "CLOSED_ON_TIME") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path)
    db.execute("create table case_file (id, title, narrative, category, status)")
    said = [(text, code) for _ in range(times) for code in SAID for text in SAID[code]]
    rows = [(f"{at}", text[:4], text[4:], code, status) for at, (text, code) in enumerate(said)]
    db.executemany("insert into case_file values (?, ?, ?, ?, ?)", rows)
    db.execute("insert into case_file values ('x', '再说', '路灯', null, 'CLOSED_ON_TIME')")
    db.execute("insert into case_file values ('y', '少见', '的事', '少见', 'CLOSED_OVERDUE')")
    db.commit()
    db.close()
    return path


def test_closed_cases_teach_and_the_same_cases_teach_the_same(tmp_path):
    file = replica(tmp_path / REPLICA, 20)
    assert learn(file) == (240, 4)
    first = (tmp_path / MODEL).read_bytes()
    assert opened(first).codes == tuple(sorted(SAID))
    assert learn(file) == (240, 4)
    assert (tmp_path / MODEL).read_bytes() == first
    assert sorted(one.name for one in tmp_path.iterdir()) == [REPLICA, MODEL]


@pytest.mark.parametrize(("times", "status"), [(5, "CLOSED_ON_TIME"), (20, "DISPATCHED")])
def test_too_few_closed_cases_teach_nothing(times, status, tmp_path):
    cases, classes = learn(replica(tmp_path / REPLICA, times, status))
    assert cases < LEAST
    assert classes == 0
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
