"""What can be typed behind `python -m app`: every command, its options and its words."""

from argparse import SUPPRESS, Namespace
from collections.abc import Callable
from pathlib import Path

from app.cli.bounds import DISTRICT, PREFIX, mapped, shaped, whole
from app.cli.evaluating.columns import MEANINGS
from app.cli.parsing import Parser
from app.domain.terms import Role
from db.places import typed
from ui.sentences import LANGUAGES, Words

Run = Callable[[Namespace, Words], int]
#: The demonstration as documented: so many cases over so many days, from this seed.
DEMO_CASES, DEMO_DAYS, DEMO_SEED = 3_000, 60, 20_201_201
MOST_CASES, MOST_DAYS, MOST_SEED = 5_000_000, 3_650, 2**63 - 1
#: What insight can be measured at.
EVALUATED = ("classes", "units", "similar", "topics", "spikes")
MOST_TEXTS = 5_000_000
_STORE_ACTIONS = (
    *("init", "upgrade", "verify", "resettle", "publish", "info"),
    *("people", "failures", "add", "move", "deactivate", "password", "backup", "restore"),
)
#: Roles that a person can have: the system is nobody's.
_ROLES = tuple(str(role) for role in Role if role is not Role.SYSTEM)


class _Commands:
    """The parser being built: one method per command, so that none grows long."""

    def __init__(self, words: Words, runs: dict[str, Run]) -> None:
        self._words = words
        self._say = words.say
        self._runs = runs
        self.parser = Parser(words=words, prog="fenbo", description=words.say("cli.about"))
        self._place(self.parser, "lang", "home", "store", "as", default=None)
        title = words.say("cli.shape.commands")
        self._sub = self.parser.add_subparsers(title=title, metavar=self._named("command"))
        self.parser.set_defaults(run=runs["desk"])

    def _named(self, name: str) -> str:
        """What stands for a value in usage and help."""
        return self._say(f"cli.named.{name}")

    def _place(self, parser: Parser, *names: str, default: object = SUPPRESS) -> None:
        """Behind a command the same options go before those at the front, where they are given."""
        add, say = parser.may.add_argument, self._say
        if "lang" in names:
            add("--lang", choices=LANGUAGES, default=default, help=say("cli.help.lang"))
        for name in ("home", "store"):
            if name in names:
                shown = self._named("folder" if name == "home" else "store")
                kind, words = Path if name == "home" else typed, say(f"cli.help.{name}")
                add(f"--{name}", type=kind, metavar=shown, default=default, help=words)
        if "as" in names:
            shown, words = self._named("login"), say("cli.help.as")
            add("--as", dest="login", metavar=shown, default=default, help=words)

    def _secret(self, parser: Parser) -> None:
        file, words = self._named("file"), self._say("cli.help.password_file")
        parser.may.add_argument("--password-file", type=Path, metavar=file, help=words)

    def _number(self, parser: Parser, name: str, default: int, most: int, help_: str) -> None:
        least = 0 if name in ("seed", "texts") else 1
        parser.may.add_argument(
            f"--{name}",
            type=whole(self._words, least, most),
            metavar=self._named("number"),
            default=default,
            help=self._say(help_),
        )

    def _command(self, name: str, *places: str) -> Parser:
        words = self._say(f"cli.help.{name}")
        parser = self._sub.add_parser(name, words=self._words, help=words, description=words)
        self._place(parser, *places)
        parser.set_defaults(run=self._runs[name])
        return parser

    def desk(self) -> None:
        """`desk`: the default."""
        self._command("desk", "lang", "home", "store", "as")

    def demo(self) -> None:
        """`demo`: the made-up district."""
        parser = self._command("demo", "lang", "home", "store")
        self._number(parser, "cases", DEMO_CASES, MOST_CASES, "cli.help.cases")
        self._number(parser, "days", DEMO_DAYS, MOST_DAYS, "cli.help.days")
        self._number(parser, "seed", DEMO_SEED, MOST_SEED, "cli.help.seed")
        parser.may.add_argument("--fresh", action="store_true", help=self._say("cli.help.fresh"))

    def importing(self) -> None:
        """`import FILE --as KIND`: here `--as` says what the file is."""
        parser, say = self._command("import", "lang", "home", "store"), self._say
        file, add = self._named("file"), parser.may.add_argument
        parser.wanted.add_argument("file", type=Path, metavar=file, help=say("cli.help.file"))
        kinds, words = ("pingshan", "messages"), say("cli.help.kind")
        add("--as", dest="kind", required=True, choices=kinds, help=words)
        add("--dry-run", action="store_true", help=say("cli.help.dry"))
        folder, words = self._named("folder"), say("cli.help.rejects")
        add("--rejects", type=Path, metavar=folder, help=words)
        self._secret(parser)

    def check(self) -> None:
        """`check DIR`."""
        parser, folder = self._command("check", "lang", "home"), self._named("folder")
        words = self._say("cli.help.pictures")
        parser.wanted.add_argument("pictures", type=Path, metavar=folder, help=words)

    def bench(self) -> None:
        """`bench [--json] [--centre URL]`."""
        parser = self._command("bench", "lang", "home")
        parser.may.add_argument("--json", action="store_true", help=self._say("cli.help.json"))
        shown, words = self._named("store"), self._say("cli.help.bench_centre")
        parser.may.add_argument("--centre", type=typed, metavar=shown, help=words)
        self._number(parser, "cases", 100_000, MOST_CASES, "cli.help.bench_cases")

    def insight(self) -> None:
        """`insight learn`, `insight eval WHAT [FILE]`."""
        outer = self._command("insight", "lang", "home")
        title, shown = self._say("cli.shape.actions"), self._named("action")
        sub = outer.add_subparsers(title=title, metavar=shown, required=True)
        words = self._say("cli.help.insight_learn")
        learn = sub.add_parser("learn", words=self._words, help=words, description=words)
        self._place(learn, "lang", "home")
        learn.set_defaults(run=self._runs["insight"], action="learn")
        words = self._say("cli.help.insight_eval")
        parser = sub.add_parser("eval", words=self._words, help=words, description=words)
        self._place(parser, "lang", "home")
        parser.set_defaults(run=self._runs["insight"], action="eval")
        what = self._say("cli.help.insight_what", what=" ".join(EVALUATED))
        add, shown = parser.wanted.add_argument, self._named("what")
        add("what", choices=EVALUATED, metavar=shown, help=what)
        file, words = self._named("file"), self._say("cli.help.insight_file")
        add("file", type=Path, nargs="?", metavar=file, help=words)
        self._evaluating(parser)

    def _evaluating(self, parser: Parser) -> None:
        add, say, shown = parser.may.add_argument, self._say, self._named("columns")
        read, words = (
            mapped(self._words),
            say("cli.help.insight_columns", meanings=" ".join(MEANINGS)),
        )
        add("--columns", type=read, metavar=shown, default=read(""), help=words)
        file, words = self._named("file"), say("cli.help.insight_gold")
        add("--gold", type=Path, metavar=file, help=words)
        add("--segmented", action="store_true", help=say("cli.help.insight_segmented"))
        self._number(parser, "texts", 0, MOST_TEXTS, "cli.help.insight_texts")
        self._number(parser, "seed", DEMO_SEED, MOST_SEED, "cli.help.seed_insight")

    def store(self) -> None:
        """`store ACTION PLACE`."""
        say, words = self._say, self._say("cli.help.command_store")
        outer = self._sub.add_parser("store", words=self._words, help=words, description=words)
        self._place(outer, "lang", "home")
        title, shown = say("cli.shape.actions"), self._named("action")
        sub = outer.add_subparsers(title=title, metavar=shown, required=True)
        for name in _STORE_ACTIONS:
            help_ = say(f"cli.help.store_{name}")
            word = "add-operator" if name == "add" else name
            parser = sub.add_parser(word, words=self._words, help=help_, description=help_)
            place, words = self._named("store"), say("cli.help.path")
            parser.wanted.add_argument("path", type=typed, metavar=place, help=words)
            self._place(parser, "lang", "home")
            self._secret(parser)
            parser.set_defaults(run=self._runs["store"], action=name)
            self._store_options(name, parser)

    def _store_options(self, name: str, parser: Parser) -> None:
        if name == "init":
            self._founding(parser)
        if name == "publish":
            file, words = self._named("file"), self._say("cli.help.paper")
            parser.wanted.add_argument("file", type=Path, metavar=file, help=words)
        if name in ("add", "move", "deactivate", "password"):
            self._person(name, parser)
        if name in ("backup", "restore"):
            self._backup(name, parser)

    def _backup(self, action: str, parser: Parser) -> None:
        folder, words = self._named("folder"), self._say("cli.help.backup")
        parser.wanted.add_argument("folder", type=Path, metavar=folder, help=words)
        if action == "restore":
            words = self._say("cli.help.replace")
            parser.may.add_argument("--replace", action="store_true", help=words)

    def _founding(self, parser: Parser) -> None:
        add, say = parser.may.add_argument, self._say
        for option, usual, shape in (
            ("district", "440310", DISTRICT),
            ("prefix", "SZPS", PREFIX),
        ):
            read = shaped(self._words, shape, f"cli.wrong.{option}")
            words, shown = say(f"cli.help.{option}"), self._named("code")
            add(f"--{option}", type=read, metavar=shown, default=usual, help=words)
        kinds, words = ("live", "historical", "demo"), say("cli.help.store_kind")
        add("--kind", choices=kinds, default="live", help=words)

    def _person(self, action: str, parser: Parser) -> None:
        add, say = parser.wanted.add_argument, self._say
        for name in ("login", "name") if action == "add" else ("login",):
            add(name, metavar=self._named(name), help=say(f"cli.help.{name}"))
        if action in ("add", "move"):
            self._post(parser)

    def _post(self, parser: Parser) -> None:
        add, say = parser.wanted.add_argument, self._say
        roles = say("cli.help.role", roles=" ".join(_ROLES))
        add("role", choices=_ROLES, metavar=self._named("role"), help=roles)
        words, shown = say("cli.help.unit"), self._named("code")
        parser.may.add_argument("--unit", metavar=shown, help=words)


def parser(words: Words, runs: dict[str, Run]) -> Parser:
    """The whole command line in the language of `words`; `runs` holds what each command does."""
    commands = _Commands(words, runs)
    for add in (
        commands.desk,
        commands.demo,
        commands.importing,
        commands.check,
        commands.bench,
        commands.insight,
        commands.store,
    ):
        add()
    return commands.parser
