"""The table of articles: what carries out which article of the Measures. `python -m tests.articles` writes the page."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.articles import ARTICLES, Carried
from app.domain.provisions import Article
from resources.loading import load_editions
from ui.articles import SHOWN
from ui.verbs import OF_KIND
from ui.views.forms.by_kind import FORMS

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs/articles.md"
POLICY = load_editions().by_code("PS-4")
#: The eight of which the number is published; that of every other is presumed (推定条号).
ANCHORS = (5, 11, 17, 21, 23, 33, 34, 40)
#: Chapters 2 to 7 and what the edition itself carries out; assessment, supervision and the rest are to come.
WANTED = (*range(1, 32), 46, 47)
#: Not carried out, or not wholly, and what is still wanted. Tests are marked with an article only once it is whole.
OPEN: dict[int, str] = {
    22: "the lead does not convene those that assist",
    32: "no assessment",
    33: "no assessment",
    34: "no assessment",
    35: "no appeals",
    36: "files are kept by their hash; nothing is frozen for an appeal",
    37: "no assessment",
    38: "no exclusions",
    39: "no urging",
    40: "no supervision",
    41: "no accountability",
    42: "no change of procedure is kept",
    43: "no knowledge base",
    44: "no instant reply",
    45: "no answer to a change that a unit raised",
}
HEAD = """\
# The Measures, article by article · 办法逐条对照

{title} ({code}). Which rules of the domain, commands, screens and tests carry out each article.
Written from the code by `python -m tests.articles`; a test holds it to the code. Do not edit.

本页由代码生成，测试保证其与代码一致；请勿手改。推定：条号依标题次序推定，未经公布。

| Art. 条 | Heading 条名 | Rules 规则 | Commands 命令 | Screens 界面 | Tests 测试 | Open 未尽 |
|---|---|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One article with all that carries it out, by name."""

    article: Article
    rules: tuple[str, ...]
    kinds: tuple[str, ...]
    screens: tuple[str, ...]
    tests: tuple[str, ...]

    @property
    def lacking(self) -> tuple[str, ...]:
        """Which of the four there is none of."""
        parts = ("rules", "kinds", "screens", "tests")
        return tuple(part for part in parts if not getattr(self, part))


def table() -> tuple[Line, ...]:
    """All articles of the edition, in their order."""
    marked = marks()
    return tuple(_line(one, marked.get(one.number, ())) for one in POLICY.articles)


def _line(article: Article, tests: tuple[str, ...]) -> Line:
    found = ARTICLES.get(article.number, Carried(()))
    rules = tuple(
        f"{one.__module__.removeprefix('app.domain.')}.{one.__qualname__}" for one in found.rules
    )
    return Line(article, rules, found.kinds, tuple(_screens(article.number, found)), tests)


def _screens(number: int, found: Carried) -> Iterator[str]:
    """The verbs of its commands, those with a form marked so, then the widgets that show it."""
    for kind in found.kinds:
        if kind in OF_KIND:
            yield OF_KIND[kind].name + (" (form)" if kind in FORMS else "")
    yield from (widget.__name__ for widget in SHOWN.get(number, ()))


def marks() -> dict[int, tuple[str, ...]]:
    """The files of tests by the number they are marked with; those that only run on request prove nothing here."""
    found: dict[int, list[str]] = defaultdict(list)
    for file in sorted(TESTS.rglob("test_*.py")):
        if file.parent.name != "soak":
            for number in sorted(set(_marked(ast.parse(file.read_text("utf-8"))))):
                found[number].append(file.relative_to(TESTS).as_posix())
    return {number: tuple(files) for number, files in found.items()}


def _marked(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.article":
            yield from (ast.literal_eval(one) for one in node.args)


def page() -> str:
    """The page as it has to be."""
    head = HEAD.format(title=POLICY.title_zh, code=POLICY.code)
    return head + "".join(f"| {' | '.join(_cells(line))} |\n" for line in table())


def _cells(line: Line) -> Iterator[str]:
    article = line.article
    yield str(article.number) if article.certain else f"{article.number} 推定"
    yield f"{article.title_zh} {article.title_en}"
    for names in (line.rules, line.kinds, line.screens, line.tests):
        yield "<br>".join(f"`{name}`" for name in names) or "—"
    yield OPEN.get(article.number, "")


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8", newline="\n")
