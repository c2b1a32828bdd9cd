"""Personal data beside the log: which commands may bring them, and how they are kept."""

from collections.abc import Iterable, Sequence

from app.domain.effects import Insert
from app.services.checks import denied
from app.services.envelope import Envelope, Sealed
from app.services.ports import Answer
from app.services.values import is_text
from db.central.link import Link
from db.central.sealing import Sealer

Pair = tuple[str, str]
#: What stands in the place of a mask where a number is none: a part of a person, put right later.
PARTS = ("@name", "@phone", "@id_number")
#: In the order in which they came; not what a command said of a person that was taken back.
_NUMBERS = (
    "SELECT n.mask, n.value FROM sealed_number AS n"
    " LEFT JOIN command AS k ON k.cmd_id = n.cmd_id"
    " WHERE n.case_id = ? AND (n.mask NOT IN ('@name', '@phone', '@id_number')"
    " OR NOT EXISTS (SELECT 1 FROM log WHERE log.case_id = n.case_id AND log.undoes = n.cmd_id))"
    " ORDER BY k.seq, n.cmd_id, n.place"
)
#: A sealed number this long found in clear in a command's text is a leak, not a coincidence.
_TELLTALE = 11


def worth_keeping(sealed: Sealed | None) -> Sealed | None:
    """None when nothing is known of the person and no number was found."""
    if sealed is None or not (sealed.name or sealed.phone or sealed.id_number or sealed.numbers):
        return None
    return sealed


def check(envelope: Envelope, sealed: Sealed | None, text: str) -> Answer | None:
    """Sealed parts belong to the command's own case; a person comes with a new case, or is put right."""
    if sealed is None:
        return None
    made = (one for one in envelope.effects if isinstance(one, Insert))
    own = ("case_file", envelope.case_id)
    may_name = envelope.kind == "amend" or any((one.table, one.id) == own for one in made)
    has_person = bool(sealed.name or sealed.phone or sealed.id_number)
    numbers = [part for pair in sealed.numbers for part in pair]
    odd = not all(map(is_text, (sealed.name, sealed.phone, sealed.id_number, *numbers)))
    odd = odd or any(mask in PARTS for mask, _ in sealed.numbers)
    if odd or sealed.case_id != envelope.case_id or (has_person and not may_name):
        return denied(envelope, "sealed")
    secrets = (sealed.phone, sealed.id_number, *(number for _, number in sealed.numbers))
    if any(len(one) >= _TELLTALE and one in text for one in secrets):
        return denied(envelope, "unsealed")
    return None


def keep(link: Link, sealer: Sealer, envelope: Envelope, sealed: Sealed | None) -> None:
    """Put the parts under lock: a new case's person, or after its numbers what is put right of him."""
    if sealed is None:
        return
    person, numbers = (sealed.name, sealed.phone, sealed.id_number), sealed.numbers
    if envelope.kind == "amend":
        numbers += tuple((mark, part) for mark, part in zip(PARTS, person, strict=True) if part)
    elif any(person):
        sql = "INSERT INTO reporter (case_id, cmd_id, name, phone, id_number) VALUES (?,?,?,?,?)"
        link.run(sql, (sealed.case_id, envelope.cmd_id, *map(sealer.seal, person)))
    sql = "INSERT INTO sealed_number (cmd_id, place, case_id, mask, value) VALUES (?,?,?,?,?)"
    for place, (mask, number) in enumerate(numbers):
        link.run(sql, (envelope.cmd_id, place, sealed.case_id, mask, sealer.seal(number)))


def parted(
    numbers: Iterable[Pair], person: Sequence[str]
) -> tuple[tuple[str, ...], tuple[Pair, ...]]:
    """The person, with the parts among the numbers in the place of his own; and the numbers without them."""
    pairs = tuple(numbers)
    said = {mask: part for mask, part in pairs if mask in PARTS}
    parts = tuple(said.get(mark, part) for mark, part in zip(PARTS, person, strict=True))
    return parts, tuple(pair for pair in pairs if pair[0] not in PARTS)


def unsealed(link: Link, sealer: Sealer, case_id: str) -> Sealed:
    """The person of a case as he was last put right, and every number found in its texts, in clear.

    Those of a part are kept with the report that it was taken out of: nothing sealed is there twice.
    """
    whole = (link.row("SELECT split_from FROM case_file WHERE id = ?", (case_id,)) or (None,))[0]
    sql = "SELECT name, phone, id_number FROM reporter WHERE case_id = ?"
    person = map(sealer.unseal, link.row(sql, (whole or case_id,)) or ("", "", ""))
    kept = [one for each in (whole, case_id) if each for one in link.rows(_NUMBERS, (each,))]
    pairs = ((mask, sealer.unseal(value)) for mask, value in kept)
    parts, numbers = parted(pairs, tuple(person))
    shown = link.row("SELECT reporter_masked, phone_masked FROM case_file WHERE id = ?", (case_id,))
    name, phone = (
        part if mask else "" for part, mask in zip(parts, shown or ("*", "*"), strict=False)
    )
    return Sealed(case_id, name, phone, parts[2], numbers)
