"""What no linter knows of the house: sizes, words for every no, verbs for every wish, Qt kept at home."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from app.domain.commands import KINDS
from app.domain.decide import DECIDES
from app.domain.rules import ON_DUTY, RULES, UNDOABLE
from ui.sentences import LANGUAGES, sentences
from ui.verbs import OF_KIND, VERBS

ROOT = Path(__file__).parents[1]
ROOMS = ("app", "ui", "db", "resources")
FILES = [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]
#: What a PostgreSQL store does itself.
SQL = sorted((ROOT / "db/postgres").glob("*.sql"))
#: A table is one thing, however long it is.
TABLES = {
    "app/domain/commands.py",
    "app/domain/rules.py",
    "app/domain/case.py",
    "app/cli/checking/screens.py",
}
#: Wishes that no person gives at a desk: they come from the importer, and from the store's keeper.
NOT_AT_A_DESK = {"import_record", "resettle"} | ON_DUTY
LARGEST = 300
CHINESE = re.compile("[\u4e00-\u9fff]")


def name(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@cache
def tree_of(file: Path) -> ast.Module:
    """A file as Python reads it, read once for all who ask."""
    return ast.parse(file.read_text("utf-8"))


@cache
def nodes_of(file: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(tree_of(file)))


def test_there_are_files_to_look_at():
    """All who go through them would be content with none."""
    assert len(FILES) > 400
    assert len(SQL) > 10


def test_a_file_is_a_room_not_a_hall():
    long = [one for one in (*FILES, *SQL) if len(one.read_text("utf-8").splitlines()) > LARGEST]
    assert {name(one) for one in long} <= TABLES


def test_a_file_opens_with_what_lives_there():
    rooms = [file for file in FILES if file.name != "__init__.py"]
    assert not [name(file) for file in rooms if not ast.get_docstring(tree_of(file))]


def test_a_file_of_sql_opens_with_what_lives_there():
    opens = re.compile(r"-- [A-Z].{20,}")
    assert not [name(file) for file in SQL if not opens.match(file.read_text("utf-8"))]


def refusals() -> Iterator[str]:
    """Every code that anything in the house refuses with, as written in the code."""
    for file in SQL:
        yield from re.findall(
            r"(?:refuse\(|MESSAGE = |'refused', )'([\w-]+)'", file.read_text("utf-8")
        )
    for file in FILES:
        for node in nodes_of(file):
            if isinstance(node, ast.Call) and node.args:
                # `words(text, code)` refuses a text of which nothing is left
                at = {"Refused": 0, "words": -1}.get(called(node))
                code = None if at is None else node.args[at]
                if isinstance(code, ast.Constant):
                    yield str(code.value)


def called(node: ast.Call) -> str:
    """The name of what is called, wherever it comes from."""
    return getattr(node.func, "id", "") or getattr(node.func, "attr", "")


#: Said to nobody: whoever asked has left his seat.
UNSAID = {"closed", "nobody", "stopped"}


def out_of_reach() -> Iterator[str]:
    """Every code of something that is out of reach, as written in the code."""
    for file in FILES:
        for node in nodes_of(file):
            if isinstance(node, ast.Call) and called(node) == "Unreachable":
                yield from (str(one.value) for one in node.args if isinstance(one, ast.Constant))


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_out_of_reach_has_a_sentence(language):
    """In the status bar, or where a store is opened."""
    codes, written = set(out_of_reach()) - UNSAID, set(sentences(language))
    assert codes
    keys = {code: {f"frame.unreachable.{code}", f"frame.unopened.{code}"} for code in codes}
    assert not [code for code in codes if not keys[code] & written]


def said(code: str) -> bool:
    """Whether the code stands anywhere in the house as a text of its own."""
    ways = (f"'{code}'", f'"{code}"', f'"refused.{code}"')
    return any(way in TEXTS for way in ways)


TEXTS = "".join(file.read_text("utf-8") for file in (*FILES, *SQL))
#: Words that the next chapter of the Measures needs.
NEXT = {"sensitive-category"}
REFUSALS = sorted(
    key.removeprefix("refused.") for key in sentences("zh") if key.startswith("refused.")
)


def test_no_sentence_stands_for_a_no_that_nobody_says():
    assert not [code for code in sorted({*REFUSALS} - NEXT) if not said(code)]


def test_the_house_does_refuse():
    assert len(set(refusals())) > 40


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_no_has_a_sentence(language):
    """The importer's go into its file of rejects."""
    codes, written = set(refusals()), set(sentences(language))
    assert not [one for one in codes if not {f"refused.{one}", f"reject.{one}"} & written]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in NOT_AT_A_DESK])
def test_every_wish_has_a_verb_a_key_words_a_rule_and_a_decision(kind):
    verb = OF_KIND[kind]
    assert verb.shown_keys
    for language in LANGUAGES:
        assert sentences(language)[verb.words]
    if kind != "undo":
        assert any(rule.kind == kind for rule in RULES)
        assert KINDS[kind] in DECIDES


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_verb_is_reached_by_a_key_and_has_words(verb):
    """A key of its own, or that of the choice among its group."""
    group = [one for one in VERBS if verb.group and one.group == verb.group]
    assert verb.shown_keys or any(one.shown_keys for one in group)
    for language in LANGUAGES:
        assert sentences(language)[verb.words]


def test_every_undo_has_a_rule():
    for kind in UNDOABLE:
        assert any(rule.kind == f"undo.{kind}" for rule in RULES)


WITHOUT_QT = (
    *("app.services.live", "app.sync.engine", "db.replica.store", "db.central.store"),
    *("app.__main__", "app.cli.store", "app.cli.wiring"),
)


@pytest.mark.parametrize("room", WITHOUT_QT)
def test_stores_wire_and_command_line_load_no_qt(room):
    code = f"import sys, {room}; sys.exit(any(m.startswith('PySide6') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def imports(file: Path) -> set[str]:
    nodes = nodes_of(file)
    plain = {one.name for node in nodes if isinstance(node, ast.Import) for one in node.names}
    return plain | {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}


def test_the_event_loop_of_qt_is_made_where_a_window_is():
    made = [name(file) for file in FILES if "qasync" in imports(file)]
    assert made == ["ui/loop.py"]


SCREEN = [file for file in FILES if name(file).startswith("ui/")]


def test_no_item_of_a_layout_is_asked_for():
    """PySide 6.11 frees those it wraps for Python under the layout's hands, and the program ends."""
    for file in SCREEN:
        asked = {node.attr for node in nodes_of(file) if isinstance(node, ast.Attribute)}
        assert not {"itemAt", "itemAtPosition"} & asked, name(file)


def test_no_sentence_stands_in_the_code_of_the_screen():
    """Characters and how they are read are data, not words to anybody."""
    assert len(SCREEN) > 100
    spoken = [file for file in SCREEN if file.name != "readings.py"]
    assert not [told for file in spoken for told in chinese_in(file)]


def chinese_in(file: Path) -> Iterator[str]:
    docs = docstrings(file)
    texts = (one for one in nodes_of(file) if isinstance(one, ast.Constant) and id(one) not in docs)
    for node in texts:
        if isinstance(node.value, str) and CHINESE.search(node.value):
            yield f"{name(file)}:{node.lineno}: {node.value}"


def docstrings(file: Path) -> set[int]:
    """The nodes of the docstrings of a file; those may speak Chinese."""
    bodies = (getattr(one, "body", None) for one in nodes_of(file))
    firsts = (body[0] for body in bodies if isinstance(body, list) and body)
    return {id(one.value) for one in firsts if isinstance(one, ast.Expr)}


def test_the_projects_files_hold_no_hosts_and_no_machines_paths():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    wrong = re.compile(r"/work/|/root/|pythonhosted|pypi\.org/simple")
    for line in listed.stdout.splitlines():
        file = ROOT / line
        if (
            file.suffix in {".py", ".toml", ".md", ".yaml", ".lock", ".csv"}
            and file.name != "test_house.py"
        ):
            assert not wrong.search(file.read_text("utf-8")), line
