"""Personal data taken out of a wish before it is decided: what is masked, and what is sealed."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from typing import Any

from app.domain.commands import Amend, Command, ImportRecord, Person, Register
from app.domain.lengths import short
from app.domain.nested import bare, put_back, texts_of

#: One blank, point, dash, bracket or line end may stand between the figures of a number.
_BETWEEN = r" .·\-–—_\n"
_GAP = rf"[{_BETWEEN}]?"
#: An identity number says where and when somebody was born; no case number, which tells its year, reads so.
_BORN = (
    rf"[1-8]{_GAP}[1-7](?:{_GAP}\d){{4}}{_GAP}(?:1{_GAP}9|2{_GAP}0)(?:{_GAP}\d){{2}}"
    rf"{_GAP}(?:0{_GAP}[1-9]|1{_GAP}[0-2]){_GAP}(?:0{_GAP}[1-9]|[12]{_GAP}\d|3{_GAP}[01])"
    rf"(?:{_GAP}\d){{3}}{_GAP}[0-9Xx]"
)
_ID = re.compile(
    rf"(?<!\d){_BORN}(?!\d)"
    rf"|(?<![0-9A-Za-z])\d(?:{_GAP}\d){{16}}{_GAP}[0-9Xx](?![0-9A-Za-z])"
    r"|(?<!\d)\d{15}(?!\d)"
)
_ACCOUNT = re.compile(
    rf"(?:银行卡|卡号|账号|账户|帐号)[^\d。；;！!？?\n]{{0,8}}(\d(?:{_GAP}\d){{11,18}})(?!\d)"
)
_CARD = re.compile(rf"(?<![0-9A-Za-z])[3-6](?:{_GAP}\d){{15,18}}(?!\d)")
_PHONE = re.compile(
    rf"(?<!\d)(?:\+?86[- ]?)?1[3-9](?:{_GAP}\d){{9}}(?!\d)"
    rf"|(?<!\d)\(?0\d{{2,3}}\)?{_GAP}\d{{3,4}}{_GAP}\d{{4}}(?!\d)"
)
#: A number without area code is one where the words before it say so, unless it is a date.
_LOCAL = re.compile(
    r"(?:电话|致电|来电|回电|联系|座机)[^\d。；;！!？?\n]{0,8}"
    rf"(?!20\d\d[01]\d[0-3]\d)([2-9]\d{{2,3}}{_GAP}\d{{4}}|[2-9]\d{{3}}{_GAP}\d{{3}})(?!\d)"
)
#: What leads to an extension, which is not the number.
_EXTENSION = re.compile("[转#]|分机|ext", re.IGNORECASE)
#: Numbers this long (signs or figures) are told from what surrounds them even inside longer ones.
_TELLING = 11
_LEAST = 7
#: Full-width signs are read as their plain twins, one for one, so that places agree; so are all figures.
_PLAIN = str.maketrans("（）－．　Ｘｘ＋", "()-. XX+")
_FOREIGN = re.compile(r"(?![0-9])\d")
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
#: What masking leaves, so that it may be masked again; a star alone hides nothing.
_MASKED_PHONE = re.compile(r"(?:\d{3})?\*+\d{4}|\*+\d{1,2}")
_MASKED_NAME = re.compile(r".\*+(?:先生|女士)?")
_MASKED_ID = re.compile(r"\w{3}\*+\w{4}|\*+")
#: Fields that are codes, keys or names of files, where nothing personal can stand.
_KEYS = (
    "case_id task_id request_id interim_id notice_id visit_id source_ref batch digest undone supplements officer"
    " holder unit"
    " proper_unit needed_unit calendar"
)
_CHOSEN = (
    "category channel street community method notice_kind outcome stage criterion step purpose what"
    " measure why rota turn recipient scope level subject grain place warning_id evidence"
)
_CODES = frozenset((*_KEYS.split(), *_CHOSEN.split()))

#: What is known of a person, part by part.
_PARTS = tuple(part.name for part in fields(Person))

Numbers = tuple[tuple[str, str], ...]
Hide = Callable[[str], str]
#: How a number is found, and what is left of it.
Kind = tuple[re.Pattern[str], Hide]


def seal(command: Command) -> tuple[Command, Person, Numbers]:
    """The command with every person masked, the person, and the numbers found in its words.

    Numbers are (masked form left in the text, number itself), in order of appearance; what was found
    once, or is the person's, stands nowhere else in clear. Raises Refused('line-too-long') for a
    person's name or number that is none.
    """
    person = _readable(_person_of(command))
    values = texts_of(command)
    codes = _CODES.union(_PARTS) if isinstance(command, Amend) else _CODES
    texts = {
        name: _clean(value)
        for name, value in values.items()
        if isinstance(value, str) and bare(name) not in codes and type(value) is str
    }
    kinds = (*_KINDS, *_secrets(texts.values(), person))
    found: list[tuple[str, str]] = []
    hidden = {name: _swap(text, kinds, found) for name, text in texts.items()}
    masked: Any = put_back(command, hidden)
    if isinstance(masked, Register | ImportRecord):
        masked = replace(masked, reporter=mask(person))
    if isinstance(masked, Amend):
        masked = replace(masked, **_told(command, mask(person)))
    return masked, _worth_sealing(person), tuple(found)


def _person_of(command: Command) -> Person:
    if isinstance(command, Amend):
        name, phone, number = (getattr(command, one) or "" for one in _PARTS)
        return Person(name=name, phone=phone, id_number=number)
    return command.reporter if isinstance(command, Register | ImportRecord) else Person()


def _told(command: Command, shown: Person) -> dict[str, str | None]:
    """The parts of a person that a correction names, as they are shown."""
    return {one: None if getattr(command, one) is None else getattr(shown, one) for one in _PARTS}


def _readable(person: Person) -> Person:
    short(name=person.name, phone=person.phone, id_number=person.id_number)
    return Person(
        name=_clean(person.name), phone=_clean(person.phone), id_number=_clean(person.id_number)
    )


def _worth_sealing(person: Person) -> Person:
    """What came masked hides nothing: all that is known of it stands on the case."""
    shown = mask(person)
    name = "" if "*" in person.name and person.name == shown.name else person.name
    phone = "" if person.phone == shown.phone else person.phone
    number = "" if person.id_number == shown.id_number else person.id_number
    return Person(name=name, phone=phone, id_number=number)


def mask(person: Person) -> Person:
    """What may be shown of a person: surname, first three and last four figures."""
    return Person(
        name=mask_name(person.name),
        phone=mask_phone(person.phone),
        id_number=_mask_id(person.id_number),
    )


def mask_name(name: str) -> str:
    """The surname and a star for the rest; 女士 and 先生 stay, since they name nobody."""
    bare = name.strip()
    if _MASKED_NAME.fullmatch(bare):
        return bare
    title = next(
        (title for title in ("女士", "先生") if bare.endswith(title) and bare != title), ""
    )
    rest = bare.removesuffix(title)
    if not rest:
        return bare
    stars = "" if title and len(rest) == 1 else "*" * max(1, len(rest) - 1)
    return rest[0] + stars + title


def mask_phone(phone: str) -> str:
    """First three and last four figures of a number, stars between, without its extension.

    One without area code keeps the last four, a short one of a service the last two.
    """
    if _MASKED_PHONE.fullmatch(phone):
        return phone
    figures = _figures(phone)
    if len(figures) > 11 and figures.startswith("86"):
        figures = figures[2:]
    if len(figures) < _LEAST:
        return "*" * max(0, len(figures) - 2) + figures[-2:]
    begin = figures[:3] if len(figures) > 8 else ""
    return begin + "*" * (len(figures) - len(begin) - 4) + figures[-4:]


def _figures(phone: str) -> str:
    """The figures of a number; those of an extension only where there are hardly others."""
    plain = _plain(phone)
    first = re.sub(r"\D", "", _EXTENSION.split(plain)[0])
    return first if len(first) >= _LEAST else re.sub(r"\D", "", plain)


def _mask_id(number: str) -> str:
    bare = re.sub(f"[{_BETWEEN}]", "", _plain(number))
    if _MASKED_ID.fullmatch(bare):
        return bare
    return bare[:3] + "*" * max(0, len(bare) - 7) + bare[-4:] if len(bare) > 7 else "*" * len(bare)


def _mask_card(number: str) -> str:
    """A card's number tells itself by its last figure; what only looks like one is left."""
    figures = [int(one) for one in number if one.isdigit()]
    doubled = (sum(divmod(2 * one, 10)) for one in figures[-2::-2])
    is_card = (sum(figures[-1::-2]) + sum(doubled)) % 10 == 0
    return _mask_id(number) if is_card else number


#: In this order: what is part of a longer number is not taken for one of its own.
_KINDS: tuple[Kind, ...] = (
    (_ID, _mask_id),
    (_ACCOUNT, _mask_id),
    (_CARD, _mask_card),
    (_PHONE, mask_phone),
    (_LOCAL, mask_phone),
)


def _plain(text: str) -> str:
    return _FOREIGN.sub(lambda figure: str(int(figure.group())), text.translate(_PLAIN))


def _clean(text: str) -> str:
    """Without what no store can keep and nobody can read: control characters and broken surrogates.

    Nor what turns the order of letters round: it would reach into the sentence that quotes the words.
    """
    return _UNREADABLE.sub("", text)


def _secrets(texts: Iterable[str], person: Person) -> Iterator[Kind]:
    """Numbers that will be sealed and stand elsewhere too, however written, whatever surrounds them."""
    plain = [_plain(text) for text in texts]
    given = ((_plain(person.phone), mask_phone), (_plain(person.id_number), _mask_id))
    found = [(one[2], one[3]) for text in plain for one in _places(text, _KINDS)]
    said = [one[2:] for number, _ in given for one in _places(number, _KINDS)]
    left = "\n".join(_without(text) for text in plain)
    bare = _bare(left)
    for number, hide in dict.fromkeys((*found, *said, *given)):
        core = _core(number)
        if "*" not in number and (
            (len(core) >= _LEAST and core in bare) or (len(number) >= _TELLING and number in left)
        ):
            yield _written(number, core), hide


def _without(plain: str) -> str:
    """What is left of a text when its numbers are taken out."""
    for start, end, _, _ in tuple(_places(plain, _KINDS)):
        plain = plain[:start] + "*" * (end - start) + plain[end:]
    return plain


def _bare(plain: str) -> str:
    return re.sub("[^0-9X*]", "", plain.upper())


def _core(number: str) -> str:
    """The figures of a number without the country's."""
    bare = _bare(number)
    return bare[2:] if len(bare) == 13 and bare.startswith("86") else bare


def _written(number: str, core: str) -> re.Pattern[str]:
    """The number as it was written, or its figures anyhow: a short one only where it stands alone."""
    spaced = f"|{_GAP.join(core)}" if len(core) >= _LEAST else ""
    written = f"{re.escape(number)}{spaced}"
    is_told = max(len(core), len(number)) >= _TELLING
    alone = written if is_told else rf"(?<!\d)(?:{written})(?!\d)"
    return re.compile(alone, re.IGNORECASE)


def _places(plain: str, kinds: Iterable[Kind]) -> Iterator[tuple[int, int, str, Hide]]:
    """Where numbers stand in a plain text, kind by kind; no two share a figure."""
    for pattern, hide in kinds:
        for match in tuple(pattern.finditer(plain)):
            start, end = match.span(match.lastindex or 0)
            number = plain[start:end]
            if hide(number) != number:
                yield start, end, number, hide
                plain = plain[:start] + "*" * (end - start) + plain[end:]


def _swap(text: str, kinds: Iterable[Kind], found: list[tuple[str, str]]) -> str:
    """The text with every number hidden; what is found is looked for in its plain twin."""
    parts: list[str] = []
    last = 0
    for start, end, number, hide in sorted(
        _places(_plain(text), kinds), key=lambda place: place[0]
    ):
        hidden = hide(number)
        found.append((hidden, text[start:end]))
        parts += [text[last:start], hidden]
        last = end
    return "".join((*parts, text[last:]))
