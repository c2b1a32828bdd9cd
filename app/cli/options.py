"""What can be typed behind `python -m app`: every command, its options and its words."""

from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Callable
from pathlib import Path

from app.domain.terms import Role
from ui.wording import Wording

Run = Callable[[Namespace, Wording], int]
#: The demonstration as documented: so many cases over so many days, from this seed.
DEMO_CASES, DEMO_DAYS, DEMO_SEED = 3_000, 60, 20_201_201


class _Commands:
    """The parser being built: one method per command, so that none grows long."""

    def __init__(self, words: Wording, runs: dict[str, Run]) -> None:
        self._say = words.say
        self._runs = runs
        self.parser = self._configured(
            ArgumentParser(prog="fenbo", description=words.say("cli.about"))
        )
        self._places(self.parser)
        self._sub = self.parser.add_subparsers(metavar="COMMAND")
        self.parser.set_defaults(run=runs["desk"])

    def _configured(self, parser: ArgumentParser) -> ArgumentParser:
        parser.formatter_class = RawDescriptionHelpFormatter
        return parser

    def _places(self, parser: ArgumentParser, default: object = None) -> None:
        """Behind a command the same options go before those at the front, where they are given."""
        say = self._say
        parser.add_argument(
            "--lang", choices=("zh", "en"), default=default, help=say("cli.help.lang")
        )
        parser.add_argument("--home", type=Path, default=default, help=say("cli.help.home"))
        parser.add_argument("--store", type=Path, default=default, help=say("cli.help.store"))
        parser.add_argument("--as", dest="login", default=default, help=say("cli.help.as"))

    def _command(self, name: str) -> ArgumentParser:
        words = self._say(f"cli.help.{name}")
        parser = self._configured(self._sub.add_parser(name, help=words, description=words))
        parser.set_defaults(run=self._runs[name])
        return parser

    def desk(self) -> None:
        """`desk`: the default."""
        self._places(self._command("desk"), SUPPRESS)

    def demo(self) -> None:
        """`demo`: the made-up district."""
        parser, say = self._command("demo"), self._say
        self._places(parser, SUPPRESS)
        parser.add_argument("--cases", type=int, default=DEMO_CASES, help=say("cli.help.cases"))
        parser.add_argument("--days", type=int, default=DEMO_DAYS, help=say("cli.help.days"))
        parser.add_argument("--seed", type=int, default=DEMO_SEED, help=say("cli.help.seed"))
        parser.add_argument("--fresh", action="store_true", help=say("cli.help.fresh"))

    def importing(self) -> None:
        """`import FILE --as KIND`: here `--as` says what the file is."""
        parser, say = self._command("import"), self._say
        parser.add_argument("file", type=Path, help=say("cli.help.file"))
        parser.add_argument(
            "--as",
            dest="kind",
            required=True,
            choices=("pingshan", "messages"),
            help=say("cli.help.kind"),
        )
        parser.add_argument("--dry-run", action="store_true", help=say("cli.help.dry"))
        parser.add_argument("--rejects", type=Path, help=say("cli.help.rejects"))
        parser.add_argument("--store", type=Path, default=SUPPRESS, help=say("cli.help.store"))

    def check(self) -> None:
        """`check DIR`."""
        parser = self._command("check")
        parser.add_argument(
            "pictures", type=Path, metavar="DIR", help=self._say("cli.help.pictures")
        )

    def bench(self) -> None:
        """`bench [--json]`."""
        parser, say = self._command("bench"), self._say
        parser.add_argument("--json", action="store_true", help=say("cli.help.json"))
        parser.add_argument("--cases", type=int, default=100_000, help=say("cli.help.bench_cases"))

    def store(self) -> None:
        """`store init|upgrade|verify|info|people|add-operator PATH`."""
        say = self._say
        words = say("cli.help.command_store")
        outer = self._configured(self._sub.add_parser("store", help=words, description=words))
        sub = outer.add_subparsers(metavar="ACTION", required=True)
        for name in ("init", "upgrade", "verify", "info", "people", "add"):
            help_ = say(f"cli.help.store_{name}")
            shown = "add-operator" if name == "add" else name
            parser = self._configured(sub.add_parser(shown, help=help_, description=help_))
            parser.add_argument("path", type=Path, help=say("cli.help.path"))
            parser.set_defaults(run=self._runs["store"], action=name)
            self._store_options(name, parser)

    def _store_options(self, name: str, parser: ArgumentParser) -> None:
        say = self._say
        if name == "init":
            parser.add_argument("--district", default="440310", help=say("cli.help.district"))
            parser.add_argument("--prefix", default="SZPS", help=say("cli.help.prefix"))
            kinds = ("live", "historical", "demo")
            parser.add_argument(
                "--kind", choices=kinds, default="live", help=say("cli.help.store_kind")
            )
        if name == "add":
            parser.add_argument("login", help=say("cli.help.login"))
            parser.add_argument("name", help=say("cli.help.name"))
            parser.add_argument("role", type=Role, choices=tuple(Role), help=say("cli.help.role"))
            parser.add_argument("--unit", help=say("cli.help.unit"))


def parser(words: Wording, runs: dict[str, Run]) -> ArgumentParser:
    """The whole command line in the language of `words`; `runs` holds what each command does."""
    commands = _Commands(words, runs)
    for add in (
        commands.desk,
        commands.demo,
        commands.importing,
        commands.check,
        commands.bench,
        commands.store,
    ):
        add()
    return commands.parser
