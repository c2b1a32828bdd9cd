"""The faults that a centre of seats must survive, and which tests prove it: those marked with a fault's number."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

TESTS = Path(__file__).parent

#: What happens; a test is marked `@pytest.mark.fault("F5")`, and `python -m pytest -m fault` runs them all.
FAULTS = {
    "F1": "the seat is killed at any statement of registering",
    "F2": "the line or the seat breaks between the centre's commit and its reply",
    "F3": "the seat is killed between the commits of its two files",
    "F4": "the seat loses its power",
    "F5": "a request is lost, its reply is lost, it comes twice and late, or in another order",
    "F6": "the network swallows everything, in one direction or in both, and nobody is told",
    "F7": "the line is slow, jittery, narrow, and cuts everything into slices",
    "F8": "the centre is down when the program starts",
    "F9": "the centre's server is restarted",
    "F10": "a standby that lagged takes over, and the tail of the log is gone",
    "F11": "the centre is restored from yesterday's backup",
    "F12": "a seat is restored from an image, or its files are copied to a second seat",
    "F13": "replica.db is damaged",
    "F14": "outbox.db is damaged",
    "F15": "the seat's disk is full, or may not be written",
    "F16": "the server's disk is full, or it takes no more connections",
    "F17": "somebody idles inside a transaction, before the tail or after it",
    "F18": "the server answers with a deadlock, a lock timeout, a serialization failure",
    "F19": "a retry races its own original",
    "F20": "two seats change or claim the same case, online and cut off",
    "F21": "an id comes twice with different content",
    "F22": "a person is shut out or moved while his seat is cut off",
    "F23": "the seat's clock is a day off, jumps, changes its zone's hour, or slept",
    "F24": "the server's clock steps back",
    "F25": "hints are lost, switched off, spoofed, or come as a flood",
    "F26": "a page breaks off in the middle, or comes after everything was wiped",
    "F27": "an old program meets a new store, or a new program an old one",
    "F28": "all seats come back at once after an outage, each with its queue",
    "F29": "the way of an attachment is cut at any byte",
    "F30": "what needs a person's attention is ignored for days",
}
#: What no test proves yet, and why; whoever writes one takes it away here.
OPEN: dict[str, str] = {}


def proofs() -> dict[str, list[str]]:
    """The tests of each fault as `tests/file.py::test_name`; those that only run on request prove nothing here."""
    found: dict[str, list[str]] = defaultdict(list)
    for file in sorted(TESTS.rglob("test_*.py")):
        if file.parent.name != "soak":
            for number, name in _marked(ast.parse(file.read_text("utf-8"))):
                found[number].append(f"{file.relative_to(TESTS.parent).as_posix()}::{name}")
    return found


def _marked(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.fault":
                    yield from ((str(ast.literal_eval(one)), node.name) for one in mark.args)
