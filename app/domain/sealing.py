"""Personal data taken out of a wish before it is decided: what is masked, and what is sealed."""

import re
from dataclasses import fields, replace
from typing import Any

from app.domain.commands import Command, ImportRecord, Person, Register
from app.domain.lengths import short

#: One blank, point, dash or bracket may stand between the figures of a number.
_GAP = r"[ .·\-]?"
_ID = re.compile(
    rf"(?<![0-9A-Za-z])\d(?:{_GAP}\d){{16}}{_GAP}[0-9Xx](?![0-9A-Za-z])|(?<!\d)\d{{15}}(?!\d)"
)
_PHONE = re.compile(
    rf"(?<!\d)(?:\+?86[- ]?)?1[3-9](?:{_GAP}\d){{9}}(?!\d)"
    rf"|(?<!\d)\(?0\d{{2,3}}\)?{_GAP}\d{{3,4}}{_GAP}\d{{4}}(?!\d)"
)
#: Full-width figures and signs are read as their plain twins, one for one, so that places agree.
_PLAIN = str.maketrans("０１２３４５６７８９（）－．　ＸＸ＋", "0123456789()-. XX+")
_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
#: What masking leaves, so that it may be masked again; a star alone hides nothing.
_MASKED_PHONE = re.compile(r"\d{3}\*+\d{4}|\*+\d{1,2}")
_MASKED_NAME = re.compile(r".\*+(?:先生|女士)?")
_MASKED_ID = re.compile(r"\w{3}\*+\w{4}|\*+")
#: Fields that are codes, keys or names of files, where nothing personal can stand.
_KEYS = (
    "case_id task_id request_id source_ref batch digest undone supplements officer unit proper_unit"
    " calendar"
)
_CHOSEN = "category channel street community method notice_kind outcome stage criterion step"
_CODES = frozenset((*_KEYS.split(), *_CHOSEN.split()))

Numbers = tuple[tuple[str, str], ...]


def seal(command: Command) -> tuple[Command, Person, Numbers]:
    """The command with every person masked, the person, and the numbers found in its words.

    Numbers are (masked form left in the text, number itself), in order of appearance. Raises
    Refused('line-too-long') for a person's name or number that is none.
    """
    found: list[tuple[str, str]] = []
    values = {field.name: getattr(command, field.name) for field in fields(command)}
    texts = {
        name: _tokenised(_clean(value), found)
        for name, value in values.items()
        if isinstance(value, str) and name not in _CODES and type(value) is str
    }
    masked: Any = replace(command, **texts)
    if isinstance(masked, Register | ImportRecord):
        person = _readable(masked.reporter)
        return replace(masked, reporter=mask(person)), person, tuple(found)
    return masked, Person(), tuple(found)


def _readable(person: Person) -> Person:
    short(name=person.name, phone=person.phone, id_number=person.id_number)
    return Person(
        name=_clean(person.name), phone=_clean(person.phone), id_number=_clean(person.id_number)
    )


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
    """First three and last four figures of a number, stars between; short numbers keep the last two."""
    if _MASKED_PHONE.fullmatch(phone):
        return phone
    figures = re.sub(r"\D", "", phone.translate(_PLAIN))
    if len(figures) > 11 and figures.startswith("86"):
        figures = figures[2:]
    if len(figures) < 9:
        return "*" * max(0, len(figures) - 2) + figures[-2:]
    return figures[:3] + "*" * (len(figures) - 7) + figures[-4:]


def _mask_id(number: str) -> str:
    bare = re.sub(r"[ .·-]", "", number.translate(_PLAIN))
    if _MASKED_ID.fullmatch(bare):
        return bare
    return bare[:3] + "*" * max(0, len(bare) - 7) + bare[-4:] if len(bare) > 7 else "*" * len(bare)


def _clean(text: str) -> str:
    """Without what no store can keep and nobody can read: control characters and broken surrogates."""
    return _UNREADABLE.sub("", text)


def _tokenised(text: str, found: list[tuple[str, str]]) -> str:
    return _swap(_PHONE, mask_phone, _swap(_ID, _mask_id, text, found), found)


def _swap(pattern: re.Pattern[str], hide: Any, text: str, found: list[tuple[str, str]]) -> str:
    """The text with every number hidden; what is found is looked for in its plain twin."""
    parts: list[str] = []
    end = 0
    for match in pattern.finditer(text.translate(_PLAIN)):
        number = text[match.start() : match.end()]
        hidden = hide(match.group())
        found.append((hidden, number))
        parts += [text[end : match.start()], hidden]
        end = match.end()
    return "".join((*parts, text[end:]))
