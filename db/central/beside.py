"""Personal data beside the log: which commands may bring them, and how they are kept."""

from app.domain.effects import Insert
from app.services.checks import denied
from app.services.envelope import Envelope, Sealed
from app.services.ports import Answer
from app.services.values import is_text
from db.central.link import Link
from db.central.sealing import Sealer

#: A sealed number this long found in clear in a command's text is a leak, not a coincidence.
_TELLTALE = 11


def worth_keeping(sealed: Sealed | None) -> Sealed | None:
    """None when nothing is known of the person and no number was found."""
    if sealed is None or not (sealed.name or sealed.phone or sealed.id_number or sealed.numbers):
        return None
    return sealed


def check(envelope: Envelope, sealed: Sealed | None, text: str) -> Answer | None:
    """Sealed parts belong to the command's own case; a person comes only with a new case."""
    if sealed is None:
        return None
    is_new = any(isinstance(one, Insert) and one.table == "case_file" for one in envelope.effects)
    has_person = bool(sealed.name or sealed.phone or sealed.id_number)
    numbers = [part for pair in sealed.numbers for part in pair]
    odd = not all(map(is_text, (sealed.name, sealed.phone, sealed.id_number, *numbers)))
    if odd or sealed.case_id != envelope.case_id or (has_person and not is_new):
        return denied(envelope, "sealed")
    secrets = (sealed.phone, sealed.id_number, *(number for _, number in sealed.numbers))
    if any(len(one) >= _TELLTALE and one in text for one in secrets):
        return denied(envelope, "unsealed")
    return None


def keep(link: Link, sealer: Sealer, cmd_id: str, sealed: Sealed | None) -> None:
    """Put the parts under lock."""
    if sealed is None:
        return
    person = (sealed.name, sealed.phone, sealed.id_number)
    if any(person):
        sql = "INSERT INTO reporter (case_id, cmd_id, name, phone, id_number) VALUES (?,?,?,?,?)"
        link.run(sql, (sealed.case_id, cmd_id, *map(sealer.seal, person)))
    sql = "INSERT INTO sealed_number (cmd_id, place, case_id, mask, value) VALUES (?,?,?,?,?)"
    for place, (mask, number) in enumerate(sealed.numbers):
        link.run(sql, (cmd_id, place, sealed.case_id, mask, sealer.seal(number)))


def unsealed(link: Link, sealer: Sealer, case_id: str) -> Sealed:
    """The person of a case and every number found in its texts, in clear."""
    sql = "SELECT name, phone, id_number FROM reporter WHERE case_id = ?"
    person = link.row(sql, (case_id,)) or ("", "", "")
    sql = "SELECT mask, value FROM sealed_number WHERE case_id = ? ORDER BY cmd_id, place"
    numbers = tuple((mask, sealer.unseal(value)) for mask, value in link.rows(sql, (case_id,)))
    name, phone, id_number = map(sealer.unseal, person)
    return Sealed(case_id, name, phone, id_number, numbers)
